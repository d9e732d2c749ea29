//! How many pieces are where.
//!
//! A figure is what was counted last and what has come and gone since, whatever the order in which that was heard: a count
//! that is older than another changes nothing, a move counts once by its sequence number, and only if it is later than
//! the count.

pub(crate) mod hold;
pub(crate) mod look;
mod moves;
mod staff;
mod told;
pub(crate) mod words;

use std::collections::{BTreeMap, btree_map::Entry};

use devanture_domain::{
    civil::{Date, UtcMs},
    stock::{StockLevel, StockSource},
};
use sqlx::{Row as _, any::AnyRow};

pub use moves::StockMove;
pub use staff::{Counted, CountedStock, StaffCount};
pub use told::{Heard, Pieces, Told};

use crate::{
    Repository, StorageError,
    rows::{ROWS_AT_ONCE, insert_rows},
};

/// The pieces of one variant at one location.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stock {
    /// Of what.
    pub sku: String,
    /// Where: a store's code, or a warehouse's.
    pub location_code: String,
    /// How many.
    pub level: StockLevel,
}

/// What somebody counted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Count {
    /// Of what.
    pub sku: String,
    /// Where.
    pub location_code: String,
    /// Pieces that are there, the reserved ones among them.
    pub on_hand: u32,
    /// Pieces that are never promised; as before when not said.
    pub safety: Option<u32>,
    /// Pieces on their way.
    pub on_order: u32,
    /// When these are due.
    pub expected_on: Option<Date>,
    /// Who counted.
    pub source: StockSource,
    /// When.
    pub counted_at: UtcMs,
}

macro_rules! select {
    ($where:literal) => {
        concat!(
            "SELECT sku, location_code, on_hand, reserved, safety, on_order, expected_on, source, counted_at \
             FROM stock WHERE tenant_id = $1 AND ",
            $where
        )
    };
}

impl Repository {
    /// Takes over what was counted. What has moved since each count, and was heard before it, is kept.
    pub async fn put_counts(&mut self, tenant: &str, counts: &[Count]) -> Result<(), StorageError> {
        // A statement cannot change a row twice; of two counts the later holds, of two at once the one said last. In the
        // order of the key, so that two feeds at once wait for each other instead of both giving up.
        let mut latest: BTreeMap<_, &Count> = BTreeMap::new();
        for count in counts {
            let key = (count.safety.is_some(), &*count.sku, &*count.location_code);
            match latest.entry(key) {
                Entry::Occupied(mut known) if known.get().counted_at <= count.counted_at => {
                    known.insert(count);
                }
                Entry::Occupied(_) => {}
                Entry::Vacant(new) => {
                    new.insert(count);
                }
            }
        }
        let (kept, said): (Vec<_>, Vec<_>) = latest.into_values().partition(|count| count.safety.is_none());
        for (counts, on_conflict) in [(kept, ON_CONFLICT), (said, ON_CONFLICT_WITH_SAFETY)] {
            for counts in counts.chunks(ROWS_AT_ONCE) {
                if self.is_postgres() {
                    self.insert_counts(tenant, counts, LOCK).await?;
                }
                self.insert_counts(tenant, counts, on_conflict).await?;
            }
        }
        Ok(())
    }

    async fn insert_counts(
        &mut self,
        tenant: &str,
        counts: &[&Count],
        on_conflict: &'static str,
    ) -> Result<(), StorageError> {
        let mut insert = sqlx::query(insert_rows(
            "INSERT INTO stock (tenant_id, sku, location_code, on_hand, reserved, safety, on_order, expected_on, \
             source, based_at, counted_at)",
            (counts.len(), 11),
            on_conflict,
        ));
        for count in counts {
            insert = insert
                .bind(tenant)
                .bind(count.sku.as_str())
                .bind(count.location_code.as_str())
                .bind(i64::from(count.on_hand))
                .bind(0_i64)
                .bind(i64::from(count.safety.unwrap_or(0)))
                .bind(i64::from(count.on_order))
                .bind(count.expected_on.map(|date| i64::from(date.0)))
                .bind(count.source.as_str())
                .bind(count.counted_at)
                .bind(count.counted_at);
        }
        insert.execute(&mut *self.tx).await?;
        Ok(())
    }

    /// A variant's pieces at every location that has ever had any, by location.
    pub async fn stock_of(&mut self, tenant: &str, sku: &str) -> Result<Vec<Stock>, StorageError> {
        let query = sqlx::query(select!("sku = $2 ORDER BY location_code")).bind(tenant).bind(sku);
        query.fetch_all(&mut *self.tx).await?.iter().map(stock).collect()
    }

    /// Its pieces at one location.
    pub async fn stock_at(
        &mut self,
        tenant: &str,
        sku: &str,
        location: &str,
    ) -> Result<Option<Stock>, StorageError> {
        let query =
            sqlx::query(select!("sku = $2 AND location_code = $3")).bind(tenant).bind(sku).bind(location);
        query.fetch_optional(&mut *self.tx).await?.as_ref().map(stock).transpose()
    }
}

macro_rules! on_conflict {
    ($safety:literal) => {
        concat!(
            "ON CONFLICT (tenant_id, sku, location_code) DO UPDATE SET on_hand = excluded.on_hand + \
             (SELECT CAST(COALESCE(SUM(m.delta), 0) AS BIGINT) FROM stock_moves m WHERE m.tenant_id = stock.tenant_id \
             AND m.sku = stock.sku AND m.location_code = stock.location_code AND m.moved_at > excluded.based_at), ",
            $safety,
            "on_order = excluded.on_order, expected_on = excluded.expected_on, source = excluded.source, \
             based_at = excluded.based_at, \
             counted_at = CASE WHEN excluded.counted_at > stock.counted_at THEN excluded.counted_at \
             ELSE stock.counted_at END WHERE excluded.based_at >= stock.based_at"
        )
    };
}

pub(crate) const ON_CONFLICT: &str = on_conflict!("");
pub(crate) const ON_CONFLICT_WITH_SAFETY: &str = on_conflict!("safety = excluded.safety, ");

/// Makes whoever else writes these rows wait, or waits for them. A statement of PostgreSQL reads the moves as they were when
/// it began, even where it then waits for a row: one that was being written would be lost.
pub(crate) const LOCK: &str =
    "ON CONFLICT (tenant_id, sku, location_code) DO UPDATE SET source = stock.source";

pub(crate) fn stock(row: &AnyRow) -> Result<Stock, StorageError> {
    let sku: String = row.try_get(0)?;
    let expected_on: Option<i64> = row.try_get(6)?;
    let source: String = row.try_get(7)?;
    let source = StockSource::parse(&source).ok_or_else(|| StorageError::Corrupt {
        table: "stock",
        column: "source",
        key: sku.clone(),
        reason: format!("{source:?} is not a source"),
    })?;
    // Below nothing while a count is late.
    let pieces = |column| {
        Ok::<_, StorageError>(u32::try_from(row.try_get::<i64, _>(column)?.max(0)).unwrap_or(u32::MAX))
    };
    Ok(Stock {
        location_code: row.try_get(1)?,
        level: StockLevel {
            on_hand: pieces(2)?,
            reserved: pieces(3)?,
            safety: pieces(4)?,
            on_order: pieces(5)?,
            expected_on: expected_on.and_then(|days| i32::try_from(days).ok()).map(Date),
            source,
            counted_at: row.try_get(8)?,
        },
        sku,
    })
}
