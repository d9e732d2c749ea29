//! Who is asked for a review, and the links by which they write it: each once, for one thing, for a time.

use devanture_domain::{
    civil::{Date, UtcMs},
    review::{About, Checked},
};
use sqlx::{Row as _, any::AnyRow};

use super::{Writing, corrupt, row::date};
use crate::{PrivateToken, Repository, StorageError};

/// Somebody who is to be asked.
#[derive(Clone, Copy, Debug)]
pub struct NewInvitation<'a> {
    /// Whose network.
    pub tenant: &'a str,
    /// Stable; opens nothing.
    pub id: &'a str,
    /// What they are asked after, `reservation:…`: of one origin there is one invitation.
    pub origin: &'a str,
    /// Product or store.
    pub about: About,
    /// Which.
    pub subject: &'a str,
    /// The size that they bought.
    pub size: Option<&'a str>,
    /// What is known: a purchase or a visit.
    pub checked: Checked,
    /// What they get for it, in words that readers see.
    pub incentive: Option<&'a str>,
    /// When they bought it, or were there.
    pub experienced_on: Option<Date>,
    /// The site whose name the letter is in.
    pub site_id: &'a str,
    /// BCP 47 language that they are written to in.
    pub locale: &'a str,
    /// Now.
    pub at: UtcMs,
    /// Until when.
    pub expires_at: UtcMs,
    /// Where they are reached; `None` where the shop writes to them itself.
    pub invitee: Option<&'a Invitee>,
}

/// Personal data of who is asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invitee {
    /// As they are called.
    pub name: String,
    /// Their address.
    pub email: String,
    /// The same for every way of writing it.
    pub email_key: String,
}

/// An invitation as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invitation {
    /// Whose network.
    pub tenant: String,
    /// Its id.
    pub id: String,
    /// Product or store.
    pub about: About,
    /// Which.
    pub subject: String,
    /// What is known of it.
    pub invited: Invited,
    /// The site.
    pub site_id: String,
    /// BCP 47 language.
    pub locale: String,
    /// Until when.
    pub expires_at: UtcMs,
    /// Since when it cannot be used again.
    pub used_at: Option<UtcMs>,
    /// Who; `None` once erased.
    pub invitee: Option<Invitee>,
}

/// What an invitation says of the review that is written by it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invited {
    /// The size that they bought.
    pub size: Option<String>,
    /// What is known.
    pub checked: Checked,
    /// What they get for it.
    pub incentive: Option<String>,
    /// When they bought it, or were there.
    pub experienced_on: Option<Date>,
}

/// A product that somebody has collected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Collected {
    /// The origin of the invitation that they are to have.
    pub origin: String,
    /// The product's id.
    pub product: String,
    /// Its size; of several sizes one.
    pub size: Option<String>,
    /// On which site it was reserved.
    pub site_id: String,
    /// BCP 47 language.
    pub locale: String,
    /// When it was collected.
    pub at: UtcMs,
    /// By whom.
    pub invitee: Invitee,
}

const SELECT: &str = "SELECT i.tenant_id, i.invitation_id, i.about, i.subject, i.size, i.checked, i.incentive, i.experienced_on, \
     i.site_id, i.locale, i.expires_at, i.used_at, c.name, c.email, c.email_key FROM review_invitations i \
     LEFT JOIN review_invitation_contacts c ON c.tenant_id = i.tenant_id AND c.invitation_id = i.invitation_id ";

