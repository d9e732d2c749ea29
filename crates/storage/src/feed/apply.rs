//! A full feed that has been read: what it would empty.

use sqlx::{AssertSqlSafe, Row as _};

use super::FeedRun;
use crate::{Repository, StorageError};

/// How much a full feed would take away.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Emptied {
    /// Rows with something on hand at the locations that it speaks of.
    pub known: u64,
    /// How many of them it says to be 0, or leaves out.
    pub emptied: u64,
}

/// `s` is what is known, `f` what the feed says of it.
pub(super) const KNOWN_AND_SAID: &str = "FROM stock s LEFT JOIN feed_rows f ON f.tenant_id = s.tenant_id AND f.run_id = $2 \
     AND f.sku = s.sku AND f.location_code = s.location_code \
     WHERE s.tenant_id = $1 AND s.location_code IN (SELECT c.location_code FROM feed_locations c \
     WHERE c.tenant_id = $1 AND c.run_id = $2)";

/// The feed leaves it out: no row says it, and none that could not be read could have meant it.
pub(super) const LEFT_OUT: &str = "(f.sku IS NULL AND NOT EXISTS (SELECT 1 FROM feed_rows m WHERE m.tenant_id = $1 \
     AND m.run_id = $2 AND m.sku = s.sku AND m.location_code = '') \
     AND NOT EXISTS (SELECT 1 FROM feed_rows m WHERE m.tenant_id = $1 AND m.run_id = $2 AND m.sku = '' \
     AND m.location_code IN ('', s.location_code)))";

pub(super) const INSERT: &str = "INSERT INTO stock (tenant_id, sku, location_code, on_hand, reserved, safety, on_order, \
     expected_on, source, based_at, counted_at)";

impl Repository {
    /// What a settled run would take away.
    pub async fn weigh_feed(&mut self, run: &FeedRun) -> Result<Emptied, StorageError> {
        let row = sqlx::query(AssertSqlSafe(format!(
            "SELECT COUNT(*), CAST(COALESCE(SUM(CASE WHEN s.based_at <= $3 AND (f.on_hand = 0 OR {LEFT_OUT}) \
             THEN 1 ELSE 0 END), 0) AS BIGINT) {KNOWN_AND_SAID} AND s.on_hand > 0"
        )))
        .bind(run.tenant.as_str())
        .bind(run.id)
        .bind(run.counted_at)
        .fetch_one(&mut *self.tx)
        .await?;
        let (known, emptied): (i64, i64) = (row.try_get(0)?, row.try_get(1)?);
        let count = |count: i64| u64::try_from(count).unwrap_or(0);
        Ok(Emptied { known: count(known), emptied: count(emptied) })
    }

    /// Writes that down with the run.
    pub async fn note_weight(&mut self, run: &FeedRun, weight: Emptied) -> Result<(), StorageError> {
        sqlx::query(
            "UPDATE feed_runs SET known_rows = $3, emptied_rows = $4 WHERE tenant_id = $1 AND run_id = $2",
        )
        .bind(run.tenant.as_str())
        .bind(run.id)
        .bind(i64::try_from(weight.known).unwrap_or(i64::MAX))
        .bind(i64::try_from(weight.emptied).unwrap_or(i64::MAX))
        .execute(&mut *self.tx)
        .await?;
        Ok(())
    }

    /// Some of what a settled run would empty: SKU, location, and the pieces that are known there.
    pub async fn emptied_by_feed(
        &mut self,
        run: &FeedRun,
        limit: u32,
    ) -> Result<Vec<(String, String, i64)>, StorageError> {
        let rows = sqlx::query(AssertSqlSafe(format!(
            "SELECT s.sku, s.location_code, s.on_hand {KNOWN_AND_SAID} AND s.on_hand > 0 AND s.based_at <= $3 \
             AND (f.on_hand = 0 OR {LEFT_OUT}) ORDER BY s.sku, s.location_code LIMIT $4"
        )))
        .bind(run.tenant.as_str())
        .bind(run.id)
        .bind(run.counted_at)
        .bind(i64::from(limit))
        .fetch_all(&mut *self.tx)
        .await?;
        rows.iter().map(|row| Ok((row.try_get(0)?, row.try_get(1)?, row.try_get(2)?))).collect()
    }
}
