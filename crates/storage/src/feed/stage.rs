//! A full feed's rows on their way: as they are read, then one per variant and location.

use devanture_domain::civil::Date;

use super::FeedState;
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

    /// Ends the staging: of several rows of a variant and location the last that could be read is kept.
    pub async fn settle_feed(&mut self, tenant: &str, id: i64) -> Result<(), StorageError> {
        sqlx::query(
            "INSERT INTO feed_rows (tenant_id, run_id, sku, location_code, on_hand, safety, on_order, expected_on) \
             SELECT tenant_id, run_id, sku, location_code, on_hand, safety, on_order, expected_on FROM \
             (SELECT l.*, ROW_NUMBER() OVER (PARTITION BY sku, location_code \
             ORDER BY CASE WHEN on_hand IS NULL THEN 1 ELSE 0 END, ordinal DESC) AS place \
             FROM feed_lines l WHERE tenant_id = $1 AND run_id = $2) ranked \
             WHERE place = 1 ORDER BY sku, location_code",
        )
        .bind(tenant)
        .bind(id)
        .execute(&mut *self.tx)
        .await?;
        sqlx::query("DELETE FROM feed_lines WHERE tenant_id = $1 AND run_id = $2")
            .bind(tenant)
            .bind(id)
            .execute(&mut *self.tx)
            .await?;
        if self.is_postgres() {
            // It plans by what it knows of a table, and would take this one to be as empty as it was.
            sqlx::query("ANALYZE feed_rows").execute(&mut *self.tx).await?;
        }
        Ok(())
    }

    /// Forgets what was staged of runs that have ended.
    pub async fn clear_feeds(&mut self, tenant: &str) -> Result<(), StorageError> {
        let ended: Vec<i64> = sqlx::query_scalar(
            "SELECT run_id FROM feed_runs WHERE tenant_id = $1 AND has_rows = 1 AND state IN ($2, $3)",
        )
        .bind(tenant)
        .bind(FeedState::Applied.as_str())
        .bind(FeedState::Refused.as_str())
        .fetch_all(&mut *self.tx)
        .await?;
        for id in ended {
            for statement in [
                "DELETE FROM feed_lines WHERE tenant_id = $1 AND run_id = $2",
                "DELETE FROM feed_rows WHERE tenant_id = $1 AND run_id = $2",
                "UPDATE feed_runs SET has_rows = 0 WHERE tenant_id = $1 AND run_id = $2",
            ] {
                sqlx::query(statement).bind(tenant).bind(id).execute(&mut *self.tx).await?;
            }
        }
        Ok(())
    }
}