impl Repository {
    /// Notes that somebody is to be asked; `false` if they were already.
    pub async fn add_invitation(&mut self, new: &NewInvitation<'_>) -> Result<bool, StorageError> {
        let added = sqlx::query(
            "INSERT INTO review_invitations (tenant_id, invitation_id, origin, about, subject, size, checked, incentive, \
             experienced_on, site_id, locale, created_at, expires_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) \
             ON CONFLICT (tenant_id, origin) DO NOTHING",
        )
        .bind(new.tenant)
        .bind(new.id)
        .bind(new.origin)
        .bind(new.about.as_str())
        .bind(new.subject)
        .bind(new.size)
        .bind(new.checked.as_str())
        .bind(new.incentive)
        .bind(new.experienced_on.map(|day| i64::from(day.0)))
        .bind(new.site_id)
        .bind(new.locale)
        .bind(new.at)
        .bind(new.expires_at)
        .execute(&mut *self.tx)
        .await?;
        if added.rows_affected() == 0 {
            return Ok(false);
        }
        if let Some(invitee) = new.invitee {
            sqlx::query(
                "INSERT INTO review_invitation_contacts (tenant_id, invitation_id, name, email, email_key) VALUES ($1, $2, $3, $4, $5)",
            )
            .bind(new.tenant)
            .bind(new.id)
            .bind(invitee.name.as_str())
            .bind(invitee.email.as_str())
            .bind(invitee.email_key.as_str())
            .execute(&mut *self.tx)
            .await?;
        }
        Ok(true)
    }

    /// Has a freshly drawn token open an invitation, beside those that were drawn before: each letter has its own.
    pub async fn add_invitation_link(
        &mut self,
        tenant: &str,
        id: &str,
        token: &PrivateToken,
    ) -> Result<(), StorageError> {
        sqlx::query(
            "INSERT INTO review_invitation_links (tenant_id, invitation_id, token_hash) VALUES ($1, $2, $3)",
        )
        .bind(tenant)
        .bind(id)
        .bind(token.hash())
        .execute(&mut *self.tx)
        .await?;
        Ok(())
    }

    /// The invitation with this id.
    pub async fn invitation(&mut self, tenant: &str, id: &str) -> Result<Option<Invitation>, StorageError> {
        let sql = format!("{SELECT} WHERE i.tenant_id = $1 AND i.invitation_id = $2");
        let row =
            sqlx::query(sqlx::AssertSqlSafe(sql)).bind(tenant).bind(id).fetch_optional(&mut *self.tx).await?;
        row.as_ref().map(read).transpose()
    }

    /// The invitation that a link opens, used or not.
    pub async fn invitation_by(&mut self, token: &PrivateToken) -> Result<Option<Invitation>, StorageError> {
        let sql = format!(
            "{SELECT} JOIN review_invitation_links l ON l.tenant_id = i.tenant_id AND l.invitation_id = i.invitation_id \
             WHERE l.token_hash = $1"
        );
        let row =
            sqlx::query(sqlx::AssertSqlSafe(sql)).bind(token.hash()).fetch_optional(&mut *self.tx).await?;
        row.as_ref().map(read).transpose()
    }

    /// Uses a link up for a review of this subject.
    pub(super) async fn use_invitation(
        &mut self,
        tenant: &str,
        token: &PrivateToken,
        (about, subject): (About, &str),
        review_id: &str,
        at: UtcMs,
    ) -> Result<Result<Invited, Writing>, StorageError> {
        let Some(found) = self.invitation_by(token).await?.filter(|found| found.tenant == tenant) else {
            return Ok(Err(Writing::NoLink));
        };
        if (found.about, found.subject.as_str()) != (about, subject) {
            return Ok(Err(Writing::LinkForOther));
        }
        if found.used_at.is_some() {
            return Ok(Err(Writing::LinkUsed));
        }
        if at >= found.expires_at {
            return Ok(Err(Writing::LinkExpired));
        }
        sqlx::query(
            "UPDATE review_invitations SET used_at = $3, review_id = $4 WHERE tenant_id = $1 AND invitation_id = $2",
        )
        .bind(tenant)
        .bind(found.id)
        .bind(at)
        .bind(review_id)
        .execute(&mut *self.tx)
        .await?;
        Ok(Ok(found.invited))
    }

