//! What is where at which price, for whoever lists it elsewhere.

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
    /// Every variant at every store where it has ever been, by SKU and store, after this one. Warehouses, where nobody can
    /// go, are left out.
    pub async fn offers(
        &mut self,
        tenant: &str,
        list: &str,
        (sku, location): (&str, &str),
        limit: u32,
    ) -> Result<Vec<Offer>, StorageError> {
        let rows = sqlx::query(
            "SELECT s.sku, s.location_code, s.on_hand, s.reserved, s.safety, s.on_order, s.expected_on, s.source, \
             s.counted_at, p.amount, p.currency FROM stock s \
             JOIN stores st ON st.tenant_id = s.tenant_id AND st.store_code = s.location_code \
             JOIN variants v ON v.tenant_id = s.tenant_id AND v.sku = s.sku \
             LEFT JOIN prices p ON p.tenant_id = s.tenant_id AND p.price_list = $2 AND p.sku = s.sku \
             WHERE s.tenant_id = $1 AND s.sku >= $3 AND (s.sku, s.location_code) > ($3, $4) \
             ORDER BY s.sku, s.location_code LIMIT $5",
        )
        .bind(tenant)
        .bind(list)
        .bind(sku)
        .bind(location)
        .bind(i64::from(limit))
        .fetch_all(&mut *self.tx)
        .await?;
        let read = |row: &sqlx::any::AnyRow| {
            let stock = stock::stock(row)?;
            let (amount, currency): (Option<i64>, Option<String>) = (row.try_get(9)?, row.try_get(10)?);
            let price = amount.zip(currency);
            let price = price.map(|(amount, currency)| Price { sku: stock.sku.clone(), amount, currency });
            Ok(Offer { stock, price })
        };
        rows.iter().map(read).collect()
    }
}
