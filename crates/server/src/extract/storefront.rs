//! The site that a request comes from, found by its key before any handler runs.

use std::sync::Arc;

use axum::{extract::FromRequestParts, http::request::Parts};

use crate::{directory::SiteView, problem::ApiError};

/// The site of the request's key.
#[derive(Clone)]
pub(crate) struct Storefront(pub(crate) Arc<SiteView>);

impl<S: Sync> FromRequestParts<S> for Storefront {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ApiError> {
        // Absent only if a route were added outside the layer that looks keys up.
        parts.extensions.get::<Self>().cloned().ok_or_else(ApiError::key_missing)
    }
}
