//! Sessions of the console: found by their token alone, ended by time, by sign-out, or by a new password.

use std::fmt;

use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD};
use devanture_domain::civil::UtcMs;
use sqlx::Row as _;

use super::{StaffMember, columns, from_row};
use crate::{Repository, StorageError, secret::digest};

/// A session that is not used for so long has ended: 12 hours, a shift and its breaks.
pub const SESSION_IDLE_MS: i64 = 12 * 3_600_000;
/// However much it is used, a session ends after 30 days.
pub const SESSION_ABSOLUTE_MS: i64 = 30 * 86_400_000;
/// Uses within a minute of each other are one write.
const SEEN_EVERY_MS: i64 = 60_000;

/// 256 random bits. Only their SHA-256 is stored, and rows are found by that, so neither the database nor
/// the time of a look-up gives a session away.
#[derive(Clone, PartialEq, Eq)]
pub struct SessionToken([u8; 32]);

impl SessionToken {
    /// Takes 32 random bytes.
    pub fn from_random(random: [u8; 32]) -> Self {
        Self(random)
    }

    /// Reads a cookie's value; `None` for anything that was never issued.
    pub fn parse(text: &str) -> Option<Self> {
        // Longer texts are not worth decoding.
        let bytes = (text.len() == 43).then(|| BASE64_URL_SAFE_NO_PAD.decode(text).ok())??;
        bytes.try_into().ok().map(Self)
    }

    /// The cookie's value, 43 characters of base64url.
    pub fn to_text(&self) -> String {
        BASE64_URL_SAFE_NO_PAD.encode(self.0)
    }

    fn hash(&self) -> String {
        digest(&[b"session", &self.0])
    }
}

impl fmt::Debug for SessionToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SessionToken(..)")
    }
}

/// A session to begin.
#[derive(Clone, Debug)]
pub struct NewSession<'a> {
    /// Whose network.
    pub tenant: &'a str,
    /// Who has signed in.
    pub staff_id: &'a str,
    /// Freshly drawn.
    pub token: &'a SessionToken,
    /// Now.
    pub now: UtcMs,
}

/// A session that has not ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenSession {
    /// Who has signed in, as they are now.
    pub staff: StaffMember,
    /// The tenant's name.
    pub tenant_name: String,
    /// When it began.
    pub created_at: UtcMs,
    /// When it was last used, to the minute.
    pub last_seen_at: UtcMs,
    /// When it ends if it is not used before.
    pub expires_at: UtcMs,
}

impl OpenSession {
    /// Whether its use now is worth a [`Repository::touch_session`].
    pub fn is_stale(&self, now: UtcMs) -> bool {
        now - self.last_seen_at >= SEEN_EVERY_MS
    }
}

impl Repository {
    /// Begins a session; returns when it ends if it is not used.
    pub async fn open_session(&mut self, new: &NewSession<'_>) -> Result<UtcMs, StorageError> {
        let expires_at = new.now + SESSION_IDLE_MS;
        sqlx::query(
            "INSERT INTO staff_sessions (tenant_id, token_hash, staff_id, created_at, last_seen_at, expires_at) \
             VALUES ($1, $2, $3, $4, $4, $5)",
        )
        .bind(new.tenant)
        .bind(new.token.hash())
        .bind(new.staff_id)
        .bind(new.now)
        .bind(expires_at)
        .execute(&mut *self.tx)
        .await?;
        Ok(expires_at)
    }

    /// The session with this token, unless it has ended or its owner is disabled.
    pub async fn session(
        &mut self,
        token: &SessionToken,
        now: UtcMs,
    ) -> Result<Option<OpenSession>, StorageError> {
        let row = sqlx::query(concat!(
            "SELECT ",
            columns!("s."),
            ", t.name AS tenant_name, o.created_at AS opened_at, o.last_seen_at, o.expires_at \
             FROM staff_sessions o JOIN staff s ON s.tenant_id = o.tenant_id AND s.staff_id = o.staff_id \
             JOIN tenants t ON t.tenant_id = o.tenant_id \
             WHERE o.token_hash = $1 AND o.expires_at > $2 AND s.disabled_at IS NULL"
        ))
        .bind(token.hash())
        .bind(now)
        .fetch_optional(&mut *self.tx)
        .await?;
        let Some(row) = row else { return Ok(None) };
        Ok(Some(OpenSession {
            staff: from_row(&row)?,
            tenant_name: row.try_get("tenant_name")?,
            created_at: row.try_get("opened_at")?,
            last_seen_at: row.try_get("last_seen_at")?,
            expires_at: row.try_get("expires_at")?,
        }))
    }

    /// Notes that the session is used; returns when it ends if it is not used again.
    pub async fn touch_session(
        &mut self,
        token: &SessionToken,
        open: &OpenSession,
        now: UtcMs,
    ) -> Result<UtcMs, StorageError> {
        let expires_at = (now + SESSION_IDLE_MS).min(open.created_at + SESSION_ABSOLUTE_MS);
        sqlx::query(
            "UPDATE staff_sessions SET last_seen_at = $3, expires_at = $4 \
             WHERE tenant_id = $1 AND token_hash = $2",
        )
        .bind(open.staff.tenant.as_str())
        .bind(token.hash())
        .bind(now)
        .bind(expires_at)
        .execute(&mut *self.tx)
        .await?;
        Ok(expires_at)
    }

    /// Ends the session with this token; `false` when there is none.
    pub async fn end_session(&mut self, token: &SessionToken) -> Result<bool, StorageError> {
        let done = sqlx::query("DELETE FROM staff_sessions WHERE token_hash = $1")
            .bind(token.hash())
            .execute(&mut *self.tx)
            .await?;
        Ok(done.rows_affected() > 0)
    }

    /// Ends every session of someone.
    pub async fn end_sessions(&mut self, tenant: &str, staff_id: &str) -> Result<u64, StorageError> {
        let done = sqlx::query("DELETE FROM staff_sessions WHERE tenant_id = $1 AND staff_id = $2")
            .bind(tenant)
            .bind(staff_id)
            .execute(&mut *self.tx)
            .await?;
        Ok(done.rows_affected())
    }

    /// Forgets sessions that have ended; returns how many.
    pub async fn forget_sessions(&mut self, now: UtcMs) -> Result<u64, StorageError> {
        let done = sqlx::query("DELETE FROM staff_sessions WHERE expires_at <= $1")
            .bind(now)
            .execute(&mut *self.tx)
            .await?;
        Ok(done.rows_affected())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_only_what_was_issued() {
        let token = SessionToken::from_random([255; 32]);
        assert_eq!(SessionToken::parse(&token.to_text()), Some(token.clone()));
        for text in ["", "short", &"A".repeat(44), &"!".repeat(43), &format!("{}=", token.to_text())] {
            assert_eq!(SessionToken::parse(text), None, "{text}");
        }
        assert_eq!(format!("{token:?}"), "SessionToken(..)");
    }
}
