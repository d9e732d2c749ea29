//! Size memories that shoppers have asked to be kept, for their other devices.

use devanture_domain::{civil::UtcMs, size::Household};
use sqlx::Row as _;

use crate::{PrivateToken, Repository, StorageError, secret::digest};

/// Whose memory it is, as it is stored: nothing that it could be read or guessed from by who has no token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SizeHolder(String);

impl SizeHolder {
    /// Whoever has a private link.
    pub fn of_token(token: &PrivateToken) -> Self {
        Self(token.hash())
    }

    /// A customer of the shop, by the id that it gives them.
    pub fn of_customer(tenant: &str, id: &str) -> Self {
        Self(digest(&[b"customer", tenant.as_bytes(), id.as_bytes()]))
    }
}

/// A memory that is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SizeMemory {
    /// What is remembered; `None` since it was erased.
    pub household: Option<Household>,
    /// One more with each change.
    pub version: u32,
    /// When it was last changed, or noted to be in use.
    pub used_at: UtcMs,
}

impl Repository {
    /// Keeps a memory anew, also where one was erased; returns its version, `None` where there is one.
    pub async fn add_size_memory(
        &mut self,
        (tenant, site_id): (&str, &str),
        holder: &SizeHolder,
        household: &Household,
        at: UtcMs,
    ) -> Result<Option<u32>, StorageError> {
        let added = sqlx::query(
            "INSERT INTO size_memories (tenant_id, holder, site_id, household, version, created_at, changed_at, used_at) \
             VALUES ($1, $2, $3, $4, 1, $5, $5, $5) ON CONFLICT (tenant_id, holder) DO UPDATE SET site_id = excluded.site_id, \
             household = excluded.household, version = size_memories.version + 1, created_at = excluded.created_at, \
             changed_at = excluded.changed_at, used_at = excluded.used_at WHERE size_memories.household IS NULL RETURNING version",
        )
        .bind(tenant)
        .bind(holder.0.as_str())
        .bind(site_id)
        .bind(household.write())
        .bind(at)
        .fetch_optional(&mut *self.tx)
        .await?;
        added.map(|row| Ok(version(row.try_get(0)?))).transpose()
    }

    /// A memory, as it is kept.
    pub async fn size_memory(
        &mut self,
        tenant: &str,
        holder: &SizeHolder,
    ) -> Result<Option<SizeMemory>, StorageError> {
        let row = sqlx::query(
            "SELECT household, version, used_at FROM size_memories WHERE tenant_id = $1 AND holder = $2",
        )
        .bind(tenant)
        .bind(holder.0.as_str())
        .fetch_optional(&mut *self.tx)
        .await?;
        let Some(row) = row else { return Ok(None) };
        let household: Option<String> = row.try_get(0)?;
        let household = household.map(|text| Household::read(&text));
        Ok(Some(SizeMemory { household, version: version(row.try_get(1)?), used_at: row.try_get(2)? }))
    }

    /// Notes that a memory is in use.
    pub async fn use_size_memory(
        &mut self,
        tenant: &str,
        holder: &SizeHolder,
        at: UtcMs,
    ) -> Result<(), StorageError> {
        sqlx::query(
            "UPDATE size_memories SET used_at = $3 WHERE tenant_id = $1 AND holder = $2 AND household IS NOT NULL",
        )
        .bind(tenant)
        .bind(holder.0.as_str())
        .bind(at)
        .execute(&mut *self.tx)
        .await?;
        Ok(())
    }

    /// Changes a memory that nobody has changed since this version; returns the new one, `None` where somebody has or there is none.
    pub async fn change_size_memory(
        &mut self,
        tenant: &str,
        holder: &SizeHolder,
        (household, based_on): (&Household, u32),
        at: UtcMs,
    ) -> Result<Option<u32>, StorageError> {
        let changed = sqlx::query(
            "UPDATE size_memories SET household = $4, version = version + 1, changed_at = $5, used_at = $5 \
             WHERE tenant_id = $1 AND holder = $2 AND version = $3 AND household IS NOT NULL RETURNING version",
        )
        .bind(tenant)
        .bind(holder.0.as_str())
        .bind(i64::from(based_on))
        .bind(household.write())
        .bind(at)
        .fetch_optional(&mut *self.tx)
        .await?;
        changed.map(|row| Ok(version(row.try_get(0)?))).transpose()
    }

    /// Erases what is remembered; returns whether there was anything.
    pub async fn erase_size_memory(
        &mut self,
        tenant: &str,
        holder: &SizeHolder,
        at: UtcMs,
    ) -> Result<bool, StorageError> {
        let erased = sqlx::query(
            "UPDATE size_memories SET household = NULL, version = version + 1, changed_at = $3, used_at = $3 \
             WHERE tenant_id = $1 AND holder = $2 AND household IS NOT NULL",
        )
        .bind(tenant)
        .bind(holder.0.as_str())
        .bind(at)
        .execute(&mut *self.tx)
        .await?;
        Ok(erased.rows_affected() > 0)
    }

    /// Deletes memories that nobody has used since then, erased ones too; returns how many.
    pub async fn forget_size_memories(&mut self, unused_since: UtcMs) -> Result<u64, StorageError> {
        let gone = sqlx::query("DELETE FROM size_memories WHERE used_at < $1");
        Ok(gone.bind(unused_since).execute(&mut *self.tx).await?.rows_affected())
    }
}

/// Changes are counted, and nobody makes so many.
fn version(stored: i64) -> u32 {
    u32::try_from(stored).unwrap_or(u32::MAX)
}
