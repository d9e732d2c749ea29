//! `PUT /v1/size-memory`

use axum::{extract::State, http::HeaderMap, response::Response};
use devanture_api::{
    problem::Problem,
    size_memory::{SizeMemory, SizeMemoryChange},
};

use super::{answer, holder, household};
use crate::{
    App,
    extract::{Json, Storefront},
    problem::ApiError,
};

/// Changes a size memory. Where another device has changed it since `version`: read it, merge, and send it again.
#[utoipa::path(put, path = "/v1/size-memory", tag = "stock", security(("key" = [])),
    params(
        ("Devanture-Size-Memory" = Option<String>, Header, description = "The token of the private link"),
        ("Devanture-Customer" = Option<String>, Header, description = "Or the customer's id, signed by the shop: `<id>.<unix seconds>.<base64url HMAC-SHA256>`"),
    ),
    request_body = SizeMemoryChange, responses(
    (status = 200, description = "It is kept so", body = SizeMemory),
    (status = 400, description = "Not a household, or too long; or neither header", body = Problem, content_type = "application/problem+json"),
    (status = 401, description = "The customer's `signature_invalid` or `signature_expired`", body = Problem, content_type = "application/problem+json"),
    (status = 404, description = "`size_memory_not_found`, or `size_memory_erased` by its owner", body = Problem, content_type = "application/problem+json"),
    (status = 409, description = "`changed_meanwhile` on another device", body = Problem, content_type = "application/problem+json"),
    (status = "4XX", description = "Refused", body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn put(
    State(app): State<App>,
    Storefront(site): Storefront,
    headers: HeaderMap,
    Json(change): Json<SizeMemoryChange>,
) -> Result<Response, ApiError> {
    let household = household(&change.household)?;
    let tenant = &site.site.tenant;
    let mut repository = app.database().write().await?;
    let holder = holder(&app, &mut repository, &site, &headers).await?;
    let based_on = (&household, change.version);
    if let Some(version) = repository.change_size_memory(tenant, &holder, based_on, app.now()).await? {
        repository.save().await?;
        return Ok(answer(&household, version, None));
    }
    let found = repository.size_memory(tenant, &holder).await?.ok_or_else(ApiError::size_memory_not_found)?;
    let kept = found.household.ok_or_else(ApiError::size_memory_erased)?;
    // Sent again, it finds itself done.
    if kept == household {
        Ok(answer(&kept, found.version, None))
    } else {
        Err(ApiError::changed_meanwhile())
    }
}
