//! `GET /admin/v1/stores`

use axum::{Json, extract::State};
use devanture_api::{
    admin::{StaffStore, StaffStores},
    problem::Problem,
};
use devanture_domain::staff::{Permission, StoreScope};

use crate::{App, extract::Staff, problem::ApiError};

/// The stores that one acts for, by name; for head office the warehouses after them.
#[utoipa::path(get, path = "/admin/v1/stores", tag = "admin", security(("session" = []), ("secret_key" = [])), responses(
    (status = 200, description = "The stores", body = StaffStores),
    (status = "4XX", description = "Refused", body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn stores(State(app): State<App>, staff: Staff) -> Result<Json<StaffStores>, ApiError> {
    staff.require(Permission::ServeShoppers)?;
    let network = app.directory().load().network(&staff.tenant).cloned().ok_or_else(ApiError::internal)?;
    let mut items: Vec<StaffStore> = (0..network.len())
        .filter(|index| staff.scope.covers(network.code(*index)))
        .filter_map(|index| network.store(index))
        .map(|store| StaffStore {
            code: store.code,
            name: store.name,
            time_zone: store.time_zone,
            warehouse: false,
        })
        .collect();
    // What is ordered from a warehouse has to be answered by somebody.
    if staff.scope == StoreScope::All {
        let zone = items.first().map_or("UTC", |store| &store.time_zone).to_owned();
        for one in app.database().read().await?.warehouses(&staff.tenant).await? {
            let (code, name, time_zone) = (one.code, one.name, zone.clone());
            items.push(StaffStore { code, name, time_zone, warehouse: true });
        }
    }
    items.sort_by(|a, b| (a.warehouse, &a.name, &a.code).cmp(&(b.warehouse, &b.name, &b.code)));
    Ok(Json(StaffStores { items }))
}
