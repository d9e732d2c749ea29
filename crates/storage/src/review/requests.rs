//! Who was asked for a review and what came of it, without personal data.

use devanture_domain::{civil::UtcMs, review::About};
use sqlx::Row as _;

use super::corrupt;
use crate::{Repository, StorageError};

/// What came of asking.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RequestState {
    /// Asked, and may still write.
    Sent,
    /// Has written.
    Written,
    /// Has not, and may no longer.
    Expired,
}

/// Somebody who was asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// Stable; opens nothing.
    pub id: String,
    /// Product or store.
    pub about: About,
    /// Which.
    pub subject: String,
    /// When they were noted to be asked.
    pub at: UtcMs,
    /// Until when they may write.
    pub expires_at: UtcMs,
    /// When they wrote.
    pub used_at: Option<UtcMs>,
    /// What they wrote.
    pub review_id: Option<String>,
}

impl Request {
    /// What came of it by now.
    pub fn state(&self, now: UtcMs) -> RequestState {
        match self.used_at {
            Some(_) => RequestState::Written,
            None if now >= self.expires_at => RequestState::Expired,
            None => RequestState::Sent,
        }
    }
}

impl Repository {
    /// At most `limit` that were asked, the last asked first, after the time and id of the last one seen.
    pub async fn review_requests(
        &mut self,
        tenant: &str,
        (state, now): (Option<RequestState>, UtcMs),
        after: Option<(UtcMs, &str)>,
        limit: u16,
    ) -> Result<Vec<Request>, StorageError> {
        let (at, id) = after.unwrap_or((UtcMs::MAX, ""));
        let which = match state {
            None => "$5 = $5",
            Some(RequestState::Sent) => "used_at IS NULL AND expires_at > $5",
            Some(RequestState::Written) => "used_at IS NOT NULL AND $5 = $5",
            Some(RequestState::Expired) => "used_at IS NULL AND expires_at <= $5",
        };
        let sql = format!(
            "SELECT invitation_id, about, subject, created_at, expires_at, used_at, review_id FROM review_invitations \
             WHERE tenant_id = $1 AND {which} AND (created_at < $2 OR (created_at = $2 AND invitation_id < $3)) \
             ORDER BY created_at DESC, invitation_id DESC LIMIT $4"
        );
        let rows = sqlx::query(sqlx::AssertSqlSafe(sql))
            .bind(tenant)
            .bind(at)
            .bind(id)
            .bind(i64::from(limit))
            .bind(now)
            .fetch_all(&mut *self.tx)
            .await?;
        rows.iter()
            .map(|row| {
                let (id, about): (String, String) = (row.try_get(0)?, row.try_get(1)?);
                Ok(Request {
                    about: About::parse(&about).ok_or_else(|| corrupt("about", &id, &about))?,
                    id,
                    subject: row.try_get(2)?,
                    at: row.try_get(3)?,
                    expires_at: row.try_get(4)?,
                    used_at: row.try_get(5)?,
                    review_id: row.try_get(6)?,
                })
            })
            .collect()
    }
}
