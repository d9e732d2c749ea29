//! Applying a full feed slice by slice, so that no reservation waits for all of it. Each slice is a transaction that also says how
//! far the run is: what was applied stays, and after a crash it goes on from there.
//!
//! It ends as one transaction would, at the moment when what is left out was written down: a count is applied to a row whenever
//! its slice comes, by its own time and with the moves that are later, and rows that were not there at that moment are left
//! alone.

use devanture_domain::{civil::UtcMs, stock::StockSource};
use futures_util::{StreamExt as _, TryStreamExt as _};
use sqlx::{AssertSqlSafe, Row as _};

use super::{
    FeedRun, FeedState,
    apply::{INSERT, KNOWN_AND_SAID, LEFT_OUT},
    pace::Pace,
};
use crate::{
    Database, Repository, StorageError,
    rows::{ROWS_AT_ONCE, insert_rows},
    stock::{LOCK, ON_CONFLICT, ON_CONFLICT_WITH_SAFETY},
};

impl Database {
    /// Applies a settled run, or goes on where applying it broke off; `false` when it had ended otherwise.
    pub async fn apply_feed(
        &self,
        run: &FeedRun,
        clock: &(dyn Fn() -> UtcMs + Sync),
    ) -> Result<bool, StorageError> {
        let mut repository = self.write().await?;
        if !repository.begin_applying(run, clock()).await? {
            return Ok(false);
        }
        repository.save().await?;
        if !self.list_left_out(run, clock).await? {
            return self.is_applied(run).await;
        }
        let mut pace = Pace::new(self.engine(), clock);
        loop {
            let mut repository = self.write().await?;
            let most = pace.begin();
            match repository.apply_slice(run, most, pace.now()).await? {
                Some(true) => repository.save().await?,
                Some(false) => return repository.save().await.map(|()| true),
                // Another instance was faster.
                None => return self.is_applied(run).await,
            }
            pace.end().await;
        }
    }

    async fn is_applied(&self, run: &FeedRun) -> Result<bool, StorageError> {
        let run = self.read().await?.feed_run(&run.tenant, run.id).await?;
        Ok(run.is_some_and(|run| run.state == FeedState::Applied))
    }

    /// Writes down what the run leaves out, of what is known at this moment; `false` when it is not being applied.
    pub async fn list_left_out(
        &self,
        run: &FeedRun,
        clock: &(dyn Fn() -> UtcMs + Sync),
    ) -> Result<bool, StorageError> {
        let (tenant, id) = (run.tenant.as_str(), run.id);
        let mut pace = Pace::new(self.engine(), clock);
        let mut reading = self.read().await?;
        let listed: Option<i64> =
            sqlx::query_scalar("SELECT listed FROM feed_runs WHERE tenant_id = $1 AND run_id = $2")
                .bind(tenant)
                .bind(id)
                .fetch_optional(&mut *reading.tx)
                .await?;
        if listed == Some(1) {
            return Ok(true);
        }
        // What was listed before a crash is in `feed_rows`, and so not left out any more.
        let mut rows = sqlx::query(AssertSqlSafe(format!(
            "SELECT s.sku, s.location_code {KNOWN_AND_SAID} AND s.based_at <= $3 AND {LEFT_OUT} \
             ORDER BY s.sku, s.location_code"
        )))
        .bind(tenant)
        .bind(id)
        .bind(run.counted_at)
        .fetch(&mut *reading.tx)
        .map(|row| {
            let row = row?;
            Ok::<(String, String), StorageError>((row.try_get(0)?, row.try_get(1)?))
        })
        .boxed();
        let mut ended = false;
        while !ended {
            let most = pace.rows();
            let mut batch = Vec::with_capacity(most);
            while batch.len() < most {
                let Some(key) = rows.try_next().await? else {
                    ended = true;
                    break;
                };
                batch.push(key);
            }
            let mut writing = self.write().await?;
            pace.begin();
            if !writing.beat_feed(tenant, id, FeedState::Applying, pace.now()).await? {
                return Ok(false);
            }
            writing.put_left_out(tenant, id, &batch).await?;
            if ended {
                sqlx::query("UPDATE feed_runs SET listed = 1 WHERE tenant_id = $1 AND run_id = $2")
                    .bind(tenant)
                    .bind(id)
                    .execute(&mut *writing.tx)
                    .await?;
            }
            writing.save().await?;
            pace.end().await;
        }
        Ok(true)
    }
}

