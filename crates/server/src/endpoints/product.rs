//! `GET /v1/product`

use axum::{
    extract::{Request, State},
    response::Response,
};
use devanture_api::{
    problem::Problem,
    product::{Money, Product, ProductParams, Variant},
};
use devanture_storage::Repository;

use super::{BRIEFLY, JSON};
use crate::{
    App,
    cache::Tagged,
    directory::SiteView,
    extract::{Query, Storefront, short_text},
    problem::ApiError,
};

/// A product with its variants and what they cost on this site.
#[utoipa::path(get, path = "/v1/product", tag = "stock", security(("key" = []), ("key_param" = [])),
    params(ProductParams), responses(
    (status = 200, description = "The product", body = Product),
    (status = 304, description = "Unchanged"),
    (status = 404, description = "The network sells no such product", body = Problem, content_type = "application/problem+json"),
    (status = "4XX", description = "Refused", body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn product(
    State(app): State<App>,
    Storefront(site): Storefront,
    Query(params): Query<ProductParams>,
    request: Request,
) -> Result<Response, ApiError> {
    let mut repository = app.database().read().await?;
    let (id, chosen) =
        named(&mut repository, &site, &params).await?.ok_or_else(ApiError::product_not_found)?;
    let tenant = &site.site.tenant;
    let product = repository.product(tenant, &id).await?.ok_or_else(ApiError::product_not_found)?;
    let variants = repository.variants_of(tenant, &id).await?;
    let skus: Vec<&str> = variants.iter().map(|variant| variant.sku.as_str()).collect();
    let mut prices = repository.prices(tenant, site.price_list(), &skus).await?;
    let mut price = |sku: &str| {
        let at = prices.iter().position(|price| price.sku == sku)?;
        let price = prices.swap_remove(at);
        Some(Money { amount: price.amount, currency: price.currency })
    };
    let shown = Product {
        id: product.id,
        name: product.name,
        brand: product.brand,
        category: product.category,
        url: product.url,
        image_url: product.image_url,
        variants: variants
            .into_iter()
            .map(|variant| Variant {
                price: price(&variant.sku),
                sku: variant.sku,
                gtin: variant.gtin,
                size: variant.size,
                colour: variant.colour,
                image_url: variant.image_url,
            })
            .collect(),
        chosen,
    };
    let body = serde_json::to_vec(&shown).map_err(|_| ApiError::internal())?;
    Ok(Tagged::new(body).respond(request.headers(), JSON, BRIEFLY))
}

/// The product's id, and the variant that it was found by.
async fn named(
    repository: &mut Repository,
    site: &SiteView,
    params: &ProductParams,
) -> Result<Option<(String, Option<String>)>, ApiError> {
    let tenant = &site.site.tenant;
    let variant = match (
        short_text("id", params.id.as_deref())?,
        short_text("sku", params.sku.as_deref())?,
        short_text("gtin", params.gtin.as_deref())?,
    ) {
        (Some(id), None, None) => return Ok(Some((super::code("id", id)?, None))),
        (None, Some(sku), None) => repository.variant(tenant, &super::code("sku", sku)?).await?,
        (None, None, Some(gtin)) => repository.variant_by_gtin(tenant, gtin).await?,
        _ => return Err(ApiError::invalid("id", "one of id, sku and gtin is needed")),
    };
    Ok(variant.map(|variant| (variant.product_id, Some(variant.sku))))
}
