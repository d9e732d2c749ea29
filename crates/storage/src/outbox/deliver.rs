//! Who is told what, and how that went.

use std::collections::BTreeMap;

use devanture_domain::{civil::UtcMs, reservation::Notice};
use sqlx::{Row as _, any::AnyRow};

use super::{Happened, OutboxEvent, SourceEvent, SourceNotice, letter::LETTERS};
use crate::{
    Repository, StorageError,
    rows::{ROWS_AT_ONCE, insert_rows, select_in},
};

/// An event that one receiver is told now. Others keep away from it until the lease is over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delivery {
    /// What is told.
    pub event: Happened,
    /// Whom.
    pub receiver: String,
    /// Which attempt this is, counted from 1.
    pub attempt: u32,
}

/// How an attempt went. What failed is said without personal data: it is shown to the operator.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The receiver has it, or must not have it any more.
    Done,
    /// It is tried again.
    Again {
        /// When.
        due_at: UtcMs,
        /// Why.
        failure: String,
    },
    /// It is given up.
    Dead {
        /// Why.
        failure: String,
    },
}

impl Repository {
    /// Whether anything is to be told now.
    pub async fn outbox_waits(&mut self, now: UtcMs) -> Result<bool, StorageError> {
        let found = sqlx::query(
            "SELECT 1 WHERE EXISTS (SELECT 1 FROM outbox_events WHERE spread_at IS NULL) \
             OR EXISTS (SELECT 1 FROM outbox_deliveries WHERE state = 'waiting' AND due_at <= $1)",
        )
        .bind(now)
        .fetch_optional(&mut *self.tx)
        .await?;
        Ok(found.is_some())
    }

    /// Makes a delivery of each new event for everyone who is to hear it, by its tenant and by what happened to a reservation where it
    /// is about one, or forgets it where that is nobody; at most `limit` events, the oldest first; returns
    /// how many there were. Of instances that do so at once, one has each event.
    pub async fn spread_events(
        &mut self,
        now: UtcMs,
        limit: u16,
        receivers: impl Fn(&str, Option<Notice>) -> Vec<String>,
    ) -> Result<usize, StorageError> {
        let rows = sqlx::query(
            "UPDATE outbox_events SET spread_at = $1 WHERE spread_at IS NULL AND (tenant_id, event_id) IN \
             (SELECT tenant_id, event_id FROM outbox_events WHERE spread_at IS NULL ORDER BY happened_at LIMIT $2) \
             RETURNING tenant_id, event_id, kind",
        )
        .bind(now)
        .bind(i64::from(limit))
        .fetch_all(&mut *self.tx)
        .await?;
        let (mut deliveries, mut unheard) = (Vec::new(), BTreeMap::<String, Vec<String>>::new());
        for row in &rows {
            let (tenant, event): (String, String) = (row.try_get(0)?, row.try_get(1)?);
            let kind: &str = row.try_get(2)?;
            let notice = SourceNotice::parse(kind).is_none().then(|| notice(kind, &event)).transpose()?;
            let to = receivers(&tenant, notice);
            if to.is_empty() {
                unheard.entry(tenant).or_default().push(event);
            } else {
                deliveries.extend(to.into_iter().map(|receiver| (tenant.clone(), event.clone(), receiver)));
            }
        }
        self.forget_unheard(&unheard).await?;
        for deliveries in deliveries.chunks(ROWS_AT_ONCE) {
            let mut insert = sqlx::query(insert_rows(
                "INSERT INTO outbox_deliveries (tenant_id, event_id, receiver, state, attempts, due_at)",
                (deliveries.len(), 6),
                "",
            ));
            for (tenant, event, receiver) in deliveries {
                insert = insert
                    .bind(tenant.as_str())
                    .bind(event.as_str())
                    .bind(receiver.as_str())
                    .bind("waiting")
                    .bind(0_i64)
                    .bind(now);
            }
            insert.execute(&mut *self.tx).await?;
        }
        Ok(rows.len())
    }

    /// Deletes events that nobody is to hear, lest they gather where there is no mail and no webhook.
    async fn forget_unheard(&mut self, events: &BTreeMap<String, Vec<String>>) -> Result<(), StorageError> {
        for (tenant, events) in events {
            // By tenant, since SQLite reads the whole table for a list of pairs.
            for events in events.chunks(ROWS_AT_ONCE) {
                let mut delete = sqlx::query(select_in(
                    "DELETE FROM outbox_events WHERE tenant_id = $1 AND event_id IN",
                    (1, events.len()),
                    "",
                ));
                delete = delete.bind(tenant.as_str());
                for event in events {
                    delete = delete.bind(event.as_str());
                }
                delete.execute(&mut *self.tx).await?;
            }
        }
        Ok(())
    }

