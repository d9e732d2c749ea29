//! `GET /v1/review-photos/{id}/{size}`

#[cfg(test)]
mod tests;
pub(crate) mod upload;

use axum::{
    body::Body,
    extract::{Path, State},
    http::{HeaderValue, header},
    response::Response,
};
use devanture_api::problem::Problem;
use devanture_domain::{review, staff::Role};

use super::check::is_photo_id;
use crate::{App, extract::Staff, problem::ApiError};

/// Its bytes never change; whether it is shown may.
const KEPT: HeaderValue = HeaderValue::from_static("public, max-age=86400");
const PRIVATE: HeaderValue = HeaderValue::from_static("private, no-store");

/// A photo of a review that is shown. Head office also sees those that wait.
#[utoipa::path(get, path = "/v1/review-photos/{id}/{size}", tag = "reviews",
    params(("id" = String, Path, description = "The photo's id"), ("size" = String, Path, description = "`large` or `small`")), responses(
    (status = 200, description = "JPEG", content_type = "image/jpeg"),
    (status = 404, description = "There is none, or its review is not shown", body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn photo(
    State(app): State<App>,
    Path((id, size)): Path<(String, String)>,
    staff: Result<Staff, ApiError>,
) -> Result<Response, ApiError> {
    let media = app.media().ok_or_else(ApiError::not_found)?;
    if !is_photo_id(&id) || !matches!(size.as_str(), "large" | "small") {
        return Err(ApiError::not_found());
    }
    let place = app.database().read().await?.photo_place(&id).await?;
    let (tenant, state) = place.ok_or_else(ApiError::not_found)?;
    let is_shown = state == Some(review::State::Published);
    let is_own = staff.is_ok_and(|staff| staff.tenant == tenant && staff.role == Role::HeadOffice);
    if !is_shown && !is_own {
        return Err(ApiError::not_found());
    }
    let bytes = media.get(&id, &size).await?.ok_or_else(ApiError::not_found)?;
    let mut response = Response::new(Body::from(bytes));
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("image/jpeg"));
    headers.insert(header::CACHE_CONTROL, if is_shown { KEPT } else { PRIVATE });
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert("cross-origin-resource-policy", HeaderValue::from_static("cross-origin"));
    Ok(response)
}
