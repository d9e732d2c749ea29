//! `GET /admin/v1/stock`

pub(crate) mod count;
#[cfg(test)]
mod tests;
pub(crate) mod variant;

use std::collections::BTreeMap;

use axum::{Json, extract::State};
use devanture_api::{
    problem::Problem,
    staff_stock::{StaffStock, StaffStockParams, StockFigures, StockProduct, StockVariant},
};
use devanture_domain::{code::normalised, staff::Permission};
use devanture_storage::{CountedStock, Repository, Variant};

use crate::{
    App,
    extract::{Query, Staff, short_text},
    problem::ApiError,
};

/// So many products; who sees more has not typed enough.
const MOST: u16 = 20;

/// What a store holds of what is searched for: by SKU, GTIN, product's id, or words of a name.
#[utoipa::path(get, path = "/admin/v1/stock", tag = "admin", security(("session" = []), ("secret_key" = [])),
    params(StaffStockParams), responses(
    (status = 200, description = "The products, none where nothing is found", body = StaffStock),
    (status = 403, description = "It is not one's own store", body = Problem, content_type = "application/problem+json"),
    (status = "4XX", description = "Refused", body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn stock(
    State(app): State<App>,
    staff: Staff,
    Query(params): Query<StaffStockParams>,
) -> Result<Json<StaffStock>, ApiError> {
    staff.require(Permission::ServeShoppers)?;
    staff.require_store(&params.store)?;
    let typed = short_text("q", Some(&params.q))?
        .ok_or_else(|| ApiError::invalid("q", "is empty: type a SKU, a barcode or a name"))?;
    let mut repository = app.database().read().await?;
    let (ids, exact) = find(&mut repository, &staff.tenant, typed).await?;
    let more = ids.len() > usize::from(MOST);
    let ids: Vec<&str> = ids.iter().take(MOST.into()).map(String::as_str).collect();
    let mut products: BTreeMap<String, StockProduct> = BTreeMap::new();
    for product in repository.products(&staff.tenant, &ids).await? {
        let one = StockProduct {
            id: product.id.clone(),
            name: product.name,
            brand: product.brand,
            image_url: product.image_url,
            variants: Vec::new(),
        };
        products.insert(product.id, one);
    }
    let variants = repository.variants_of_products(&staff.tenant, &ids).await?;
    let skus: Vec<&str> = variants.iter().map(|variant| variant.sku.as_str()).collect();
    let mut here = repository.stock_in(&staff.tenant, &params.store, &skus).await?;
    for variant in variants {
        let Some(product) = products.get_mut(&variant.product_id) else { continue };
        let is_exact = exact.as_deref() == Some(variant.sku.as_str());
        let figures = here.remove(&variant.sku).map(figures);
        product.variants.push(StockVariant { exact: is_exact, ..shown(variant, figures) });
    }
    let items = ids.into_iter().filter_map(|id| products.remove(id)).collect();
    Ok(Json(StaffStock { items, more, now: app.now() }))
}

/// Ids of the products that are meant, and the very SKU if one is.
async fn find(
    repository: &mut Repository,
    tenant: &str,
    typed: &str,
) -> Result<(Vec<String>, Option<String>), ApiError> {
    if let Ok(code) = normalised(typed) {
        let mut found = repository.variant(tenant, &code).await?;
        for gtin in gtins(&code) {
            if found.is_none() {
                found = repository.variant_by_gtin(tenant, &gtin).await?;
            }
        }
        if let Some(variant) = found {
            return Ok((vec![variant.product_id], Some(variant.sku)));
        }
        if repository.product(tenant, &code).await?.is_some() {
            return Ok((vec![code], None));
        }
    }
    Ok((repository.products_named(tenant, typed, MOST + 1).await?, None))
}

/// The numbers that a scanned or typed barcode may be kept as: with and without the zeros in front that make an 8 or 12
/// digit number one of 13 or 14.
fn gtins(code: &str) -> Vec<String> {
    let digits: String = code.chars().filter(|sign| !matches!(sign, ' ' | '-')).collect();
    if !(8..=14).contains(&digits.len()) || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Vec::new();
    }
    let bare = digits.trim_start_matches('0');
    let mut all = vec![digits.clone()];
    all.extend(
        [8, 12, 13, 14]
            .map(|length| format!("{bare:0>length$}"))
            .into_iter()
            .filter(|one| one.len() <= 14 && *one != digits),
    );
    all
}

/// A variant with figures.
fn shown(variant: Variant, here: Option<StockFigures>) -> StockVariant {
    StockVariant {
        sku: variant.sku,
        gtin: variant.gtin,
        size: variant.size,
        colour: variant.colour,
        exact: false,
        here,
    }
}

fn figures(CountedStock { stock, based_at }: CountedStock) -> StockFigures {
    let level = stock.level;
    StockFigures {
        on_hand: level.on_hand,
        reserved: level.reserved,
        safety: level.safety,
        available: level.available(),
        on_order: level.on_order,
        expected_on: level.expected_on,
        source: level.source,
        counted_at: level.counted_at,
        based_at,
    }
}
