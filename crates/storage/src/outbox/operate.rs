//! What the operator sees and decides of the outbox, and what is cleared away.

use devanture_domain::civil::UtcMs;
use sqlx::Row as _;

use crate::{Repository, StorageError};

/// A delivery that is not done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListedDelivery {
    /// Which event.
    pub event_id: String,
    /// What happened, `reservation.ready`.
    pub kind: String,
    /// When.
    pub happened_at: UtcMs,
    /// Who is to hear it: `mail`, or a webhook's id.
    pub receiver: String,
    /// Whether it was given up.
    pub dead: bool,
    /// How often it was tried.
    pub attempts: u32,
    /// When it is tried next, unless it was given up.
    pub due_at: UtcMs,
    /// What went wrong the last time.
    pub failure: Option<String>,
}

impl Repository {
    /// Deliveries of a network that are not done, those that were given up first, then the oldest; at most `limit`.
    pub async fn outbox(&mut self, tenant: &str, limit: u16) -> Result<Vec<ListedDelivery>, StorageError> {
        let rows = sqlx::query(
            "SELECT e.event_id, e.kind, e.happened_at, d.receiver, d.state, d.attempts, d.due_at, d.failure \
             FROM outbox_deliveries d JOIN outbox_events e ON e.tenant_id = d.tenant_id AND e.event_id = d.event_id \
             WHERE d.tenant_id = $1 AND d.state <> 'done' ORDER BY d.state, e.happened_at, e.event_id LIMIT $2",
        )
        .bind(tenant)
        .bind(i64::from(limit))
        .fetch_all(&mut *self.tx)
        .await?;
        rows.iter()
            .map(|row| {
                Ok(ListedDelivery {
                    event_id: row.try_get(0)?,
                    kind: row.try_get(1)?,
                    happened_at: row.try_get(2)?,
                    receiver: row.try_get(3)?,
                    dead: row.try_get::<&str, _>(4)? == "dead",
                    attempts: u32::try_from(row.try_get::<i64, _>(5)?).unwrap_or(u32::MAX),
                    due_at: row.try_get(6)?,
                    failure: row.try_get(7)?,
                })
            })
            .collect()
    }

    /// Has deliveries that are not done, of one event or of all, tried again now; returns how many. Those that were given up
    /// have one more attempt for each time that this is called.
    pub async fn retry_deliveries(
        &mut self,
        tenant: &str,
        event_id: Option<&str>,
        now: UtcMs,
    ) -> Result<u64, StorageError> {
        let retried = sqlx::query(
            "UPDATE outbox_deliveries SET state = 'waiting', due_at = $3, ended_at = NULL \
             WHERE tenant_id = $1 AND state <> 'done' AND ($2 IS NULL OR event_id = $2)",
        )
        .bind(tenant)
        .bind(event_id)
        .bind(now)
        .execute(&mut *self.tx)
        .await?;
        Ok(retried.rows_affected())
    }

    /// Deletes deliveries that were done before `done_before` or given up before `dead_before`, and events that nobody is to
    /// hear any more; returns how many events.
    pub async fn forget_outbox(
        &mut self,
        done_before: UtcMs,
        dead_before: UtcMs,
    ) -> Result<u64, StorageError> {
        sqlx::query(
            "DELETE FROM outbox_deliveries WHERE (state = 'done' AND ended_at < $1) OR (state = 'dead' AND ended_at < $2)",
        )
        .bind(done_before)
        .bind(dead_before)
        .execute(&mut *self.tx)
        .await?;
        let forgotten = sqlx::query(
            "DELETE FROM outbox_events WHERE spread_at IS NOT NULL AND NOT EXISTS (SELECT 1 FROM outbox_deliveries d \
             WHERE d.tenant_id = outbox_events.tenant_id AND d.event_id = outbox_events.event_id)",
        )
        .execute(&mut *self.tx)
        .await?;
        Ok(forgotten.rows_affected())
    }
}
