//! `GET /admin/v1/stock/variant`

use std::collections::BTreeMap;

use axum::{Json, extract::State};
use devanture_api::{
    problem::Problem,
    product::Money,
    staff_stock::{StaffVariant, StaffVariantParams, StockPlace},
};
use devanture_domain::staff::Permission;
use devanture_storage::{CountedStock, Repository, Stock};

use super::{figures, shown};
use crate::{
    App,
    directory::Snapshot,
    endpoints::code,
    extract::{Query, Staff},
    index::Network,
    problem::ApiError,
};

/// So many other places, the nearest.
const MOST: usize = 50;

/// One variant: what the store holds, and who else does.
#[utoipa::path(get, path = "/admin/v1/stock/variant", tag = "admin", security(("session" = []), ("secret_key" = [])),
    params(StaffVariantParams), responses(
    (status = 200, description = "The figures of each place", body = StaffVariant),
    (status = 403, description = "It is not one's own store", body = Problem, content_type = "application/problem+json"),
    (status = 404, description = "No variant has this SKU", body = Problem, content_type = "application/problem+json"),
    (status = "4XX", description = "Refused", body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn variant(
    State(app): State<App>,
    staff: Staff,
    Query(params): Query<StaffVariantParams>,
) -> Result<Json<StaffVariant>, ApiError> {
    staff.require(Permission::ServeShoppers)?;
    staff.require_store(&params.store)?;
    let sku = code("sku", &params.sku)?;
    let directory = app.directory().load();
    let network = directory.network(&staff.tenant).ok_or_else(ApiError::internal)?;
    let mut repository = app.database().read().await?;
    let named = repository.named_variants(&staff.tenant, &[&sku]).await?.remove(&sku);
    let named = named.ok_or_else(ApiError::product_not_found)?;
    let product = repository.product(&staff.tenant, &named.variant.product_id).await?;
    let price = repository.prices(&staff.tenant, price_list(&directory, &staff.tenant), &[&sku]).await?.pop();
    let here = repository.stock_in(&staff.tenant, &params.store, &[&sku]).await?.remove(&sku);
    let elsewhere = elsewhere(&mut repository, network, &staff.tenant, (&sku, &params.store)).await?;
    Ok(Json(StaffVariant {
        name: named.name,
        brand: product.and_then(|product| product.brand),
        image_url: named.variant.image_url.clone().or(named.image_url),
        variant: shown(named.variant, here.map(figures)),
        price: price.map(|price| Money { amount: price.amount, currency: price.currency }),
        elsewhere,
        now: app.now(),
    }))
}

/// The list of the tenant's own shop, whose prices are those of its stores too.
fn price_list<'a>(directory: &'a Snapshot, tenant: &str) -> &'a str {
    directory.main_site(tenant).map_or("default", |site| site.price_list())
}

/// Other places that hold it or wait for it: stores by distance, then warehouses by name.
async fn elsewhere(
    repository: &mut Repository,
    network: &Network,
    tenant: &str,
    (sku, store): (&str, &str),
) -> Result<Vec<StockPlace>, ApiError> {
    let warehouses: BTreeMap<String, String> =
        repository.warehouses(tenant).await?.into_iter().map(|one| (one.code, one.name)).collect();
    let start = network.find(store).map(|index| network.location(index));
    let holds = |stock: &Stock| stock.level.on_hand > 0 || stock.level.on_order > 0;
    let mut places: Vec<(Option<f64>, Option<u32>, Stock)> = Vec::new();
    for stock in repository.stock_of(tenant, sku).await? {
        if stock.location_code == store || !holds(&stock) {
            continue;
        }
        let index = network.find(&stock.location_code);
        if index.is_none() && !warehouses.contains_key(&stock.location_code) {
            continue;
        }
        let distance = start.zip(index).map(|(start, index)| start.distance_m(network.location(index)));
        places.push((distance, index, stock));
    }
    places.sort_by(|(a, a_index, a_stock), (b, b_index, b_stock)| {
        let far = |distance: &Option<f64>| distance.unwrap_or(f64::MAX);
        (a_index.is_none().cmp(&b_index.is_none()))
            .then(far(a).total_cmp(&far(b)))
            .then(a_stock.location_code.cmp(&b_stock.location_code))
    });
    // The warehouses are always among them: what no store has can come from there.
    let behind = places.iter().filter(|(_, index, _)| index.is_none()).count().min(MOST);
    let stores = (places.len() - behind).min(MOST - behind);
    let chosen = places.iter().take(stores).chain(places.iter().skip(places.len() - behind));
    Ok(chosen
        .map(|(distance, index, stock)| {
            let code = &stock.location_code;
            let known = index.and_then(|index| network.store(index));
            let name =
                known.as_ref().map(|store| &store.name).or_else(|| warehouses.get(code)).unwrap_or(code);
            StockPlace {
                code: code.clone(),
                name: name.clone(),
                warehouse: index.is_none(),
                distance_m: distance.map(whole),
                phone: known.and_then(|store| store.phone),
                // When it was counted matters to who corrects it, which is not for this store to do.
                figures: figures(CountedStock { stock: stock.clone(), based_at: stock.level.counted_at }),
            }
        })
        .collect())
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "half the circumference of the Earth fits"
)]
fn whole(metres: f64) -> u32 {
    metres.round() as u32
}
