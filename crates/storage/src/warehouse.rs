//! Where stock is beside the stores.

use sqlx::Row as _;

use crate::{Repository, StorageError};

/// A warehouse: what it holds can be sent home, or to a store.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Warehouse {
    /// Unique among the tenant's stores and warehouses.
    pub code: String,
    /// As shown to staff.
    pub name: String,
}

impl Repository {
    /// Creates the warehouse or renames it.
    pub async fn put_warehouse(&mut self, tenant: &str, warehouse: &Warehouse) -> Result<(), StorageError> {
        sqlx::query(
            "INSERT INTO warehouses (tenant_id, location_code, name) VALUES ($1, $2, $3) \
             ON CONFLICT (tenant_id, location_code) DO UPDATE SET name = excluded.name",
        )
        .bind(tenant)
        .bind(warehouse.code.as_str())
        .bind(warehouse.name.as_str())
        .execute(&mut *self.tx)
        .await?;
        self.touch(tenant);
        Ok(())
    }

    /// The tenant's warehouses, by code.
    pub async fn warehouses(&mut self, tenant: &str) -> Result<Vec<Warehouse>, StorageError> {
        let query = "SELECT location_code, name FROM warehouses WHERE tenant_id = $1 ORDER BY location_code";
        let rows = sqlx::query(query).bind(tenant).fetch_all(&mut *self.tx).await?;
        rows.iter().map(|row| Ok(Warehouse { code: row.try_get(0)?, name: row.try_get(1)? })).collect()
    }
}
