//! `POST /v1/size-memory`

use axum::{
    extract::State,
    http::{HeaderMap, StatusCode},
    response::Response,
};
use devanture_api::{
    problem::Problem,
    routes::{CUSTOMER_HEADER, SIZE_MEMORY_HEADER},
    size_memory::{NewSizeMemory, SizeMemory},
};
use devanture_storage::{PrivateToken, SizeHolder};

use super::{answer, holder, household};
use crate::{
    App,
    extract::{Json, Storefront},
    problem::ApiError,
};

/// Keeps a size memory, since its shopper asks for it: under a private link whose token comes once, with this answer, or, with the header of a
/// customer who has signed in at the shop, under their id. It is deleted when nobody has used it for 13 months.
#[utoipa::path(post, path = "/v1/size-memory", tag = "stock", security(("key" = [])),
    params(
        ("Devanture-Customer" = Option<String>, Header, description = "The customer's id, signed by the shop: `<id>.<unix seconds>.<base64url HMAC-SHA256>`"),
    ),
    request_body = NewSizeMemory, responses(
    (status = 201, description = "It is kept", body = SizeMemory),
    (status = 400, description = "Not a household, or too long", body = Problem, content_type = "application/problem+json"),
    (status = 401, description = "The customer's `signature_invalid` or `signature_expired`", body = Problem, content_type = "application/problem+json"),
    (status = 409, description = "One of this customer is kept already: read and change that", body = Problem, content_type = "application/problem+json"),
    (status = "4XX", description = "Refused", body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn create(
    State(app): State<App>,
    Storefront(site): Storefront,
    headers: HeaderMap,
    Json(request): Json<NewSizeMemory>,
) -> Result<(StatusCode, Response), ApiError> {
    let household = household(&request.household)?;
    if headers.contains_key(SIZE_MEMORY_HEADER) {
        return Err(ApiError::invalid(SIZE_MEMORY_HEADER, "is of a memory that is there: PUT changes it"));
    }
    let mut repository = app.database().write().await?;
    let (holder, token) = if headers.contains_key(CUSTOMER_HEADER) {
        (holder(&app, &mut repository, &site, &headers).await?, None)
    } else {
        let token = PrivateToken::from_random(app.random()?);
        (SizeHolder::of_token(&token), Some(token.to_text()))
    };
    let of = (&*site.site.tenant, &*site.site.id);
    let added = repository.add_size_memory(of, &holder, &household, app.now()).await?;
    let version = added.ok_or_else(ApiError::changed_meanwhile)?;
    repository.save().await?;
    Ok((StatusCode::CREATED, answer(&household, version, token)))
}
