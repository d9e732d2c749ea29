//! Payments in the host's checkout, and those that have to be paid back.

use devanture_domain::{
    civil::UtcMs,
    reservation::{Actor, Notice, State},
};
use sqlx::Row as _;

use super::{Note, Payment, Reservation, insert::Leg};
use crate::{
    Repository, StorageError,
    outbox::{FactRefund, NewEvent},
};

/// What a checkout says was paid.
#[derive(Clone, Copy, Debug)]
pub struct PaymentReport<'a> {
    /// The checkout's own name of the payment, by which it is taken once.
    pub payment: &'a str,
    /// In minor units.
    pub amount: i64,
    /// ISO 4217.
    pub currency: &'a str,
    /// Until when the store has to answer from now on.
    pub due_at: UtcMs,
    /// From when the shopper could come.
    pub ready_from: Option<UtcMs>,
    /// Now.
    pub at: UtcMs,
}

/// What came of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Paid {
    /// The store is asked; save the repository.
    Done(Reservation),
    /// The pieces are not to be had any more, or were paid before: this has to be paid back. Save the repository.
    RefundDue(Reservation),
    /// It had been told before.
    Already {
        /// As it stands now.
        reservation: Reservation,
        /// Whether this payment has to be paid back.
        refund_due: bool,
    },
    /// This payment was told before, of another reservation or another sum.
    OtherPayment,
    /// It is paid in the store.
    InStore,
}

impl Repository {
    /// Takes over that a reservation was paid. One that has expired unpaid is held again if the pieces are still there.
    /// `Ok(None)` when there is no reservation with this id.
    pub async fn pay(
        &mut self,
        tenant: &str,
        id: &str,
        report: &PaymentReport<'_>,
    ) -> Result<Option<Paid>, StorageError> {
        let Some(mut reservation) = self.locked(tenant, id).await? else { return Ok(None) };
        if reservation.payment == Payment::InStore && self.payment(tenant, report.payment).await?.is_none() {
            return Ok(Some(Paid::InStore));
        }
        let is_first = self.payments_of(tenant, id, false).await?.is_empty();
        let new = sqlx::query(
            "INSERT INTO reservation_payments (tenant_id, payment, reservation_id, amount, currency, told_at) \
             VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (tenant_id, payment) DO NOTHING",
        )
        .bind(tenant)
        .bind(report.payment)
        .bind(id)
        .bind(report.amount)
        .bind(report.currency)
        .bind(report.at)
        .execute(&mut *self.tx)
        .await?;
        if new.rows_affected() == 0 {
            let known = self.payment(tenant, report.payment).await?;
            return Ok(Some(match known {
                Some((of, amount, currency, refund_due))
                    if of == id && amount == report.amount && currency == report.currency =>
                {
                    Paid::Already { reservation, refund_due }
                }
                _ => Paid::OtherPayment,
            }));
        }
        let before = reservation.state;
        let goes_on = match before {
            State::AwaitingPayment => true,
            State::Expired if is_first => {
                self.hold_lines(&reservation, &reservation.location_code).await?.is_none()
            }
            _ => false,
        };
        if !goes_on {
            let note = note(&reservation, Some(before), report.at);
            let number = self.note(tenant, id, &note).await?;
            self.tell_refunds(&reservation, Some(report.payment), (number, report.at)).await?;
            return Ok(Some(Paid::RefundDue(reservation)));
        }
        reservation.state = State::Requested;
        reservation.due_at = Some(report.due_at);
        reservation.ready_from = report.ready_from;
        reservation.changed_at = report.at;
        if before == State::Expired {
            self.begin_again(&mut reservation).await?;
        }
        self.write_state(&reservation).await?;
        let note = note(&reservation, (before == State::AwaitingPayment).then_some(before), report.at);
        let number = self.note(tenant, id, &note).await?;
        self.put_events(&[NewEvent::new(&reservation, Notice::Requested, number, report.at)]).await?;
        Ok(Some(Paid::Done(reservation)))
    }

