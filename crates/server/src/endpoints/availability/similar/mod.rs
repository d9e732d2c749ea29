//! `GET /v1/availability/similar`

#[cfg(test)]
mod tests;

use std::{collections::HashMap, sync::Arc};

use axum::{
    extract::{Request, State},
    response::Response,
};
use devanture_api::{
    availability::NEAR_M,
    problem::Problem,
    product::Money,
    similar::{SimilarPage, SimilarParams, SimilarProduct},
};
use devanture_domain::{
    geo::LatLng,
    size::{System, same_size},
};
use devanture_storage::{Price, Product, Repository, Variant};

use super::{JSON, NEVER, origin};
use crate::{
    App,
    cache::Tagged,
    directory::{Scope, SiteView},
    endpoints::code,
    extract::{Query, Storefront},
    index::Found,
    problem::ApiError,
};

/// The most that are offered.
const MOST: usize = 6;
/// Products looked at, of the same brand and of any.
const PRODUCTS: u16 = 100;
/// Stores looked at.
const STORES: usize = 32;
/// Variants whose stock is looked at together, and how often at most: what is near is mostly among the first.
const AT_ONCE: usize = 32;
const ROUNDS: usize = 6;

/// Products like one that is not near, in its size, that are.
#[utoipa::path(get, path = "/v1/availability/similar", tag = "stock", security(("key" = []), ("key_param" = [])),
    params(SimilarParams), responses(
    (status = 200, description = "Of the same colour first, then of the same brand, then by the price", body = SimilarPage),
    (status = 304, description = "Unchanged"),
    (status = 400, description = "A parameter is not of the documented form", body = Problem, content_type = "application/problem+json"),
    (status = 404, description = "No variant has this SKU", body = Problem, content_type = "application/problem+json"),
    (status = "4XX", description = "Refused", body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn similar(
    State(app): State<App>,
    Storefront(site): Storefront,
    Query(params): Query<SimilarParams>,
    request: Request,
) -> Result<Response, ApiError> {
    let sku = code("sku", &params.sku)?;
    let origin = origin(&app, &site, (params.lat, params.lng), params.q.as_deref()).await?;
    let start = origin.as_ref().map_or(site.site.center, |origin| origin.location);
    let is_asked = origin.as_ref().is_some_and(|origin| !origin.is_default);
    let mut repository = app.database().read().await?;
    let candidates = candidates(&mut repository, &site, &sku).await?;
    let near = near(&site, start, is_asked);
    let items = offered(&mut repository, &site, candidates, (&near, is_asked)).await?;
    let body = serde_json::to_vec(&SimilarPage { items, origin }).map_err(|_| ApiError::internal())?;
    Ok(Tagged::new(body).respond(request.headers(), JSON, NEVER))
}

/// The stores near, in the order in which they are preferred.
fn near(site: &SiteView, start: LatLng, is_asked: bool) -> Vec<Found> {
    let (mut stores, _) = site.network.nearest(start, None, STORES, None);
    if let Scope::Store(own) = site.scope {
        stores.retain(|found| found.index != own);
        stores.insert(0, site.network.found(start, own));
        stores.truncate(STORES);
    }
    // Where nobody has said where they are, nothing is far.
    stores.retain(|found| !is_asked || found.distance_m() <= NEAR_M);
    stores
}

struct Candidate {
    product: Arc<Product>,
    variant: Variant,
    price: Option<Price>,
}

/// What is of the same category and size, the most alike first.
async fn candidates(
    repository: &mut Repository,
    site: &SiteView,
    sku: &str,
) -> Result<Vec<Candidate>, ApiError> {
    let tenant = &site.site.tenant;
    let wanted = repository.variant(tenant, sku).await?.ok_or_else(ApiError::product_not_found)?;
    let product = repository.product(tenant, &wanted.product_id).await?;
    let product = product.ok_or_else(ApiError::product_not_found)?;
    let others = repository.products_like(tenant, &product, PRODUCTS).await?;
    let others: HashMap<String, Arc<Product>> =
        others.into_iter().map(|other| (other.id.clone(), Arc::new(other))).collect();
    let ids: Vec<&str> = others.keys().map(String::as_str).collect();
    let home = System::of_language(&site.site.locale);
    let is_same_size = |variant: &Variant| match (&wanted.size, &variant.size) {
        (Some(one), Some(other)) => same_size(one, other, home),
        (None, None) => true,
        _ => false,
    };
    let mut variants = repository.variants_of_products(tenant, &ids).await?;
    variants.retain(is_same_size);
    let skus: Vec<&str> = variants.iter().map(|variant| &*variant.sku).chain([sku]).collect();
    let prices = repository.prices(tenant, site.price_list(), &skus).await?;
    let mut prices: HashMap<String, Price> =
        prices.into_iter().map(|price| (price.sku.clone(), price)).collect();
    let price = prices.remove(sku);
    let mut candidates: Vec<Candidate> = variants
        .into_iter()
        .filter_map(|variant| {
            let product = Arc::clone(others.get(&variant.product_id)?);
            Some(Candidate { product, price: prices.remove(&variant.sku), variant })
        })
        .collect();
    candidates.sort_by_cached_key(|one| {
        (
            is_other(wanted.colour.as_deref(), one.variant.colour.as_deref()),
            is_other(product.brand.as_deref(), one.product.brand.as_deref()),
            apart(price.as_ref(), one.price.as_ref()),
            one.product.id.clone(),
            one.variant.sku.clone(),
        )
    });
    Ok(candidates)
}

fn is_other(wanted: Option<&str>, other: Option<&str>) -> bool {
    wanted.map(str::to_lowercase) != other.map(str::to_lowercase)
}

/// How far apart prices are; amounts of two currencies say nothing of each other.
fn apart(price: Option<&Price>, other: Option<&Price>) -> u64 {
    match (price, other) {
        (Some(price), Some(other)) if price.currency == other.currency => price.amount.abs_diff(other.amount),
        _ => u64::MAX,
    }
}

/// Those that a store near has, each product once.
async fn offered(
    repository: &mut Repository,
    site: &SiteView,
    candidates: Vec<Candidate>,
    (near, is_asked): (&[Found], bool),
) -> Result<Vec<SimilarProduct>, ApiError> {
    let codes: Vec<&str> = near.iter().map(|found| site.network.code(found.index)).collect();
    let mut items: Vec<SimilarProduct> = Vec::new();
    let mut candidates = candidates.into_iter();
    for _ in 0..ROUNDS {
        let round: Vec<Candidate> = candidates.by_ref().take(AT_ONCE).collect();
        if round.is_empty() || items.len() == MOST {
            break;
        }
        let skus: Vec<&str> = round.iter().map(|one| &*one.variant.sku).collect();
        let mut nearest: HashMap<String, usize> = HashMap::new();
        for (sku, location) in repository.to_be_had(&site.site.tenant, &skus, &codes).await? {
            let Some(at) = codes.iter().position(|code| *code == location) else { continue };
            let known = nearest.entry(sku).or_insert(at);
            *known = at.min(*known);
        }
        for Candidate { product, variant, price } in round {
            let is_there = items.iter().any(|known| known.product_id == product.id);
            let Some(at) = nearest.get(&variant.sku).filter(|_| !is_there && items.len() < MOST) else {
                continue;
            };
            let mut store = site.network.store(near[*at].index).ok_or_else(ApiError::internal)?;
            store.distance_m = is_asked.then(|| near[*at].distance_m().round());
            items.push(SimilarProduct {
                product_id: product.id.clone(),
                name: product.name.clone(),
                sku: variant.sku,
                size: variant.size,
                colour: variant.colour,
                url: product.url.clone(),
                image_url: variant.image_url.or_else(|| product.image_url.clone()),
                price: price.map(|price| Money { amount: price.amount, currency: price.currency }),
                store,
            });
        }
    }
    Ok(items)
}
