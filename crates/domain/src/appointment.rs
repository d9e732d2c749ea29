//! Free times for an appointment with an adviser, cut from a store's opening hours.

use serde::{Deserialize, Serialize};

use crate::{
    civil::{UtcMs, Zone},
    hours::{Schedule, open_intervals},
};

const MINUTE_MS: i64 = 60_000;

/// How a store gives appointments.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AppointmentRules {
    /// Length of one appointment in minutes, 5 to 480.
    pub slot_minutes: u16,
    /// How many shoppers can be received at the same time.
    pub capacity: u16,
    /// The least notice, in minutes.
    pub lead_minutes: u32,
    /// How many days ahead can be booked.
    pub horizon_days: u16,
}

/// A time that can be booked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Slot {
    /// When it begins.
    pub starts_at: UtcMs,
    /// When it ends.
    pub ends_at: UtcMs,
    /// How many more can be booked at this time, at least 1.
    pub free: u16,
}

/// The slots that begin in `[from, until)` and can be booked at `now`. `booked` says how many
/// appointments already begin at an instant. Slots are counted from the start of each opening and
/// end before it closes, so a lunch break never cuts one.
pub fn free_slots(
    hours: &Schedule,
    zone: &impl Zone,
    rules: AppointmentRules,
    (from, until): (UtcMs, UtcMs),
    now: UtcMs,
    booked: impl Fn(UtcMs) -> u16,
) -> Vec<Slot> {
    let length = i64::from(rules.slot_minutes.clamp(5, 480)) * MINUTE_MS;
    let earliest = from.max(now.saturating_add(i64::from(rules.lead_minutes) * MINUTE_MS));
    let latest = until.min(now.saturating_add(i64::from(rules.horizon_days) * 24 * 60 * MINUTE_MS));
    let days =
        i32::try_from(latest.saturating_sub(earliest).div_euclid(86_400_000) + 2).unwrap_or(0).clamp(0, 400);
    let mut out = Vec::new();
    for (opens, closes) in open_intervals(hours, zone, earliest, days) {
        let mut starts_at = opens;
        while starts_at + length <= closes && starts_at < latest {
            let free = rules.capacity.saturating_sub(booked(starts_at));
            if starts_at >= earliest && free > 0 {
                out.push(Slot { starts_at, ends_at: starts_at + length, free });
            }
            starts_at += length;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        civil::{Date, LocalMinute},
        hours::Span,
    };

    struct Utc;
    impl Zone for Utc {
        fn to_local(&self, utc: UtcMs) -> LocalMinute {
            let minutes = utc.div_euclid(MINUTE_MS);
            LocalMinute {
                date: Date(i32::try_from(minutes.div_euclid(1440)).unwrap()),
                minute: u16::try_from(minutes.rem_euclid(1440)).unwrap(),
            }
        }
        fn to_utc(&self, local: LocalMinute) -> UtcMs {
            (i64::from(local.date.0) * 1440 + i64::from(local.minute)) * MINUTE_MS
        }
    }

    fn hours() -> Schedule {
        let day = vec![Span::parse("10:00", "12:30").unwrap(), Span::parse("14:00", "15:00").unwrap()];
        Schedule { weekly: std::array::from_fn(|_| day.clone()), special: vec![] }
    }

    const RULES: AppointmentRules =
        AppointmentRules { slot_minutes: 45, capacity: 1, lead_minutes: 60, horizon_days: 30 };
    const DAY: i64 = 86_400_000;
    const HOUR: i64 = 3_600_000;

    #[test]
    fn whole_slots_inside_each_opening() {
        let slots = free_slots(&hours(), &Utc, RULES, (0, DAY), 0, |_| 0);
        let starts: Vec<i64> = slots.iter().map(|s| s.starts_at / MINUTE_MS).collect();
        assert_eq!(starts, [600, 645, 690, 840]);
    }

    #[test]
    fn notice_horizon_and_bookings() {
        // At 09:30 with an hour's notice, 10:00 is too soon; 10:45 is taken.
        let now = 9 * HOUR + HOUR / 2;
        let taken = |at: UtcMs| u16::from(at == 645 * MINUTE_MS);
        let slots = free_slots(&hours(), &Utc, RULES, (0, DAY), now, taken);
        assert_eq!(slots.first().map(|s| s.starts_at), Some(690 * MINUTE_MS));
        assert!(free_slots(&hours(), &Utc, RULES, (31 * DAY, 32 * DAY), 0, |_| 0).is_empty());
        assert!(free_slots(&hours(), &Utc, RULES, (DAY, 0), 0, |_| 0).is_empty());
    }
}
