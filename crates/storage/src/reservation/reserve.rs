//! Making a reservation.

use devanture_domain::{
    civil::UtcMs,
    reservation::{Actor, State},
};

use super::{Line, Note, Payment, Reservation, find::line};
use crate::{Claim, PrivateToken, Repository, StorageError, claim::Earlier, rows::with_rows, secret::digest};

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
    /// SKUs and how many pieces of each; each SKU once.
    pub pieces: &'a [(&'a str, u32)],
    /// The price list that says what they cost.
    pub price_list: &'a str,
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
    New(Box<Reservation>),
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
        let mut pieces = new.pieces.to_vec();
        // In one order, so that two reservations of the same pieces wait for each other instead of both giving up.
        pieces.sort_unstable();
        for (i, wanted) in pieces.iter().enumerate() {
            if self.hold(tenant, *wanted, new.location_code).await? {
                continue;
            }
            for held in &pieces[..i] {
                self.release(tenant, *held, new.location_code).await?;
            }
            self.give_up(&new.claim).await?;
            return Ok(Reserving::NotEnough(wanted.0.to_owned()));
        }
        let state = match new.payment {
            Payment::InStore => State::Requested,
            Payment::Checkout => State::AwaitingPayment,
        };
        self.insert_reservation(new, state).await?;
        let lines = self.insert_lines(new, &pieces).await?;
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
        Ok(Reserving::New(Box::new(Reservation {
            tenant: tenant.to_owned(),
            id: new.id.to_owned(),
            pickup_code: new.pickup_code.to_owned(),
            site_id: new.claim.site_id.to_owned(),
            payment: new.payment,
            state,
            location_code: new.location_code.to_owned(),
            leg: 1,
            due_at: Some(new.due_at),
            ready_from: new.ready_from,
            locale: new.locale.to_owned(),
            created_at: new.claim.at,
            changed_at: new.claim.at,
            lines,
        })))
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

    /// Writes down what is reserved, at what it costs now.
    async fn insert_lines(
        &mut self,
        new: &NewReservation<'_>,
        pieces: &[(&str, u32)],
    ) -> Result<Vec<Line>, StorageError> {
        let mut insert = sqlx::query(with_rows(
            "WITH wanted (sku, quantity) AS (VALUES",
            (3, pieces.len(), 2),
            ") INSERT INTO reservation_lines (tenant_id, reservation_id, sku, quantity, amount, currency) \
             SELECT $1, $2, w.sku, w.quantity, p.amount, p.currency FROM wanted w LEFT JOIN prices p \
             ON p.tenant_id = $1 AND p.price_list = $3 AND p.sku = w.sku \
             RETURNING sku, quantity, amount, currency",
        ));
        insert = insert.bind(new.claim.tenant).bind(new.id).bind(new.price_list);
        for (sku, quantity) in pieces {
            insert = insert.bind(*sku).bind(i64::from(*quantity));
        }
        let mut lines: Vec<Line> =
            insert.fetch_all(&mut *self.tx).await?.iter().map(line).collect::<Result<_, _>>()?;
        lines.sort_unstable_by(|a, b| a.sku.cmp(&b.sku));
        Ok(lines)
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
