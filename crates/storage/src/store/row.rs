//! Stores as rows.

use devanture_domain::geo::LatLng;
use serde::{Serialize, de::DeserializeOwned};
use sqlx::{
    Any, Row as _,
    any::{AnyArguments, AnyRow},
    query::Query,
};

use super::{Address, Store};
use crate::StorageError;

macro_rules! columns {
    () => {
        "store_code, name, ownership, street, postcode, town, region, country, lat, lng, phone, email, url, \
         time_zone, hours, services, brands, promotions, appointments, edited_fields, ships"
    };
}

pub(super) const SELECT_ONE: &str =
    concat!("SELECT ", columns!(), " FROM stores WHERE tenant_id = $1 AND store_code = $2");
pub(super) const SELECT_ALL: &str =
    concat!("SELECT ", columns!(), " FROM stores WHERE tenant_id = $1 ORDER BY store_code");
pub(super) const UPSERT: &str = concat!(
    "INSERT INTO stores (tenant_id, ",
    columns!(),
    ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22) \
     ON CONFLICT (tenant_id, store_code) DO UPDATE SET name = excluded.name, ownership = excluded.ownership, \
     street = excluded.street, postcode = excluded.postcode, town = excluded.town, region = excluded.region, \
     country = excluded.country, lat = excluded.lat, lng = excluded.lng, phone = excluded.phone, \
     email = excluded.email, url = excluded.url, time_zone = excluded.time_zone, hours = excluded.hours, \
     services = excluded.services, brands = excluded.brands, promotions = excluded.promotions, \
     appointments = excluded.appointments, edited_fields = excluded.edited_fields, \
     ships = excluded.ships"
);

/// Binds every column, in the order of [`UPSERT`].
pub(super) fn bind<'q>(
    query: Query<'q, Any, AnyArguments>,
    tenant: &'q str,
    store: &'q Store,
) -> Result<Query<'q, Any, AnyArguments>, StorageError> {
    let json =
        |column, value: serde_json::Result<String>| value.map_err(|e| corrupt(column, &store.code, &e));
    let appointments = store.appointments.as_ref().map(serde_json::to_string).transpose();
    let appointments = appointments.map_err(|e| corrupt("appointments", &store.code, &e))?;
    Ok(query
        .bind(tenant)
        .bind(store.code.as_str())
        .bind(store.name.as_str())
        .bind(json("ownership", word(&store.ownership))?)
        .bind(store.address.street.as_str())
        .bind(store.address.postcode.as_str())
        .bind(store.address.town.as_str())
        .bind(store.address.region.as_deref())
        .bind(store.address.country.as_str())
        .bind(store.location.lat())
        .bind(store.location.lng())
        .bind(store.phone.as_deref())
        .bind(store.email.as_deref())
        .bind(store.url.as_deref())
        .bind(store.time_zone.as_str())
        .bind(json("hours", serde_json::to_string(&store.hours))?)
        .bind(json("services", serde_json::to_string(&store.services))?)
        .bind(json("brands", serde_json::to_string(&store.brands))?)
        .bind(json("promotions", serde_json::to_string(&store.promotions))?)
        .bind(appointments)
        .bind(json("edited_fields", serde_json::to_string(&store.edited_fields))?)
        .bind(i64::from(store.ships)))
}

pub(super) fn from_row(row: &AnyRow) -> Result<Store, StorageError> {
    let code: String = row.try_get(0)?;
    let location = LatLng::new(row.try_get(8)?, row.try_get(9)?).map_err(|e| corrupt("lat", &code, &e))?;
    let appointments: Option<String> = row.try_get(18)?;
    let ownership: String = row.try_get(2)?;
    Ok(Store {
        name: row.try_get(1)?,
        ownership: serde_json::from_value(serde_json::Value::String(ownership))
            .map_err(|e| corrupt("ownership", &code, &e))?,
        address: Address {
            street: row.try_get(3)?,
            postcode: row.try_get(4)?,
            town: row.try_get(5)?,
            region: row.try_get(6)?,
            country: row.try_get(7)?,
        },
        location,
        phone: row.try_get(10)?,
        email: row.try_get(11)?,
        url: row.try_get(12)?,
        time_zone: row.try_get(13)?,
        hours: parse(row, 14, "hours", &code)?,
        services: parse(row, 15, "services", &code)?,
        brands: parse(row, 16, "brands", &code)?,
        promotions: parse(row, 17, "promotions", &code)?,
        appointments: match appointments {
            Some(text) => Some(serde_json::from_str(&text).map_err(|e| corrupt("appointments", &code, &e))?),
            None => None,
        },
        edited_fields: parse(row, 19, "edited_fields", &code)?,
        ships: row.try_get::<i64, _>(20)? != 0,
        code,
    })
}

fn parse<T: DeserializeOwned>(
    row: &AnyRow,
    index: usize,
    column: &'static str,
    code: &str,
) -> Result<T, StorageError> {
    serde_json::from_str(row.try_get(index)?).map_err(|e| corrupt(column, code, &e))
}

/// A unit variant's name, without the quotes that JSON puts around it.
fn word(value: &impl Serialize) -> serde_json::Result<String> {
    Ok(serde_json::to_string(value)?.trim_matches('"').to_owned())
}

fn corrupt(column: &'static str, code: &str, reason: &dyn std::error::Error) -> StorageError {
    StorageError::Corrupt { table: "stores", column, key: code.to_owned(), reason: reason.to_string() }
}
