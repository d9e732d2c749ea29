//! What a seller sees of the stock, and counts.

use std::collections::BTreeMap;

use devanture_domain::{civil::UtcMs, stock::StockSource};
use sqlx::Row as _;

use super::{Count, Stock, stock};
use crate::{
    Repository, StorageError, Variant,
    rows::{ROWS_AT_ONCE, select_in},
};

/// Pieces of a variant at a location, with when they were counted: what has moved since is added to that.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CountedStock {
    /// The figures.
    pub stock: Stock,
    /// As of when the last count was; moves that are later come on top.
    pub based_at: UtcMs,
}

/// A seller's count.
#[derive(Clone, Copy, Debug)]
pub struct StaffCount<'a> {
    /// By which it is recognised when it is sent again.
    pub id: &'a str,
    /// Of what.
    pub sku: &'a str,
    /// Where.
    pub location_code: &'a str,
    /// Pieces that are there, the reserved ones among them.
    pub on_hand: u32,
    /// What the seller was shown: how many, and as of when these were counted. `None` when there was no figure.
    pub seen: Option<(u32, UtcMs)>,
    /// Why the figure was wrong.
    pub reason: &'a str,
    /// When it was counted.
    pub counted_at: UtcMs,
    /// Now.
    pub heard_at: UtcMs,
}

/// What became of a count.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Counted {
    /// It holds; what was there before, and what is there now.
    Done(Option<CountedStock>, CountedStock),
    /// It had been taken over before.
    Again(CountedStock),
    /// Somebody else has counted since the seller looked.
    Changed,
    /// The id was used for another count.
    IdReused,
}

macro_rules! select {
    ($where:literal) => {
        concat!(
            "SELECT sku, location_code, on_hand, reserved, safety, on_order, expected_on, source, counted_at, based_at \
             FROM stock WHERE tenant_id = $1 AND location_code = $2 AND sku ",
            $where
        )
    };
}

impl Repository {
    /// The pieces of these variants at one location, by SKU, as far as there were ever any.
    pub async fn stock_in(
        &mut self,
        tenant: &str,
        location: &str,
        skus: &[&str],
    ) -> Result<BTreeMap<String, CountedStock>, StorageError> {
        let mut found = BTreeMap::new();
        for skus in skus.chunks(ROWS_AT_ONCE) {
            let mut query =
                sqlx::query(select_in(select!("IN"), (2, skus.len()), "")).bind(tenant).bind(location);
            for sku in skus {
                query = query.bind(*sku);
            }
            for row in query.fetch_all(&mut *self.tx).await? {
                let one = CountedStock { stock: stock(&row)?, based_at: row.try_get(9)? };
                found.insert(one.stock.sku.clone(), one);
            }
        }
        Ok(found)
    }

    /// The variants of these products, by product and in their order.
    pub async fn variants_of_products(
        &mut self,
        tenant: &str,
        products: &[&str],
    ) -> Result<Vec<Variant>, StorageError> {
        let mut variants = Vec::new();
        for products in products.chunks(ROWS_AT_ONCE) {
            let mut query = sqlx::query(select_in(
                "SELECT sku, product_id, gtin, size, colour, image_url, position FROM variants \
                 WHERE tenant_id = $1 AND product_id IN",
                (1, products.len()),
                "ORDER BY product_id, position, sku",
            ))
            .bind(tenant);
            for product in products {
                query = query.bind(*product);
            }
            for row in query.fetch_all(&mut *self.tx).await? {
                variants.push(crate::catalogue::variant(&row)?);
            }
        }
        Ok(variants)
    }

