//! Sign-ins that failed, and how long the next one has to wait.

use devanture_domain::civil::UtcMs;
use sqlx::Row as _;

use super::Login;
use crate::{Repository, StorageError};

/// After so long without an attempt earlier ones are forgotten.
pub const FORGOTTEN_AFTER_MS: i64 = 24 * 3_600_000;
/// So many may fail before the first lock.
const FREE: u32 = 5;
const MINUTE_MS: i64 = 60_000;

/// For how long nobody may try again after so many failures: nothing for the first four, a minute after the
/// fifth, twice as long after each further one, never more than an hour.
pub fn lock_out_ms(failures: u32) -> i64 {
    match failures.checked_sub(FREE) {
        None => 0,
        Some(further) => (MINUTE_MS << further.min(6)).min(60 * MINUTE_MS),
    }
}

/// What was typed to sign in. It need not exist.
#[derive(Clone, Copy, Debug)]
pub struct TriedLogin<'a> {
    /// The tenant, if it was named.
    pub tenant: Option<&'a str>,
    /// The login.
    pub login: &'a Login,
}

/// Whether a password may be tried.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Attempt {
    /// Yes.
    Allowed {
        /// Until when nobody may try again if this one fails; `None` when at once.
        locked_until: Option<UtcMs>,
    },
    /// No, too many have failed.
    Locked {
        /// Until then.
        until: UtcMs,
    },
}

impl Repository {
    /// Counts an attempt as failed before its password is looked at, so that a thousand at once are not a
    /// thousand guesses. Save it; on success call [`Self::forgive`].
    pub async fn count_attempt(
        &mut self,
        tried: TriedLogin<'_>,
        now: UtcMs,
    ) -> Result<Attempt, StorageError> {
        // The row is locked from here on, or a second attempt could read the same count.
        let counted = sqlx::query(
            "INSERT INTO sign_in_failures (tenant_id, login_hash, failed_count, locked_until, last_at) \
             VALUES ($1, $2, 1, 0, $3) ON CONFLICT (tenant_id, login_hash) DO UPDATE SET last_at = excluded.last_at, \
             failed_count = CASE WHEN sign_in_failures.last_at < $4 THEN 1 ELSE sign_in_failures.failed_count + 1 END \
             WHERE sign_in_failures.locked_until <= excluded.last_at RETURNING failed_count",
        )
        .bind(tried.tenant.unwrap_or_default())
        .bind(tried.login.hash())
        .bind(now)
        .bind(now - FORGOTTEN_AFTER_MS)
        .fetch_optional(&mut *self.tx)
        .await?;
        let Some(row) = counted else {
            let until = self.locked_until(tried).await?.unwrap_or(now);
            return Ok(Attempt::Locked { until });
        };
        let failures = u32::try_from(row.try_get::<i64, _>(0)?).unwrap_or(u32::MAX);
        let lock = lock_out_ms(failures);
        if lock == 0 {
            return Ok(Attempt::Allowed { locked_until: None });
        }
        sqlx::query("UPDATE sign_in_failures SET locked_until = $3 WHERE tenant_id = $1 AND login_hash = $2")
            .bind(tried.tenant.unwrap_or_default())
            .bind(tried.login.hash())
            .bind(now + lock)
            .execute(&mut *self.tx)
            .await?;
        Ok(Attempt::Allowed { locked_until: Some(now + lock) })
    }

    async fn locked_until(&mut self, tried: TriedLogin<'_>) -> Result<Option<UtcMs>, StorageError> {
        let row =
            sqlx::query("SELECT locked_until FROM sign_in_failures WHERE tenant_id = $1 AND login_hash = $2")
                .bind(tried.tenant.unwrap_or_default())
                .bind(tried.login.hash())
                .fetch_optional(&mut *self.tx)
                .await?;
        Ok(row.map(|row| row.try_get(0)).transpose()?)
    }

    /// Forgets the failures of a login whose password is known to be right, with its tenant and without.
    pub async fn forgive(&mut self, tenant: &str, login: &Login) -> Result<(), StorageError> {
        sqlx::query(
            "DELETE FROM sign_in_failures WHERE (tenant_id = $1 OR tenant_id = '') AND login_hash = $2",
        )
        .bind(tenant)
        .bind(login.hash())
        .execute(&mut *self.tx)
        .await?;
        Ok(())
    }

    /// Forgets failures that no longer count; returns how many.
    pub async fn forget_failures(&mut self, now: UtcMs) -> Result<u64, StorageError> {
        let done = sqlx::query("DELETE FROM sign_in_failures WHERE last_at < $1")
            .bind(now - FORGOTTEN_AFTER_MS)
            .execute(&mut *self.tx)
            .await?;
        Ok(done.rows_affected())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn locks_grow_from_a_minute_to_an_hour() {
        let minutes: Vec<i64> = (0..14).map(|n| lock_out_ms(n) / MINUTE_MS).collect();
        assert_eq!(minutes, [0, 0, 0, 0, 0, 1, 2, 4, 8, 16, 32, 60, 60, 60]);
        assert_eq!(lock_out_ms(u32::MAX), 60 * MINUTE_MS);
    }
}