impl Repository {
    /// From here on the run will be applied, whatever happens. Older runs of its source that are held are refused. `false` when
    /// it had ended already.
    pub async fn begin_applying(&mut self, run: &FeedRun, now: UtcMs) -> Result<bool, StorageError> {
        if self.put_feed_state(&run.tenant, run.id, (FeedState::Applying, None), now).await? {
            self.refuse_older_feeds(run, now).await?;
            return Ok(true);
        }
        self.beat_feed(&run.tenant, run.id, FeedState::Applying, now).await
    }

    /// A run that is being applied and of which nothing was heard for too long.
    pub async fn unfinished_feed(&mut self, now: UtcMs) -> Result<Option<FeedRun>, StorageError> {
        let found = sqlx::query(
            "SELECT tenant_id, run_id FROM feed_runs WHERE state = $1 AND touched_at < $2 LIMIT 1",
        )
        .bind(FeedState::Applying.as_str())
        .bind(now.saturating_sub(super::ABANDONED_AFTER))
        .fetch_optional(&mut *self.tx)
        .await?;
        let Some(found) = found else { return Ok(None) };
        self.feed_run(&found.try_get::<String, _>(0)?, found.try_get(1)?).await
    }

    /// Takes such a run over.
    pub async fn take_unfinished_feed(&mut self, now: UtcMs) -> Result<Option<FeedRun>, StorageError> {
        let before = now.saturating_sub(super::ABANDONED_AFTER);
        let Some(run) = self.unfinished_feed(now).await? else { return Ok(None) };
        let taken = sqlx::query(
            "UPDATE feed_runs SET touched_at = $4 \
             WHERE tenant_id = $1 AND run_id = $2 AND state = $5 AND touched_at < $3",
        )
        .bind(run.tenant.as_str())
        .bind(run.id)
        .bind(before)
        .bind(now)
        .bind(FeedState::Applying.as_str())
        .execute(&mut *self.tx)
        .await?;
        Ok((taken.rows_affected() > 0).then_some(run))
    }

    async fn put_left_out(
        &mut self,
        tenant: &str,
        id: i64,
        keys: &[(String, String)],
    ) -> Result<(), StorageError> {
        for keys in keys.chunks(ROWS_AT_ONCE) {
            let mut insert = sqlx::query(insert_rows(
                "INSERT INTO feed_rows (tenant_id, run_id, sku, location_code, on_hand, on_order, left_out)",
                (keys.len(), 7),
                "ON CONFLICT (tenant_id, run_id, sku, location_code) DO NOTHING",
            ));
            for (sku, location) in keys {
                let (none, left_out) = (0_i64, 1_i64);
                insert = insert
                    .bind(tenant)
                    .bind(id)
                    .bind(sku.as_str())
                    .bind(location.as_str())
                    .bind(none)
                    .bind(none)
                    .bind(left_out);
            }
            insert.execute(&mut *self.tx).await?;
        }
        Ok(())
    }

