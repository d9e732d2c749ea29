//! Booking a time: at most `capacity` shoppers, once per idempotency key, whatever comes at once.

use devanture_domain::civil::UtcMs;
use sqlx::Row as _;

use super::AppointmentToken;
use crate::{Repository, StorageError, secret::digest};

/// What is booked.
#[derive(Clone, Debug)]
pub struct NewAppointment<'a> {
    /// Whose network.
    pub tenant: &'a str,
    /// On which site.
    pub site_id: &'a str,
    /// Where.
    pub store_code: &'a str,
    /// When it begins.
    pub starts_at: UtcMs,
    /// When it ends.
    pub ends_at: UtcMs,
    /// How many shoppers can be received at that time.
    pub capacity: u16,
    /// Code of the subject.
    pub subject: Option<&'a str>,
    /// BCP 47 language to answer in.
    pub locale: &'a str,
    /// Who comes.
    pub contact: Contact<'a>,
    /// Now.
    pub created_at: UtcMs,
    /// The private link's secret, freshly drawn.
    pub token: AppointmentToken,
    /// By which the request is recognised when it is sent again; unguessable, as it opens the token.
    pub idempotency_key: &'a str,
    /// The request in canonical form, to tell the same from another.
    pub body: &'a [u8],
}

/// A shopper's personal data, kept apart.
#[derive(Clone, Copy, Debug)]
pub struct Contact<'a> {
    /// Name.
    pub name: &'a str,
    /// Mail address.
    pub email: Option<&'a str>,
    /// Phone number.
    pub phone: Option<&'a str>,
    /// What the adviser should know.
    pub note: Option<&'a str>,
}

/// What became of a booking.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Booking {
    /// Booked; save the repository.
    New,
    /// It had been booked before with the same key and body; this is the token given then.
    Again(AppointmentToken),
    /// Somebody else was faster; drop the repository.
    Taken,
    /// The key was used with another body; drop the repository.
    KeyReused,
}

impl NewAppointment<'_> {
    fn key_hash(&self) -> String {
        digest(&[b"key", self.idempotency_key.as_bytes()])
    }

    fn body_hash(&self) -> String {
        digest(&[b"body", self.idempotency_key.as_bytes(), self.body])
    }
}

impl Repository {
    /// What came of an earlier request with the same idempotency key; `Ok(None)` if there was none.
    /// `starts_at` and what follows from it need not be right yet.
    pub async fn earlier_booking(
        &mut self,
        new: &NewAppointment<'_>,
    ) -> Result<Option<Booking>, StorageError> {
        let row = sqlx::query(
            "SELECT body_hash, sealed_token FROM idempotency_keys \
             WHERE tenant_id = $1 AND site_id = $2 AND key_hash = $3",
        )
        .bind(new.tenant)
        .bind(new.site_id)
        .bind(new.key_hash())
        .fetch_optional(&mut *self.tx)
        .await?;
        let Some(row) = row else { return Ok(None) };
        if row.try_get::<String, _>(0)? != new.body_hash() {
            return Ok(Some(Booking::KeyReused));
        }
        let token = AppointmentToken::unseal(row.try_get(1)?, new.idempotency_key, new.body);
        let token = token.ok_or_else(|| StorageError::Corrupt {
            table: "idempotency_keys",
            column: "sealed_token",
            key: new.site_id.to_owned(),
            reason: "not a token".to_owned(),
        })?;
        Ok(Some(Booking::Again(token)))
    }

    /// Books a time.
    pub async fn book(&mut self, new: &NewAppointment<'_>) -> Result<Booking, StorageError> {
        if let Some(earlier) = self.claim_key(new).await? {
            return Ok(earlier);
        }
        if !self.take_seat(new).await? {
            return Ok(Booking::Taken);
        }
        let hash = new.token.hash();
        sqlx::query(
            "INSERT INTO appointments (tenant_id, token_hash, site_id, store_code, starts_at, ends_at, subject, \
             locale, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        )
        .bind(new.tenant)
        .bind(hash.as_str())
        .bind(new.site_id)
        .bind(new.store_code)
        .bind(new.starts_at)
        .bind(new.ends_at)
        .bind(new.subject)
        .bind(new.locale)
        .bind(new.created_at)
        .execute(&mut *self.tx)
        .await?;
        sqlx::query(
            "INSERT INTO appointment_contacts (tenant_id, token_hash, name, email, phone, note) \
             VALUES ($1, $2, $3, $4, $5, $6)",
        )
        .bind(new.tenant)
        .bind(hash)
        .bind(new.contact.name)
        .bind(new.contact.email)
        .bind(new.contact.phone)
        .bind(new.contact.note)
        .execute(&mut *self.tx)
        .await?;
        Ok(Booking::New)
    }

    /// Writes the key down; if it was there, says what came of it. A request with the same key that
    /// is still under way is waited for: PostgreSQL does so in `ON CONFLICT`, SQLite has one writer.
    async fn claim_key(&mut self, new: &NewAppointment<'_>) -> Result<Option<Booking>, StorageError> {
        let claimed = sqlx::query(
            "INSERT INTO idempotency_keys (tenant_id, site_id, key_hash, body_hash, sealed_token, created_at) \
             VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (tenant_id, site_id, key_hash) DO NOTHING",
        )
        .bind(new.tenant)
        .bind(new.site_id)
        .bind(new.key_hash())
        .bind(new.body_hash())
        .bind(new.token.seal(new.idempotency_key, new.body))
        .bind(new.created_at)
        .execute(&mut *self.tx)
        .await?;
        if claimed.rows_affected() > 0 {
            return Ok(None);
        }
        self.earlier_booking(new).await
    }

    /// Takes the first free of `capacity` seats. The primary key decides between two at once.
    async fn take_seat(&mut self, new: &NewAppointment<'_>) -> Result<bool, StorageError> {
        for seat in 1..=i64::from(new.capacity) {
            let taken = sqlx::query(
                "INSERT INTO appointment_seats (tenant_id, store_code, starts_at, seat, token_hash) \
                 VALUES ($1, $2, $3, $4, $5) ON CONFLICT (tenant_id, store_code, starts_at, seat) DO NOTHING",
            )
            .bind(new.tenant)
            .bind(new.store_code)
            .bind(new.starts_at)
            .bind(seat)
            .bind(new.token.hash())
            .execute(&mut *self.tx)
            .await?;
            if taken.rows_affected() > 0 {
                return Ok(true);
            }
        }
        Ok(false)
    }
}
