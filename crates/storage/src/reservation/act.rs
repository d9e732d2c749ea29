//! Doing something with a reservation.

use std::collections::BTreeMap;

use devanture_domain::{
    civil::UtcMs,
    reservation::{Action, Actor, NotPossible, Notice, Refusal, State},
};

use super::{Note, Payment, Proposal, Reservation, refusal_str};
use crate::{
    Repository, StorageError,
    outbox::{FactProposal, NewEvent},
};

/// What is done, by whom.
#[derive(Clone, Copy, Debug)]
pub struct Act<'a> {
    /// At which store, counted from 1, as it was when this was decided; `None` wherever it is.
    pub leg: Option<u16>,
    /// What.
    pub action: Action,
    /// By whom.
    pub by: Actor,
    /// Which seller.
    pub staff_id: Option<&'a str>,
    /// Why, for a refusal.
    pub refusal: Option<Refusal>,
    /// When time is up in the state that follows.
    pub due_at: Option<UtcMs>,
    /// Now.
    pub at: UtcMs,
}

/// What came of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Acted {
    /// It is done; save the repository.
    Done(Reservation),
    /// It had been done before.
    Already(Reservation),
    /// It cannot be done.
    NotPossible(NotPossible),
}

impl Repository {
    /// Does something with a reservation and with its pieces; `Ok(None)` when there is none with this id.
    pub async fn act(
        &mut self,
        tenant: &str,
        id: &str,
        act: &Act<'_>,
    ) -> Result<Option<Acted>, StorageError> {
        let Some(mut reservation) = self.locked(tenant, id).await? else { return Ok(None) };
        if act.leg.is_some_and(|leg| leg != reservation.leg) {
            return Ok(Some(Acted::NotPossible(NotPossible::State(State::PassedOn))));
        }
        let before = reservation.state;
        let after = match before.after(act.action, act.by) {
            Ok(after) => after,
            Err(error) => return Ok(Some(Acted::NotPossible(error))),
        };
        if after == before {
            return Ok(Some(Acted::Already(reservation)));
        }
        self.settle(&reservation, after, act.refusal, act.at).await?;
        reservation.state = after;
        reservation.due_at = act.due_at.filter(|_| after.holds());
        reservation.changed_at = act.at;
        self.write_state(&reservation).await?;
        let proposal = self.proposal(&reservation).await?;
        let note = Note {
            leg: reservation.leg,
            before: Some(before),
            after,
            by: act.by,
            staff_id: act.staff_id,
            refusal: act.refusal,
            sku: proposal.as_ref().map(|proposal| proposal.sku.as_str()),
            at: act.at,
        };
        let number = self.note(tenant, id, &note).await?;
        self.tell_outside(&reservation, &note, number, proposal.as_ref()).await?;
        Ok(Some(Acted::Done(reservation)))
    }

    /// Writes down for the outside what has just been done.
    async fn tell_outside(
        &mut self,
        reservation: &Reservation,
        note: &Note<'_>,
        number: i64,
        proposal: Option<&Proposal>,
    ) -> Result<(), StorageError> {
        let Some(mut notice) = Notice::of(note.after) else { return Ok(()) };
        if proposal.is_some() {
            notice = Notice::Proposed;
        }
        let mut event = NewEvent::new(reservation, notice, number, note.at);
        event.facts.refusal = note.refusal.map(|refusal| refusal_str(refusal).to_owned());
        event.facts.proposal = proposal.map(|proposal| FactProposal {
            sku: proposal.sku.clone(),
            quantity: proposal.quantity,
            open_until: proposal.open_until,
        });
        event.facts.unpaid = note.before == Some(State::AwaitingPayment) && !note.after.holds();
        self.put_events(&[event]).await?;
        let is_kept = note.after.holds() || note.after == State::Collected;
        if reservation.payment == Payment::Checkout && !is_kept {
            self.tell_refunds(reservation, None, (number, note.at)).await?;
        }
        Ok(())
    }

