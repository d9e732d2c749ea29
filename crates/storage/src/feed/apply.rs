//! A full feed that has been read: what it would empty, and doing it.

use devanture_domain::{civil::UtcMs, stock::StockSource};
use sqlx::{AssertSqlSafe, Row as _};

use super::{FeedRun, FeedState};
use crate::{
    Repository, StorageError,
    stock::{LOCK, ON_CONFLICT, ON_CONFLICT_WITH_SAFETY},
};

/// How much a full feed would take away.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Emptied {
    /// Rows with something on hand at the locations that it speaks of.
    pub known: u64,
    /// How many of them it says to be 0, or leaves out.
    pub emptied: u64,
}

/// `s` is what is known, `f` what the feed says of it. A location is one that the feed speaks of when a row of it could be
/// read. `DISTINCT` has PostgreSQL make the list once instead of looking through the feed for every row of stock.
const KNOWN_AND_SAID: &str = "FROM stock s LEFT JOIN feed_rows f ON f.tenant_id = s.tenant_id AND f.run_id = $2 \
     AND f.sku = s.sku AND f.location_code = s.location_code \
     WHERE s.tenant_id = $1 AND s.location_code IN (SELECT DISTINCT c.location_code FROM feed_rows c \
     WHERE c.tenant_id = $1 AND c.run_id = $2 AND c.on_hand IS NOT NULL)";

/// The feed leaves it out: no row says it, and none that could not be read could have meant it.
const LEFT_OUT: &str = "(f.sku IS NULL AND NOT EXISTS (SELECT 1 FROM feed_rows m WHERE m.tenant_id = $1 \
     AND m.run_id = $2 AND m.sku = s.sku AND m.location_code = '') \
     AND NOT EXISTS (SELECT 1 FROM feed_rows m WHERE m.tenant_id = $1 AND m.run_id = $2 AND m.sku = '' \
     AND m.location_code IN ('', s.location_code)))";

const INSERT: &str = "INSERT INTO stock (tenant_id, sku, location_code, on_hand, reserved, safety, on_order, \
     expected_on, source, based_at, counted_at)";

impl Repository {
    /// What a settled run would take away, written down with it.
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
        sqlx::query(
            "UPDATE feed_runs SET known_rows = $3, emptied_rows = $4 WHERE tenant_id = $1 AND run_id = $2",
        )
        .bind(run.tenant.as_str())
        .bind(run.id)
        .bind(known)
        .bind(emptied)
        .execute(&mut *self.tx)
        .await?;
        let count = |count: i64| u64::try_from(count).unwrap_or(0);
        Ok(Emptied { known: count(known), emptied: count(emptied) })
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

    /// Applies a settled run: takes over its counts as [`Self::put_counts`] does, and what it leaves out is 0 as of then.
    /// Older runs of its source that are still held are refused. `false` when it had ended already.
    pub async fn apply_feed(&mut self, run: &FeedRun, now: UtcMs) -> Result<bool, StorageError> {
        let (tenant, id) = (run.tenant.as_str(), run.id);
        if !self.put_feed_state(tenant, id, (FeedState::Applied, None), now).await? {
            return Ok(false);
        }
        let said = |safety: &str, then: &str| {
            format!(
                "{INSERT} SELECT f.tenant_id, f.sku, f.location_code, f.on_hand, 0, COALESCE(f.safety, 0), f.on_order, \
                 f.expected_on, $4, $3, $3 FROM feed_rows f WHERE f.tenant_id = $1 AND f.run_id = $2 \
                 AND f.on_hand IS NOT NULL AND f.safety {safety} ORDER BY f.sku, f.location_code {then}"
            )
        };
        let left_out = format!(
            "{INSERT} SELECT s.tenant_id, s.sku, s.location_code, 0, s.reserved, s.safety, s.on_order, s.expected_on, \
             $4, $3, $3 {KNOWN_AND_SAID} AND s.based_at <= $3 AND {LEFT_OUT} ORDER BY s.sku, s.location_code {ON_CONFLICT}"
        );
        let mut statements = Vec::with_capacity(6);
        if self.is_postgres() {
            // As in `put_counts`: the statement that counts later moves must begin after whoever is writing one has ended.
            statements.push(said("IS NULL", LOCK));
            statements.push(said("IS NOT NULL", LOCK));
            statements.push(left_out.replace(ON_CONFLICT, LOCK));
        }
        statements.extend([
            said("IS NULL", ON_CONFLICT),
            said("IS NOT NULL", ON_CONFLICT_WITH_SAFETY),
            left_out,
        ]);
        for statement in statements {
            sqlx::query(AssertSqlSafe(statement))
                .bind(tenant)
                .bind(id)
                .bind(run.counted_at)
                .bind(StockSource::Feed.as_str())
                .execute(&mut *self.tx)
                .await?;
        }
        sqlx::query(
            "UPDATE feed_runs SET state = $5, finished_at = $6, reason = $7 \
             WHERE tenant_id = $1 AND source = $2 AND state = $3 AND run_id < $4",
        )
        .bind(tenant)
        .bind(run.source.as_str())
        .bind(FeedState::Held.as_str())
        .bind(id)
        .bind(FeedState::Refused.as_str())
        .bind(now)
        .bind(format!("run {id} of the same source came after it"))
        .execute(&mut *self.tx)
        .await?;
        Ok(true)
    }
}
