//! A store that refuses may propose something like it, which the shopper can take.

use devanture_domain::{
    civil::UtcMs,
    reservation::{Actor, Notice, State},
};
use sqlx::Row as _;

use super::{Note, Payment, Reservation};
use crate::{Repository, StorageError, outbox::NewEvent};

/// What a store proposes instead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposal {
    /// Of what.
    pub sku: String,
    /// How many, at least 1.
    pub quantity: u32,
    /// Until when the shopper can take it. Nothing is held until then.
    pub open_until: UtcMs,
}

/// A shopper takes a proposal.
#[derive(Clone, Copy, Debug)]
pub struct TakeProposal<'a> {
    /// The price list that says what it costs.
    pub price_list: &'a str,
    /// Until when it can be fetched.
    pub due_at: UtcMs,
    /// From when.
    pub ready_from: Option<UtcMs>,
    /// Now.
    pub at: UtcMs,
}

/// What came of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Taken {
    /// The pieces are held, and the store has said yes; save the repository.
    Done(Reservation),
    /// It had been taken before.
    Already(Reservation),
    /// There are not so many of this SKU any more; nothing has changed.
    Gone(String),
    /// There is no proposal, or not any more.
    None,
}

impl Repository {
    /// Notes what a store proposes with the refusal that follows in this transaction, at this leg.
    pub async fn propose(
        &mut self,
        reservation: &Reservation,
        proposal: &Proposal,
        at: UtcMs,
    ) -> Result<(), StorageError> {
        sqlx::query(
            "INSERT INTO reservation_proposals (tenant_id, reservation_id, leg, sku, quantity, open_until, proposed_at) \
             VALUES ($1, $2, $3, $4, $5, $6, $7)",
        )
        .bind(reservation.tenant.as_str())
        .bind(reservation.id.as_str())
        .bind(i64::from(reservation.leg))
        .bind(proposal.sku.as_str())
        .bind(i64::from(proposal.quantity))
        .bind(proposal.open_until)
        .bind(at)
        .execute(&mut *self.tx)
        .await?;
        Ok(())
    }

    /// What a reservation's store proposed when it refused, and whether the shopper has taken it.
    pub async fn proposal(&mut self, reservation: &Reservation) -> Result<Option<Proposal>, StorageError> {
        if reservation.state != State::Refused {
            return Ok(None);
        }
        self.proposal_at(reservation, reservation.leg, false).await
    }

    /// Holds what was proposed in the place of what was refused, and the store has said yes to it; or does nothing.
    /// `Ok(None)` when there is no reservation with this id. What was paid for the first pieces was said to be due back,
    /// so that this is paid in the store.
    pub async fn take_proposal(
        &mut self,
        tenant: &str,
        id: &str,
        take: &TakeProposal<'_>,
    ) -> Result<Option<Taken>, StorageError> {
        let Some(mut reservation) = self.locked(tenant, id).await? else { return Ok(None) };
        if reservation.state != State::Refused {
            let taken = self.proposal_at(&reservation, reservation.leg.saturating_sub(1), true).await?;
            let is_on = reservation.state.holds() && taken.is_some();
            return Ok(Some(if is_on { Taken::Already(reservation) } else { Taken::None }));
        }
        let proposal = self.proposal_at(&reservation, reservation.leg, false).await?;
        let Some(proposal) = proposal.filter(|proposal| take.at <= proposal.open_until) else {
            return Ok(Some(Taken::None));
        };
        let location = reservation.location_code.clone();
        if !self.hold((tenant, &proposal.sku, &location), proposal.quantity).await? {
            return Ok(Some(Taken::Gone(proposal.sku)));
        }
        self.replace_lines(&reservation, &proposal, take).await?;
        reservation.payment = Payment::InStore;
        reservation.state = State::Accepted;
        reservation.due_at = Some(take.due_at);
        reservation.ready_from = take.ready_from;
        reservation.changed_at = take.at;
        self.begin_again(&mut reservation).await?;
        self.write_state(&reservation).await?;
        reservation.lines.clear();
        self.fill_lines(std::slice::from_mut(&mut reservation)).await?;
        let note = Note {
            leg: reservation.leg,
            before: None,
            after: State::Accepted,
            by: Actor::Shopper,
            staff_id: None,
            refusal: None,
            sku: Some(&proposal.sku),
            at: take.at,
        };
        let number = self.note(tenant, id, &note).await?;
        self.put_events(&[NewEvent::new(&reservation, Notice::Accepted, number, take.at)]).await?;
        Ok(Some(Taken::Done(reservation)))
    }

    async fn replace_lines(
        &mut self,
        reservation: &Reservation,
        proposal: &Proposal,
        take: &TakeProposal<'_>,
    ) -> Result<(), StorageError> {
        let (tenant, id) = (&*reservation.tenant, &*reservation.id);
        sqlx::query(
            "UPDATE reservation_proposals SET taken_at = $4 WHERE tenant_id = $1 AND reservation_id = $2 AND leg = $3",
        )
        .bind(tenant)
        .bind(id)
        .bind(i64::from(reservation.leg))
        .bind(take.at)
        .execute(&mut *self.tx)
        .await?;
        sqlx::query(
            "UPDATE reservation_lines SET replaced_at = $3 WHERE tenant_id = $1 AND reservation_id = $2 \
             AND replaced_at IS NULL",
        )
        .bind(tenant)
        .bind(id)
        .bind(take.at)
        .execute(&mut *self.tx)
        .await?;
        sqlx::query("UPDATE reservations SET payment = $3 WHERE tenant_id = $1 AND reservation_id = $2")
            .bind(tenant)
            .bind(id)
            .bind(Payment::InStore.as_str())
            .execute(&mut *self.tx)
            .await?;
        let prices = self.prices(tenant, take.price_list, &[&proposal.sku]).await?;
        let price = prices.into_iter().next();
        // One that was proposed and refused before comes back.
        sqlx::query(
            "INSERT INTO reservation_lines (tenant_id, reservation_id, sku, quantity, amount, currency) \
             VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (tenant_id, reservation_id, sku) DO UPDATE SET \
             quantity = excluded.quantity, amount = excluded.amount, currency = excluded.currency, replaced_at = NULL",
        )
        .bind(tenant)
        .bind(id)
        .bind(proposal.sku.as_str())
        .bind(i64::from(proposal.quantity))
        .bind(price.as_ref().map(|price| price.amount))
        .bind(price.as_ref().map(|price| price.currency.as_str()))
        .execute(&mut *self.tx)
        .await?;
        Ok(())
    }

    /// What was proposed at a leg, and is taken or is not.
    pub(super) async fn proposal_at(
        &mut self,
        reservation: &Reservation,
        leg: u16,
        taken: bool,
    ) -> Result<Option<Proposal>, StorageError> {
        let row = sqlx::query(
            "SELECT sku, quantity, open_until, taken_at FROM reservation_proposals \
             WHERE tenant_id = $1 AND reservation_id = $2 AND leg = $3",
        )
        .bind(reservation.tenant.as_str())
        .bind(reservation.id.as_str())
        .bind(i64::from(leg))
        .fetch_optional(&mut *self.tx)
        .await?;
        let Some(row) = row else { return Ok(None) };
        let taken_at: Option<i64> = row.try_get(3)?;
        let proposal = Proposal {
            sku: row.try_get(0)?,
            quantity: u32::try_from(row.try_get::<i64, _>(1)?).unwrap_or(u32::MAX),
            open_until: row.try_get(2)?,
        };
        Ok((taken_at.is_some() == taken).then_some(proposal))
    }
}
