//! Time zones by name, from the IANA database.

use devanture_domain::civil::{DAY_MINUTES, Date, LocalMinute, UtcMs, Zone};
use jiff::{
    Timestamp,
    civil::DateTime,
    tz::{AmbiguousOffset, TimeZone},
};

const MINUTE_MS: i64 = 60_000;

/// An IANA zone, looked up once.
#[derive(Clone, Debug)]
pub struct NamedZone(TimeZone);

impl NamedZone {
    /// The zone of this name, `Europe/Paris`.
    pub fn get(name: &str) -> Option<Self> {
        TimeZone::get(name).ok().map(Self)
    }

    /// Coordinated Universal Time.
    pub fn utc() -> Self {
        Self(TimeZone::UTC)
    }

    /// The instant at which the next calendar day begins here.
    pub fn next_midnight(&self, now: UtcMs) -> UtcMs {
        self.to_utc(LocalMinute { date: self.to_local(now).date.plus(1), minute: 0 })
    }

    /// `2026-11-21T09:30:00+01:00`, as JSON-LD wants it.
    pub fn rfc3339(&self, at: UtcMs) -> String {
        Timestamp::from_millisecond(at).map_or_else(
            |_| String::new(),
            |at| at.to_zoned(self.0.clone()).strftime("%Y-%m-%dT%H:%M:%S%:z").to_string(),
        )
    }
}

/// A time zone that jiff knows nothing about is not a zone; a year out of its range is not a date.
fn wall(local: LocalMinute) -> Option<DateTime> {
    let (year, month, day) = local.date.plus(i32::from(local.minute / DAY_MINUTES)).ymd();
    let minute = local.minute % DAY_MINUTES;
    DateTime::new(
        i16::try_from(year).ok()?,
        i8::try_from(month).ok()?,
        i8::try_from(day).ok()?,
        i8::try_from(minute / 60).ok()?,
        i8::try_from(minute % 60).ok()?,
        0,
        0,
    )
    .ok()
}

impl Zone for NamedZone {
    fn to_local(&self, utc: UtcMs) -> LocalMinute {
        let offset = Timestamp::from_millisecond(utc).map_or(0, |at| self.0.to_offset(at).seconds());
        let minutes = (utc + i64::from(offset) * 1000).div_euclid(MINUTE_MS);
        let day = i64::from(DAY_MINUTES);
        LocalMinute {
            date: Date(i32::try_from(minutes.div_euclid(day)).unwrap_or(i32::MAX)),
            minute: u16::try_from(minutes.rem_euclid(day)).unwrap_or(0),
        }
    }

    fn to_utc(&self, local: LocalMinute) -> UtcMs {
        let as_utc = (i64::from(local.date.0) * i64::from(DAY_MINUTES) + i64::from(local.minute)) * MINUTE_MS;
        let Some(wall) = wall(local) else { return as_utc };
        let instant = |offset: jiff::tz::Offset| as_utc - i64::from(offset.seconds()) * 1000;
        match self.0.to_ambiguous_timestamp(wall).offset() {
            AmbiguousOffset::Unambiguous { offset } => instant(offset),
            // The clock shows this twice: the first time counts.
            AmbiguousOffset::Fold { before, .. } => instant(before),
            // The clock never shows this: the moment at which it jumps over it.
            AmbiguousOffset::Gap { after, .. } => {
                let before_jump = instant(after);
                let jump = Timestamp::from_millisecond(before_jump)
                    .ok()
                    .and_then(|at| self.0.following(at).next().map(|t| t.timestamp().as_millisecond()));
                jump.unwrap_or(before_jump)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(zone: &NamedZone, date: &str, minute: u16) -> String {
        let utc = zone.to_utc(LocalMinute { date: Date::parse(date).unwrap(), minute });
        Timestamp::from_millisecond(utc).unwrap().to_string()
    }

    #[test]
    fn gap_fold_and_far_zones() {
        let paris = NamedZone::get("Europe/Paris").unwrap();
        assert_eq!(at(&paris, "2026-11-21", 570), "2026-11-21T08:30:00Z");
        assert_eq!(at(&paris, "2026-03-29", 150), "2026-03-29T01:00:00Z", "02:30 does not exist");
        assert_eq!(at(&paris, "2026-10-25", 150), "2026-10-25T00:30:00Z", "the earlier 02:30");
        let reunion = NamedZone::get("Indian/Reunion").unwrap();
        assert_eq!(at(&reunion, "2026-11-21", 1500), "2026-11-21T21:00:00Z", "01:00 of the next day");
        let kiritimati = NamedZone::get("Pacific/Kiritimati").unwrap();
        assert_eq!(at(&kiritimati, "2026-11-22", 0), "2026-11-21T10:00:00Z");
        assert!(NamedZone::get("Europe/Nantes").is_none());
    }

    #[test]
    fn there_and_back() {
        for name in ["Europe/Paris", "Asia/Kathmandu", "America/St_Johns", "UTC"] {
            let zone = NamedZone::get(name).unwrap();
            for hour in 0..24 * 400 {
                let utc = 1_767_225_600_000 + hour * 3_600_000;
                let local = zone.to_local(utc);
                let back = zone.to_utc(local);
                assert!(back == utc || back == utc - 3_600_000, "{name} {local:?}");
            }
        }
    }

    #[test]
    fn written_with_its_offset() {
        assert_eq!(NamedZone::get("Europe/Paris").unwrap().rfc3339(0), "1970-01-01T01:00:00+01:00");
    }
}
