//! `GET /admin/v1/stores/{code}`

pub(crate) mod edit;
pub(crate) mod give_back;
#[cfg(test)]
mod tests;

use axum::{
    Json,
    extract::{Path, State},
};
use devanture_api::{
    problem::Problem,
    staff_store::{HeadOffice, OwnField, StaffStoreDetails},
    store::{Address, Promotion},
};
use devanture_domain::{
    civil::{Date, Zone as _},
    staff::Permission,
};
use devanture_storage::{Repository, Store, StoreField};
use xxhash_rust::xxh3::xxh3_128;

use crate::{App, NamedZone, extract::Staff, problem::ApiError};

/// A store's hours, special days, promotions and events, and which of these are its own.
#[utoipa::path(get, path = "/admin/v1/stores/{code}", tag = "admin", security(("session" = []), ("secret_key" = [])),
    params(("code" = String, Path, description = "The store's code")), responses(
    (status = 200, description = "The store", body = StaffStoreDetails),
    (status = 403, description = "The role does not include it, or it is not one's own store", body = Problem, content_type = "application/problem+json"),
    (status = 404, description = "No store has this code", body = Problem, content_type = "application/problem+json"),
    (status = "4XX", description = "Refused", body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn store(
    State(app): State<App>,
    staff: Staff,
    Path(code): Path<String>,
) -> Result<Json<StaffStoreDetails>, ApiError> {
    require(&staff, &code)?;
    let mut repository = app.database().read().await?;
    let found = repository.store(&staff.tenant, &code).await?.ok_or_else(ApiError::store_not_found)?;
    Ok(Json(shown(&app, &mut repository, &staff.tenant, found).await?))
}

fn require(staff: &Staff, code: &str) -> Result<(), ApiError> {
    staff.require(Permission::EditStore)?;
    staff.require_store(code)
}

async fn shown(
    app: &App,
    repository: &mut Repository,
    tenant: &str,
    store: Store,
) -> Result<StaffStoreDetails, ApiError> {
    let own: Vec<OwnField> =
        OwnField::ALL.into_iter().filter(|own| store.edited_fields.contains(&field(*own))).collect();
    let said = repository.head_office_store(tenant, &store).await?;
    let head_office = HeadOffice {
        hours: own.contains(&OwnField::Hours).then_some(said.hours),
        promotions: own.contains(&OwnField::Promotions).then(|| promotions(said.promotions)),
    };
    Ok(StaffStoreDetails {
        today: today(app, &store),
        version: version(&store),
        own,
        head_office,
        code: store.code,
        name: store.name,
        address: Address {
            street: store.address.street,
            postcode: store.address.postcode,
            town: store.address.town,
            region: store.address.region,
            country: store.address.country,
        },
        time_zone: store.time_zone,
        hours: store.hours,
        promotions: promotions(store.promotions),
    })
}

fn field(own: OwnField) -> StoreField {
    match own {
        OwnField::Hours => StoreField::Hours,
        OwnField::Promotions => StoreField::Promotions,
    }
}

/// Today by the store's clock; by UTC where nobody knows its zone.
fn today(app: &App, store: &Store) -> Date {
    NamedZone::get(&store.time_zone).unwrap_or_else(NamedZone::utc).to_local(app.now()).date
}

/// What stands for all that can be changed here: whose it is as well, since giving back changes just that.
fn version(store: &Store) -> String {
    let said =
        serde_json::to_vec(&(&store.hours, &store.promotions, &store.edited_fields)).unwrap_or_default();
    format!("{:032x}", xxh3_128(&said))
}

fn promotions(all: Vec<devanture_storage::Promotion>) -> Vec<Promotion> {
    let one = |one: devanture_storage::Promotion| Promotion {
        id: one.id,
        title: one.title,
        text: one.text,
        starts_on: one.starts_on,
        ends_on: one.ends_on,
        event: one.event,
    };
    all.into_iter().map(one).collect()
}
