//! `DELETE /v1/reviews/own/{token}`

use axum::{
    extract::{Path, State},
    response::Response,
};
use devanture_api::{problem::Problem, review::OwnReview};
use devanture_domain::review::{Action, Actor, Reason};
use devanture_storage::Judgement;

use super::{answer, opened, shown};
use crate::{App, extract::Storefront, problem::ApiError};

/// Takes a review away for good, at its author's wish. That it was stays written, without its text being shown to anybody but head office.
#[utoipa::path(delete, path = "/v1/reviews/own/{token}", tag = "reviews", security(("key" = [])),
    params(("token" = String, Path, description = "The author's private link")), responses(
    (status = 200, description = "It is deleted, since now or before", body = OwnReview),
    (status = 404, description = "The link opens none", body = Problem, content_type = "application/problem+json"),
    (status = "4XX", description = "Refused", body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn delete(
    State(app): State<App>,
    Storefront(site): Storefront,
    Path(token): Path<String>,
) -> Result<Response, ApiError> {
    let mut repository = app.database().write().await?;
    let (token, found) = opened(&mut repository, &site, &token).await?;
    let judgement = Judgement {
        action: Action::Delete,
        by: Actor::Author,
        staff_id: None,
        reason: Some(Reason::AuthorAsked),
        note: None,
        seen: None,
        at: app.now(),
    };
    repository.judge_review(&found.review.tenant, &found.review.id, &judgement).await?;
    let now = repository.own_review(&token).await?.ok_or_else(ApiError::internal)?;
    repository.save().await?;
    app.gallery().changed(&now.review.tenant, now.review.about, &now.review.subject);
    Ok(answer(shown(&app, &token, now)))
}
