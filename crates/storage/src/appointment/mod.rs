//! Appointments: booked once, found by a private link, called off.

mod book;

use std::collections::BTreeMap;

use devanture_domain::civil::UtcMs;
use sqlx::Row as _;

pub use book::{Booking, Contact, NewAppointment};

use crate::{PrivateToken, Repository, StorageError};

/// A booked appointment, without the shopper's personal data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Appointment {
    /// Whose network.
    pub tenant: String,
    /// The site it was booked on.
    pub site_id: String,
    /// Where.
    pub store_code: String,
    /// When it begins.
    pub starts_at: UtcMs,
    /// When it ends.
    pub ends_at: UtcMs,
    /// Code of its subject.
    pub subject: Option<String>,
    /// BCP 47 language of the shopper.
    pub locale: String,
    /// When it was called off.
    pub cancelled_at: Option<UtcMs>,
}

impl Repository {
    /// The appointment that this private link opens.
    pub async fn appointment(&mut self, token: &PrivateToken) -> Result<Option<Appointment>, StorageError> {
        let row = sqlx::query(
            "SELECT tenant_id, site_id, store_code, starts_at, ends_at, subject, locale, cancelled_at \
             FROM appointments WHERE token_hash = $1",
        )
        .bind(token.hash())
        .fetch_optional(&mut *self.tx)
        .await?;
        let Some(row) = row else { return Ok(None) };
        Ok(Some(Appointment {
            tenant: row.try_get(0)?,
            site_id: row.try_get(1)?,
            store_code: row.try_get(2)?,
            starts_at: row.try_get(3)?,
            ends_at: row.try_get(4)?,
            subject: row.try_get(5)?,
            locale: row.try_get(6)?,
            cancelled_at: row.try_get(7)?,
        }))
    }

    /// Calls the appointment off and frees its time; once called off it stays so, with its first date.
    /// `Ok(None)` when the tenant has none with this token.
    pub async fn cancel_appointment(
        &mut self,
        tenant: &str,
        token: &PrivateToken,
        now: UtcMs,
    ) -> Result<Option<Appointment>, StorageError> {
        let hash = token.hash();
        sqlx::query(
            "UPDATE appointments SET cancelled_at = $3 \
             WHERE tenant_id = $1 AND token_hash = $2 AND cancelled_at IS NULL",
        )
        .bind(tenant)
        .bind(hash.as_str())
        .bind(now)
        .execute(&mut *self.tx)
        .await?;
        let Some(appointment) = self.appointment(token).await?.filter(|found| found.tenant == tenant) else {
            return Ok(None);
        };
        sqlx::query(
            "DELETE FROM appointment_seats \
             WHERE tenant_id = $1 AND store_code = $2 AND starts_at = $3 AND token_hash = $4",
        )
        .bind(tenant)
        .bind(appointment.store_code.as_str())
        .bind(appointment.starts_at)
        .bind(hash)
        .execute(&mut *self.tx)
        .await?;
        Ok(Some(appointment))
    }

    /// How many appointments begin at each instant of `[from, until)`; instants with none are left out.
    pub async fn booked(
        &mut self,
        tenant: &str,
        store_code: &str,
        (from, until): (UtcMs, UtcMs),
    ) -> Result<BTreeMap<UtcMs, u16>, StorageError> {
        let rows = sqlx::query(
            "SELECT starts_at, COUNT(*) FROM appointment_seats \
             WHERE tenant_id = $1 AND store_code = $2 AND starts_at >= $3 AND starts_at < $4 GROUP BY starts_at",
        )
        .bind(tenant)
        .bind(store_code)
        .bind(from)
        .bind(until)
        .fetch_all(&mut *self.tx)
        .await?;
        rows.iter()
            .map(|row| Ok((row.try_get(0)?, u16::try_from(row.try_get::<i64, _>(1)?).unwrap_or(u16::MAX))))
            .collect()
    }

    /// Erases the names and addresses of appointments that ended before `ended_before`; returns of how many.
    pub async fn erase_contacts(&mut self, ended_before: UtcMs) -> Result<u64, StorageError> {
        let done = sqlx::query(
            "DELETE FROM appointment_contacts WHERE EXISTS (SELECT 1 FROM appointments a \
             WHERE a.tenant_id = appointment_contacts.tenant_id \
             AND a.token_hash = appointment_contacts.token_hash AND a.ends_at < $1)",
        )
        .bind(ended_before)
        .execute(&mut *self.tx)
        .await?;
        sqlx::query("DELETE FROM idempotency_keys WHERE created_at < $1")
            .bind(ended_before)
            .execute(&mut *self.tx)
            .await?;
        Ok(done.rows_affected())
    }
}
