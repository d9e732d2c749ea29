//! Writing events down.

use devanture_domain::{civil::UtcMs, reservation::Notice};

use super::{FactItem, Facts};
use crate::{
    Payment, Repository, Reservation, StorageError,
    rows::{ROWS_AT_ONCE, insert_rows},
};

/// An event that is about to be written.
pub(crate) struct NewEvent<'a> {
    tenant: &'a str,
    reservation_id: &'a str,
    id: String,
    notice: Notice,
    at: UtcMs,
    pub(crate) facts: Facts,
}

impl<'a> NewEvent<'a> {
    /// What happened to a reservation, as it stands afterwards; `number` is that of its history.
    pub(crate) fn new(reservation: &'a Reservation, notice: Notice, number: i64, at: UtcMs) -> Self {
        // Webhooks sign the id before a full stop, which it must not have in it.
        let suffix = if notice == Notice::RefundDue { "_refund" } else { "" };
        Self {
            tenant: &reservation.tenant,
            reservation_id: &reservation.id,
            id: format!("evt_{}_{number}{suffix}", reservation.id),
            notice,
            at,
            facts: Facts::of(reservation, u32::try_from(number).unwrap_or(u32::MAX)),
        }
    }
}

impl Facts {
    /// Those of a reservation to which so many things have happened.
    pub fn of(reservation: &Reservation, number: u32) -> Self {
        let items = reservation.lines.iter().map(|line| FactItem {
            sku: line.sku.clone(),
            quantity: line.quantity,
            amount: line.price.as_ref().map(|price| price.0),
            currency: line.price.as_ref().map(|price| price.1.clone()),
        });
        Self {
            number,
            state: reservation.state,
            store_code: reservation.fetched_at().to_owned(),
            sent_from: reservation.delivered_to.is_some().then(|| reservation.location_code.clone()),
            stores_asked: reservation.leg,
            checkout: reservation.payment == Payment::Checkout,
            items: items.collect(),
            due_at: reservation.due_at,
            ready_from: reservation.ready_from,
            refusal: None,
            passed_from: None,
            unpaid: false,
            proposal: None,
            refunds: Vec::new(),
        }
    }
}

impl Repository {
    /// Writes events down, in the transaction that makes them true.
    pub(crate) async fn put_events(&mut self, events: &[NewEvent<'_>]) -> Result<(), StorageError> {
        for events in events.chunks(ROWS_AT_ONCE) {
            let mut insert = sqlx::query(insert_rows(
                "INSERT INTO outbox_events (tenant_id, event_id, kind, reservation_id, happened_at, data)",
                (events.len(), 6),
                "",
            ));
            for event in events {
                let data = serde_json::to_string(&event.facts).map_err(|error| StorageError::Corrupt {
                    table: "outbox_events",
                    column: "data",
                    key: event.id.clone(),
                    reason: error.to_string(),
                })?;
                insert = insert
                    .bind(event.tenant)
                    .bind(event.id.as_str())
                    .bind(event.notice.as_str())
                    .bind(event.reservation_id)
                    .bind(event.at)
                    .bind(data);
            }
            insert.execute(&mut *self.tx).await?;
        }
        Ok(())
    }
}
