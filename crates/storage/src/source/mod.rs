//! Feeds that are fetched: from where, how often, and how that went.

mod lease;

use devanture_domain::civil::UtcMs;
use sqlx::{Row as _, any::AnyRow};

pub use lease::Polled;

use crate::{FeedKind, Repository, StorageError};

/// A source that was not fresh for so many of its intervals is stale.
pub const STALE_AFTER: i64 = 3;

/// What is sent as `Authorization`. It is in no text that is made of it.
#[derive(Clone, PartialEq, Eq)]
pub struct SecretHeader(String);

impl SecretHeader {
    /// Of this text.
    pub fn new(text: String) -> Self {
        Self(text)
    }

    /// The text.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for SecretHeader {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SecretHeader(…)")
    }
}

/// A source to add.
#[derive(Clone, Debug)]
pub struct NewSource {
    /// Whose.
    pub tenant: String,
    /// By which its runs are known, too.
    pub name: String,
    /// What it says.
    pub kind: FeedKind,
    /// From where.
    pub url: String,
    /// TOML; empty for none.
    pub mapping: String,
    /// The list that prices go into.
    pub price_list: String,
    /// What is sent as `Authorization`.
    pub authorization: Option<SecretHeader>,
    /// How often, in milliseconds.
    pub interval_ms: i64,
}

/// A source, and how it went.
#[derive(Clone, Debug)]
pub struct Source {
    /// What it is.
    pub new: NewSource,
    /// Since when.
    pub added_at: UtcMs,
    /// What the other end called what it sent last.
    pub etag: Option<String>,
    /// When that was made, as the other end wrote it.
    pub last_modified: Option<String>,
    /// When it is fetched next.
    pub due_at: UtcMs,
    /// Who has taken it; changes whenever somebody does.
    pub lease: i64,
    /// Times that it failed since it last did not.
    pub failures: i64,
    /// When it was asked last.
    pub polled_at: Option<UtcMs>,
    /// When what is known was last known to be what it says.
    pub fresh_at: Option<UtcMs>,
    /// The last run.
    pub run: Option<i64>,
    /// What was wrong last time, if anything was.
    pub reason: Option<String>,
    /// Whether it was told that it is stale.
    pub stale_told: bool,
}

impl Source {
    /// Whether it was not fresh for too long.
    pub fn is_stale(&self, now: UtcMs) -> bool {
        let since = self.fresh_at.unwrap_or(self.added_at);
        now.saturating_sub(since) > self.new.interval_ms.saturating_mul(STALE_AFTER)
    }
}

macro_rules! columns {
    () => {
        "tenant_id, name, kind, url, mapping, price_list, header, interval_ms, added_at, etag, last_modified, due_at, \
         lease, failures, polled_at, fresh_at, run_id, reason, stale"
    };
}
use columns;

impl Repository {
    /// Adds a source that is due at once; `false` when there is one of this name.
    pub async fn add_source(&mut self, new: &NewSource, now: UtcMs) -> Result<bool, StorageError> {
        let added = sqlx::query(
            "INSERT INTO feed_sources (tenant_id, name, kind, url, mapping, price_list, header, interval_ms, added_at, \
             due_at, lease, leased_until, failures, stale) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9, 0, 0, 0, 0) ON CONFLICT (tenant_id, name) DO NOTHING",
        )
        .bind(&*new.tenant)
        .bind(&*new.name)
        .bind(new.kind.as_str())
        .bind(&*new.url)
        .bind(&*new.mapping)
        .bind(&*new.price_list)
        .bind(new.authorization.as_ref().map(SecretHeader::reveal))
        .bind(new.interval_ms)
        .bind(now)
        .execute(&mut *self.tx)
        .await?;
        Ok(added.rows_affected() > 0)
    }

    /// Removes a source; what it said stays. `false` when there is none of this name.
    pub async fn remove_source(&mut self, tenant: &str, name: &str) -> Result<bool, StorageError> {
        let removed = sqlx::query("DELETE FROM feed_sources WHERE tenant_id = $1 AND name = $2")
            .bind(tenant)
            .bind(name)
            .execute(&mut *self.tx)
            .await?;
        Ok(removed.rows_affected() > 0)
    }

    /// A tenant's sources, by name.
    pub async fn sources(&mut self, tenant: &str) -> Result<Vec<Source>, StorageError> {
        let rows = sqlx::query(concat!(
            "SELECT ",
            columns!(),
            " FROM feed_sources WHERE tenant_id = $1 ORDER BY name"
        ))
        .bind(tenant)
        .fetch_all(&mut *self.tx)
        .await?;
        rows.iter().map(source).collect()
    }
}

fn source(row: &AnyRow) -> Result<Source, StorageError> {
    let (name, kind): (String, String) = (row.try_get(1)?, row.try_get(2)?);
    let kind = FeedKind::parse(&kind).ok_or_else(|| StorageError::Corrupt {
        table: "feed_sources",
        column: "kind",
        key: name.clone(),
        reason: format!("{kind:?} is not known"),
    })?;
    Ok(Source {
        new: NewSource {
            tenant: row.try_get(0)?,
            name,
            kind,
            url: row.try_get(3)?,
            mapping: row.try_get(4)?,
            price_list: row.try_get(5)?,
            authorization: row.try_get::<Option<String>, _>(6)?.map(SecretHeader),
            interval_ms: row.try_get(7)?,
        },
        added_at: row.try_get(8)?,
        etag: row.try_get(9)?,
        last_modified: row.try_get(10)?,
        due_at: row.try_get(11)?,
        lease: row.try_get(12)?,
        failures: row.try_get(13)?,
        polled_at: row.try_get(14)?,
        fresh_at: row.try_get(15)?,
        run: row.try_get(16)?,
        reason: row.try_get(17)?,
        stale_told: row.try_get::<i64, _>(18)? != 0,
    })
}
