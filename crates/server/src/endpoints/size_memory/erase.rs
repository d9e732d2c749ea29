//! `DELETE /v1/size-memory`

use axum::{
    extract::State,
    http::{HeaderMap, StatusCode},
};
use devanture_api::problem::Problem;

use super::holder;
use crate::{App, extract::Storefront, problem::ApiError};

/// Erases a size memory at once; other devices are told so when they ask for it.
#[utoipa::path(delete, path = "/v1/size-memory", tag = "stock", security(("key" = [])),
    params(
        ("Devanture-Size-Memory" = Option<String>, Header, description = "The token of the private link"),
        ("Devanture-Customer" = Option<String>, Header, description = "Or the customer's id, signed by the shop: `<id>.<unix seconds>.<base64url HMAC-SHA256>`"),
    ), responses(
    (status = 204, description = "Nothing is remembered, now or since it was erased before"),
    (status = 400, description = "Neither header, or one that is not of its form", body = Problem, content_type = "application/problem+json"),
    (status = 401, description = "The customer's `signature_invalid` or `signature_expired`", body = Problem, content_type = "application/problem+json"),
    (status = 404, description = "There was none", body = Problem, content_type = "application/problem+json"),
    (status = "4XX", description = "Refused", body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn erase(
    State(app): State<App>,
    Storefront(site): Storefront,
    headers: HeaderMap,
) -> Result<StatusCode, ApiError> {
    let tenant = &site.site.tenant;
    let mut repository = app.database().write().await?;
    let holder = holder(&app, &mut repository, &site, &headers).await?;
    if repository.erase_size_memory(tenant, &holder, app.now()).await? {
        repository.save().await?;
    } else if repository.size_memory(tenant, &holder).await?.is_none() {
        return Err(ApiError::size_memory_not_found());
    }
    Ok(StatusCode::NO_CONTENT)
}
