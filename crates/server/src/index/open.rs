//! Which stores are open at this moment, without asking each store's hours each time.

use std::sync::{Mutex, PoisonError};

use devanture_domain::{
    civil::UtcMs,
    hours::{OpeningState, Schedule, state_at},
};

use super::bits::BitSet;
use crate::zone::NamedZone;

/// States without a known end are looked at again after this long, since the search for it stops
/// after two weeks.
const LOOK_AGAIN_MS: i64 = 86_400_000;

/// Hours in a zone, shared by all stores that keep the same.
#[derive(Debug)]
pub(crate) struct Calendar {
    pub(crate) hours: Schedule,
    pub(crate) zone: NamedZone,
    pub(crate) zone_name: Box<str>,
}

#[derive(Debug, Default)]
pub(crate) struct OpenNow(Mutex<Computed>);

#[derive(Debug, Default)]
struct Computed {
    at: UtcMs,
    /// Per calendar: open or not, and until when that holds.
    states: Vec<(bool, UtcMs)>,
    /// The earliest of those instants.
    next_change: UtcMs,
    stores: BitSet,
}

impl OpenNow {
    /// The stores open at `now`; `calendar_of` gives each store's calendar.
    pub(crate) fn at(&self, now: UtcMs, calendars: &[Calendar], calendar_of: &[u32]) -> BitSet {
        let mut computed = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let fresh = computed.states.len() == calendars.len() && now >= computed.at && !calendars.is_empty();
        if fresh && now < computed.next_change {
            return computed.stores.clone();
        }
        if !fresh {
            computed.states = vec![(false, UtcMs::MIN); calendars.len()];
        }
        for (calendar, state) in calendars.iter().zip(&mut computed.states) {
            if state.1 <= now {
                *state = match state_at(&calendar.hours, &calendar.zone, now) {
                    OpeningState::Open { closes_at } => (true, closes_at.unwrap_or(now + LOOK_AGAIN_MS)),
                    OpeningState::Closed { opens_at: Some(at) } => (false, at),
                    OpeningState::Closed { opens_at: None } if calendar.hours.is_empty() => {
                        (false, UtcMs::MAX)
                    }
                    OpeningState::Closed { opens_at: None } => (false, now + LOOK_AGAIN_MS),
                };
            }
        }
        let mut stores = BitSet::none(calendar_of.len());
        for (store, calendar) in (0u32..).zip(calendar_of) {
            if computed.states[*calendar as usize].0 {
                stores.insert(store);
            }
        }
        computed.next_change = computed.states.iter().map(|state| state.1).min().unwrap_or(UtcMs::MAX);
        computed.at = now;
        computed.stores = stores.clone();
        stores
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use devanture_domain::hours::Span;

    #[test]
    fn follows_the_clock_both_ways() {
        let nine_to_five = Schedule {
            weekly: std::array::from_fn(|_| vec![Span::parse("09:00", "17:00").unwrap()]),
            special: vec![],
        };
        let calendar = |zone: &str, hours: &Schedule| Calendar {
            hours: hours.clone(),
            zone: NamedZone::get(zone).unwrap(),
            zone_name: zone.into(),
        };
        let calendars = [
            calendar("UTC", &nine_to_five),
            calendar("Asia/Tokyo", &nine_to_five),
            calendar("UTC", &Schedule::default()),
        ];
        let open = OpenNow::default();
        let at = |hour: i64| open.at(hour * 3_600_000, &calendars, &[0, 1, 2, 0]).iter().collect::<Vec<_>>();
        assert_eq!(at(0), [1], "09:00 in Tokyo");
        assert_eq!(at(7), [1]);
        assert_eq!(at(8), [] as [u32; 0], "17:00 in Tokyo is closed");
        assert_eq!(at(12), [0, 3]);
        assert_eq!(at(1), [1], "a clock put back");
    }
}
