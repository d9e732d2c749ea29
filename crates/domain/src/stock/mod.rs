//! What is known of the pieces of one variant at one location, and what a shopper is told of it.
//!
//! On hand, reserved and on order are three figures that are never added up. What is told is computed from them each
//! time, never stored.

mod confidence;

use serde::{Deserialize, Serialize};

use crate::civil::{Date, UtcMs};

pub use confidence::{Answers, Confidence, Reason, Trust, confidence};

/// The most pieces that any figure may say; more is an error of whoever sent it.
pub const MAX_PIECES: u32 = 1_000_000;

/// So few pieces that another shopper may be holding one.
const LOW: u32 = 2;

/// The pieces of one variant at one location.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StockLevel {
    /// Pieces that are there, the reserved ones among them.
    pub on_hand: u32,
    /// Pieces that are there and promised to somebody.
    pub reserved: u32,
    /// Pieces that are never promised: on display, or a margin for thefts and mistakes.
    pub safety: u32,
    /// Pieces on their way.
    pub on_order: u32,
    /// When these are due, in the location's own days.
    pub expected_on: Option<Date>,
    /// Who said so.
    pub source: StockSource,
    /// As of when.
    pub counted_at: UtcMs,
}

/// Who says how many pieces there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum StockSource {
    /// A seller who looked.
    Count,
    /// The till, piece by piece.
    Till,
    /// A file or a feed that says how many there are.
    Feed,
}

/// What a shopper can do about a variant at a location.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Availability {
    /// Come and get it.
    InStock,
    /// One or two pieces.
    Low,
    /// None to be had today, but more are on their way, or one is on display.
    ToOrder,
    /// None.
    Out,
}

impl StockLevel {
    /// How many pieces can still be promised.
    pub fn available(&self) -> u32 {
        self.on_hand.saturating_sub(self.reserved).saturating_sub(self.safety)
    }

    /// What a shopper is told.
    pub fn availability(&self) -> Availability {
        let unreserved = self.on_hand.saturating_sub(self.reserved);
        match self.available() {
            0 if self.on_order > 0 || unreserved > 0 => Availability::ToOrder,
            0 => Availability::Out,
            1..=LOW => Availability::Low,
            _ => Availability::InStock,
        }
    }
}

impl StockSource {
    /// As written in the database and on the wire.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Count => "count",
            Self::Till => "till",
            Self::Feed => "feed",
        }
    }

    /// Undoes [`Self::as_str`].
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Count, Self::Till, Self::Feed].into_iter().find(|source| source.as_str() == text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LEVEL: StockLevel = StockLevel {
        on_hand: 5,
        reserved: 0,
        safety: 0,
        on_order: 0,
        expected_on: None,
        source: StockSource::Feed,
        counted_at: 0,
    };

    #[test]
    fn reserved_and_spare_pieces_are_not_offered() {
        let told = |level: StockLevel| (level.available(), level.availability());
        assert_eq!(told(LEVEL), (5, Availability::InStock));
        assert_eq!(told(StockLevel { reserved: 3, ..LEVEL }), (2, Availability::Low));
        assert_eq!(told(StockLevel { reserved: 5, ..LEVEL }), (0, Availability::Out));
        assert_eq!(
            told(StockLevel { on_hand: 1, safety: 1, ..LEVEL }),
            (0, Availability::ToOrder),
            "on display"
        );
        // A feed may have found fewer pieces than are promised.
        assert_eq!(told(StockLevel { on_hand: 1, reserved: 2, ..LEVEL }), (0, Availability::Out));
    }

    #[test]
    fn pieces_on_their_way_are_not_on_hand() {
        let level = StockLevel { on_hand: 0, on_order: 40, ..LEVEL };
        assert_eq!((level.available(), level.availability()), (0, Availability::ToOrder));
    }
}
