//! Rows that a feed's reader could not use, kept for whoever looks later.

use devanture_domain::civil::UtcMs;
use sqlx::Row as _;

use crate::{
    Repository, StorageError,
    rows::{ROWS_AT_ONCE, insert_rows},
};

/// So many of a run are kept; all are counted.
pub const BAD_ROWS_KEPT: usize = 100;

const MAX_COLUMN: usize = 100;
const MAX_REASON: usize = 500;

/// A row, or all that follows it, that was left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FeedBadRow {
    /// From 1.
    pub line: u64,
    /// Which column, where it is one.
    pub column: Option<String>,
    /// Why.
    pub reason: String,
}

impl std::fmt::Display for FeedBadRow {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match &self.column {
            Some(column) => write!(f, "{}: {column}: {}", self.line, self.reason),
            None => write!(f, "{}: {}", self.line, self.reason),
        }
    }
}

impl Repository {
    /// Keeps bad rows of a run, of which `before` are kept already.
    pub async fn keep_bad_rows(
        &mut self,
        tenant: &str,
        id: i64,
        before: usize,
        rows: &[FeedBadRow],
    ) -> Result<(), StorageError> {
        let rows = &rows[..rows.len().min(BAD_ROWS_KEPT.saturating_sub(before))];
        for (chunk, rows) in rows.chunks(ROWS_AT_ONCE).enumerate() {
            let mut insert = sqlx::query(insert_rows(
                "INSERT INTO feed_bad_rows (tenant_id, run_id, place, line, column_name, reason)",
                (rows.len(), 6),
                "",
            ));
            for (at, row) in rows.iter().enumerate() {
                let place = before + chunk * ROWS_AT_ONCE + at;
                insert = insert
                    .bind(tenant)
                    .bind(id)
                    .bind(i64::try_from(place).unwrap_or(i64::MAX))
                    .bind(i64::try_from(row.line).unwrap_or(i64::MAX))
                    .bind(row.column.as_deref().map(|column| plain(column, MAX_COLUMN)))
                    .bind(plain(&row.reason, MAX_REASON));
            }
            insert.execute(&mut *self.tx).await?;
        }
        Ok(())
    }

    /// The bad rows of a run that were kept, in their order.
    pub async fn bad_rows(&mut self, tenant: &str, id: i64) -> Result<Vec<FeedBadRow>, StorageError> {
        let rows = sqlx::query(
            "SELECT line, column_name, reason FROM feed_bad_rows WHERE tenant_id = $1 AND run_id = $2 ORDER BY place",
        )
        .bind(tenant)
        .bind(id)
        .fetch_all(&mut *self.tx)
        .await?;
        let read = |row: &sqlx::any::AnyRow| {
            Ok(FeedBadRow {
                line: u64::try_from(row.try_get::<i64, _>(0)?).unwrap_or(0),
                column: row.try_get(1)?,
                reason: row.try_get(2)?,
            })
        };
        rows.iter().map(read).collect()
    }

    /// Forgets runs that ended before then, but for the last of each tenant, whose number the next one follows.
    pub async fn forget_feeds(&mut self, before: UtcMs) -> Result<u64, StorageError> {
        const OLD: &str = "finished_at < $1 AND has_rows = 0 AND run_id < \
             (SELECT MAX(l.run_id) FROM feed_runs l WHERE l.tenant_id = feed_runs.tenant_id)";
        sqlx::query(sqlx::AssertSqlSafe(format!(
            "DELETE FROM feed_bad_rows WHERE EXISTS (SELECT 1 FROM feed_runs WHERE feed_runs.tenant_id = \
             feed_bad_rows.tenant_id AND feed_runs.run_id = feed_bad_rows.run_id AND {OLD})"
        )))
        .bind(before)
        .execute(&mut *self.tx)
        .await?;
        let forgotten = sqlx::query(sqlx::AssertSqlSafe(format!("DELETE FROM feed_runs WHERE {OLD}")))
            .bind(before)
            .execute(&mut *self.tx)
            .await?;
        Ok(forgotten.rows_affected())
    }
}

/// As much of a text as is kept. It may hold whatever a file held, and PostgreSQL takes no zero byte.
fn plain(text: &str, most: usize) -> String {
    text.chars().take(most).map(|sign| if sign.is_control() { '\u{fffd}' } else { sign }).collect()
}
