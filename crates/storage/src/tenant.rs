//! Brands with a network of stores.

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

    /// Every tenant, by id.
    pub async fn tenants(&mut self) -> Result<Vec<Tenant>, StorageError> {
        let rows = sqlx::query("SELECT tenant_id, name, revision FROM tenants ORDER BY tenant_id")
            .fetch_all(&mut *self.tx)
            .await?;
        rows.iter()
            .map(|row| Ok(Tenant { id: row.try_get(0)?, name: row.try_get(1)?, revision: row.try_get(2)? }))
            .collect()
    }
}
