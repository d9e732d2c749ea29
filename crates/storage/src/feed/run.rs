//! A feed's run: begun, held, applied or refused, and what is told of it.

use devanture_domain::civil::UtcMs;
use sqlx::{Row as _, any::AnyRow};

use crate::{Repository, StorageError};

/// A run of which nothing was heard for so long, in milliseconds, has lost its program.
pub const ABANDONED_AFTER: UtcMs = 2 * 60 * 1000;

/// What a feed says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FeedKind {
    /// Products, variants and prices.
    Products,
    /// Pieces; what it leaves out has not changed.
    StockDelta,
    /// Pieces; what it leaves out at a location that it speaks of is not there.
    StockFull,
    /// What was sold of each size and came back.
    Sales,
}

/// How far a run has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FeedState {
    /// Being read.
    Staging,
    /// Read, and waiting for somebody to look.
    Held,
    /// Being applied, slice by slice.
    Applying,
    /// Done.
    Applied,
    /// Not done, and never will be.
    Refused,
}

/// A run to begin.
#[derive(Clone, Copy, Debug)]
pub struct NewFeed<'a> {
    /// Whose.
    pub tenant: &'a str,
    /// What it says.
    pub kind: FeedKind,
    /// Who says it: of one source there is one run at a time.
    pub source: &'a str,
    /// As of when.
    pub counted_at: UtcMs,
    /// Now.
    pub now: UtcMs,
}

/// Whether a run could begin.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Began {
    /// Its number.
    Run(i64),
    /// Another of the same source has not ended.
    Busy(FeedRun),
    /// Another of the same source has to be applied to its end first; its program has ended.
    Unfinished(FeedRun),
}

/// A run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FeedRun {
    /// Whose.
    pub tenant: String,
    /// Its number in the tenant, from 1.
    pub id: i64,
    /// What it says.
    pub kind: FeedKind,
    /// Who says it.
    pub source: String,
    /// As of when.
    pub counted_at: UtcMs,
    /// When it began.
    pub started_at: UtcMs,
    /// When it was last heard of.
    pub touched_at: UtcMs,
    /// When it was applied or refused.
    pub finished_at: Option<UtcMs>,
    /// Rows read, bad ones among them.
    pub rows: u64,
    /// Rows that were left out.
    pub bad_rows: u64,
    /// How far it has come.
    pub state: FeedState,
    /// Of a full feed: rows with something on hand at the locations that it speaks of.
    pub known_rows: u64,
    /// How many of these would have nothing.
    pub emptied_rows: u64,
    /// Why it is held or refused.
    pub reason: Option<String>,
}

macro_rules! select {
    ($where:literal) => {
        concat!(
            "SELECT tenant_id, run_id, kind, source, counted_at, started_at, touched_at, finished_at, total_rows, \
             bad_rows, state, known_rows, emptied_rows, reason FROM feed_runs WHERE ",
            $where
        )
    };
}

impl Repository {
    /// Begins a run, unless one of its source has not ended. One that was abandoned while it was read is refused.
    pub async fn begin_feed(&mut self, new: &NewFeed<'_>) -> Result<Began, StorageError> {
        // Of two that begin at once the second waits here, and then sees the first.
        sqlx::query("UPDATE tenants SET name = name WHERE tenant_id = $1")
            .bind(new.tenant)
            .execute(&mut *self.tx)
            .await?;
        sqlx::query(
            "UPDATE feed_runs SET state = $3, finished_at = $4, reason = $5 \
             WHERE tenant_id = $1 AND state = $2 AND touched_at < $6",
        )
        .bind(new.tenant)
        .bind(FeedState::Staging.as_str())
        .bind(FeedState::Refused.as_str())
        .bind(new.now)
        .bind("it ended without a word; nothing of a full feed was applied")
        .bind(new.now.saturating_sub(ABANDONED_AFTER))
        .execute(&mut *self.tx)
        .await?;
        let other = sqlx::query(select!("tenant_id = $1 AND source = $2 AND state IN ($3, $4)"))
            .bind(new.tenant)
            .bind(new.source)
            .bind(FeedState::Staging.as_str())
            .bind(FeedState::Applying.as_str())
            .fetch_optional(&mut *self.tx)
            .await?;
        if let Some(other) = other {
            let other = run(&other)?;
            let abandoned = other.touched_at < new.now.saturating_sub(ABANDONED_AFTER);
            return Ok(if abandoned { Began::Unfinished(other) } else { Began::Busy(other) });
        }
        let id = sqlx::query_scalar(
            "INSERT INTO feed_runs (tenant_id, run_id, kind, source, counted_at, started_at, touched_at, finished_at, \
             total_rows, bad_rows, state, known_rows, emptied_rows, has_rows, reason) \
             SELECT $1, COALESCE(MAX(run_id), 0) + 1, $2, $3, $4, $5, $5, NULL, 0, 0, $6, 0, 0, $7, NULL \
             FROM feed_runs WHERE tenant_id = $1 RETURNING run_id",
        )
        .bind(new.tenant)
        .bind(new.kind.as_str())
        .bind(new.source)
        .bind(new.counted_at)
        .bind(new.now)
        .bind(FeedState::Staging.as_str())
        .bind(i64::from(new.kind == FeedKind::StockFull))
        .fetch_one(&mut *self.tx)
        .await?;
        Ok(Began::Run(id))
    }

