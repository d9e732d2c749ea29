//! Making a reservation.

use devanture_domain::{
    civil::UtcMs,
    reservation::{Actor, State},
};

use super::{Line, Note, Payment};
use crate::{
    Claim, PrivateToken, Repository, StorageError, claim::Earlier, rows::insert_rows, secret::digest,
};

/// What is reserved.
#[derive(Clone, Debug)]
pub struct NewReservation<'a> {
    /// Whose network, on which site, and by which key the request is recognised.
    pub claim: Claim<'a>,
    /// Freshly drawn.
    pub id: &'a str,
    /// Freshly drawn; what the shopper shows at the till.
    pub pickup_code: &'a str,
    /// How it is paid.
    pub payment: Payment,
    /// At which store, or warehouse.
    pub location_code: &'a str,
    /// What; each SKU once.
    pub lines: &'a [Line],
    /// When time is up in the first state.
    pub due_at: UtcMs,
    /// From when the shopper can come.
    pub ready_from: Option<UtcMs>,
    /// BCP 47 language to answer in.
    pub locale: &'a str,
    /// Who comes.
    pub reserver: Reserver<'a>,
}

/// A shopper's personal data, kept apart.
#[derive(Clone, Copy, Debug)]
pub struct Reserver<'a> {
    /// Name.
    pub name: &'a str,
    /// Mail address as typed, and the one form of it.
    pub email: Option<(&'a str, &'a str)>,
    /// Phone number as typed, and the one form of it.
    pub phone: Option<(&'a str, &'a str)>,
}

/// What became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reserving {
    /// The pieces are held.
    New,
    /// It had been made before with the same key and body; this is the token given then.
    Again(PrivateToken),
    /// The key was used with another body.
    KeyReused,
    /// There are not so many of this SKU; nothing is held and nothing is kept of the request.
    NotEnough(String),
}

impl From<Earlier> for Reserving {
    fn from(earlier: Earlier) -> Self {
        match earlier {
            Earlier::Done(token) => Self::Again(token),
            Earlier::OtherBody => Self::KeyReused,
        }
    }
}

impl Repository {
    /// Holds the pieces and writes the reservation down, or does neither. Whatever it returns, the transaction can go on:
    /// several can be made in one.
    pub async fn reserve(&mut self, new: &NewReservation<'_>) -> Result<Reserving, StorageError> {
        if let Some(earlier) = self.claim(&new.claim).await? {
            return Ok(earlier.into());
        }
        let tenant = new.claim.tenant;
        let mut lines: Vec<&Line> = new.lines.iter().collect();
        // In one order, so that two reservations of the same pieces wait for each other instead of both giving up.
        lines.sort_by(|a, b| a.sku.cmp(&b.sku));
        for (i, line) in lines.iter().enumerate() {
            if self.hold(tenant, (&line.sku, line.quantity), new.location_code).await? {
                continue;
            }
            for held in &lines[..i] {
                self.release(tenant, (&held.sku, held.quantity), new.location_code).await?;
            }
            self.give_up(&new.claim).await?;
            return Ok(Reserving::NotEnough(line.sku.clone()));
        }
        let state = match new.payment {
            Payment::InStore => State::Requested,
            Payment::Checkout => State::AwaitingPayment,
        };
        self.insert_reservation(new, state).await?;
        self.insert_lines(tenant, new.id, &lines).await?;
        self.begin_leg(tenant, new.id, (1, new.location_code, state), new.claim.at).await?;
        let note = Note {
            leg: 1,
            before: None,
            after: state,
            by: Actor::Shopper,
            staff_id: None,
            refusal: None,
            at: new.claim.at,
        };
        self.note(tenant, new.id, &note).await?;
        self.insert_reserver(new).await?;
        Ok(Reserving::New)
    }

    async fn insert_reservation(
        &mut self,
        new: &NewReservation<'_>,
        state: State,
    ) -> Result<(), StorageError> {
        sqlx::query(
            "INSERT INTO reservations (tenant_id, reservation_id, token_hash, pickup_code, site_id, payment, state, \
             location_code, leg, due_at, ready_from, locale, created_at, changed_at) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 1, $9, $10, $11, $12, $12)",
        )
        .bind(new.claim.tenant)
        .bind(new.id)
        .bind(new.claim.token.hash())
        .bind(new.pickup_code)
        .bind(new.claim.site_id)
        .bind(new.payment.as_str())
        .bind(state.as_str())
        .bind(new.location_code)
        .bind(new.due_at)
        .bind(new.ready_from)
        .bind(new.locale)
        .bind(new.claim.at)
        .execute(&mut *self.tx)
        .await?;
        Ok(())
    }

    async fn insert_lines(&mut self, tenant: &str, id: &str, lines: &[&Line]) -> Result<(), StorageError> {
        let mut insert = sqlx::query(insert_rows(
            "INSERT INTO reservation_lines (tenant_id, reservation_id, sku, quantity, amount, currency)",
            (lines.len(), 6),
            "",
        ));
        for line in lines {
            insert = insert
                .bind(tenant)
                .bind(id)
                .bind(line.sku.as_str())
                .bind(i64::from(line.quantity))
                .bind(line.price.as_ref().map(|price| price.0))
                .bind(line.price.as_ref().map(|price| price.1.as_str()));
        }
        insert.execute(&mut *self.tx).await?;
        Ok(())
    }

    async fn insert_reserver(&mut self, new: &NewReservation<'_>) -> Result<(), StorageError> {
        let Reserver { name, email, phone } = new.reserver;
        sqlx::query(
            "INSERT INTO reservation_contacts (tenant_id, reservation_id, name, email, email_key, phone, phone_key) \
             VALUES ($1, $2, $3, $4, $5, $6, $7)",
        )
        .bind(new.claim.tenant)
        .bind(new.id)
        .bind(name)
        .bind(email.map(|email| email.0))
        .bind(email.map(|email| person_hash(new.claim.tenant, email.1)))
        .bind(phone.map(|phone| phone.0))
        .bind(phone.map(|phone| person_hash(new.claim.tenant, phone.1)))
        .execute(&mut *self.tx)
        .await?;
        Ok(())
    }

    pub(super) async fn begin_leg(
        &mut self,
        tenant: &str,
        id: &str,
        (leg, location, state): (u16, &str, State),
        now: UtcMs,
    ) -> Result<(), StorageError> {
        sqlx::query(
            "INSERT INTO reservation_legs (tenant_id, reservation_id, leg, location_code, state, begun_at) \
             VALUES ($1, $2, $3, $4, $5, $6)",
        )
        .bind(tenant)
        .bind(id)
        .bind(i64::from(leg))
        .bind(location)
        .bind(state.as_str())
        .bind(now)
        .execute(&mut *self.tx)
        .await?;
        Ok(())
    }
}

/// What is left of an address or a number when it is erased: enough to recognise the person, not to reach them.
pub(super) fn person_hash(tenant: &str, key: &str) -> String {
    digest(&[b"person", tenant.as_bytes(), key.as_bytes()])
}
