//! `GET /v1/reviews/own/{token}`

pub(crate) mod delete;
pub(crate) mod edit;
pub(crate) mod messages;

use axum::{
    Json,
    extract::{Path, State},
    http::header,
    response::{IntoResponse as _, Response},
};
use devanture_api::{problem::Problem, review::OwnReview};
use devanture_domain::review::{Actor, may_say};
use devanture_storage::{PrivateToken, Repository};

use super::{super::NEVER, shown as wire};
use crate::{App, directory::SiteView, extract::Storefront, problem::ApiError};

/// An author's own review: where it stands, and why.
#[utoipa::path(get, path = "/v1/reviews/own/{token}", tag = "reviews", security(("key" = []), ("key_param" = [])),
    params(("token" = String, Path, description = "The author's private link")), responses(
    (status = 200, description = "The review", body = OwnReview),
    (status = 404, description = "The link opens none", body = Problem, content_type = "application/problem+json"),
    (status = "4XX", description = "Refused", body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn own(
    State(app): State<App>,
    Storefront(site): Storefront,
    Path(token): Path<String>,
) -> Result<Response, ApiError> {
    let mut repository = app.database().read().await?;
    let (token, found) = opened(&mut repository, &site, &token).await?;
    Ok(answer(shown(&app, &token, found)))
}

/// The review that a link opens, if it is of the site's network.
async fn opened(
    repository: &mut Repository,
    site: &SiteView,
    token: &str,
) -> Result<(PrivateToken, devanture_storage::OwnReview), ApiError> {
    let token = PrivateToken::parse(token).ok_or_else(ApiError::review_not_found)?;
    let found = repository.own_review(&token).await?;
    let found = found.filter(|found| found.review.tenant == site.site.tenant);
    Ok((token, found.ok_or_else(ApiError::review_not_found)?))
}

fn answer(own: OwnReview) -> Response {
    ([(header::CACHE_CONTROL, NEVER)], Json(own)).into_response()
}

/// Whether the author is told of an answer.
pub(crate) fn is_reachable(app: &App, author: &devanture_storage::OwnReview) -> bool {
    app.config().mail.is_some() && author.email.is_some()
}

pub(super) fn shown(app: &App, token: &PrivateToken, found: devanture_storage::OwnReview) -> OwnReview {
    let reachable = is_reachable(app, &found);
    let devanture_storage::OwnReview { review, reason, note, messages, .. } = found;
    let said: Vec<Actor> = messages.iter().map(|one| one.by).collect();
    let may_write = reachable && may_say(Actor::Author, review.state, review.answer.is_some(), &said).is_ok();
    OwnReview {
        token: token.to_text(),
        about: review.about,
        subject: review.subject.clone(),
        state: review.state,
        reason,
        note,
        review: wire::review(app, review),
        messages: messages.into_iter().map(wire::message).collect(),
        may_write,
    }
}
