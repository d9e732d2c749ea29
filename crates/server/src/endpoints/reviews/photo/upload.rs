//! `POST /v1/review-photos`

use axum::{
    Json,
    body::{Body, to_bytes},
    extract::State,
    http::{StatusCode, header},
    response::{IntoResponse as _, Response},
};
use devanture_api::{problem::Problem, review::ReviewPhoto};
use devanture_storage::Photo;

use super::super::{super::NEVER, shown};
use crate::{App, extract::Storefront, media::MAX_BYTES, problem::ApiError};

/// Takes a photo for a review that is about to be written: JPEG, PNG or WebP, at most 12 MB and 40 million pixels. It is drawn anew, so that
/// nothing else that the file says is kept; without a review that refers to it, it goes after a day.
#[utoipa::path(post, path = "/v1/review-photos", tag = "reviews", security(("key" = [])),
    request_body(content((String = "image/jpeg"), (String = "image/png"), (String = "image/webp")), description = "The picture's bytes"),
    responses(
    (status = 201, description = "It can be referred to", body = ReviewPhoto),
    (status = 413, description = "Too many bytes or pixels", body = Problem, content_type = "application/problem+json"),
    (status = 415, description = "It is no JPEG, PNG or WebP", body = Problem, content_type = "application/problem+json"),
    (status = 422, description = "It is damaged or cut off", body = Problem, content_type = "application/problem+json"),
    (status = 503, description = "No photos are taken", body = Problem, content_type = "application/problem+json"),
    (status = "4XX", description = "Refused", body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn upload(
    State(app): State<App>,
    Storefront(site): Storefront,
    body: Body,
) -> Result<Response, ApiError> {
    let media = app.media().ok_or_else(ApiError::unavailable)?;
    let bytes = to_bytes(body, MAX_BYTES)
        .await
        .map_err(|_| ApiError::photo_too_large("It has too many bytes; send at most 12 MB."))?;
    let taken = media.take(bytes).await?;
    let id = app.legible::<16>()?;
    let photo = Photo { id, width: taken.width, height: taken.height };
    let mut repository = app.database().write().await?;
    repository.add_photo(&site.site.tenant, &photo, app.now()).await?;
    // First the row: what is kept without one would be kept for ever.
    repository.save().await?;
    media.put(&photo.id, taken).await?;
    let body = Json(shown::photo(&app, photo));
    Ok((StatusCode::CREATED, [(header::CACHE_CONTROL, NEVER)], body).into_response())
}
