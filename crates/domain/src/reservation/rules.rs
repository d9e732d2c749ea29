//! What a network decides about reservations.

use serde::{Deserialize, Serialize};

/// A network's rules. The defaults are the trade's norm: two hours to answer, two days to come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default)]
pub struct ReservationRules {
    /// How long a store has to answer, in minutes of its opening hours.
    pub answer_minutes: u16,
    /// How long it takes to put a piece aside, in minutes of opening hours.
    pub prepare_minutes: u16,
    /// How many days on which the store opens pieces lie ready, beside the first.
    pub hold_days: u16,
    /// How long pieces are held for a checkout that is not paid yet, in minutes.
    pub payment_minutes: u16,
    /// Whether a request that a store does not answer, or refuses, goes to the next store.
    pub pass_on: bool,
    /// How many stores are asked at most.
    pub max_stores: u16,
    /// The most pieces of one variant in one reservation.
    pub max_units: u16,
    /// The most different variants in one reservation.
    pub max_lines: u16,
    /// The most reservations that one person has open.
    pub max_open: u16,
    /// After so many pieces not collected within half a year, a person has to come without a reservation.
    pub max_no_shows: u16,
}

impl Default for ReservationRules {
    fn default() -> Self {
        Self {
            answer_minutes: 120,
            prepare_minutes: 60,
            hold_days: 2,
            payment_minutes: 30,
            pass_on: true,
            max_stores: 3,
            max_units: 3,
            max_lines: 12,
            max_open: 5,
            max_no_shows: 3,
        }
    }
}
