//! How sure a figure is: from who said it, how long ago, how often the store then had the piece, and how many there are.
//!
//! The figure is an estimate of the chance that the piece is found. The constants are ours; what holds for any of them
//! (older, fewer, more often refused is never surer) is a property test.

use serde::{Deserialize, Serialize};

use super::{StockLevel, StockSource};
use crate::civil::UtcMs;

const HOUR_MS: UtcMs = 3_600_000;

/// How a store has answered requests lately.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Answers {
    /// The piece was there.
    pub confirmed: u32,
    /// It was not.
    pub refused: u32,
}

/// How much a shopper should rely on a figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Trust {
    /// Call or reserve before setting out.
    Low,
    /// Likely.
    Medium,
    /// As good as certain.
    High,
}

/// What most speaks for a figure, or against it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// A seller has just looked.
    Counted,
    /// The figure is recent.
    Recent,
    /// This store nearly always finds what its figures say.
    Reliable,
    /// The figure is old.
    Old,
    /// This store often did not find what its figures said.
    OftenRefused,
    /// There is only one piece, which somebody may be trying on.
    LastPiece,
}

/// How sure, and why.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Confidence {
    /// How sure.
    pub trust: Trust,
    /// Why.
    pub reason: Reason,
}

/// Judges a figure that says that there is something.
pub fn confidence(level: &StockLevel, answers: Answers, now: UtcMs) -> Confidence {
    let age = now.saturating_sub(level.counted_at).max(0);
    let recency = recency(level.source, age);
    let record = record(answers);
    let pieces = if level.available() <= 1 { 0.85 } else { 1.0 };
    let chance = recency * record * pieces;
    let trust = match chance {
        high if high >= 0.75 => Trust::High,
        medium if medium >= 0.45 => Trust::Medium,
        _ => Trust::Low,
    };
    let reason = if trust == Trust::High {
        if level.source == StockSource::Count && age < HOUR_MS {
            Reason::Counted
        } else if answers.confirmed >= 10 && record > 0.95 {
            Reason::Reliable
        } else {
            Reason::Recent
        }
    } else if record <= recency && record <= pieces {
        Reason::OftenRefused
    } else if recency <= pieces {
        Reason::Old
    } else {
        Reason::LastPiece
    };
    Confidence { trust, reason }
}

/// Halves, beside a floor of a tenth, with every half-life: a shop sells through the day, whatever the source was.
fn recency(source: StockSource, age: UtcMs) -> f64 {
    let (base, half_life) = match source {
        StockSource::Count => (1.0, 36 * HOUR_MS),
        StockSource::Till => (0.97, 24 * HOUR_MS),
        StockSource::Feed => (0.95, 24 * HOUR_MS),
    };
    #[expect(clippy::cast_precision_loss, reason = "milliseconds of some years")]
    let half_lives = age as f64 / half_life as f64;
    base * (0.1 + 0.9 * (-half_lives).exp2())
}

/// The share of requests that a store could meet, beginning at nine of ten for one that has not answered any.
fn record(answers: Answers) -> f64 {
    let (confirmed, refused) = (f64::from(answers.confirmed), f64::from(answers.refused));
    (confirmed + 9.0) / (confirmed + refused + 10.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn level(source: StockSource, on_hand: u32, counted_at: UtcMs) -> StockLevel {
        StockLevel { on_hand, reserved: 0, safety: 0, on_order: 0, expected_on: None, source, counted_at }
    }

    fn judged(
        source: StockSource,
        on_hand: u32,
        hours: i64,
        confirmed: u32,
        refused: u32,
    ) -> (Trust, Reason) {
        let answers = Answers { confirmed, refused };
        let judged = confidence(&level(source, on_hand, 0), answers, hours * HOUR_MS);
        (judged.trust, judged.reason)
    }

    #[test]
    fn says_what_matters_most() {
        use StockSource::{Count, Feed, Till};
        assert_eq!(judged(Count, 5, 0, 0, 0), (Trust::High, Reason::Counted));
        assert_eq!(judged(Till, 5, 1, 0, 0), (Trust::High, Reason::Recent));
        assert_eq!(judged(Feed, 5, 2, 40, 0), (Trust::High, Reason::Reliable));
        assert_eq!(judged(Feed, 5, 48, 0, 0), (Trust::Low, Reason::Old));
        assert_eq!(judged(Feed, 5, 0, 6, 8), (Trust::Medium, Reason::OftenRefused));
        assert_eq!(judged(Feed, 1, 0, 0, 0), (Trust::Medium, Reason::LastPiece));
    }

    proptest! {
        #[test]
        fn never_surer_when_older_fewer_or_more_often_refused(
            source in 0usize..3, on_hand in 1u32..50, hours in 0i64..2000, confirmed in 0u32..200, refused in 0u32..200,
            more in 1u32..50,
        ) {
            let source = [StockSource::Count, StockSource::Till, StockSource::Feed][source];
            let trust = |on_hand, hours, confirmed, refused| judged(source, on_hand, hours, confirmed, refused).0;
            let base = trust(on_hand, hours, confirmed, refused);
            prop_assert!(trust(on_hand, hours + i64::from(more), confirmed, refused) <= base);
            prop_assert!(trust(on_hand, hours, confirmed, refused + more) <= base);
            prop_assert!(trust(on_hand + more, hours, confirmed, refused) >= base);
            prop_assert!(trust(on_hand, hours, confirmed + more, refused) >= base);
        }

        #[test]
        fn any_clock(counted_at: i64, now: i64) {
            let _ = confidence(&level(StockSource::Till, 1, counted_at), Answers::default(), now);
        }
    }
}