    /// Applies the next rows of a run, so many at most; returns whether there are more, `None` when it is not being applied.
    /// Counts are taken over as [`Self::put_counts`] does, and what is left out is 0 as of then.
    pub async fn apply_slice(
        &mut self,
        run: &FeedRun,
        most: usize,
        now: UtcMs,
    ) -> Result<Option<bool>, StorageError> {
        let (tenant, id) = (run.tenant.as_str(), run.id);
        // Of two that go on with the same run the second waits here, and goes on after the first.
        let row = sqlx::query(
            "UPDATE feed_runs SET touched_at = $4 WHERE tenant_id = $1 AND run_id = $2 AND state = $3 \
             RETURNING done_sku, done_location",
        )
        .bind(tenant)
        .bind(id)
        .bind(FeedState::Applying.as_str())
        .bind(now)
        .fetch_optional(&mut *self.tx)
        .await?;
        let Some(row) = row else { return Ok(None) };
        let done: (String, String) = (row.try_get(0)?, row.try_get(1)?);
        let last = self.nth_feed_row(tenant, id, (&done.0, &done.1), most).await?;
        for statement in statements(self.is_postgres(), last.is_some()) {
            let mut query = sqlx::query(AssertSqlSafe(statement))
                .bind(tenant)
                .bind(id)
                .bind(run.counted_at)
                .bind(StockSource::Feed.as_str())
                .bind(&*done.0)
                .bind(&*done.1);
            if let Some((sku, location)) = &last {
                query = query.bind(&**sku).bind(&**location);
            }
            query.execute(&mut *self.tx).await?;
        }
        let Some((sku, location)) = last else {
            sqlx::query(
                "UPDATE feed_runs SET state = $3, finished_at = $4 WHERE tenant_id = $1 AND run_id = $2",
            )
            .bind(tenant)
            .bind(id)
            .bind(FeedState::Applied.as_str())
            .bind(now)
            .execute(&mut *self.tx)
            .await?;
            return Ok(Some(false));
        };
        sqlx::query(
            "UPDATE feed_runs SET done_sku = $3, done_location = $4 WHERE tenant_id = $1 AND run_id = $2",
        )
        .bind(tenant)
        .bind(id)
        .bind(sku)
        .bind(location)
        .execute(&mut *self.tx)
        .await?;
        Ok(Some(true))
    }
}

/// `$5` and `$6` are the key after which the slice begins, `$7` and `$8`, unless it is the last, the one with which it ends.
fn statements(is_postgres: bool, ends: bool) -> Vec<String> {
    let mut slice = "f.tenant_id = $1 AND f.run_id = $2 AND f.on_hand IS NOT NULL AND f.sku >= $5 \
         AND (f.sku, f.location_code) > ($5, $6)"
        .to_owned();
    if ends {
        slice += " AND f.sku <= $7 AND (f.sku, f.location_code) <= ($7, $8)";
    }
    let said = |which: &str, then: &str| {
        format!(
            "{INSERT} SELECT f.tenant_id, f.sku, f.location_code, f.on_hand, 0, COALESCE(f.safety, 0), f.on_order, \
             f.expected_on, $4, $3, $3 FROM feed_rows f WHERE {slice}{which} ORDER BY f.sku, f.location_code {then}"
        )
    };
    let left_out = format!(
        "{INSERT} SELECT s.tenant_id, s.sku, s.location_code, 0, s.reserved, s.safety, s.on_order, s.expected_on, \
         $4, $3, $3 FROM feed_rows f JOIN stock s ON s.tenant_id = f.tenant_id AND s.sku = f.sku \
         AND s.location_code = f.location_code WHERE {slice} AND f.left_out = 1 \
         ORDER BY s.sku, s.location_code {ON_CONFLICT}"
    );
    let mut statements = Vec::with_capacity(4);
    if is_postgres {
        // As in `put_counts`: the statement that counts later moves must begin after whoever is writing one has ended.
        statements.push(said("", LOCK));
    }
    statements.extend([
        said(" AND f.left_out = 0 AND f.safety IS NULL", ON_CONFLICT),
        said(" AND f.left_out = 0 AND f.safety IS NOT NULL", ON_CONFLICT_WITH_SAFETY),
        left_out,
    ]);
    statements
}