    /// Holds all the pieces of a reservation at a location, or none; returns the SKU that there is not enough of.
    pub(super) async fn hold_lines(
        &mut self,
        reservation: &Reservation,
        location: &str,
    ) -> Result<Option<String>, StorageError> {
        let mut wanted = BTreeMap::new();
        for line in &reservation.lines {
            *wanted.entry((&*reservation.tenant, &*line.sku, location)).or_insert(0) +=
                i64::from(line.quantity);
        }
        let held = self.hold_all(&wanted).await?;
        let Some(lacking) = wanted.keys().find(|place| !held.contains(*place)) else { return Ok(None) };
        for place in &held {
            self.release(*place, wanted[place]).await?;
        }
        Ok(Some(lacking.1.to_owned()))
    }

    /// What a reservation's pieces become when it goes to `after`.
    pub(super) async fn settle(
        &mut self,
        reservation: &Reservation,
        after: State,
        refusal: Option<Refusal>,
        now: UtcMs,
    ) -> Result<(), StorageError> {
        if after.holds() {
            return Ok(());
        }
        let (tenant, location) = (&*reservation.tenant, &*reservation.location_code);
        for line in &reservation.lines {
            let (place, pieces) = ((tenant, &*line.sku, location), i64::from(line.quantity));
            if after == State::Collected {
                self.hand_over(place, pieces, (&reservation.id, now)).await?;
            } else {
                self.release(place, pieces).await?;
                if refusal.is_some_and(Refusal::corrects_stock) {
                    self.correct(place, now).await?;
                }
            }
        }
        Ok(())
    }

    /// Writes the state of a reservation and of its present leg.
    pub(super) async fn write_state(&mut self, reservation: &Reservation) -> Result<(), StorageError> {
        self.stir(&reservation.tenant, &reservation.location_code);
        if let Some(store) = &reservation.delivered_to {
            self.stir(&reservation.tenant, store);
        }
        let ended_at = (!reservation.state.holds()).then_some(reservation.changed_at);
        sqlx::query(
            "UPDATE reservations SET state = $3, due_at = $4, changed_at = $5, ready_from = $6 \
             WHERE tenant_id = $1 AND reservation_id = $2",
        )
        .bind(reservation.tenant.as_str())
        .bind(reservation.id.as_str())
        .bind(reservation.state.as_str())
        .bind(reservation.due_at)
        .bind(reservation.changed_at)
        .bind(reservation.ready_from)
        .execute(&mut *self.tx)
        .await?;
        sqlx::query(
            "UPDATE reservation_legs SET state = $4, ended_at = $5 \
             WHERE tenant_id = $1 AND reservation_id = $2 AND leg = $3",
        )
        .bind(reservation.tenant.as_str())
        .bind(reservation.id.as_str())
        .bind(i64::from(reservation.leg))
        .bind(reservation.state.as_str())
        .bind(ended_at)
        .execute(&mut *self.tx)
        .await?;
        Ok(())
    }

    /// The reservation, after making others who want to change it wait until the transaction ends.
    pub(super) async fn locked(
        &mut self,
        tenant: &str,
        id: &str,
    ) -> Result<Option<Reservation>, StorageError> {
        sqlx::query("UPDATE reservations SET state = state WHERE tenant_id = $1 AND reservation_id = $2")
            .bind(tenant)
            .bind(id)
            .execute(&mut *self.tx)
            .await?;
        self.reservation(tenant, id).await
    }

    /// Adds to a reservation's history; returns the number of what was added.
    pub(super) async fn note(
        &mut self,
        tenant: &str,
        id: &str,
        note: &Note<'_>,
    ) -> Result<i64, StorageError> {
        let number = sqlx::query_scalar(
            "INSERT INTO reservation_events (tenant_id, reservation_id, number, leg, happened_at, state_before, \
             state_after, actor, staff_id, refusal, sku) SELECT $1, $2, COUNT(*) + 1, $3, $4, $5, $6, $7, $8, $9, $10 \
             FROM reservation_events WHERE tenant_id = $1 AND reservation_id = $2 RETURNING number",
        )
        .bind(tenant)
        .bind(id)
        .bind(i64::from(note.leg))
        .bind(note.at)
        .bind(note.before.map(State::as_str))
        .bind(note.after.as_str())
        .bind(note.by.as_str())
        .bind(note.staff_id)
        .bind(note.refusal.map(refusal_str))
        .bind(note.sku)
        .fetch_one(&mut *self.tx)
        .await?;
        Ok(number)
    }
}
