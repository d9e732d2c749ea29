//! What a feed's codes may mean: locations and SKUs.

use sqlx::Row as _;

use crate::{
    Repository, StorageError,
    rows::{ROWS_AT_ONCE, select_in},
};

/// Where stock can be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Location {
    /// A store's code, or a warehouse's, as it was given.
    pub code: String,
    /// Whether it is a store.
    pub is_store: bool,
}

impl Repository {
    /// Every store and warehouse, by code.
    pub async fn locations(&mut self, tenant: &str) -> Result<Vec<Location>, StorageError> {
        let rows = sqlx::query(
            "SELECT store_code AS code, 1 AS is_store FROM stores WHERE tenant_id = $1 \
             UNION ALL SELECT location_code, 0 FROM warehouses WHERE tenant_id = $1 ORDER BY code",
        )
        .bind(tenant)
        .fetch_all(&mut *self.tx)
        .await?;
        rows.iter()
            .map(|row| Ok(Location { code: row.try_get(0)?, is_store: row.try_get::<i32, _>(1)? == 1 }))
            .collect()
    }

    /// Those of the SKUs that have a variant, in no order.
    pub async fn known_skus(&mut self, tenant: &str, skus: &[&str]) -> Result<Vec<String>, StorageError> {
        let mut known = Vec::with_capacity(skus.len());
        for skus in skus.chunks(ROWS_AT_ONCE) {
            let mut query = sqlx::query_scalar(select_in(
                "SELECT sku FROM variants WHERE tenant_id = $1 AND sku IN",
                (1, skus.len()),
                "",
            ));
            query = query.bind(tenant);
            for sku in skus {
                query = query.bind(*sku);
            }
            known.extend(query.fetch_all(&mut *self.tx).await?);
        }
        Ok(known)
    }
}
