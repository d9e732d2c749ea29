//! Who wants to be told, once, that a variant can be had again.

mod end;
mod tell;

use devanture_domain::civil::UtcMs;
use sqlx::{Row as _, any::AnyRow};

use crate::{Repository, StorageError, reservation::person_hash};

pub use tell::{AlertCursor, AlertedSkus, Waiting};

/// Somebody who wants to be told.
#[derive(Clone, Copy, Debug)]
pub struct NewAlert<'a> {
    /// Whose network.
    pub tenant: &'a str,
    /// Freshly drawn.
    pub id: &'a str,
    /// The site whose name the letter is in.
    pub site_id: &'a str,
    /// Of what.
    pub sku: &'a str,
    /// At which store; at any of the network where there is none.
    pub location_code: Option<&'a str>,
    /// BCP 47 language that they are written to in.
    pub locale: &'a str,
    /// Their address as typed, and the one form of it.
    pub email: (&'a str, &'a str),
    /// Now.
    pub at: UtcMs,
    /// Until when.
    pub expires_at: UtcMs,
}

/// How many there may be.
#[derive(Clone, Copy, Debug)]
pub struct AlertBounds {
    /// Of one person in a network: those that wait, and those told since `told_since`.
    pub person: u32,
    /// Told ones that still count.
    pub told_since: UtcMs,
    /// Of one site, those that wait.
    pub site: u32,
}

/// What became of a wish to be told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Alerting {
    /// It waits, now or since it was asked for first.
    Waits,
    /// This person has too many.
    TooMany,
    /// The site has too many.
    Full,
}

/// An alert as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alert {
    /// Whose network.
    pub tenant: String,
    /// Its id.
    pub id: String,
    /// The site.
    pub site_id: String,
    /// Of what.
    pub sku: String,
    /// At which store; `None` for any.
    pub location_code: Option<String>,
    /// BCP 47 language.
    pub locale: String,
    /// Since when.
    pub created_at: UtcMs,
    /// Until when.
    pub expires_at: UtcMs,
    /// When they were told, or are just being.
    pub told_at: Option<UtcMs>,
    /// Their address as typed; `None` once they were written to.
    pub email: Option<String>,
}

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT a.tenant_id, a.alert_id, a.site_id, a.sku, a.location_code, a.locale, a.created_at, a.expires_at, a.told_at, \
             c.email FROM alerts a LEFT JOIN alert_contacts c ON c.tenant_id = a.tenant_id AND c.alert_id = a.alert_id ",
            $rest
        )
    };
}
use select;

impl Repository {
    /// Notes that somebody wants to be told. Whoever waits for the same already waits on, as long as one who asks now, in their old
    /// place.
    pub async fn add_alert(
        &mut self,
        new: &NewAlert<'_>,
        bounds: AlertBounds,
    ) -> Result<Alerting, StorageError> {
        let person = person_hash(new.tenant, new.email.1);
        let place = new.location_code.unwrap_or("");
        let renewed = sqlx::query(
            "UPDATE alerts SET expires_at = $5, locale = $6, site_id = $7 \
             WHERE person = $1 AND sku = $2 AND location_code = $3 AND tenant_id = $4 AND told_at IS NULL",
        )
        .bind(person.as_str())
        .bind(new.sku)
        .bind(place)
        .bind(new.tenant)
        .bind(new.expires_at)
        .bind(new.locale)
        .bind(new.site_id)
        .execute(&mut *self.tx)
        .await?;
        if renewed.rows_affected() > 0 {
            return Ok(Alerting::Waits);
        }
        if let Some(refused) = self.bounded(new, &person, bounds).await? {
            return Ok(refused);
        }
        let added = sqlx::query(
            "INSERT INTO alerts (tenant_id, alert_id, site_id, sku, location_code, person, locale, created_at, expires_at) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) \
             ON CONFLICT (person, sku, location_code, tenant_id) WHERE told_at IS NULL DO NOTHING",
        )
        .bind(new.tenant)
        .bind(new.id)
        .bind(new.site_id)
        .bind(new.sku)
        .bind(place)
        .bind(person)
        .bind(new.locale)
        .bind(new.at)
        .bind(new.expires_at)
        .execute(&mut *self.tx)
        .await?;
        // None where the same person has asked twice at once.
        if added.rows_affected() > 0 {
            sqlx::query("INSERT INTO alert_contacts (tenant_id, alert_id, email) VALUES ($1, $2, $3)")
                .bind(new.tenant)
                .bind(new.id)
                .bind(new.email.0)
                .execute(&mut *self.tx)
                .await?;
        }
        Ok(Alerting::Waits)
    }

    /// Whether there are too many already. Of those who ask at once on PostgreSQL some more may pass: it keeps a flood out, and
    /// promises nothing.
    async fn bounded(
        &mut self,
        new: &NewAlert<'_>,
        person: &str,
        bounds: AlertBounds,
    ) -> Result<Option<Alerting>, StorageError> {
        let theirs: i64 = sqlx::query_scalar(
            "SELECT COUNT(*) FROM alerts WHERE person = $1 AND tenant_id = $2 AND (told_at IS NULL OR told_at >= $3)",
        )
        .bind(person)
        .bind(new.tenant)
        .bind(bounds.told_since)
        .fetch_one(&mut *self.tx)
        .await?;
        if theirs >= i64::from(bounds.person) {
            return Ok(Some(Alerting::TooMany));
        }
        let of_site: i64 = sqlx::query_scalar(
            "SELECT COUNT(*) FROM (SELECT 1 FROM alerts WHERE site_id = $1 AND tenant_id = $2 AND told_at IS NULL LIMIT $3) AS waiting",
        )
        .bind(new.site_id)
        .bind(new.tenant)
        .bind(i64::from(bounds.site))
        .fetch_one(&mut *self.tx)
        .await?;
        Ok((of_site >= i64::from(bounds.site)).then_some(Alerting::Full))
    }

    /// The alert with this id.
    pub async fn alert(&mut self, tenant: &str, id: &str) -> Result<Option<Alert>, StorageError> {
        let query = sqlx::query(select!("WHERE a.tenant_id = $1 AND a.alert_id = $2"));
        let row = query.bind(tenant).bind(id).fetch_optional(&mut *self.tx).await?;
        row.as_ref().map(read).transpose()
    }

    /// What is kept of the alerts of whoever has this address, by its key, the oldest first.
    pub async fn person_alerts(&mut self, tenant: &str, email_key: &str) -> Result<Vec<Alert>, StorageError> {
        let query = select!("WHERE a.person = $1 AND a.tenant_id = $2 ORDER BY a.created_at, a.alert_id");
        let query = sqlx::query(query).bind(person_hash(tenant, email_key)).bind(tenant);
        query.fetch_all(&mut *self.tx).await?.iter().map(read).collect()
    }
}

fn read(row: &AnyRow) -> Result<Alert, StorageError> {
    Ok(Alert {
        tenant: row.try_get(0)?,
        id: row.try_get(1)?,
        site_id: row.try_get(2)?,
        sku: row.try_get(3)?,
        location_code: place(row.try_get(4)?),
        locale: row.try_get(5)?,
        created_at: row.try_get(6)?,
        expires_at: row.try_get(7)?,
        told_at: row.try_get(8)?,
        email: row.try_get(9)?,
    })
}

/// A store's code; nothing stands for any.
fn place(code: String) -> Option<String> {
    (!code.is_empty()).then_some(code)
}
