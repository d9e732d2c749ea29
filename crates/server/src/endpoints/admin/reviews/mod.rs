//! `GET /admin/v1/reviews`

pub(crate) mod answer;
pub(crate) mod decide;
pub(crate) mod details;
pub(crate) mod erase_person;
pub(crate) mod export;
pub(crate) mod export_person;
pub(crate) mod figures;
pub(crate) mod phrases;
pub(crate) mod requests;
#[cfg(test)]
mod tests;

use axum::{Json, extract::State};
use devanture_api::{
    problem::Problem,
    staff_review::{StaffReview, StaffReviewPage, StaffReviewParams},
};
use devanture_domain::{review, staff::Permission};
use devanture_storage::{QueueFilter, QueuedReview, Repository};

use super::audit::{read_cursor, write_cursor};
use crate::{
    App,
    endpoints::reviews::{invitation::named, shown},
    extract::{Query, Staff},
    index::Network,
    problem::ApiError,
};

/// Reviews that wait to be read, were reported, or stand elsewhere; the oldest first.
#[utoipa::path(get, path = "/admin/v1/reviews", tag = "admin", security(("session" = []), ("secret_key" = [])),
    params(StaffReviewParams), responses(
    (status = 200, description = "The reviews", body = StaffReviewPage),
    (status = 403, description = "The role does not include it", body = Problem, content_type = "application/problem+json"),
    (status = "4XX", description = "Refused", body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn reviews(
    State(app): State<App>,
    staff: Staff,
    Query(params): Query<StaffReviewParams>,
) -> Result<Json<StaffReviewPage>, ApiError> {
    staff.require(Permission::Moderate)?;
    let limit = match params.limit {
        None => 50,
        Some(limit @ 1..=200) => limit,
        Some(_) => return Err(ApiError::invalid("limit", "is 1 to 200")),
    };
    let filter = match (params.reported, params.state) {
        (true, None) => QueueFilter::Reported,
        (true, Some(_)) => return Err(ApiError::invalid("state", "does not go with reported")),
        (false, state) => QueueFilter::State(state.unwrap_or(review::State::Submitted)),
    };
    let cursor = params.cursor.as_deref().map(read_cursor).transpose()?;
    let after = cursor.as_ref().map(|(at, id)| (*at, id.as_str()));
    let mut repository = app.database().read().await?;
    let (waiting, reported) = repository.review_backlog(&staff.tenant).await?;
    // One more, to know whether there is a next page.
    let mut found = repository.review_queue(&staff.tenant, (filter, params.about), after, limit + 1).await?;
    let more = found.len() > usize::from(limit);
    found.truncate(limit.into());
    let next =
        found.last().filter(|_| more).map(|last| write_cursor(last.review.written_at, &last.review.id));
    let network = network(&app, &staff)?;
    let mut items = Vec::with_capacity(found.len());
    for one in found {
        items.push(staff_review(&app, &mut repository, &network, one).await?);
    }
    Ok(Json(StaffReviewPage { waiting, reported, items, next }))
}

fn network(app: &App, staff: &Staff) -> Result<std::sync::Arc<Network>, ApiError> {
    app.directory().load().network(&staff.tenant).cloned().ok_or_else(ApiError::internal)
}

/// As staff see it, with the name of what it is about.
async fn staff_review(
    app: &App,
    repository: &mut Repository,
    network: &Network,
    queued: QueuedReview,
) -> Result<StaffReview, ApiError> {
    let QueuedReview { review, reports } = queued;
    let (name, _) = named(repository, network, &review.tenant, (review.about, &review.subject)).await?;
    Ok(StaffReview {
        about: review.about,
        name: Some(name).filter(|name| *name != review.subject),
        subject: review.subject.clone(),
        state: review.state,
        written_at: review.written_at,
        reports,
        number: review.number,
        review: shown::review(app, review),
    })
}
