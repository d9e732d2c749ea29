//! `POST /v1/reviews/{id}/reports`

use axum::{
    extract::{Path, State},
    http::StatusCode,
};
use devanture_api::{problem::Problem, review::ReviewReport};
use devanture_domain::review::{Limits, Reason, checked};
use devanture_storage::Report;

use super::{check::refused, vote::review_id};
use crate::{
    App,
    extract::{Json, Storefront},
    problem::ApiError,
};

const NOTE: Limits = Limits { least: 1, most: 1_000 };

/// Tells head office that something is wrong with a review.
#[utoipa::path(post, path = "/v1/reviews/{id}/reports", tag = "reviews", security(("key" = [])),
    params(("id" = String, Path, description = "The review's id")),
    request_body = ReviewReport, responses(
    (status = 204, description = "Head office will look at it"),
    (status = 404, description = "No such review is shown", body = Problem, content_type = "application/problem+json"),
    (status = "4XX", description = "Refused", body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn report(
    State(app): State<App>,
    Storefront(site): Storefront,
    Path(id): Path<String>,
    Json(request): Json<ReviewReport>,
) -> Result<StatusCode, ApiError> {
    let id = review_id(&id)?;
    if request.reason == Reason::AuthorAsked {
        return Err(ApiError::invalid("reason", "authors delete their reviews by their own link"));
    }
    let note = request.note.as_deref().filter(|note| !note.trim().is_empty());
    let note = note.map(|note| checked(note, NOTE)).transpose().map_err(|error| refused("note", error))?;
    let report = Report { reason: request.reason, note, at: app.now() };
    let mut repository = app.database().write().await?;
    if !repository.report_review(&site.site.tenant, id, &report, app.random()?).await? {
        return Err(ApiError::review_not_found());
    }
    repository.save().await?;
    Ok(StatusCode::NO_CONTENT)
}
