//! A full feed's rows as they are read.

use devanture_domain::civil::Date;

use crate::{
    Repository, StorageError,
    rows::{ROWS_AT_ONCE, insert_rows},
};

/// A row of a full feed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FeedRow {
    /// Its place in the feed; of two rows of the same variant and location the later one counts.
    pub ordinal: u64,
    /// Of what; empty when that could not be read.
    pub sku: String,
    /// Where; empty when that could not be read.
    pub location_code: String,
    /// What it says; `None` when that could not be read, and what was known stays.
    pub count: Option<FeedCount>,
}

/// What a row of a feed says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FeedCount {
    /// Pieces that are there.
    pub on_hand: u32,
    /// Pieces that are never promised; as before when not said.
    pub safety: Option<u32>,
    /// Pieces on their way.
    pub on_order: u32,
    /// When these are due.
    pub expected_on: Option<Date>,
}

impl Repository {
    /// Stages rows, in the order of the feed.
    pub async fn stage_feed(&mut self, tenant: &str, id: i64, rows: &[FeedRow]) -> Result<(), StorageError> {
        for rows in rows.chunks(ROWS_AT_ONCE) {
            let mut insert = sqlx::query(insert_rows(
                "INSERT INTO feed_lines (tenant_id, run_id, ordinal, sku, location_code, on_hand, safety, on_order, \
                 expected_on)",
                (rows.len(), 9),
                "",
            ));
            for row in rows {
                insert = insert
                    .bind(tenant)
                    .bind(id)
                    .bind(i64::try_from(row.ordinal).unwrap_or(i64::MAX))
                    .bind(row.sku.as_str())
                    .bind(row.location_code.as_str())
                    .bind(row.count.map(|count| i64::from(count.on_hand)))
                    .bind(row.count.and_then(|count| count.safety).map(i64::from))
                    .bind(row.count.map_or(0, |count| i64::from(count.on_order)))
                    .bind(row.count.and_then(|count| count.expected_on).map(|date| i64::from(date.0)));
            }
            insert.execute(&mut *self.tx).await?;
        }
        Ok(())
    }
}
