//! What is told of feeds that are fetched.

use std::fmt::Write as _;

use devanture_domain::civil::UtcMs;
use serde::{Deserialize, Serialize};
use sqlx::{Row as _, any::AnyRow};

use super::deliver::corrupt;
use crate::{Repository, StorageError};

/// That a feed that is fetched is not heard any more, or is again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceEvent {
    /// Whose.
    pub tenant: String,
    /// The same however often it is delivered.
    pub id: String,
    /// Its name.
    pub source: String,
    /// Which of the two.
    pub notice: SourceNotice,
    /// When it was found.
    pub at: UtcMs,
    /// How it stood then.
    pub facts: SourceFacts,
}

/// What happened to a source.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SourceNotice {
    /// What it says was not heard for too long: shoppers are told old figures.
    Stale,
    /// After that it was heard again.
    Fresh,
}

/// How a source stood.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceFacts {
    /// What it says, by [`crate::FeedKind::as_str`].
    pub kind: String,
    /// How often it is asked.
    pub interval_ms: i64,
    /// When what is known was last known to be what it says.
    pub fresh_at: Option<UtcMs>,
    /// What was wrong last time.
    pub reason: Option<String>,
}

impl SourceNotice {
    /// As written in the database and in webhooks.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Stale => "source.stale",
            Self::Fresh => "source.fresh",
        }
    }

    pub(super) fn parse(text: &str) -> Option<Self> {
        [Self::Stale, Self::Fresh].into_iter().find(|notice| notice.as_str() == text)
    }
}

impl Repository {
    /// Writes down what happened to a source, in the transaction that makes it true; its name, and how it stands, are columns of
    /// [`crate::Source`]: tenant, name, kind, interval, when it was fresh, reason.
    pub(crate) async fn put_source_event(
        &mut self,
        row: &AnyRow,
        notice: SourceNotice,
        at: UtcMs,
    ) -> Result<(), StorageError> {
        let (tenant, name): (String, String) = (row.try_get(0)?, row.try_get(1)?);
        // A name may have any sign in it; an id may not.
        let named = name.bytes().fold(String::new(), |mut named, byte| {
            let _ = write!(named, "{byte:02x}");
            named
        });
        let id = format!("evt_{}_{named}_{at}", notice.as_str().replace('.', "_"));
        let facts = SourceFacts {
            kind: row.try_get(2)?,
            interval_ms: row.try_get(3)?,
            fresh_at: row.try_get(4)?,
            reason: row.try_get(5)?,
        };
        let data = serde_json::to_string(&facts).map_err(|error| corrupt("data", &id, error.to_string()))?;
        sqlx::query(
            "INSERT INTO outbox_events (tenant_id, event_id, kind, reservation_id, happened_at, data) \
             VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (tenant_id, event_id) DO NOTHING",
        )
        .bind(tenant)
        .bind(id)
        .bind(notice.as_str())
        .bind(name)
        .bind(at)
        .bind(data)
        .execute(&mut *self.tx)
        .await?;
        Ok(())
    }
}
