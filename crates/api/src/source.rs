//! Feeds that the server fetches, and how that goes.

use devanture_domain::civil::UtcMs;
use serde::{Deserialize, Serialize};

use crate::feed::FeedKind;

/// Sources, by name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Sources {
    /// The sources.
    pub items: Vec<Source>,
    /// The server's clock.
    pub now: UtcMs,
}

/// A feed that is fetched.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(as = FeedSource))]
pub struct Source {
    /// By which its feeds are known, too.
    pub name: String,
    /// What it says.
    pub kind: FeedKind,
    /// From where; what follows the path is not shown, since it may hold a secret.
    pub url: String,
    /// How often it is asked, in seconds.
    pub interval_s: i64,
    /// How it stands.
    pub state: SourceState,
    /// When what is known was last known to be what it says; absent while it never was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fresh_at: Option<UtcMs>,
    /// When it was asked last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub polled_at: Option<UtcMs>,
    /// When it is asked next.
    pub due_at: UtcMs,
    /// Times that it failed since it last did not.
    pub failures: i64,
    /// What was wrong last time, if anything was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// The last feed that was taken in from it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub feed: Option<i64>,
}

/// How a source stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum SourceState {
    /// It was not taken in yet, and its time is not over.
    New,
    /// It was taken in.
    Fresh,
    /// It was not taken in for three times its interval: shoppers are told old figures.
    Stale,
}
