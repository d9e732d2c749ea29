//! Stores: what is kept of each, and who may change what.

mod field;
mod import;
mod own;
mod row;

use std::collections::BTreeSet;

use devanture_domain::{appointment::AppointmentRules, civil::Date, geo::LatLng, hours::Schedule};
use futures_util::{StreamExt as _, TryStreamExt as _};
use serde::{Deserialize, Serialize};

pub use field::StoreField;
pub use import::{ImportAction, ImportOutcome};

use crate::{Repository, StorageError};

/// One store.
#[derive(Clone, Debug, PartialEq)]
pub struct Store {
    /// The retailer's own code, unique in the tenant.
    pub code: String,
    /// As shown.
    pub name: String,
    /// Who runs it.
    pub ownership: Ownership,
    /// Postal address.
    pub address: Address,
    /// Position of the door.
    pub location: LatLng,
    /// International form.
    pub phone: Option<String>,
    /// Public mail address.
    pub email: Option<String>,
    /// The store's own page.
    pub url: Option<String>,
    /// IANA time zone.
    pub time_zone: String,
    /// Opening hours in that zone.
    pub hours: Schedule,
    /// Codes of the services offered.
    pub services: Vec<String>,
    /// Codes of the brands carried.
    pub brands: Vec<String>,
    /// Promotions and events, past ones included.
    pub promotions: Vec<Promotion>,
    /// How appointments are given; `None` when they are not.
    pub appointments: Option<AppointmentRules>,
    /// Whether its pieces are sent to shoppers' homes too.
    pub ships: bool,
    /// What the store itself edited, and imports leave alone.
    pub edited_fields: BTreeSet<StoreField>,
}

/// Who runs a store.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ownership {
    /// The brand itself.
    Own,
    /// A franchisee.
    Franchise,
    /// A licensee or concession.
    Licensed,
}

/// A postal address; unknown parts are empty.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Address {
    /// Street and number.
    pub street: String,
    /// Postcode.
    pub postcode: String,
    /// Town.
    pub town: String,
    /// State or province.
    pub region: Option<String>,
    /// ISO 3166-1 alpha-2.
    pub country: String,
}

/// A promotion, or an event in the store.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Promotion {
    /// Stable within the store.
    pub id: String,
    /// One line.
    pub title: String,
    /// More about it.
    pub text: String,
    /// First day, in the store's zone.
    pub starts_on: Date,
    /// Last day, inclusive.
    pub ends_on: Date,
    /// Something that takes place rather than a reduction.
    #[serde(default)]
    pub event: bool,
}

impl Store {
    /// A store with only a code, a name, a place and a zone; everything else unknown.
    pub fn new(code: &str, name: &str, location: LatLng, time_zone: &str) -> Self {
        Self {
            code: code.to_owned(),
            name: name.to_owned(),
            ownership: Ownership::Own,
            address: Address::default(),
            location,
            phone: None,
            email: None,
            url: None,
            time_zone: time_zone.to_owned(),
            hours: Schedule::default(),
            services: Vec::new(),
            brands: Vec::new(),
            promotions: Vec::new(),
            appointments: None,
            ships: false,
            edited_fields: BTreeSet::new(),
        }
    }
}

impl Repository {
    /// The store with this code.
    pub async fn store(&mut self, tenant: &str, code: &str) -> Result<Option<Store>, StorageError> {
        let row = sqlx::query(row::SELECT_ONE).bind(tenant).bind(code).fetch_optional(&mut *self.tx).await?;
        row.as_ref().map(row::from_row).transpose()
    }

    /// Hands every store of the tenant to `each`, by code, one at a time: a network of thousands is
    /// never in memory twice.
    pub async fn each_store(
        &mut self,
        tenant: &str,
        mut each: impl FnMut(Store),
    ) -> Result<(), StorageError> {
        let mut rows = sqlx::query(row::SELECT_ALL).bind(tenant).fetch(&mut *self.tx).boxed();
        while let Some(row) = rows.try_next().await? {
            each(row::from_row(&row)?);
        }
        Ok(())
    }

    /// How many stores the tenant has.
    pub async fn count_stores(&mut self, tenant: &str) -> Result<u64, StorageError> {
        let count: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM stores WHERE tenant_id = $1")
            .bind(tenant)
            .fetch_one(&mut *self.tx)
            .await?;
        Ok(u64::try_from(count).unwrap_or(0))
    }

    /// Creates the store or replaces all of it, `edited_fields` included.
    pub async fn put_store(&mut self, tenant: &str, store: &Store) -> Result<(), StorageError> {
        row::bind(sqlx::query(row::UPSERT), tenant, store)?.execute(&mut *self.tx).await?;
        self.touch(tenant);
        Ok(())
    }

    /// Takes over `fields` of `edited` as the store's own words, which imports then leave alone.
    /// `Ok(None)` when there is no such store.
    pub async fn edit_store(
        &mut self,
        tenant: &str,
        edited: &Store,
        fields: &BTreeSet<StoreField>,
    ) -> Result<Option<Store>, StorageError> {
        self.lock_store(tenant, &edited.code).await?;
        let Some(mut store) = self.store(tenant, &edited.code).await? else {
            return Ok(None);
        };
        let taken: Vec<StoreField> = fields.difference(&store.edited_fields).copied().collect();
        self.keep_head_values(tenant, &store, taken).await?;
        for field in fields {
            field.copy(edited, &mut store);
            store.edited_fields.insert(*field);
        }
        self.put_store(tenant, &store).await?;
        Ok(Some(store))
    }

    /// Makes other writers of this store wait until the transaction ends. `SELECT … FOR UPDATE` is not
    /// known to SQLite; an update that changes nothing is understood by both.
    pub(super) async fn lock_store(&mut self, tenant: &str, code: &str) -> Result<(), StorageError> {
        sqlx::query("UPDATE stores SET store_code = store_code WHERE tenant_id = $1 AND store_code = $2")
            .bind(tenant)
            .bind(code)
            .execute(&mut *self.tx)
            .await?;
        Ok(())
    }
}
