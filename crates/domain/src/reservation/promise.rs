//! By when: a store answers, pieces lie ready, and they have to be fetched. All three run in its opening hours.

use super::ReservationRules;
use crate::{
    civil::{UtcMs, Zone},
    hours::{Schedule, after_open_time, closing_of_open_day},
};

const MINUTE_MS: UtcMs = 60_000;
const DAY_MS: UtcMs = 86_400_000;

/// From when pieces can be fetched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Promise {
    /// The store is open at this instant.
    pub ready_at: UtcMs,
    /// On the day of the request, as the store counts days.
    pub same_day: bool,
}

/// What can be promised for a request at `now`; `None` for a store that does not open within 45 days.
pub fn promise(hours: &Schedule, zone: &impl Zone, rules: &ReservationRules, now: UtcMs) -> Option<Promise> {
    let ready_at = after_open_time(hours, zone, now, i64::from(rules.prepare_minutes) * MINUTE_MS)?;
    Some(Promise { ready_at, same_day: zone.to_local(ready_at).date == zone.to_local(now).date })
}

/// Until when the store has to answer. One that has no known hours has the delay by the clock, since it would never
/// have to answer otherwise.
pub fn answer_by(hours: &Schedule, zone: &impl Zone, rules: &ReservationRules, now: UtcMs) -> UtcMs {
    let delay = i64::from(rules.answer_minutes) * MINUTE_MS;
    after_open_time(hours, zone, now, delay).unwrap_or(now.saturating_add(delay))
}

/// Until when pieces that lie ready at `ready_at` can be fetched.
pub fn pick_up_by(hours: &Schedule, zone: &impl Zone, rules: &ReservationRules, ready_at: UtcMs) -> UtcMs {
    closing_of_open_day(hours, zone, ready_at, rules.hold_days)
        .unwrap_or(ready_at.saturating_add((i64::from(rules.hold_days) + 1) * DAY_MS))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        civil::{Date, LocalMinute},
        hours::Span,
    };

    const HOUR: UtcMs = 60 * MINUTE_MS;

    /// Two hours east of Greenwich.
    struct East;
    impl Zone for East {
        fn to_local(&self, utc: UtcMs) -> LocalMinute {
            let minutes = utc.div_euclid(MINUTE_MS) + 120;
            LocalMinute {
                date: Date(i32::try_from(minutes.div_euclid(1440)).unwrap()),
                minute: u16::try_from(minutes.rem_euclid(1440)).unwrap(),
            }
        }
        fn to_utc(&self, local: LocalMinute) -> UtcMs {
            (i64::from(local.date.0) * 1440 + i64::from(local.minute) - 120) * MINUTE_MS
        }
    }

    #[test]
    fn in_the_evening_it_is_tomorrow() {
        let day = vec![Span::parse("10:00", "19:00").unwrap()];
        let hours = Schedule { weekly: std::array::from_fn(|_| day.clone()), special: vec![] };
        let rules = ReservationRules { prepare_minutes: 0, ..ReservationRules::default() };
        // 23:00 there.
        let evening = 21 * HOUR;
        let tomorrow = Promise { ready_at: 32 * HOUR, same_day: false };
        assert_eq!(promise(&hours, &East, &rules, evening), Some(tomorrow));
        assert_eq!(answer_by(&hours, &East, &rules, evening), 34 * HOUR);
        assert_eq!(pick_up_by(&hours, &East, &rules, 32 * HOUR), (24 + 17 + 48) * HOUR);
        // 15:00 there.
        let afternoon = Promise { ready_at: 14 * HOUR, same_day: true };
        assert_eq!(promise(&hours, &East, &ReservationRules::default(), 13 * HOUR), Some(afternoon));
    }

    #[test]
    fn without_known_hours_by_the_clock() {
        let (hours, rules) = (Schedule::default(), ReservationRules::default());
        assert_eq!(promise(&hours, &East, &rules, 0), None);
        assert_eq!(answer_by(&hours, &East, &rules, 0), 2 * HOUR);
        assert_eq!(pick_up_by(&hours, &East, &rules, 0), 3 * DAY_MS);
    }
}
