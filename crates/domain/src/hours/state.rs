//! Whether a store is open at an instant, and when that changes.

use serde::Serialize;

use super::Schedule;
use crate::civil::{LocalMinute, UtcMs, Zone};

/// How far ahead the next opening is looked for, in days.
const HORIZON_DAYS: i32 = 14;

/// A store that closes within this many milliseconds is worth a warning.
pub const SOON_MS: UtcMs = 45 * 60_000;

/// What a shopper needs to know before setting out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum OpeningState {
    /// Open now; `None` when it does not close within two weeks.
    Open {
        /// The instant at which it closes.
        closes_at: Option<UtcMs>,
    },
    /// Closed now; `None` when it does not open within two weeks.
    Closed {
        /// The instant at which it opens again.
        opens_at: Option<UtcMs>,
    },
}

/// Openings that touch `[from, from + days)` as `[start, end)` instants, in order, with neighbours
/// that meet (midnight, 24 h) joined. Spans lost in a clock change are dropped.
pub fn open_intervals(hours: &Schedule, zone: &impl Zone, from: UtcMs, days: i32) -> Vec<(UtcMs, UtcMs)> {
    let today = zone.to_local(from).date;
    let mut out: Vec<(UtcMs, UtcMs)> = Vec::new();
    // Yesterday's last span may still be running.
    for date in (-1..days).map(|offset| today.plus(offset)) {
        for span in hours.spans_on(date) {
            let start = zone.to_utc(LocalMinute { date, minute: span.opens() });
            let end = zone.to_utc(LocalMinute { date, minute: span.closes() });
            if end <= start || end <= from {
                continue;
            }
            match out.last_mut() {
                Some(last) if start <= last.1 => last.1 = last.1.max(end),
                _ => out.push((start, end)),
            }
        }
    }
    out
}

