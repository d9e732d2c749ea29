//! The header by which a write is recognised when it is sent again.

use axum::{extract::FromRequestParts, http::request::Parts};
use devanture_api::routes::IDEMPOTENCY_HEADER;

use crate::problem::ApiError;

/// 16 to 128 visible ASCII characters, drawn at random by the client (a UUID will do): who knows the
/// key and the body can have the answer again.
pub(crate) struct IdempotencyKey(pub(crate) String);

impl<S: Sync> FromRequestParts<S> for IdempotencyKey {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ApiError> {
        let Some(value) = parts.headers.get(IDEMPOTENCY_HEADER) else {
            return Err(ApiError::invalid(IDEMPOTENCY_HEADER, "is missing; send a random UUID"));
        };
        let text = value.to_str().unwrap_or_default();
        if !(16..=128).contains(&text.len()) || !text.bytes().all(|b| b.is_ascii_graphic()) {
            return Err(ApiError::invalid(IDEMPOTENCY_HEADER, "is 16 to 128 visible ASCII characters"));
        }
        Ok(Self(text.to_owned()))
    }
}
