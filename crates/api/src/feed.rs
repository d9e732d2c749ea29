//! What programs send and ask: feeds of products, stock and sales.

use devanture_domain::civil::UtcMs;
use serde::{Deserialize, Serialize};

/// What a stock feed leaves out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum FeedMode {
    /// At the stores that it speaks of, is not there.
    Full,
    /// Has not changed.
    #[default]
    Delta,
}

/// Query of `POST /admin/v1/feeds/stock`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams), into_params(parameter_in = Query))]
pub struct StockFeedParams {
    /// Who says it, 1 to 64 characters; `stock` unless told. Of one source, one feed at a time is taken in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// `delta` unless told.
    #[serde(default)]
    pub mode: FeedMode,
    /// When it was counted; now, unless told. Later counts and moves stay.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub counted_at: Option<UtcMs>,
    /// A full feed that empties more than this share of what has something on hand is held: 0 to 100 percent, 30 unless told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_emptied: Option<u8>,
    /// Apply a full feed however much it empties. One that is not complete is held all the same.
    #[serde(default, skip_serializing_if = "core::ops::Not::not")]
    pub accept: bool,
}

/// Query of `POST /admin/v1/feeds/products`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams), into_params(parameter_in = Query))]
pub struct ProductFeedParams {
    /// Who says it, 1 to 64 characters; `products` unless told. Of one source, one feed at a time is taken in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// The list that the prices go into; `default` unless told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub price_list: Option<String>,
    /// ISO 4217, for prices that do not say it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub currency: Option<String>,
}

/// Query of `POST /admin/v1/feeds/sales`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams), into_params(parameter_in = Query))]
pub struct SalesFeedParams {
    /// Who says it, 1 to 64 characters; `sales` unless told. Of one source, one feed at a time is taken in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
}

/// Query of `GET /admin/v1/feeds`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams), into_params(parameter_in = Query))]
pub struct FeedParams {
    /// Only those before this one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<i64>,
    /// How many, 1 to 200; 50 unless told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u16>,
}

/// Query of `GET /admin/v1/exports/google-local-inventory`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams), into_params(parameter_in = Query))]
pub struct InventoryParams {
    /// The list that the prices are from; `default` unless told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub price_list: Option<String>,
    /// How it is written.
    #[serde(default)]
    pub format: InventoryFormat,
}

/// How Google's local inventory is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum InventoryFormat {
    /// Columns with tabs between them.
    #[default]
    Tsv,
    /// An object per line.
    Jsonl,
}

/// What a feed says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum FeedKind {
    /// Products, variants and prices.
    Products,
    /// Pieces; what it leaves out has not changed.
    StockDelta,
    /// Pieces; what it leaves out at a store that it speaks of is not there.
    StockFull,
    /// What was sold of each size and came back.
    Sales,
}

/// How far a feed has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum FeedState {
    /// Being read.
    Staging,
    /// Read, and waiting for somebody to accept or refuse it; nothing of it was applied.
    Held,
    /// Being applied.
    Applying,
    /// Done.
    Applied,
    /// Not done, and never will be.
    Refused,
}

/// Feeds, the latest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FeedPage {
    /// The feeds.
    pub items: Vec<Feed>,
    /// `before` of the next page; absent when there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<i64>,
}

/// A feed that was taken in, or is being.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Feed {
    /// Its number in the network, from 1.
    pub id: i64,
    /// What it says.
    pub kind: FeedKind,
    /// Who says it.
    pub source: String,
    /// How far it has come.
    pub state: FeedState,
    /// Why it is held or refused.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// As of when it is true.
    pub counted_at: UtcMs,
    /// When it began.
    pub started_at: UtcMs,
    /// When it was applied or refused.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub finished_at: Option<UtcMs>,
    /// Rows read, the bad ones among them.
    pub rows: u64,
    /// Rows left out.
    pub bad_rows: u64,
    /// Of a full feed: rows with something on hand at the stores that it speaks of.
    pub known_rows: u64,
    /// How many of these it empties.
    pub emptied_rows: u64,
}

/// A feed, and what is wrong with it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FeedReport {
    /// The feed.
    pub feed: Feed,
    /// Its first bad rows, 100 at most; all are counted.
    pub bad: Vec<FeedBadRow>,
    /// While it is held: some of what it would empty, 50 at most.
    pub would_empty: Vec<EmptiedRow>,
}

/// A row, or all that follows it, that was left out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FeedBadRow {
    /// Where it begins, counting from 1.
    pub line: u64,
    /// Which column, where it is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub column: Option<String>,
    /// Why.
    pub reason: String,
}

/// Pieces that a held feed would take away.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EmptiedRow {
    /// Of what.
    pub sku: String,
    /// Where.
    pub location: String,
    /// How many are known there.
    pub on_hand: i64,
}