    /// Takes deliveries that are due, at most `limit`, until `lease_until`: if nothing is heard of them by then, whoever took
    /// them has died, and they are due again. Save the repository before anybody is told.
    pub async fn lease_deliveries(
        &mut self,
        now: UtcMs,
        lease_until: UtcMs,
        limit: u16,
    ) -> Result<Vec<Delivery>, StorageError> {
        let mut deliveries = Vec::new();
        for (tenant, id, receiver, attempt) in self.lease(now, lease_until, limit, false).await? {
            let event = sqlx::query(
                "SELECT tenant_id, event_id, kind, reservation_id, happened_at, data FROM outbox_events \
                 WHERE tenant_id = $1 AND event_id = $2",
            )
            .bind(tenant)
            .bind(id)
            .fetch_one(&mut *self.tx)
            .await?;
            deliveries.push(Delivery { event: event_of(&event)?, receiver, attempt });
        }
        Ok(deliveries)
    }

    /// Takes deliveries that are due: letters, or all others. Tenants, events, receivers, attempts.
    pub(super) async fn lease(
        &mut self,
        now: UtcMs,
        lease_until: UtcMs,
        limit: u16,
        letters: bool,
    ) -> Result<Vec<(String, String, String, u32)>, StorageError> {
        let of = if letters { "=" } else { "<>" };
        // The second `due_at <= $1` is asked again where another instance was waited for, and fails then.
        let sql = format!(
            "UPDATE outbox_deliveries SET due_at = $2, attempts = attempts + 1 \
             WHERE state = 'waiting' AND due_at <= $1 AND (tenant_id, event_id, receiver) IN \
             (SELECT tenant_id, event_id, receiver FROM outbox_deliveries WHERE state = 'waiting' AND due_at <= $1 \
             AND receiver {of} '{LETTERS}' ORDER BY due_at LIMIT $3) RETURNING tenant_id, event_id, receiver, attempts"
        );
        let rows = sqlx::query(sqlx::AssertSqlSafe(sql)).bind(now).bind(lease_until).bind(i64::from(limit));
        rows.fetch_all(&mut *self.tx)
            .await?
            .iter()
            .map(|row| {
                let attempts = u32::try_from(row.try_get::<i64, _>(3)?).unwrap_or(u32::MAX);
                Ok((row.try_get(0)?, row.try_get(1)?, row.try_get(2)?, attempts))
            })
            .collect()
    }

    /// Writes down how an attempt went; nothing if its lease was over and another attempt has begun.
    pub async fn end_delivery(
        &mut self,
        delivery: &Delivery,
        outcome: &Outcome,
        now: UtcMs,
    ) -> Result<(), StorageError> {
        let event = &delivery.event;
        self.end((event.tenant(), event.id(), &delivery.receiver), delivery.attempt, outcome, now).await
    }

    pub(super) async fn end(
        &mut self,
        (tenant, event, receiver): (&str, &str, &str),
        attempt: u32,
        outcome: &Outcome,
        now: UtcMs,
    ) -> Result<(), StorageError> {
        let (state, due_at, failure) = match outcome {
            Outcome::Done => ("done", now, None),
            Outcome::Again { due_at, failure } => ("waiting", *due_at, Some(failure.as_str())),
            Outcome::Dead { failure } => ("dead", now, Some(failure.as_str())),
        };
        sqlx::query(
            "UPDATE outbox_deliveries SET state = $5, due_at = $6, failure = $7, ended_at = $8 WHERE tenant_id = $1 \
             AND event_id = $2 AND receiver = $3 AND state = 'waiting' AND attempts = $4",
        )
        .bind(tenant)
        .bind(event)
        .bind(receiver)
        .bind(i64::from(attempt))
        .bind(state)
        .bind(due_at)
        .bind(failure)
        .bind((state != "waiting").then_some(now))
        .execute(&mut *self.tx)
        .await?;
        Ok(())
    }
}

fn event_of(row: &AnyRow) -> Result<Happened, StorageError> {
    let id: String = row.try_get(1)?;
    let (kind, subject, data): (&str, String, &str) = (row.try_get(2)?, row.try_get(3)?, row.try_get(5)?);
    let unreadable = |error: serde_json::Error| corrupt("data", &id, error.to_string());
    let (tenant, at) = (row.try_get(0)?, row.try_get(4)?);
    Ok(if let Some(notice) = SourceNotice::parse(kind) {
        let facts = serde_json::from_str(data).map_err(unreadable)?;
        Happened::Source(SourceEvent { tenant, id, source: subject, notice, at, facts })
    } else {
        let (notice, facts) = (notice(kind, &id)?, serde_json::from_str(data).map_err(unreadable)?);
        Happened::Reservation(Box::new(OutboxEvent {
            tenant,
            id,
            notice,
            reservation_id: subject,
            at,
            facts,
        }))
    })
}

fn notice(kind: &str, event: &str) -> Result<Notice, StorageError> {
    Notice::parse(kind)
        .ok_or_else(|| corrupt("kind", event, format!("{kind:?} is not one of the known words")))
}

pub(super) fn corrupt(column: &'static str, event: &str, reason: String) -> StorageError {
    StorageError::Corrupt { table: "outbox_events", column, key: event.to_owned(), reason }
}