    /// Has one payment of a reservation, or all of them, paid back, unless that was said before.
    pub(super) async fn tell_refunds(
        &mut self,
        reservation: &Reservation,
        only: Option<&str>,
        (number, at): (i64, UtcMs),
    ) -> Result<(), StorageError> {
        let mut refunds = self.payments_of(&reservation.tenant, &reservation.id, true).await?;
        refunds.retain(|refund| only.is_none_or(|only| refund.payment == only));
        if refunds.is_empty() {
            return Ok(());
        }
        sqlx::query(
            "UPDATE reservation_payments SET refund_due_at = $3 WHERE tenant_id = $1 AND reservation_id = $2 \
             AND refund_due_at IS NULL AND ($4 IS NULL OR payment = $4)",
        )
        .bind(reservation.tenant.as_str())
        .bind(reservation.id.as_str())
        .bind(at)
        .bind(only)
        .execute(&mut *self.tx)
        .await?;
        let mut event = NewEvent::new(reservation, Notice::RefundDue, number, at);
        event.facts.refunds = refunds;
        self.put_events(&[event]).await
    }

    /// Another life at the same store begins.
    pub(super) async fn begin_again(&mut self, reservation: &mut Reservation) -> Result<(), StorageError> {
        reservation.leg += 1;
        sqlx::query("UPDATE reservations SET leg = $3 WHERE tenant_id = $1 AND reservation_id = $2")
            .bind(reservation.tenant.as_str())
            .bind(reservation.id.as_str())
            .bind(i64::from(reservation.leg))
            .execute(&mut *self.tx)
            .await?;
        let leg = Leg {
            tenant: &reservation.tenant,
            id: &reservation.id,
            number: reservation.leg,
            location: &reservation.location_code,
            state: reservation.state,
            at: reservation.changed_at,
        };
        self.begin_legs(&[leg]).await
    }

    /// A payment by its name: of which reservation, how much, and whether it has to be paid back.
    async fn payment(
        &mut self,
        tenant: &str,
        payment: &str,
    ) -> Result<Option<(String, i64, String, bool)>, StorageError> {
        let row = sqlx::query(
            "SELECT reservation_id, amount, currency, refund_due_at FROM reservation_payments \
             WHERE tenant_id = $1 AND payment = $2",
        )
        .bind(tenant)
        .bind(payment)
        .fetch_optional(&mut *self.tx)
        .await?;
        let Some(row) = row else { return Ok(None) };
        let refund_due_at: Option<i64> = row.try_get(3)?;
        Ok(Some((row.try_get(0)?, row.try_get(1)?, row.try_get(2)?, refund_due_at.is_some())))
    }

    async fn payments_of(
        &mut self,
        tenant: &str,
        id: &str,
        kept_only: bool,
    ) -> Result<Vec<FactRefund>, StorageError> {
        let rows = sqlx::query(
            "SELECT payment, amount, currency, refund_due_at FROM reservation_payments \
             WHERE tenant_id = $1 AND reservation_id = $2 ORDER BY told_at, payment",
        )
        .bind(tenant)
        .bind(id)
        .fetch_all(&mut *self.tx)
        .await?;
        let mut payments = Vec::new();
        for row in rows {
            if kept_only && row.try_get::<Option<i64>, _>(3)?.is_some() {
                continue;
            }
            let (payment, amount, currency) = (row.try_get(0)?, row.try_get(1)?, row.try_get(2)?);
            payments.push(FactRefund { payment, amount, currency });
        }
        Ok(payments)
    }
}

fn note(reservation: &Reservation, before: Option<State>, at: UtcMs) -> Note<'static> {
    Note {
        leg: reservation.leg,
        before,
        after: reservation.state,
        by: Actor::System,
        staff_id: None,
        refusal: None,
        sku: None,
        at,
    }
}
