//! JSON bodies.

use axum::{
    body::to_bytes,
    extract::{FromRequest, Request},
    http::header,
};
use serde::de::DeserializeOwned;

use crate::problem::ApiError;

/// The longest body, in bytes: a booking with the longest note fits ten times.
const MAX_BYTES: usize = 64 * 1024;
/// The longest list: a thousand items with the longest codes fit.
const MAX_LIST_BYTES: usize = 1024 * 1024;

/// The body as a `T`; refused, the problem names the field.
pub(crate) struct Json<T>(pub(crate) T);

/// The same of a body that is a list.
pub(crate) struct LongJson<T>(pub(crate) T);

impl<S: Sync, T: DeserializeOwned> FromRequest<S> for Json<T> {
    type Rejection = ApiError;

    async fn from_request(request: Request, _: &S) -> Result<Self, ApiError> {
        read(request, MAX_BYTES).await.map(Self)
    }
}

impl<S: Sync, T: DeserializeOwned> FromRequest<S> for LongJson<T> {
    type Rejection = ApiError;

    async fn from_request(request: Request, _: &S) -> Result<Self, ApiError> {
        read(request, MAX_LIST_BYTES).await.map(Self)
    }
}

async fn read<T: DeserializeOwned>(request: Request, max_bytes: usize) -> Result<T, ApiError> {
    let content_type = request.headers().get(header::CONTENT_TYPE).and_then(|v| v.to_str().ok());
    let essence = content_type.and_then(|v| v.split(';').next()).map(str::trim);
    if !essence.is_some_and(|essence| essence.eq_ignore_ascii_case("application/json")) {
        return Err(ApiError::invalid("Content-Type", "send application/json"));
    }
    let bytes = to_bytes(request.into_body(), max_bytes).await.map_err(|_| ApiError::too_large())?;
    let mut json = serde_json::Deserializer::from_slice(&bytes);
    serde_path_to_error::deserialize(&mut json).map_err(|error| {
        let path = error.path().to_string();
        let reason = error.into_inner().to_string();
        match path.as_str() {
            "." => match reason.strip_prefix("missing field `").and_then(|rest| rest.split('`').next()) {
                Some(field) => ApiError::invalid(field.to_owned(), "is missing"),
                None => ApiError::invalid_body(reason),
            },
            _ => ApiError::invalid(path, reason),
        }
    })
}