    /// Takes over what a seller counted, unless somebody has counted since they looked. It is a count like any other: what
    /// has moved after it is kept, and a feed that was counted before it changes nothing.
    pub async fn count_by_staff(
        &mut self,
        tenant: &str,
        count: &StaffCount<'_>,
    ) -> Result<Counted, StorageError> {
        // Whoever else writes this row waits; where there is none, the insert below decides.
        sqlx::query(
            "UPDATE stock SET source = source WHERE tenant_id = $1 AND sku = $2 AND location_code = $3",
        )
        .bind(tenant)
        .bind(count.sku)
        .bind(count.location_code)
        .execute(&mut *self.tx)
        .await?;
        let before = self.one_stock(tenant, count).await?;
        if let Some(same) = self.counted_before(tenant, count).await? {
            return Ok(match before {
                Some(now) if same => Counted::Again(now),
                _ => Counted::IdReused,
            });
        }
        let mut counted_at = count.counted_at;
        if let Some(before) = &before {
            let (on_hand, based_at) = (before.stock.level.on_hand, before.based_at);
            // A feed that says again what was shown has changed nothing.
            if count.seen.is_none_or(|seen| seen.1 != based_at && seen.0 != on_hand) {
                return Ok(Counted::Changed);
            }
            // What the seller has seen was there before they counted, whatever the clocks say.
            counted_at = counted_at.max(based_at);
        }
        let level = before.as_ref().map(|before| &before.stock.level);
        let new = Count {
            sku: count.sku.to_owned(),
            location_code: count.location_code.to_owned(),
            on_hand: count.on_hand,
            safety: None,
            on_order: level.map_or(0, |level| level.on_order),
            expected_on: level.and_then(|level| level.expected_on),
            source: StockSource::Count,
            counted_at,
        };
        self.put_counts(tenant, &[new]).await?;
        self.note_count(tenant, count).await?;
        self.stir(tenant, count.location_code);
        let after = self.one_stock(tenant, count).await?.ok_or(StorageError::Unfinished)?;
        Ok(Counted::Done(before, after))
    }

    async fn one_stock(
        &mut self,
        tenant: &str,
        count: &StaffCount<'_>,
    ) -> Result<Option<CountedStock>, StorageError> {
        Ok(self.stock_in(tenant, count.location_code, &[count.sku]).await?.remove(count.sku))
    }

    /// Whether the id was used, and for the same.
    async fn counted_before(
        &mut self,
        tenant: &str,
        count: &StaffCount<'_>,
    ) -> Result<Option<bool>, StorageError> {
        let row = sqlx::query(
            "SELECT sku, location_code, on_hand FROM staff_counts WHERE tenant_id = $1 AND count_id = $2",
        )
        .bind(tenant)
        .bind(count.id)
        .fetch_optional(&mut *self.tx)
        .await?;
        let Some(row) = row else { return Ok(None) };
        let (sku, location): (String, String) = (row.try_get(0)?, row.try_get(1)?);
        let on_hand: i64 = row.try_get(2)?;
        Ok(Some(sku == count.sku && location == count.location_code && on_hand == i64::from(count.on_hand)))
    }

    async fn note_count(&mut self, tenant: &str, count: &StaffCount<'_>) -> Result<(), StorageError> {
        sqlx::query(
            "INSERT INTO staff_counts (tenant_id, count_id, sku, location_code, on_hand, seen, reason, counted_at, \
             heard_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        )
        .bind(tenant)
        .bind(count.id)
        .bind(count.sku)
        .bind(count.location_code)
        .bind(i64::from(count.on_hand))
        .bind(count.seen.map(|seen| i64::from(seen.0)))
        .bind(count.reason)
        .bind(count.counted_at)
        .bind(count.heard_at)
        .execute(&mut *self.tx)
        .await?;
        Ok(())
    }

    /// Forgets counts by staff that were heard before `before`; returns how many. The figures stay.
    pub async fn forget_staff_counts(&mut self, before: UtcMs) -> Result<u64, StorageError> {
        let done = sqlx::query("DELETE FROM staff_counts WHERE heard_at < $1")
            .bind(before)
            .execute(&mut *self.tx)
            .await?;
        Ok(done.rows_affected())
    }
}
