//! Writes that are recognised when they are sent again, by an idempotency key.

use std::collections::HashSet;

use devanture_domain::civil::UtcMs;
use sqlx::Row as _;

use crate::{
    PrivateToken, Repository, StorageError,
    rows::{ROWS_AT_ONCE, insert_rows},
    secret::digest,
};

/// A write with its key.
#[derive(Clone, Copy, Debug)]
pub struct Claim<'a> {
    /// Whose network.
    pub tenant: &'a str,
    /// On which site.
    pub site_id: &'a str,
    /// By which the request is recognised; unguessable, as it opens the token.
    pub key: &'a str,
    /// The request in canonical form, to tell the same from another.
    pub body: &'a [u8],
    /// The private link's secret, freshly drawn.
    pub token: &'a PrivateToken,
    /// Now.
    pub at: UtcMs,
}

/// What came of a write that had been sent before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Earlier {
    /// It was done, and this is the token given then.
    Done(PrivateToken),
    /// The key was used with another body.
    OtherBody,
}

impl Claim<'_> {
    fn key_hash(&self) -> String {
        digest(&[b"key", self.key.as_bytes()])
    }

    fn body_hash(&self) -> String {
        digest(&[b"body", self.key.as_bytes(), self.body])
    }
}

impl Repository {
    /// What came of an earlier request with the same key; `Ok(None)` if there was none.
    pub async fn earlier(&mut self, claim: &Claim<'_>) -> Result<Option<Earlier>, StorageError> {
        let row = sqlx::query(
            "SELECT body_hash, sealed_token FROM idempotency_keys \
             WHERE tenant_id = $1 AND site_id = $2 AND key_hash = $3",
        )
        .bind(claim.tenant)
        .bind(claim.site_id)
        .bind(claim.key_hash())
        .fetch_optional(&mut *self.tx)
        .await?;
        let Some(row) = row else { return Ok(None) };
        if row.try_get::<String, _>(0)? != claim.body_hash() {
            return Ok(Some(Earlier::OtherBody));
        }
        let token = PrivateToken::unseal(row.try_get(1)?, claim.key, claim.body);
        let token = token.ok_or_else(|| StorageError::Corrupt {
            table: "idempotency_keys",
            column: "sealed_token",
            key: claim.site_id.to_owned(),
            reason: "not a token".to_owned(),
        })?;
        Ok(Some(Earlier::Done(token)))
    }

    /// Writes the key down; if it was there, says what came of it. A request with the same key that
    /// is still under way is waited for: PostgreSQL does so in `ON CONFLICT`, SQLite has one writer.
    pub(crate) async fn claim(&mut self, claim: &Claim<'_>) -> Result<Option<Earlier>, StorageError> {
        Ok(self.claim_all(&[claim]).await?.pop().flatten())
    }

    /// The same for several, no two of which have the same key.
    pub(crate) async fn claim_all(
        &mut self,
        claims: &[&Claim<'_>],
    ) -> Result<Vec<Option<Earlier>>, StorageError> {
        let mut all = Vec::with_capacity(claims.len());
        for claims in claims.chunks(ROWS_AT_ONCE) {
            let hashes: Vec<String> = claims.iter().map(|claim| claim.key_hash()).collect();
            let mut insert = sqlx::query(insert_rows(
                "INSERT INTO idempotency_keys (tenant_id, site_id, key_hash, body_hash, sealed_token, created_at)",
                (claims.len(), 6),
                "ON CONFLICT (tenant_id, site_id, key_hash) DO NOTHING RETURNING key_hash",
            ));
            for (claim, hash) in claims.iter().zip(&hashes) {
                insert = insert
                    .bind(claim.tenant)
                    .bind(claim.site_id)
                    .bind(hash)
                    .bind(claim.body_hash())
                    .bind(claim.token.seal(claim.key, claim.body))
                    .bind(claim.at);
            }
            let mut claimed = HashSet::new();
            for row in insert.fetch_all(&mut *self.tx).await? {
                claimed.insert(row.try_get::<String, _>(0)?);
            }
            for (claim, hash) in claims.iter().zip(&hashes) {
                all.push(if claimed.contains(hash) { None } else { self.earlier(claim).await? });
            }
        }
        Ok(all)
    }

    /// Forgets a key whose write was refused, so that it can be tried again.
    pub(crate) async fn give_up(&mut self, claim: &Claim<'_>) -> Result<(), StorageError> {
        sqlx::query("DELETE FROM idempotency_keys WHERE tenant_id = $1 AND site_id = $2 AND key_hash = $3")
            .bind(claim.tenant)
            .bind(claim.site_id)
            .bind(claim.key_hash())
            .execute(&mut *self.tx)
            .await?;
        Ok(())
    }
}
