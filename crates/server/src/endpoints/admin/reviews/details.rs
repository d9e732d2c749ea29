//! `GET /admin/v1/reviews/{id}`

use std::collections::HashMap;

use axum::{
    Json,
    extract::{Path, State},
};
use devanture_api::{
    problem::Problem,
    staff_review::{StaffReport, StaffReviewDetails, StaffReviewLanguage, TrailEntry},
};
use devanture_domain::staff::{Permission, may};
use devanture_storage::QueuedReview;

use super::{messages, network, require_review, staff_review};
use crate::{
    App,
    endpoints::reviews::{shown, vote::review_id},
    extract::{Query, Staff, short_name},
    problem::ApiError,
};

/// A review with all that was done with it, and what readers find wrong. A store's manager sees what is published of it, without these.
#[utoipa::path(get, path = "/admin/v1/reviews/{id}", tag = "admin", security(("session" = []), ("secret_key" = [])),
    params(("id" = String, Path, description = "The review's id"), StaffReviewLanguage), responses(
    (status = 200, description = "The review", body = StaffReviewDetails),
    (status = 404, description = "There is no such review", body = Problem, content_type = "application/problem+json"),
    (status = "4XX", description = "Refused", body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn details(
    State(app): State<App>,
    staff: Staff,
    Path(id): Path<String>,
    Query(params): Query<StaffReviewLanguage>,
) -> Result<Json<StaffReviewDetails>, ApiError> {
    staff.require(Permission::EditStore)?;
    let id = review_id(&id)?;
    let lang = short_name("lang", params.lang.as_deref())?.unwrap_or("fr");
    let mut repository = app.database().read().await?;
    let review = repository.review(&staff.tenant, id).await?.ok_or_else(ApiError::review_not_found)?;
    require_review(&staff, &review)?;
    let moderates = may(staff.role, Permission::Moderate);
    let (mut trail, mut reports) = (Vec::new(), Vec::new());
    if moderates {
        trail = repository.review_trail(&staff.tenant, id).await?;
        reports = repository.reports(&staff.tenant, id).await?;
    }
    let mut names: HashMap<String, String> = HashMap::new();
    if moderates {
        let all = repository.staff(&staff.tenant).await?;
        names.extend(all.into_iter().map(|member| (member.id, member.name)));
    }
    let conversation = messages::conversation(&app, &mut repository, &review).await?;
    let queued = QueuedReview { review, reports: u32::try_from(reports.len()).unwrap_or(u32::MAX) };
    let network = network(&app, &staff)?;
    let review = staff_review(&app, &mut repository, &network, queued).await?;
    let criteria = shown::criteria(network.criteria(review.about, lang));
    let trail = trail.into_iter().map(|entry| TrailEntry {
        number: entry.number,
        at: entry.at,
        action: entry.action,
        state: entry.after,
        by: entry.by,
        by_name: entry.staff_id.as_ref().and_then(|id| names.get(id).cloned()),
        by_id: entry.staff_id,
        reason: entry.reason,
        note: entry.note,
        replaced: entry.replaced,
    });
    let reports = reports.into_iter().map(|report| StaffReport {
        reason: report.reason,
        note: report.note,
        reported_at: report.at,
    });
    Ok(Json(StaffReviewDetails {
        review,
        criteria,
        trail: trail.collect(),
        reports: reports.collect(),
        conversation,
    }))
}
