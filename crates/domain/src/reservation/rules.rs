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
    /// How many stores are asked at most, before the warehouses.
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

impl ReservationRules {
    /// Refuses those by which nobody could reserve, or a store would never have to answer; says which it is and what it may be.
    pub fn check(&self) -> Result<(), String> {
        for (name, value, least, most) in [
            ("answer_minutes", self.answer_minutes, 1, 10_080),
            ("prepare_minutes", self.prepare_minutes, 0, 10_080),
            ("hold_days", self.hold_days, 0, 60),
            ("payment_minutes", self.payment_minutes, 1, 1440),
            ("max_stores", self.max_stores, 1, 100),
            ("max_units", self.max_units, 1, 1000),
            ("max_lines", self.max_lines, 1, 100),
            ("max_open", self.max_open, 1, 1000),
            ("max_no_shows", self.max_no_shows, 1, 1000),
        ] {
            if !(least..=most).contains(&value) {
                return Err(format!("{name} is {least} to {most}, not {value}"));
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_by_which_nobody_could_reserve() {
        let usual = ReservationRules::default();
        assert_eq!(usual.check(), Ok(()));
        let said = ReservationRules { max_no_shows: 0, ..usual }.check();
        assert_eq!(said, Err("max_no_shows is 1 to 1000, not 0".to_owned()));
        assert_eq!(ReservationRules { prepare_minutes: 0, hold_days: 0, ..usual }.check(), Ok(()));
        assert!(ReservationRules { answer_minutes: 0, ..usual }.check().is_err());
        assert!(ReservationRules { hold_days: u16::MAX, ..usual }.check().is_err());
    }
}
