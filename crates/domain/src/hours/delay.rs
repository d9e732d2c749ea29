//! Delays that only run while a store is open.

use super::{Schedule, open_intervals};
use crate::civil::{UtcMs, Zone};

/// How far ahead a delay may end, in days: a store that closes for the summer holidays.
const HORIZON_DAYS: i32 = 45;

/// The instant at which a store has been open for `open_ms` since `from`; with 0, the first instant at which it is open.
/// `None` when that is not within 45 days.
pub fn after_open_time(hours: &Schedule, zone: &impl Zone, from: UtcMs, open_ms: UtcMs) -> Option<UtcMs> {
    // Mostly it ends soon, and each day costs.
    [3, HORIZON_DAYS].into_iter().find_map(|days| {
        let mut left = open_ms.max(0);
        for (opens, closes) in open_intervals(hours, zone, from, days) {
            let begins = opens.max(from);
            // A delay does not end at the closing minute, when nobody can come any more.
            if begins + left < closes {
                return Some(begins + left);
            }
            left -= closes - begins;
        }
        None
    })
}

/// When the store closes for the last time on the day that is the `days`-th on which it opens after `from`; with 0, on the
/// day of the opening that runs at `from` or comes next. `None` when that is not within 45 days.
pub fn closing_of_open_day(hours: &Schedule, zone: &impl Zone, from: UtcMs, days: u16) -> Option<UtcMs> {
    let mut day = None;
    let mut counted = 0;
    let mut last = None;
    for (opens, closes) in open_intervals(hours, zone, from, HORIZON_DAYS) {
        let date = zone.to_local(opens.max(from)).date;
        if day.is_some_and(|day| day != date) {
            if counted == days {
                return last;
            }
            counted += 1;
        }
        day = Some(date);
        last = Some(closes);
    }
    last.filter(|_| counted == days)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        civil::{Date, LocalMinute},
        hours::Span,
    };
    use proptest::prelude::*;

    const MINUTE: UtcMs = 60_000;
    const HOUR: UtcMs = 60 * MINUTE;
    const DAY: UtcMs = 24 * HOUR;

    struct Utc;
    impl Zone for Utc {
        fn to_local(&self, utc: UtcMs) -> LocalMinute {
            let minutes = utc.div_euclid(MINUTE);
            LocalMinute {
                date: Date(i32::try_from(minutes.div_euclid(1440)).unwrap()),
                minute: u16::try_from(minutes.rem_euclid(1440)).unwrap(),
            }
        }
        fn to_utc(&self, local: LocalMinute) -> UtcMs {
            (i64::from(local.date.0) * 1440 + i64::from(local.minute)) * MINUTE
        }
    }

    /// Closed on the fourth day and each week from then on (1970-01-04 was a Sunday).
    fn hours() -> Schedule {
        let day = vec![Span::parse("10:00", "12:00").unwrap(), Span::parse("14:00", "19:00").unwrap()];
        let mut hours = Schedule { weekly: std::array::from_fn(|_| day.clone()), special: vec![] };
        hours.weekly[6].clear();
        hours
    }

    #[test]
    fn stands_still_while_the_store_is_closed() {
        let after = |from, open_ms| after_open_time(&hours(), &Utc, from, open_ms);
        assert_eq!(after(0, HOUR), Some(11 * HOUR), "at night it begins in the morning");
        assert_eq!(
            after(11 * HOUR + 30 * MINUTE, HOUR),
            Some(14 * HOUR + 30 * MINUTE),
            "over the lunch break"
        );
        assert_eq!(after(11 * HOUR, HOUR), Some(14 * HOUR), "never at the closing minute");
        assert_eq!(after(2 * DAY + 18 * HOUR, 2 * HOUR), Some(4 * DAY + 11 * HOUR), "over the Sunday");
        assert_eq!(after(15 * HOUR, 0), Some(15 * HOUR));
        assert_eq!(after(20 * HOUR, 0), Some(34 * HOUR));
        assert_eq!(after_open_time(&Schedule::default(), &Utc, 0, 0), None);
    }

    #[test]
    fn counts_days_on_which_the_store_opens() {
        let closing = |from, days| closing_of_open_day(&hours(), &Utc, from, days);
        assert_eq!(closing(11 * HOUR, 0), Some(19 * HOUR));
        assert_eq!(closing(20 * HOUR, 0), Some(DAY + 19 * HOUR));
        assert_eq!(closing(DAY + 11 * HOUR, 2), Some(4 * DAY + 19 * HOUR), "Sunday does not count");
        assert_eq!(closing_of_open_day(&Schedule::default(), &Utc, 0, 0), None);
    }

    proptest! {
        #[test]
        fn as_many_open_minutes_as_asked(from in 0i64..(10 * 1440), open in 0i64..3000) {
            let (from, hours) = (from * MINUTE, hours());
            let end = after_open_time(&hours, &Utc, from, open * MINUTE).unwrap();
            let is_open = |at: UtcMs| open_intervals(&hours, &Utc, at, 1).first().is_some_and(|first| first.0 <= at);
            let passed = (from / MINUTE..end / MINUTE).filter(|minute| is_open(minute * MINUTE)).count();
            prop_assert_eq!(i64::try_from(passed).unwrap(), open);
            prop_assert!(is_open(end));
        }
    }
}