/// Open or closed at `now`, and until when.
pub fn state_at(hours: &Schedule, zone: &impl Zone, now: UtcMs) -> OpeningState {
    let intervals = open_intervals(hours, zone, now, HORIZON_DAYS);
    match intervals.first() {
        Some(&(start, end)) if start <= now => {
            let horizon = now + i64::from(HORIZON_DAYS - 1) * 86_400_000;
            OpeningState::Open { closes_at: (end < horizon).then_some(end) }
        }
        first => OpeningState::Closed { opens_at: first.map(|interval| interval.0) },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        civil::Date,
        hours::{Span, SpecialDay},
    };
    use proptest::prelude::*;

    const MINUTE: i64 = 60_000;

    /// A zone with one clock change, in the manner of Europe/Paris in spring (gap) or autumn (fold).
    struct Shift {
        change: UtcMs,
        before: i64,
        after: i64,
    }

    impl Shift {
        fn fixed(minutes: i64) -> Self {
            Self { change: i64::MAX, before: minutes, after: minutes }
        }
        fn offset(&self, utc: UtcMs) -> i64 {
            if utc < self.change { self.before } else { self.after }
        }
    }

    impl Zone for Shift {
        fn to_local(&self, utc: UtcMs) -> LocalMinute {
            let local = utc.div_euclid(MINUTE) + self.offset(utc);
            LocalMinute {
                date: Date(i32::try_from(local.div_euclid(1440)).unwrap()),
                minute: u16::try_from(local.rem_euclid(1440)).unwrap(),
            }
        }
        fn to_utc(&self, local: LocalMinute) -> UtcMs {
            let wall = i64::from(local.date.0) * 1440 + i64::from(local.minute);
            let early = (wall - self.before) * MINUTE;
            let late = (wall - self.after) * MINUTE;
            if early < self.change { early } else { late.max(self.change) }
        }
    }

    fn at(zone: &Shift, date: &str, minute: u16) -> UtcMs {
        zone.to_utc(LocalMinute { date: Date::parse(date).unwrap(), minute })
    }

    fn week(spans: &[(&str, &str)]) -> Schedule {
        let day: Vec<Span> = spans.iter().map(|(a, b)| Span::parse(a, b).unwrap()).collect();
        Schedule { weekly: std::array::from_fn(|_| day.clone()), special: vec![] }.checked().unwrap()
    }

    #[test]
    fn lunch_break() {
        let zone = Shift::fixed(60);
        let hours = week(&[("09:30", "12:30"), ("14:00", "19:00")]);
        let state = state_at(&hours, &zone, at(&zone, "2026-11-23", 12 * 60 + 45));
        assert_eq!(state, OpeningState::Closed { opens_at: Some(at(&zone, "2026-11-23", 14 * 60)) });
        let state = state_at(&hours, &zone, at(&zone, "2026-11-23", 12 * 60 + 29));
        assert_eq!(state, OpeningState::Open { closes_at: Some(at(&zone, "2026-11-23", 12 * 60 + 30)) });
        // The closing minute itself is closed.
        let state = state_at(&hours, &zone, at(&zone, "2026-11-23", 12 * 60 + 30));
        assert!(matches!(state, OpeningState::Closed { .. }));
    }

    #[test]
    fn over_midnight_and_a_special_day_after_it() {
        let zone = Shift::fixed(240);
        let mut hours = week(&[("18:00", "02:00")]);
        hours.special.push(SpecialDay {
            date: Date::parse("2026-12-25").unwrap(),
            spans: vec![],
            note: None,
        });
        // Christmas Eve's night still runs at 01:00 on the 25th; the 25th itself is closed.
        let state = state_at(&hours, &zone, at(&zone, "2026-12-25", 60));
        assert_eq!(state, OpeningState::Open { closes_at: Some(at(&zone, "2026-12-25", 120)) });
        let state = state_at(&hours, &zone, at(&zone, "2026-12-25", 20 * 60));
        assert_eq!(state, OpeningState::Closed { opens_at: Some(at(&zone, "2026-12-26", 18 * 60)) });
    }

    #[test]
    fn meeting_spans_are_one_opening() {
        let zone = Shift::fixed(0);
        let hours = week(&[("00:00", "24:00")]);
        assert_eq!(state_at(&hours, &zone, 0), OpeningState::Open { closes_at: None });
        let mut hours = Schedule::default();
        hours.weekly[0] = vec![Span::parse("20:00", "24:00").unwrap()];
        hours.weekly[1] = vec![Span::parse("00:00", "03:00").unwrap()];
        let state = state_at(&hours, &zone, at(&zone, "2026-11-23", 23 * 60));
        assert_eq!(state, OpeningState::Open { closes_at: Some(at(&zone, "2026-11-24", 180)) });
    }

    #[test]
    fn clock_changes() {
        // Europe/Paris, 29 March 2026: 02:00 becomes 03:00 at 01:00 UTC.
        let change = i64::from(Date::parse("2026-03-29").unwrap().0) * 86_400_000 + 3_600_000;
        let spring = Shift { change, before: 60, after: 120 };
        let hours = week(&[("22:00", "04:00")]);
        let intervals = open_intervals(&hours, &spring, at(&spring, "2026-03-28", 23 * 60), 1);
        assert_eq!(intervals[0].1 - intervals[0].0, 5 * 3_600_000, "an hour of the night is missing");
        // Autumn: the same night is an hour longer.
        let autumn = Shift { change, before: 120, after: 60 };
        let intervals = open_intervals(&hours, &autumn, at(&autumn, "2026-03-28", 23 * 60), 1);
        assert_eq!(intervals[0].1 - intervals[0].0, 7 * 3_600_000);
        // A span wholly inside the gap does not exist.
        let hours = week(&[("02:10", "02:50")]);
        let day = open_intervals(&hours, &spring, at(&spring, "2026-03-29", 0), 1);
        assert!(day.is_empty(), "{day:?}");
    }

    #[test]
    fn nothing_known_is_closed_without_promise() {
        assert_eq!(
            state_at(&Schedule::default(), &Shift::fixed(0), 0),
            OpeningState::Closed { opens_at: None }
        );
    }

    proptest! {
        /// The state at any instant agrees with asking the schedule minute by minute.
        #[test]
        fn agrees_with_the_wall_clock(
            starts in proptest::collection::vec((0u16..1440, 1u16..700), 0..3),
            minute in 0i64..(14 * 1440), offset in -720i64..840,
        ) {
            let zone = Shift::fixed(offset);
            let spans: Vec<Span> = starts.iter()
                .filter_map(|&(opens, length)| Span::new(opens, (opens + length) % 1440).ok()).collect();
            let hours = Schedule { weekly: std::array::from_fn(|_| spans.clone()), special: vec![] };
            let Ok(hours) = hours.checked() else { return Ok(()) };
            let now = minute * MINUTE;
            let wall = zone.to_local(now).minute;
            let expected = hours.weekly[0].iter().any(|s|
                (s.opens()..s.closes()).contains(&wall) || (s.opens()..s.closes()).contains(&(wall + 1440)));
            match state_at(&hours, &zone, now) {
                OpeningState::Open { closes_at } => {
                    prop_assert!(expected);
                    prop_assert!(closes_at.is_none_or(|t| t > now));
                }
                OpeningState::Closed { opens_at } => {
                    prop_assert!(!expected);
                    prop_assert_eq!(opens_at.is_some(), !hours.weekly[0].is_empty());
                    prop_assert!(opens_at.is_none_or(|t| t > now));
                }
            }
        }
    }
}
