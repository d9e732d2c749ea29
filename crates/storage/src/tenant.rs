//! Brands with a network of stores.

use devanture_domain::{reservation::ReservationRules, review::ReviewRules};
use serde::{Serialize, de::DeserializeOwned};
use sqlx::Row as _;

use crate::{Repository, StorageError};

/// A brand with its network.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tenant {
    /// Short, stable name.
    pub id: String,
    /// As shown to staff.
    pub name: String,
    /// Counts the changes to what storefronts are shown.
    pub revision: i64,
    /// How it takes reservations.
    pub reservations: ReservationRules,
    /// How it takes reviews.
    pub reviews: ReviewRules,
}

impl Repository {
    /// Creates the tenant or renames it.
    pub async fn put_tenant(&mut self, id: &str, name: &str) -> Result<(), StorageError> {
        sqlx::query(
            "INSERT INTO tenants (tenant_id, name, revision) VALUES ($1, $2, 0) \
             ON CONFLICT (tenant_id) DO UPDATE SET name = excluded.name",
        )
        .bind(id)
        .bind(name)
        .execute(&mut *self.tx)
        .await?;
        self.touch(id);
        Ok(())
    }

    /// Sets how the tenant takes reservations.
    pub async fn put_reservation_rules(
        &mut self,
        id: &str,
        rules: &ReservationRules,
    ) -> Result<(), StorageError> {
        let rules = text("reservation_rules", id, rules)?;
        sqlx::query("UPDATE tenants SET reservation_rules = $2 WHERE tenant_id = $1")
            .bind(id)
            .bind(rules)
            .execute(&mut *self.tx)
            .await?;
        self.touch(id);
        Ok(())
    }

    /// Sets how the tenant takes reviews.
    pub async fn put_review_rules(&mut self, id: &str, rules: &ReviewRules) -> Result<(), StorageError> {
        let rules = text("review_rules", id, rules)?;
        sqlx::query("UPDATE tenants SET review_rules = $2 WHERE tenant_id = $1")
            .bind(id)
            .bind(rules)
            .execute(&mut *self.tx)
            .await?;
        self.touch(id);
        Ok(())
    }

    /// Every tenant, by id.
    pub async fn tenants(&mut self) -> Result<Vec<Tenant>, StorageError> {
        let rows = sqlx::query(
            "SELECT tenant_id, name, revision, reservation_rules, review_rules FROM tenants ORDER BY tenant_id",
        )
        .fetch_all(&mut *self.tx)
        .await?;
        rows.iter()
            .map(|row| {
                let id: String = row.try_get(0)?;
                Ok(Tenant {
                    name: row.try_get(1)?,
                    revision: row.try_get(2)?,
                    reservations: rules("reservation_rules", &id, row.try_get::<Option<&str>, _>(3)?)?,
                    reviews: rules("review_rules", &id, row.try_get::<Option<&str>, _>(4)?)?,
                    id,
                })
            })
            .collect()
    }
}

fn text(column: &'static str, id: &str, rules: &impl Serialize) -> Result<String, StorageError> {
    serde_json::to_string(rules).map_err(|error| corrupt(column, id, &error))
}

/// The usual ones where nothing is said.
fn rules<T: DeserializeOwned + Default>(
    column: &'static str,
    id: &str,
    text: Option<&str>,
) -> Result<T, StorageError> {
    let rules = text.map(serde_json::from_str).transpose();
    Ok(rules.map_err(|error| corrupt(column, id, &error))?.unwrap_or_default())
}

fn corrupt(column: &'static str, id: &str, error: &serde_json::Error) -> StorageError {
    StorageError::Corrupt { table: "tenants", column, key: id.to_owned(), reason: error.to_string() }
}
