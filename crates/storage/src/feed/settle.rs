//! A full feed that has been read: of several rows of a variant and location the last that could be read is kept, in the order of
//! stock's own key. Reading in that order holds nobody up; what is read is written in short transactions.

use std::collections::BTreeSet;

use devanture_domain::civil::{Date, UtcMs};
use futures_util::{StreamExt as _, TryStreamExt as _};
use sqlx::{Row as _, any::AnyRow};

use super::{FeedCount, FeedRow, FeedState, pace::Pace};
use crate::{
    Database, Repository, StorageError,
    rows::{ROWS_AT_ONCE, insert_rows},
};

impl Database {
    /// Ends the staging; `false` when the run is no longer ours.
    pub async fn settle_feed(
        &self,
        tenant: &str,
        id: i64,
        clock: &(dyn Fn() -> UtcMs + Sync),
    ) -> Result<bool, StorageError> {
        let mut pace = Pace::new(self.engine(), clock);
        let mut reading = self.read().await?;
        let mut rows = sqlx::query(
            "SELECT sku, location_code, on_hand, safety, on_order, expected_on FROM \
             (SELECT l.*, ROW_NUMBER() OVER (PARTITION BY sku, location_code \
             ORDER BY CASE WHEN on_hand IS NULL THEN 1 ELSE 0 END, ordinal DESC) AS place \
             FROM feed_lines l WHERE tenant_id = $1 AND run_id = $2) ranked \
             WHERE place = 1 ORDER BY sku, location_code",
        )
        .bind(tenant)
        .bind(id)
        .fetch(&mut *reading.tx)
        .map(|row| line(&row?))
        .boxed();
        let mut locations = BTreeSet::new();
        let mut ended = false;
        while !ended {
            let most = pace.rows();
            let mut batch = Vec::with_capacity(most);
            while batch.len() < most {
                let Some(row) = rows.try_next().await? else {
                    ended = true;
                    break;
                };
                if row.count.is_some() && !locations.contains(&row.location_code) {
                    locations.insert(row.location_code.clone());
                }
                batch.push(row);
            }
            let mut writing = self.write().await?;
            pace.begin();
            if !writing.beat_feed(tenant, id, FeedState::Staging, pace.now()).await? {
                return Ok(false);
            }
            writing.put_feed_rows(tenant, id, &batch).await?;
            if ended {
                writing.put_feed_locations(tenant, id, &locations).await?;
            }
            writing.save().await?;
            pace.end().await;
        }
        drop(rows);
        drop(reading);
        self.clear_lines(tenant, id, &mut pace).await?;
        if self.engine() == crate::Engine::Postgres {
            // It plans by what it knows of a table, and would take this one to be as empty as it was.
            sqlx::query("ANALYZE feed_rows").execute(&self.pool).await?;
        }
        Ok(true)
    }

    /// Forgets what was staged of runs that have ended.
    pub async fn clear_feeds(
        &self,
        tenant: &str,
        clock: &(dyn Fn() -> UtcMs + Sync),
    ) -> Result<(), StorageError> {
        let ended: Vec<i64> = sqlx::query_scalar(
            "SELECT run_id FROM feed_runs WHERE tenant_id = $1 AND has_rows = 1 AND state IN ($2, $3)",
        )
        .bind(tenant)
        .bind(FeedState::Applied.as_str())
        .bind(FeedState::Refused.as_str())
        .fetch_all(&self.pool)
        .await?;
        let mut pace = Pace::new(self.engine(), clock);
        for id in ended {
            self.clear_lines(tenant, id, &mut pace).await?;
            let mut more = true;
            while more {
                let mut repository = self.write().await?;
                let most = pace.begin();
                more = repository.clear_rows(tenant, id, most).await?;
                repository.save().await?;
                pace.end().await;
            }
        }
        Ok(())
    }

    async fn clear_lines(&self, tenant: &str, id: i64, pace: &mut Pace<'_>) -> Result<(), StorageError> {
        loop {
            let mut repository = self.write().await?;
            let most = pace.begin();
            let cleared = sqlx::query(
                "DELETE FROM feed_lines WHERE tenant_id = $1 AND run_id = $2 AND ordinal < $3 + \
                 (SELECT MIN(l.ordinal) FROM feed_lines l WHERE l.tenant_id = $1 AND l.run_id = $2)",
            )
            .bind(tenant)
            .bind(id)
            .bind(i64::try_from(most).unwrap_or(i64::MAX))
            .execute(&mut *repository.tx)
            .await?;
            repository.save().await?;
            pace.end().await;
            if cleared.rows_affected() == 0 {
                return Ok(());
            }
        }
    }
}

