//! Who fetches a source: of several instances one, until it is done or was not heard of for too long.

use devanture_domain::civil::UtcMs;
use sqlx::Row as _;

use super::{STALE_AFTER, Source, columns, source};
use crate::{Repository, SourceNotice, StorageError};

/// How a fetch went.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Polled {
    /// When it is to be fetched next.
    pub due_at: UtcMs,
    /// When it was asked.
    pub at: UtcMs,
    /// What is known is what it says.
    pub fresh: bool,
    /// What it is called there, to be asked for next time.
    pub etag: Option<String>,
    /// When it was made, to be asked for next time.
    pub last_modified: Option<String>,
    /// The run, where something was taken in.
    pub run: Option<i64>,
    /// What was wrong.
    pub reason: Option<String>,
    /// Whether it is to be fetched less often.
    pub failed: bool,
}

/// What is told of a source.
macro_rules! told {
    () => {
        "tenant_id, name, kind, interval_ms, fresh_at, reason"
    };
}

impl Repository {
    /// Sources that are to be fetched and that nobody has taken: tenant and name, the one that waits longest first.
    pub async fn due_sources(
        &mut self,
        now: UtcMs,
        limit: u16,
    ) -> Result<Vec<(String, String)>, StorageError> {
        let rows = sqlx::query(
            "SELECT tenant_id, name FROM feed_sources WHERE due_at <= $1 AND leased_until <= $1 ORDER BY due_at LIMIT $2",
        )
        .bind(now)
        .bind(i64::from(limit))
        .fetch_all(&mut *self.tx)
        .await?;
        rows.iter().map(|row| Ok((row.try_get(0)?, row.try_get(1)?))).collect()
    }

    /// Takes a source until then; `None` when somebody has it, it is not due (`by`), or it is gone.
    pub async fn take_source(
        &mut self,
        (tenant, name): (&str, &str),
        (now, by, until): (UtcMs, UtcMs, UtcMs),
    ) -> Result<Option<Source>, StorageError> {
        let row = sqlx::query(concat!(
            "UPDATE feed_sources SET lease = lease + 1, leased_until = $5 \
             WHERE tenant_id = $1 AND name = $2 AND leased_until <= $3 AND due_at <= $4 RETURNING ",
            columns!()
        ))
        .bind(tenant)
        .bind(name)
        .bind(now)
        .bind(by)
        .bind(until)
        .fetch_optional(&mut *self.tx)
        .await?;
        row.as_ref().map(source).transpose()
    }

    /// Keeps a source that was taken; `false` when somebody else has it since.
    pub async fn keep_source(&mut self, taken: &Source, until: UtcMs) -> Result<bool, StorageError> {
        let kept = sqlx::query(
            "UPDATE feed_sources SET leased_until = $4 WHERE tenant_id = $1 AND name = $2 AND lease = $3",
        )
        .bind(&*taken.new.tenant)
        .bind(&*taken.new.name)
        .bind(taken.lease)
        .bind(until)
        .execute(&mut *self.tx)
        .await?;
        Ok(kept.rows_affected() > 0)
    }

    /// Writes down how it went, and gives the source back; `false` when somebody else has it since.
    pub async fn put_polled(&mut self, taken: &Source, polled: &Polled) -> Result<bool, StorageError> {
        if polled.fresh {
            self.not_stale(taken, polled.at).await?;
        }
        let done = sqlx::query(
            "UPDATE feed_sources SET leased_until = 0, due_at = $4, polled_at = $5, \
             fresh_at = CASE WHEN $6 = 1 THEN $5 ELSE fresh_at END, etag = $7, last_modified = $8, run_id = COALESCE($9, run_id), reason = $10, \
             failures = CASE WHEN $11 = 1 THEN failures + 1 ELSE 0 END \
             WHERE tenant_id = $1 AND name = $2 AND lease = $3",
        )
        .bind(&*taken.new.tenant)
        .bind(&*taken.new.name)
        .bind(taken.lease)
        .bind(polled.due_at)
        .bind(polled.at)
        .bind(i64::from(polled.fresh))
        .bind(polled.etag.as_deref())
        .bind(polled.last_modified.as_deref())
        .bind(polled.run)
        .bind(polled.reason.as_deref())
        .bind(i64::from(polled.failed))
        .execute(&mut *self.tx)
        .await?;
        Ok(done.rows_affected() > 0)
    }

    /// Notes that a source that was told to be stale is heard again, and has that told.
    async fn not_stale(&mut self, taken: &Source, at: UtcMs) -> Result<(), StorageError> {
        let row = sqlx::query(concat!(
            "UPDATE feed_sources SET stale = 0, fresh_at = $4, reason = NULL \
             WHERE tenant_id = $1 AND name = $2 AND lease = $3 AND stale = 1 RETURNING ",
            told!()
        ))
        .bind(&*taken.new.tenant)
        .bind(&*taken.new.name)
        .bind(taken.lease)
        .bind(at)
        .fetch_optional(&mut *self.tx)
        .await?;
        match row {
            Some(row) => self.put_source_event(&row, SourceNotice::Fresh, at).await,
            None => Ok(()),
        }
    }

    /// Whether [`Self::newly_stale`] has anything to tell, which is asked often and seldom so.
    pub async fn has_newly_stale(&mut self, now: UtcMs) -> Result<bool, StorageError> {
        let found: i64 = sqlx::query_scalar(
            "SELECT COUNT(*) FROM feed_sources WHERE stale = 0 AND $1 - COALESCE(fresh_at, added_at) > interval_ms * $2",
        )
        .bind(now)
        .bind(STALE_AFTER)
        .fetch_one(&mut *self.tx)
        .await?;
        Ok(found > 0)
    }

    /// Notes which sources are stale from now on, and has each told once: tenant and name.
    pub async fn newly_stale(&mut self, now: UtcMs) -> Result<Vec<(String, String)>, StorageError> {
        let rows = sqlx::query(concat!(
            "UPDATE feed_sources SET stale = 1 WHERE stale = 0 \
             AND $1 - COALESCE(fresh_at, added_at) > interval_ms * $2 RETURNING ",
            told!()
        ))
        .bind(now)
        .bind(STALE_AFTER)
        .fetch_all(&mut *self.tx)
        .await?;
        let mut stale = Vec::with_capacity(rows.len());
        for row in &rows {
            self.put_source_event(row, SourceNotice::Stale, now).await?;
            stale.push((row.try_get(0)?, row.try_get(1)?));
        }
        Ok(stale)
    }
}
