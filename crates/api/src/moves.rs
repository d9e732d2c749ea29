//! What programs tell of stock, piece by piece: sales, deliveries, counts of one article.

use devanture_domain::civil::UtcMs;
use serde::{Deserialize, Serialize};

/// Body of `POST /admin/v1/stock/moves`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StockMoves {
    /// Who tells: a till, a program, 1 to 64 characters. Each has numbers of its own.
    pub source: String,
    /// What, at most 1,000, in any order.
    pub items: Vec<StockMove>,
}

/// Pieces that came, went or were counted: either `change` or `counted`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StockMove {
    /// The source's own number of it, 1 or more; sent again with the same number it counts once. Of two counts of the same
    /// moment, the one with the higher number holds.
    pub sequence: u64,
    /// Of what.
    pub sku: String,
    /// Where: a store's code, or a warehouse's.
    pub location: String,
    /// How many came, or, below 0, went.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<i64>))]
    pub change: Option<f64>,
    /// How many there are.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<u32>))]
    pub counted: Option<f64>,
    /// When it happened. A change at the very moment of a count is taken to be in it.
    pub at: UtcMs,
}

/// What came of a batch.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StockMovesAnswer {
    /// Of each item, in the order of the request.
    pub items: Vec<StockMoveAnswer>,
    /// The lowest number that was not heard, or was refused, between the first and the last of this source that were heard;
    /// absent when there is none. Send it again, and those after it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub missing_from: Option<u64>,
}

/// What came of an item.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StockMoveAnswer {
    /// Its number.
    pub sequence: u64,
    /// What came of it.
    pub result: StockMoveResult,
    /// Why it was not taken over, and what to do.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// What came of an item. What is unknown or refused was not heard: it may be sent again with the same number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum StockMoveResult {
    /// It counts.
    Applied,
    /// Its number was heard before.
    AlreadyKnown,
    /// A later count knows it already.
    OlderThanCount,
    /// There is no such variant.
    UnknownSku,
    /// There is no such store or warehouse.
    UnknownLocation,
    /// It says what cannot be.
    Refused,
}
