//! Secret keys of programs.

use std::fmt;

use devanture_domain::{civil::UtcMs, staff::KeyScope};
use sqlx::{Row as _, any::AnyRow};

use crate::{
    Repository, StorageError,
    secret::{are_key_digits, digest, id_digits, key_digits},
};

const PREFIX: &str = "sk_";

/// `sk_` and 32 base-62 digits, some 190 bits. Only its SHA-256 is stored, and rows are found by that.
#[derive(Clone, PartialEq, Eq)]
pub struct SecretKey(String);

impl SecretKey {
    /// Makes a key from 32 random bytes.
    pub fn from_random(random: [u8; 32]) -> Self {
        Self(format!("{PREFIX}{}", key_digits(random)))
    }

    /// Reads a key; `None` for what does not have the shape of one.
    pub fn parse(text: &str) -> Option<Self> {
        text.strip_prefix(PREFIX).is_some_and(are_key_digits).then(|| Self(text.to_owned()))
    }

    /// The key itself, to be shown once.
    pub fn reveal(&self) -> &str {
        &self.0
    }

    fn hash(&self) -> String {
        digest(&[b"secret key", self.0.as_bytes()])
    }
}

impl fmt::Debug for SecretKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SecretKey(..)")
    }
}

/// What is known of a secret key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApiKey {
    /// Whose network.
    pub tenant: String,
    /// By which it is listed and revoked; no secret.
    pub id: String,
    /// What it is used for, in its owner's words.
    pub name: String,
    /// What it opens.
    pub scopes: Vec<KeyScope>,
    /// Since when it exists.
    pub created_at: UtcMs,
    /// Since when it opens nothing.
    pub revoked_at: Option<UtcMs>,
}

impl ApiKey {
    /// An id from 16 random bytes: `key_` and 16 base-62 digits.
    pub fn fresh_id(random: [u8; 16]) -> String {
        format!("key_{}", id_digits(random))
    }
}

const COLUMNS: &str = "SELECT tenant_id, key_id, name, scopes, created_at, revoked_at FROM api_keys";

impl Repository {
    /// Adds a key, freshly drawn.
    pub async fn add_api_key(&mut self, key: &ApiKey, secret: &SecretKey) -> Result<(), StorageError> {
        let scopes: Vec<_> = key.scopes.iter().map(|scope| scope.as_str()).collect();
        sqlx::query(
            "INSERT INTO api_keys (tenant_id, key_id, key_hash, name, scopes, created_at, revoked_at) \
             VALUES ($1, $2, $3, $4, $5, $6, $7)",
        )
        .bind(key.tenant.as_str())
        .bind(key.id.as_str())
        .bind(secret.hash())
        .bind(key.name.as_str())
        .bind(scopes.join("\n"))
        .bind(key.created_at)
        .bind(key.revoked_at)
        .execute(&mut *self.tx)
        .await?;
        Ok(())
    }

    /// Every key of the tenant, the oldest first, with those that are revoked.
    pub async fn api_keys(&mut self, tenant: &str) -> Result<Vec<ApiKey>, StorageError> {
        let sql = format!("{COLUMNS} WHERE tenant_id = $1 ORDER BY created_at, key_id");
        let rows = sqlx::query(sqlx::AssertSqlSafe(sql)).bind(tenant).fetch_all(&mut *self.tx).await?;
        rows.iter().map(from_row).collect()
    }

    /// What this secret opens; `None` when nothing, or nothing any more.
    pub async fn api_key(&mut self, secret: &SecretKey) -> Result<Option<ApiKey>, StorageError> {
        let sql = format!("{COLUMNS} WHERE key_hash = $1 AND revoked_at IS NULL");
        let row =
            sqlx::query(sqlx::AssertSqlSafe(sql)).bind(secret.hash()).fetch_optional(&mut *self.tx).await?;
        row.as_ref().map(from_row).transpose()
    }

    /// Takes a key back, for good; the date of the first time stays. `false` when there is none.
    pub async fn revoke_api_key(&mut self, tenant: &str, id: &str, now: UtcMs) -> Result<bool, StorageError> {
        let done = sqlx::query(
            "UPDATE api_keys SET revoked_at = COALESCE(revoked_at, $3) WHERE tenant_id = $1 AND key_id = $2",
        )
        .bind(tenant)
        .bind(id)
        .bind(now)
        .execute(&mut *self.tx)
        .await?;
        Ok(done.rows_affected() > 0)
    }
}

fn from_row(row: &AnyRow) -> Result<ApiKey, StorageError> {
    let id: String = row.try_get("key_id")?;
    let scopes: String = row.try_get("scopes")?;
    let scope = |name: &str| {
        KeyScope::parse(name).ok_or_else(|| StorageError::Corrupt {
            table: "api_keys",
            column: "scopes",
            key: id.clone(),
            reason: format!("{name:?} is no scope"),
        })
    };
    Ok(ApiKey {
        tenant: row.try_get("tenant_id")?,
        name: row.try_get("name")?,
        scopes: scopes.lines().map(scope).collect::<Result<_, _>>()?,
        created_at: row.try_get("created_at")?,
        revoked_at: row.try_get("revoked_at")?,
        id,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_have_the_shape_that_is_read() {
        let secret = SecretKey::from_random([9; 32]);
        assert_eq!(SecretKey::parse(secret.reveal()), Some(secret.clone()));
        assert_ne!(SecretKey::from_random([8; 32]), secret);
        assert_eq!(format!("{secret:?}"), "SecretKey(..)");
        for text in ["", "sk_", "sk_short", "pk_000000000000000000000000", "sk_00000000000000000000000é"] {
            assert_eq!(SecretKey::parse(text), None, "{text}");
        }
    }
}
