//! `POST /v1/reviews`

use axum::{
    Json as JsonBody,
    extract::State,
    http::{StatusCode, header},
    response::{IntoResponse as _, Response},
};
use devanture_api::{
    problem::Problem,
    review::{OwnReview, ReviewRequest},
};
use devanture_domain::review::About;
use devanture_storage::{Claim, Door, NewReview, PrivateToken, Writing};

use super::{super::NEVER, check, own, subject};
use crate::{
    App,
    extract::{IdempotencyKey, Json, Storefront},
    problem::ApiError,
};

/// Writes a review, which is shown once somebody has read it. By a link it is written once, of what the link is for.
#[utoipa::path(post, path = "/v1/reviews", tag = "reviews", security(("key" = [])),
    params(("Idempotency-Key" = String, Header, description = "A random UUID; sent again with the same body, it gives the same answer")),
    request_body = ReviewRequest, responses(
    (status = 201, description = "It waits to be read, since now or before with the same idempotency key", body = OwnReview),
    (status = 400, description = "A field is not of the documented form", body = Problem, content_type = "application/problem+json"),
    (status = 403, description = "A link is needed, or it is for something else", body = Problem, content_type = "application/problem+json"),
    (status = 404, description = "There is no such product or store, or the link was never sent", body = Problem, content_type = "application/problem+json"),
    (status = 409, description = "A review was written by the link already", body = Problem, content_type = "application/problem+json"),
    (status = 410, description = "The link's time is over", body = Problem, content_type = "application/problem+json"),
    (status = 422, description = "The idempotency key was used with another body", body = Problem, content_type = "application/problem+json"),
    (status = "4XX", description = "Refused", body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn write(
    State(app): State<App>,
    Storefront(site): Storefront,
    IdempotencyKey(key): IdempotencyKey,
    Json(request): Json<ReviewRequest>,
) -> Result<Response, ApiError> {
    let (about, id) = subject(&site, request.product.as_deref(), request.store.as_deref())?;
    let rules = site.network.review_rules();
    check::fits(&request, about)?;
    let draft = check::draft(&request, rules.criteria(about))?;
    let now = app.now();
    let link = match request.link.as_deref() {
        Some(link) => Some(PrivateToken::parse(link).ok_or_else(ApiError::link_unknown)?),
        None => None,
    };
    let door = match &link {
        Some(link) => Door::Link(link),
        None if rules.open => Door::Open(Some(check::experienced_on(&request, check::today(now))?)),
        None => return Err(ApiError::link_needed()),
    };
    let body = serde_json::to_vec(&request).map_err(|_| ApiError::internal())?;
    let token = PrivateToken::from_random(app.random()?);
    let new = NewReview {
        claim: Claim {
            tenant: &site.site.tenant,
            site_id: &site.site.id,
            key: &key,
            body: &body,
            token: &token,
            at: now,
        },
        random: app.random()?,
        about,
        subject: &id,
        door,
        draft: &draft,
        locale: &request.locale,
    };
    let mut repository = app.database().write().await?;
    if link.is_none()
        && about == About::Product
        && repository.product(&site.site.tenant, &id).await?.is_none()
    {
        return Err(ApiError::product_not_found());
    }
    let (token, found) = match repository.write_review(&new).await? {
        Writing::New(_) => {
            let found = repository.own_review(&token).await?.ok_or_else(ApiError::internal)?;
            repository.save().await?;
            (token.clone(), found)
        }
        Writing::Again(token) => {
            let found = repository.own_review(&token).await?.ok_or_else(ApiError::review_not_found)?;
            (token, found)
        }
        refused => return Err(refusal(&refused)),
    };
    let body = JsonBody(own::shown(&app, &token, found));
    Ok((StatusCode::CREATED, [(header::CACHE_CONTROL, NEVER)], body).into_response())
}

fn refusal(writing: &Writing) -> ApiError {
    match writing {
        Writing::KeyReused => ApiError::idempotency_mismatch(),
        Writing::NoLink => ApiError::link_unknown(),
        Writing::LinkUsed => ApiError::link_used(),
        Writing::LinkExpired => ApiError::link_expired(),
        Writing::LinkForOther => ApiError::link_for_other(),
        Writing::NoPhoto(_) => no_photo(),
        Writing::New(_) | Writing::Again(_) => ApiError::internal(),
    }
}

pub(super) fn no_photo() -> ApiError {
    ApiError::invalid(
        "photos",
        "one was not uploaded, or a day ago, or belongs to another review; upload it again",
    )
}