    /// Notes how far a run has come; `false` when it was taken for abandoned and is no longer ours.
    pub async fn touch_feed(
        &mut self,
        tenant: &str,
        id: i64,
        (rows, bad_rows): (u64, u64),
        now: UtcMs,
    ) -> Result<bool, StorageError> {
        let touched = sqlx::query(
            "UPDATE feed_runs SET total_rows = $3, bad_rows = $4, touched_at = $5 \
             WHERE tenant_id = $1 AND run_id = $2 AND state = $6",
        )
        .bind(tenant)
        .bind(id)
        .bind(i64::try_from(rows).unwrap_or(i64::MAX))
        .bind(i64::try_from(bad_rows).unwrap_or(i64::MAX))
        .bind(now)
        .bind(FeedState::Staging.as_str())
        .execute(&mut *self.tx)
        .await?;
        Ok(touched.rows_affected() > 0)
    }

    /// Moves a run that is neither being applied nor ended on to another state; `false` when it is.
    pub async fn put_feed_state(
        &mut self,
        tenant: &str,
        id: i64,
        (state, reason): (FeedState, Option<&str>),
        now: UtcMs,
    ) -> Result<bool, StorageError> {
        let ended = matches!(state, FeedState::Applied | FeedState::Refused);
        let done = sqlx::query(
            "UPDATE feed_runs SET state = $3, reason = $4, touched_at = $5, finished_at = $6 \
             WHERE tenant_id = $1 AND run_id = $2 AND state IN ($7, $8)",
        )
        .bind(tenant)
        .bind(id)
        .bind(state.as_str())
        .bind(reason)
        .bind(now)
        .bind(ended.then_some(now))
        .bind(FeedState::Staging.as_str())
        .bind(FeedState::Held.as_str())
        .execute(&mut *self.tx)
        .await?;
        Ok(done.rows_affected() > 0)
    }

    /// Refuses older runs of the same source that are held: they are out of date.
    pub async fn refuse_older_feeds(&mut self, run: &FeedRun, now: UtcMs) -> Result<(), StorageError> {
        sqlx::query(
            "UPDATE feed_runs SET state = $5, finished_at = $6, reason = $7 \
             WHERE tenant_id = $1 AND source = $2 AND state = $3 AND run_id < $4",
        )
        .bind(run.tenant.as_str())
        .bind(run.source.as_str())
        .bind(FeedState::Held.as_str())
        .bind(run.id)
        .bind(FeedState::Refused.as_str())
        .bind(now)
        .bind(format!("run {} of the same source came after it", run.id))
        .execute(&mut *self.tx)
        .await?;
        Ok(())
    }

    /// The run with this number.
    pub async fn feed_run(&mut self, tenant: &str, id: i64) -> Result<Option<FeedRun>, StorageError> {
        let query = sqlx::query(select!("tenant_id = $1 AND run_id = $2")).bind(tenant).bind(id);
        query.fetch_optional(&mut *self.tx).await?.as_ref().map(run).transpose()
    }

    /// The runs with this number, of every tenant.
    pub async fn feed_runs_numbered(&mut self, id: i64) -> Result<Vec<FeedRun>, StorageError> {
        let query = sqlx::query(select!("run_id = $1 ORDER BY tenant_id")).bind(id);
        query.fetch_all(&mut *self.tx).await?.iter().map(run).collect()
    }

    /// A tenant's last runs, the latest first; of those before this number, if told.
    pub async fn feed_runs(
        &mut self,
        tenant: &str,
        before: Option<i64>,
        limit: u32,
    ) -> Result<Vec<FeedRun>, StorageError> {
        let query = sqlx::query(select!("tenant_id = $1 AND run_id < $2 ORDER BY run_id DESC LIMIT $3"))
            .bind(tenant)
            .bind(before.unwrap_or(i64::MAX))
            .bind(i64::from(limit));
        query.fetch_all(&mut *self.tx).await?.iter().map(run).collect()
    }
}

fn run(row: &AnyRow) -> Result<FeedRun, StorageError> {
    let tenant: String = row.try_get(0)?;
    let (kind, state): (String, String) = (row.try_get(2)?, row.try_get(10)?);
    let corrupt = |column, text: &str| StorageError::Corrupt {
        table: "feed_runs",
        column,
        key: tenant.clone(),
        reason: format!("{text:?} is not known"),
    };
    let states =
        [FeedState::Staging, FeedState::Held, FeedState::Applying, FeedState::Applied, FeedState::Refused];
    let count = |column| Ok::<_, StorageError>(u64::try_from(row.try_get::<i64, _>(column)?).unwrap_or(0));
    Ok(FeedRun {
        id: row.try_get(1)?,
        kind: FeedKind::parse(&kind).ok_or_else(|| corrupt("kind", &kind))?,
        source: row.try_get(3)?,
        counted_at: row.try_get(4)?,
        started_at: row.try_get(5)?,
        touched_at: row.try_get(6)?,
        finished_at: row.try_get(7)?,
        rows: count(8)?,
        bad_rows: count(9)?,
        state: states.into_iter().find(|s| s.as_str() == state).ok_or_else(|| corrupt("state", &state))?,
        known_rows: count(11)?,
        emptied_rows: count(12)?,
        reason: row.try_get(13)?,
        tenant,
    })
}

impl FeedKind {
    /// As written in the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Products => "products",
            Self::StockDelta => "stock_delta",
            Self::StockFull => "stock_full",
            Self::Sales => "sales",
        }
    }

    /// Undoes [`Self::as_str`].
    pub fn parse(text: &str) -> Option<Self> {
        let all = [Self::Products, Self::StockDelta, Self::StockFull, Self::Sales];
        all.into_iter().find(|kind| kind.as_str() == text)
    }
}

impl FeedState {
    /// As written in the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Staging => "staging",
            Self::Held => "held",
            Self::Applying => "applying",
            Self::Applied => "applied",
            Self::Refused => "refused",
        }
    }
}
