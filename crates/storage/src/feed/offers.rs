//! What is where at which price, for whoever lists it elsewhere.

use futures_util::{StreamExt as _, TryStreamExt as _};
use sqlx::Row as _;

use crate::{Price, Repository, Stock, StorageError, stock};

/// A variant at a store.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    /// The pieces.
    pub stock: Stock,
    /// What one costs, where the list says so.
    pub price: Option<Price>,
}

impl Repository {
    /// Hands every variant at every store where it has ever been to `each`, by SKU and store, one at a time. Warehouses,
    /// where nobody can go, are left out. What `each` refuses ends it.
    pub async fn each_offer<E: From<StorageError>>(
        &mut self,
        tenant: &str,
        list: &str,
        mut each: impl FnMut(Offer) -> Result<(), E>,
    ) -> Result<(), E> {
        let mut rows = sqlx::query(
            "SELECT s.sku, s.location_code, s.on_hand, s.reserved, s.safety, s.on_order, s.expected_on, s.source, \
             s.counted_at, p.amount, p.currency FROM stock s \
             JOIN stores st ON st.tenant_id = s.tenant_id AND st.store_code = s.location_code \
             JOIN variants v ON v.tenant_id = s.tenant_id AND v.sku = s.sku \
             LEFT JOIN prices p ON p.tenant_id = s.tenant_id AND p.price_list = $2 AND p.sku = s.sku \
             WHERE s.tenant_id = $1 ORDER BY s.sku, s.location_code",
        )
        .bind(tenant)
        .bind(list)
        .fetch(&mut *self.tx)
        .boxed();
        while let Some(row) = rows.try_next().await.map_err(StorageError::from)? {
            let stock = stock::stock(&row)?;
            let (amount, currency): (Option<i64>, Option<String>) =
                (row.try_get(9).map_err(StorageError::from)?, row.try_get(10).map_err(StorageError::from)?);
            let price = amount.zip(currency);
            let price = price.map(|(amount, currency)| Price { sku: stock.sku.clone(), amount, currency });
            each(Offer { stock, price })?;
        }
        Ok(())
    }
}
