//! `POST /v1/reviews/own/{token}/messages`

use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse as _, Response},
};
use devanture_api::{
    problem::Problem,
    review::{NewPrivateMessage, OwnReview},
};
use devanture_domain::review::{Actor, Limits, Silence, checked};
use devanture_storage::{NewReviewMessage, Saying};

use super::{answer, is_reachable, opened, shown};
use crate::{
    App,
    extract::{IdempotencyKey, Json, Storefront},
    problem::ApiError,
};

/// Says something to the shop in private, once it has answered the review, in public or in private. It answers by a letter.
#[utoipa::path(post, path = "/v1/reviews/own/{token}/messages", tag = "reviews", security(("key" = [])),
    params(("token" = String, Path, description = "The author's private link"),
        ("Idempotency-Key" = String, Header, description = "A random UUID; sent again with the same body, it is one message")),
    request_body = NewPrivateMessage, responses(
    (status = 201, description = "It was said, now or before with the same idempotency key", body = OwnReview),
    (status = 400, description = "The text is too short, too long, or holds no word", body = Problem, content_type = "application/problem+json"),
    (status = 404, description = "The link opens none", body = Problem, content_type = "application/problem+json"),
    (status = 409, description = "The shop has not answered yet, its answer would not arrive, or the conversation is over", body = Problem, content_type = "application/problem+json"),
    (status = 422, description = "The idempotency key was used with another body", body = Problem, content_type = "application/problem+json"),
    (status = "4XX", description = "Refused", body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn say(
    State(app): State<App>,
    Storefront(site): Storefront,
    Path(token): Path<String>,
    IdempotencyKey(key): IdempotencyKey,
    Json(wanted): Json<NewPrivateMessage>,
) -> Result<Response, ApiError> {
    let body = checked(&wanted.body, Limits::MESSAGE)
        .map_err(|error| ApiError::invalid("body", error.to_string()))?;
    let mut repository = app.database().write().await?;
    let (token, found) = opened(&mut repository, &site, &token).await?;
    if !is_reachable(&app, &found) {
        return Err(ApiError::conversation_closed(Silence::Unreachable));
    }
    let new =
        NewReviewMessage { sent_as: &key, by: Actor::Author, staff_id: None, body: &body, at: app.now() };
    match repository.say(&found.review.tenant, &found.review.id, &new).await? {
        None => return Err(ApiError::review_not_found()),
        Some(Saying::Other) => return Err(ApiError::idempotency_mismatch()),
        Some(Saying::Refused(silence)) => return Err(ApiError::conversation_closed(silence)),
        Some(Saying::Said(_) | Saying::Again) => {}
    }
    let now = repository.own_review(&token).await?.ok_or_else(ApiError::internal)?;
    repository.save().await?;
    Ok((StatusCode::CREATED, answer(shown(&app, &token, now))).into_response())
}