impl Repository {
    /// Says that a run in this state goes on; `false` when it is in another.
    pub(super) async fn beat_feed(
        &mut self,
        tenant: &str,
        id: i64,
        state: FeedState,
        now: UtcMs,
    ) -> Result<bool, StorageError> {
        let touched = sqlx::query(
            "UPDATE feed_runs SET touched_at = $4 WHERE tenant_id = $1 AND run_id = $2 AND state = $3",
        )
        .bind(tenant)
        .bind(id)
        .bind(state.as_str())
        .bind(now)
        .execute(&mut *self.tx)
        .await?;
        Ok(touched.rows_affected() > 0)
    }

    async fn put_feed_rows(&mut self, tenant: &str, id: i64, rows: &[FeedRow]) -> Result<(), StorageError> {
        for rows in rows.chunks(ROWS_AT_ONCE) {
            let mut insert = sqlx::query(insert_rows(
                "INSERT INTO feed_rows (tenant_id, run_id, sku, location_code, on_hand, safety, on_order, expected_on)",
                (rows.len(), 8),
                "",
            ));
            for FeedRow { sku, location_code, count, .. } in rows {
                insert = insert
                    .bind(tenant)
                    .bind(id)
                    .bind(sku.as_str())
                    .bind(location_code.as_str())
                    .bind(count.map(|count| i64::from(count.on_hand)))
                    .bind(count.and_then(|count| count.safety).map(i64::from))
                    .bind(count.map_or(0, |count| i64::from(count.on_order)))
                    .bind(count.and_then(|count| count.expected_on).map(|date| i64::from(date.0)));
            }
            insert.execute(&mut *self.tx).await?;
        }
        Ok(())
    }

    async fn put_feed_locations(
        &mut self,
        tenant: &str,
        id: i64,
        locations: &BTreeSet<String>,
    ) -> Result<(), StorageError> {
        let locations: Vec<&String> = locations.iter().collect();
        for locations in locations.chunks(ROWS_AT_ONCE) {
            let mut insert = sqlx::query(insert_rows(
                "INSERT INTO feed_locations (tenant_id, run_id, location_code)",
                (locations.len(), 3),
                "",
            ));
            for location in locations {
                insert = insert.bind(tenant).bind(id).bind(location.as_str());
            }
            insert.execute(&mut *self.tx).await?;
        }
        Ok(())
    }

    /// Forgets so many rows of a run; `false` when all are gone.
    async fn clear_rows(&mut self, tenant: &str, id: i64, most: usize) -> Result<bool, StorageError> {
        let last = self.nth_feed_row(tenant, id, ("", ""), most).await?;
        if let Some((sku, location)) = last {
            sqlx::query(
                "DELETE FROM feed_rows WHERE tenant_id = $1 AND run_id = $2 AND sku <= $3 \
                 AND (sku, location_code) <= ($3, $4)",
            )
            .bind(tenant)
            .bind(id)
            .bind(sku)
            .bind(location)
            .execute(&mut *self.tx)
            .await?;
            return Ok(true);
        }
        for statement in [
            "DELETE FROM feed_rows WHERE tenant_id = $1 AND run_id = $2",
            "DELETE FROM feed_locations WHERE tenant_id = $1 AND run_id = $2",
            "UPDATE feed_runs SET has_rows = 0 WHERE tenant_id = $1 AND run_id = $2",
        ] {
            sqlx::query(statement).bind(tenant).bind(id).execute(&mut *self.tx).await?;
        }
        Ok(false)
    }

    /// The key of the row that stands so many after this one; `None` when there are not so many.
    pub(super) async fn nth_feed_row(
        &mut self,
        tenant: &str,
        id: i64,
        (sku, location): (&str, &str),
        nth: usize,
    ) -> Result<Option<(String, String)>, StorageError> {
        let row = sqlx::query(
            "SELECT sku, location_code FROM feed_rows WHERE tenant_id = $1 AND run_id = $2 AND sku >= $3 \
             AND (sku, location_code) > ($3, $4) ORDER BY sku, location_code LIMIT 1 OFFSET $5",
        )
        .bind(tenant)
        .bind(id)
        .bind(sku)
        .bind(location)
        .bind(i64::try_from(nth.saturating_sub(1)).unwrap_or(i64::MAX))
        .fetch_optional(&mut *self.tx)
        .await?;
        row.map(|row| Ok((row.try_get(0)?, row.try_get(1)?))).transpose()
    }
}

fn line(row: &AnyRow) -> Result<FeedRow, StorageError> {
    let pieces = |pieces: i64| u32::try_from(pieces).unwrap_or(0);
    let on_hand: Option<i64> = row.try_get(2)?;
    let expected_on: Option<i64> = row.try_get(5)?;
    let count = match on_hand {
        None => None,
        Some(on_hand) => Some(FeedCount {
            on_hand: pieces(on_hand),
            safety: row.try_get::<Option<i64>, _>(3)?.map(pieces),
            on_order: pieces(row.try_get(4)?),
            expected_on: expected_on.and_then(|days| i32::try_from(days).ok()).map(Date),
        }),
    };
    Ok(FeedRow { ordinal: 0, sku: row.try_get(0)?, location_code: row.try_get(1)?, count })
}
