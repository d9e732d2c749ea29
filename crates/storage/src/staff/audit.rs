//! Who did what: written in the transaction that did it, never changed.

use std::collections::BTreeMap;

use devanture_domain::civil::UtcMs;
use sqlx::{Row as _, any::AnyRow};

use crate::{Repository, StorageError, secret::id_digits};

/// Who did it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Actor {
    /// Someone who had signed in: their id.
    Staff(String),
    /// A program with a secret key: the key's id.
    Key(String),
    /// The server itself, or its operator at the command line.
    System,
}

impl Actor {
    fn kind(&self) -> &'static str {
        match self {
            Self::Staff(_) => "staff",
            Self::Key(_) => "key",
            Self::System => "system",
        }
    }

    fn id(&self) -> Option<&str> {
        match self {
            Self::Staff(id) | Self::Key(id) => Some(id),
            Self::System => None,
        }
    }

    fn read(kind: &str, id: Option<String>) -> Option<Self> {
        match (kind, id) {
            ("staff", Some(id)) => Some(Self::Staff(id)),
            ("key", Some(id)) => Some(Self::Key(id)),
            ("system", None) => Some(Self::System),
            _ => None,
        }
    }
}

/// Something that was done.
#[derive(Clone, Copy, Debug)]
pub struct Deed<'a> {
    /// In whose network.
    pub tenant: &'a str,
    /// By whom.
    pub actor: &'a Actor,
    /// What, as a stable code: `staff.disabled`.
    pub action: &'a str,
    /// To what: an id or a code.
    pub subject: Option<&'a str>,
    /// In which store.
    pub store_code: Option<&'a str>,
    /// More of it, by name, without personal data.
    pub detail: &'a [(&'a str, &'a str)],
}

/// Something that was written down.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditEntry {
    /// With `at`, its place in the log.
    pub id: String,
    /// When.
    pub at: UtcMs,
    /// Who.
    pub actor: Actor,
    /// What.
    pub action: String,
    /// To what.
    pub subject: Option<String>,
    /// In which store.
    pub store_code: Option<String>,
    /// More of it, by name.
    pub detail: BTreeMap<String, String>,
}

const COLUMNS: &str =
    "SELECT audit_id, at, actor_kind, actor_id, action, subject, store_code, detail FROM audit_log";

impl Repository {
    /// Writes it down, to be saved with what was done. `random` is freshly drawn: several entries share an
    /// instant.
    pub async fn record(&mut self, deed: &Deed<'_>, at: UtcMs, random: [u8; 16]) -> Result<(), StorageError> {
        let detail: BTreeMap<_, _> = deed.detail.iter().copied().collect();
        let detail =
            serde_json::to_string(&detail).map_err(|error| corrupt("detail", deed.action, &error))?;
        sqlx::query(
            "INSERT INTO audit_log (tenant_id, at, audit_id, actor_kind, actor_id, action, subject, store_code, \
             detail) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        )
        .bind(deed.tenant)
        .bind(at)
        .bind(id_digits(random))
        .bind(deed.actor.kind())
        .bind(deed.actor.id())
        .bind(deed.action)
        .bind(deed.subject)
        .bind(deed.store_code)
        .bind(detail)
        .execute(&mut *self.tx)
        .await?;
        Ok(())
    }

    /// At most `limit` entries, the newest first: of one store if told, and older than `before`, the `at` and
    /// `id` of the last one seen.
    pub async fn audit_log(
        &mut self,
        tenant: &str,
        store_code: Option<&str>,
        before: Option<(UtcMs, &str)>,
        limit: u16,
    ) -> Result<Vec<AuditEntry>, StorageError> {
        let (at, id) = before.unwrap_or((UtcMs::MAX, ""));
        // Two statements, since each has an index of its own.
        let of_store = if store_code.is_some() { "AND store_code = $5" } else { "" };
        let sql = format!(
            "{COLUMNS} WHERE tenant_id = $1 AND (at < $2 OR (at = $2 AND audit_id < $3)) {of_store} \
             ORDER BY at DESC, audit_id DESC LIMIT $4"
        );
        let mut query =
            sqlx::query(sqlx::AssertSqlSafe(sql)).bind(tenant).bind(at).bind(id).bind(i64::from(limit));
        if let Some(code) = store_code {
            query = query.bind(code);
        }
        query.fetch_all(&mut *self.tx).await?.iter().map(from_row).collect()
    }

    /// Forgets what was written down before then; returns how much.
    pub async fn forget_audit(&mut self, before: UtcMs) -> Result<u64, StorageError> {
        let done =
            sqlx::query("DELETE FROM audit_log WHERE at < $1").bind(before).execute(&mut *self.tx).await?;
        Ok(done.rows_affected())
    }
}

fn from_row(row: &AnyRow) -> Result<AuditEntry, StorageError> {
    let id: String = row.try_get("audit_id")?;
    let kind: String = row.try_get("actor_kind")?;
    let actor = Actor::read(&kind, row.try_get("actor_id")?);
    let detail: String = row.try_get("detail")?;
    Ok(AuditEntry {
        at: row.try_get("at")?,
        actor: actor.ok_or_else(|| corrupt("actor_kind", &id, &kind))?,
        action: row.try_get("action")?,
        subject: row.try_get("subject")?,
        store_code: row.try_get("store_code")?,
        detail: serde_json::from_str(&detail).map_err(|error| corrupt("detail", &id, &error))?,
        id,
    })
}

fn corrupt(column: &'static str, id: &str, reason: &dyn std::fmt::Display) -> StorageError {
    StorageError::Corrupt { table: "audit_log", column, key: id.to_owned(), reason: reason.to_string() }
}
