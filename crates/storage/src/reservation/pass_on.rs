//! Asking the next store.

use devanture_domain::{
    civil::UtcMs,
    reservation::{Action, Actor, NotPossible, Notice, Refusal, State},
};

use super::{Note, Reservation, insert::Leg, refusal_str};
use crate::{Repository, StorageError, outbox::NewEvent};

/// The store that is asked next, and why.
#[derive(Clone, Copy, Debug)]
pub struct NextStore<'a> {
    /// How many stores had been asked when this was decided.
    pub asked: u16,
    /// Its code.
    pub location_code: &'a str,
    /// To which store it sends the pieces, where it is a warehouse.
    pub delivered_to: Option<&'a str>,
    /// Until when it has to answer.
    pub due_at: UtcMs,
    /// From when the shopper could come.
    pub ready_from: Option<UtcMs>,
    /// Why the one before refused; `None` when it did not answer.
    pub refusal: Option<Refusal>,
    /// Which seller refused.
    pub staff_id: Option<&'a str>,
    /// Now.
    pub at: UtcMs,
}

/// What came of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PassedOn {
    /// The next store holds the pieces; save the repository.
    Done(Box<Reservation>),
    /// The next store does not have them any more; nothing has changed.
    NotEnough(String),
    /// It cannot be passed on.
    NotPossible(NotPossible),
}

impl Repository {
    /// Takes the pieces at the next store, gives them back at this one, and asks the next, or does nothing of it. Its life
    /// at this store ends refused or passed on. `Ok(None)` when there is no reservation with this id.
    pub async fn pass_on(
        &mut self,
        tenant: &str,
        id: &str,
        next: &NextStore<'_>,
    ) -> Result<Option<PassedOn>, StorageError> {
        let Some(mut reservation) = self.locked(tenant, id).await? else { return Ok(None) };
        if next.asked != reservation.leg {
            return Ok(Some(PassedOn::NotPossible(NotPossible::State(State::PassedOn))));
        }
        let before = reservation.state;
        let (action, by) = match next.refusal {
            Some(_) => (Action::Refuse, Actor::Staff),
            None => (Action::PassOn, Actor::System),
        };
        let end = match before.after(action, by) {
            Ok(end) if end != before => end,
            Ok(state) => return Ok(Some(PassedOn::NotPossible(NotPossible::State(state)))),
            Err(error) => return Ok(Some(PassedOn::NotPossible(error))),
        };
        if let Some(lacking) = self.hold_lines(&reservation, next.location_code).await? {
            return Ok(Some(PassedOn::NotEnough(lacking)));
        }
        self.settle(&reservation, end, next.refusal, next.at).await?;
        reservation.state = end;
        reservation.changed_at = next.at;
        self.write_state(&reservation).await?;
        let mut note = Note {
            leg: reservation.leg,
            before: Some(before),
            after: end,
            by,
            staff_id: next.staff_id,
            refusal: next.refusal,
            sku: None,
            at: next.at,
        };
        self.note(tenant, id, &note).await?;
        reservation.leg += 1;
        let passed_from = std::mem::replace(&mut reservation.location_code, next.location_code.to_owned());
        reservation.delivered_to = next.delivered_to.map(ToOwned::to_owned);
        reservation.state = State::Requested;
        reservation.due_at = Some(next.due_at);
        reservation.ready_from = next.ready_from;
        sqlx::query(
            "UPDATE reservations SET location_code = $3, leg = $4, delivered_to = $5 \
             WHERE tenant_id = $1 AND reservation_id = $2",
        )
        .bind(tenant)
        .bind(id)
        .bind(next.location_code)
        .bind(i64::from(reservation.leg))
        .bind(next.delivered_to)
        .execute(&mut *self.tx)
        .await?;
        let leg = Leg {
            tenant,
            id,
            number: reservation.leg,
            location: next.location_code,
            state: State::Requested,
            at: next.at,
        };
        self.begin_legs(&[leg]).await?;
        self.write_state(&reservation).await?;
        note = Note {
            leg: reservation.leg,
            before: None,
            after: State::Requested,
            by: Actor::System,
            staff_id: None,
            refusal: None,
            sku: None,
            at: next.at,
        };
        let number = self.note(tenant, id, &note).await?;
        let mut event = NewEvent::new(&reservation, Notice::PassedOn, number, next.at);
        event.facts.refusal = next.refusal.map(|refusal| refusal_str(refusal).to_owned());
        event.facts.passed_from = Some(passed_from);
        self.put_events(&[event]).await?;
        Ok(Some(PassedOn::Done(Box::new(reservation))))
    }
}
