//! `GET /v1/size-memory`

pub(crate) mod create;
pub(crate) mod erase;
pub(crate) mod put;
#[cfg(test)]
mod tests;

use axum::{
    Json,
    extract::State,
    http::{HeaderMap, header},
    response::{IntoResponse as _, Response},
};
use devanture_api::{
    problem::Problem,
    routes::{CUSTOMER_HEADER, SIZE_MEMORY_HEADER},
    size_memory::{MAX_HOUSEHOLD, SizeMemory},
};
use devanture_domain::size::Household;
use devanture_storage::{PrivateToken, Repository, SizeHolder};

use super::NEVER;
use crate::{App, customer::customer, directory::SiteView, extract::Storefront, problem::ApiError};

/// A read counts as use once in so long, so that reading is hardly ever writing.
const USE_COUNTS_MS: i64 = 86_400_000;

/// The size memory of whoever has a private link, or of a customer who has signed in at the shop.
#[utoipa::path(get, path = "/v1/size-memory", tag = "stock", security(("key" = []), ("key_param" = [])),
    params(
        ("Devanture-Size-Memory" = Option<String>, Header, description = "The token of the private link"),
        ("Devanture-Customer" = Option<String>, Header, description = "Or the customer's id, signed by the shop: `<id>.<unix seconds>.<base64url HMAC-SHA256>`"),
    ), responses(
    (status = 200, description = "What is remembered", body = SizeMemory),
    (status = 400, description = "Neither header, or one that is not of its form", body = Problem, content_type = "application/problem+json"),
    (status = 401, description = "The customer's `signature_invalid` or `signature_expired`", body = Problem, content_type = "application/problem+json"),
    (status = 404, description = "`size_memory_not_found`, or `size_memory_erased` by its owner", body = Problem, content_type = "application/problem+json"),
    (status = "4XX", description = "Refused", body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn size_memory(
    State(app): State<App>,
    Storefront(site): Storefront,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let tenant = &site.site.tenant;
    let mut repository = app.database().read().await?;
    let holder = holder(&app, &mut repository, &site, &headers).await?;
    let found = repository.size_memory(tenant, &holder).await?.ok_or_else(ApiError::size_memory_not_found)?;
    drop(repository);
    let household = found.household.ok_or_else(ApiError::size_memory_erased)?;
    if app.now() - found.used_at >= USE_COUNTS_MS {
        let mut repository = app.database().write().await?;
        repository.use_size_memory(tenant, &holder, app.now()).await?;
        repository.save().await?;
    }
    Ok(answer(&household, found.version, None))
}

/// Whose memory is asked for.
async fn holder(
    app: &App,
    repository: &mut Repository,
    site: &SiteView,
    headers: &HeaderMap,
) -> Result<SizeHolder, ApiError> {
    match (text(headers, SIZE_MEMORY_HEADER)?, text(headers, CUSTOMER_HEADER)?) {
        (Some(_), Some(_)) => {
            Err(ApiError::invalid(CUSTOMER_HEADER, "is one too many: send it or Devanture-Size-Memory"))
        }
        (Some(token), None) => {
            PrivateToken::parse(token).map(|token| SizeHolder::of_token(&token)).ok_or_else(|| {
                ApiError::invalid(SIZE_MEMORY_HEADER, "is the 24 signs that came when the memory was made")
            })
        }
        (None, Some(signed)) => {
            let secrets = repository.customer_secrets(&site.site.tenant).await?;
            let id = customer(&secrets, signed, app.now()).map_err(ApiError::customer_doubted)?;
            Ok(SizeHolder::of_customer(&site.site.tenant, id))
        }
        (None, None) => {
            Err(ApiError::invalid(SIZE_MEMORY_HEADER, "is missing; send it or Devanture-Customer"))
        }
    }
}

/// A header's text; what is no visible ASCII is none of ours.
fn text<'a>(headers: &'a HeaderMap, name: &'static str) -> Result<Option<&'a str>, ApiError> {
    let text = headers.get(name).map(|value| value.to_str()).transpose();
    text.map_err(|_| ApiError::invalid(name, "is visible ASCII characters"))
}

/// What was sent to be kept: read and written anew, nothing but a household is stored.
fn household(text: &str) -> Result<Household, ApiError> {
    if text.len() > MAX_HOUSEHOLD {
        return Err(ApiError::invalid(
            "household",
            format!("at most {MAX_HOUSEHOLD} bytes; forget what is not worn any more"),
        ));
    }
    Household::parse(text).ok_or_else(|| ApiError::invalid("household", "is not what the size memory writes"))
}

fn answer(household: &Household, version: u32, token: Option<String>) -> Response {
    let memory = SizeMemory { household: household.write(), version, token };
    ([(header::CACHE_CONTROL, NEVER)], Json(memory)).into_response()
}
