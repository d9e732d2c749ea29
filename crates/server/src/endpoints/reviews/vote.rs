//! `POST /v1/reviews/{id}/votes`

use axum::{
    Json as JsonBody,
    extract::{Path, State},
    http::header,
    response::{IntoResponse as _, Response},
};
use devanture_api::{
    problem::Problem,
    review::{ReviewVote, ReviewVotes},
};

use super::super::NEVER;
use crate::{
    App,
    extract::{Json, Storefront},
    problem::ApiError,
};

/// Says whether a review helped. Who votes again changes their vote.
#[utoipa::path(post, path = "/v1/reviews/{id}/votes", tag = "reviews", security(("key" = [])),
    params(("id" = String, Path, description = "The review's id")),
    request_body = ReviewVote, responses(
    (status = 200, description = "How all have voted", body = ReviewVotes),
    (status = 404, description = "No such review is shown", body = Problem, content_type = "application/problem+json"),
    (status = "4XX", description = "Refused", body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn vote(
    State(app): State<App>,
    Storefront(site): Storefront,
    Path(id): Path<String>,
    Json(vote): Json<ReviewVote>,
) -> Result<Response, ApiError> {
    let id = review_id(&id)?;
    if !(16..=128).contains(&vote.voter.len()) || !vote.voter.bytes().all(|b| b.is_ascii_graphic()) {
        return Err(ApiError::invalid("voter", "is 16 to 128 visible ASCII characters, drawn at random"));
    }
    let tenant = &site.site.tenant;
    let mut repository = app.database().write().await?;
    let voted = repository.vote_review(tenant, id, (&vote.voter, vote.helpful), app.now()).await?;
    let review = voted.ok_or_else(ApiError::review_not_found)?;
    repository.save().await?;
    app.gallery().changed(tenant, review.about, &review.subject);
    let counts = ReviewVotes { helpful: review.helpful, unhelpful: review.unhelpful };
    Ok(([(header::CACHE_CONTROL, NEVER)], JsonBody(counts)).into_response())
}

/// Ids are letters and digits; nothing else is looked for.
pub(crate) fn review_id(text: &str) -> Result<&str, ApiError> {
    let fits = (1..=32).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_alphanumeric());
    if fits { Ok(text) } else { Err(ApiError::review_not_found()) }
}