    /// Products that were collected in this span of time by somebody who can be written to, and was not asked yet; at most `limit`.
    pub async fn collected_unasked(
        &mut self,
        tenant: &str,
        (from, to): (UtcMs, UtcMs),
        limit: u16,
    ) -> Result<Vec<Collected>, StorageError> {
        let rows = sqlx::query(
            "SELECT r.reservation_id, v.product_id, MIN(v.size), r.site_id, r.locale, r.changed_at, c.name, c.email, c.email_key \
             FROM reservations r JOIN reservation_contacts c ON c.tenant_id = r.tenant_id AND c.reservation_id = r.reservation_id \
             JOIN reservation_lines l ON l.tenant_id = r.tenant_id AND l.reservation_id = r.reservation_id AND l.replaced_at IS NULL \
             JOIN variants v ON v.tenant_id = l.tenant_id AND v.sku = l.sku \
             WHERE r.tenant_id = $1 AND r.state = 'collected' AND r.changed_at >= $2 AND r.changed_at < $3 AND c.name <> '' \
             AND c.email IS NOT NULL AND NOT EXISTS (SELECT 1 FROM review_invitations i WHERE i.tenant_id = r.tenant_id \
             AND i.origin = 'reservation:' || r.reservation_id || ':' || v.product_id) \
             GROUP BY r.reservation_id, v.product_id, r.site_id, r.locale, r.changed_at, c.name, c.email, c.email_key \
             ORDER BY r.changed_at, r.reservation_id, v.product_id LIMIT $4",
        )
        .bind(tenant)
        .bind(from)
        .bind(to)
        .bind(i64::from(limit))
        .fetch_all(&mut *self.tx)
        .await?;
        rows.iter()
            .map(|row| {
                let (reservation, product): (String, String) = (row.try_get(0)?, row.try_get(1)?);
                Ok(Collected {
                    origin: format!("reservation:{reservation}:{product}"),
                    product,
                    size: row.try_get(2)?,
                    site_id: row.try_get(3)?,
                    locale: row.try_get(4)?,
                    at: row.try_get(5)?,
                    invitee: Invitee {
                        name: row.try_get(6)?,
                        email: row.try_get(7)?,
                        email_key: row.try_get::<Option<String>, _>(8)?.unwrap_or_default(),
                    },
                })
            })
            .collect()
    }

    /// Erases who was asked, where the link has been used or its time has been up since before then.
    pub async fn forget_invitees(&mut self, before: UtcMs) -> Result<u64, StorageError> {
        let erased = sqlx::query(
            "DELETE FROM review_invitation_contacts WHERE EXISTS (SELECT 1 FROM review_invitations i \
             WHERE i.tenant_id = review_invitation_contacts.tenant_id \
             AND i.invitation_id = review_invitation_contacts.invitation_id AND (i.used_at < $1 OR i.expires_at < $1))",
        )
        .bind(before)
        .execute(&mut *self.tx)
        .await?;
        Ok(erased.rows_affected())
    }
}

fn read(row: &AnyRow) -> Result<Invitation, StorageError> {
    let id: String = row.try_get(1)?;
    let (about, checked): (String, String) = (row.try_get(2)?, row.try_get(5)?);
    let name: Option<String> = row.try_get(12)?;
    Ok(Invitation {
        tenant: row.try_get(0)?,
        about: About::parse(&about).ok_or_else(|| corrupt("about", &id, &about))?,
        subject: row.try_get(3)?,
        invited: Invited {
            size: row.try_get(4)?,
            checked: Checked::parse(&checked).ok_or_else(|| corrupt("checked", &id, &checked))?,
            incentive: row.try_get(6)?,
            experienced_on: date(row.try_get(7)?),
        },
        site_id: row.try_get(8)?,
        locale: row.try_get(9)?,
        expires_at: row.try_get(10)?,
        used_at: row.try_get(11)?,
        invitee: match name {
            Some(name) => Some(Invitee { name, email: row.try_get(13)?, email_key: row.try_get(14)? }),
            None => None,
        },
        id,
    })
}
