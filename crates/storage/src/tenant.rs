//! Brands with a network of stores.

use devanture_domain::reservation::ReservationRules;
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
        let rules = serde_json::to_string(rules).map_err(|error| corrupt(id, &error))?;
        sqlx::query("UPDATE tenants SET reservation_rules = $2 WHERE tenant_id = $1")
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
            "SELECT tenant_id, name, revision, reservation_rules FROM tenants ORDER BY tenant_id",
        )
        .fetch_all(&mut *self.tx)
        .await?;
        rows.iter()
            .map(|row| {
                let id: String = row.try_get(0)?;
                let rules: Option<String> = row.try_get(3)?;
                let rules = rules.as_deref().map(serde_json::from_str).transpose();
                Ok(Tenant {
                    name: row.try_get(1)?,
                    revision: row.try_get(2)?,
                    reservations: rules.map_err(|error| corrupt(&id, &error))?.unwrap_or_default(),
                    id,
                })
            })
            .collect()
    }
}

fn corrupt(id: &str, error: &serde_json::Error) -> StorageError {
    StorageError::Corrupt {
        table: "tenants",
        column: "reservation_rules",
        key: id.to_owned(),
        reason: error.to_string(),
    }
}
