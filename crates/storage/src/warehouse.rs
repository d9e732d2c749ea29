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

/// What came of removing one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RemovedWarehouse {
    /// It is gone; save the repository.
    Done,
    /// There is none with this code.
    Unknown,
    /// Reservations hold pieces of it; do not save the repository.
    Promised,
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

    /// Removes the warehouse with its stock, unless some of that is promised.
    pub async fn remove_warehouse(
        &mut self,
        tenant: &str,
        code: &str,
    ) -> Result<RemovedWarehouse, StorageError> {
        let gone = sqlx::query("DELETE FROM warehouses WHERE tenant_id = $1 AND location_code = $2")
            .bind(tenant)
            .bind(code)
            .execute(&mut *self.tx)
            .await?;
        if gone.rows_affected() == 0 {
            return Ok(RemovedWarehouse::Unknown);
        }
        // In this order: what is reserved meanwhile was there before and is seen, or finds nothing any more.
        sqlx::query("DELETE FROM stock WHERE tenant_id = $1 AND location_code = $2 AND reserved = 0")
            .bind(tenant)
            .bind(code)
            .execute(&mut *self.tx)
            .await?;
        let left = sqlx::query_scalar::<_, i64>(
            "SELECT COUNT(*) FROM stock WHERE tenant_id = $1 AND location_code = $2",
        )
        .bind(tenant)
        .bind(code)
        .fetch_one(&mut *self.tx)
        .await?;
        self.touch(tenant);
        Ok(if left == 0 { RemovedWarehouse::Done } else { RemovedWarehouse::Promised })
    }

    /// The tenant's warehouses, by code.
    pub async fn warehouses(&mut self, tenant: &str) -> Result<Vec<Warehouse>, StorageError> {
        let query = "SELECT location_code, name FROM warehouses WHERE tenant_id = $1 ORDER BY location_code";
        let rows = sqlx::query(query).bind(tenant).fetch_all(&mut *self.tx).await?;
        rows.iter().map(|row| Ok(Warehouse { code: row.try_get(0)?, name: row.try_get(1)? })).collect()
    }
}
