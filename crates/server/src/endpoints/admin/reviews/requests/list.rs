//! `GET /admin/v1/reviews/requests`

use axum::{Json, extract::State};
use devanture_api::{
    problem::Problem,
    staff_review::{AskingSite, ListedRequest, RequestState, ReviewRequestPage, ReviewRequestParams},
};
use devanture_domain::staff::Permission;
use devanture_storage::ReviewRequestState as Kept;

use super::super::{
    super::audit::{read_cursor, write_cursor},
    names, network,
};
use crate::{
    App,
    extract::{Query, Staff},
    problem::ApiError,
};

/// Who was asked for a review and what came of it, the last first; without who they are.
#[utoipa::path(get, path = "/admin/v1/reviews/requests", tag = "admin", security(("session" = []), ("secret_key" = [])),
    params(ReviewRequestParams), responses(
    (status = 200, description = "The requests", body = ReviewRequestPage),
    (status = 403, description = "The role does not include it", body = Problem, content_type = "application/problem+json"),
    (status = "4XX", description = "Refused", body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn list(
    State(app): State<App>,
    staff: Staff,
    Query(params): Query<ReviewRequestParams>,
) -> Result<Json<ReviewRequestPage>, ApiError> {
    staff.require(Permission::Moderate)?;
    let limit = match params.limit {
        None => 50,
        Some(limit @ 1..=200) => limit,
        Some(_) => return Err(ApiError::invalid("limit", "is 1 to 200")),
    };
    let state = params.state.map(|state| match state {
        RequestState::Sent => Kept::Sent,
        RequestState::Written => Kept::Written,
        RequestState::Expired => Kept::Expired,
    });
    let cursor = params.cursor.as_deref().map(read_cursor).transpose()?;
    let after = cursor.as_ref().map(|(at, id)| (*at, id.as_str()));
    let now = app.now();
    let mut repository = app.database().read().await?;
    // One more, to know whether there is a next page.
    let mut found = repository.review_requests(&staff.tenant, (state, now), after, limit + 1).await?;
    let more = found.len() > usize::from(limit);
    found.truncate(limit.into());
    let next = found.last().filter(|_| more).map(|last| write_cursor(last.at, &last.id));
    let subjects = found.iter().map(|one| (one.about, one.subject.as_str())).collect();
    let names = names(&mut repository, &*network(&app, &staff)?, &staff.tenant, subjects).await?;
    let items = found.into_iter().map(|one| ListedRequest {
        state: match one.state(now) {
            Kept::Sent => RequestState::Sent,
            Kept::Written => RequestState::Written,
            Kept::Expired => RequestState::Expired,
        },
        name: names.get(&(one.about, one.subject.clone())).cloned(),
        id: one.id,
        about: one.about,
        subject: one.subject,
        requested_at: one.at,
        expires_at: one.expires_at,
        written_at: one.used_at,
        review: one.review_id,
    });
    let directory = app.directory().load();
    let sites = directory.sites(&staff.tenant).into_iter();
    let sites = sites.map(|site| AskingSite { id: site.id.clone(), name: site.name.clone() }).collect();
    Ok(Json(ReviewRequestPage { items: items.collect(), sites, next }))
}
