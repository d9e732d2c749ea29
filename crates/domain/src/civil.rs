//! Calendar dates and wall-clock times, without a time zone.
//!
//! Written here rather than taken from a library because it is all the browser needs of one:
//! `jiff` costs the download more than this whole crate. The server converts with `jiff`.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};

/// Milliseconds since 1970-01-01T00:00:00Z.
pub type UtcMs = i64;

/// Minutes in a day.
pub const DAY_MINUTES: u16 = 24 * 60;

/// A day of the Gregorian calendar, kept as days since 1970-01-01. On the wire `YYYY-MM-DD`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(pub i32);

/// A date and a wall-clock minute, in some zone that the caller knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct LocalMinute {
    /// The calendar day.
    pub date: Date,
    /// Minutes since local midnight; 1440 and more are on the following days.
    pub minute: u16,
}

/// Converts between instants and one place's wall clock: `jiff` on the server, `Intl` in the browser.
pub trait Zone {
    /// What the clock on the wall shows at this instant.
    fn to_local(&self, utc: UtcMs) -> LocalMinute;
    /// The instant at which the wall clock shows `local`. In a gap (spring) the time just after it;
    /// in a fold (autumn) the earlier of the two.
    fn to_utc(&self, local: LocalMinute) -> UtcMs;
}

impl Date {
    /// From year, month (1–12) and day (1–31); `None` if there is no such day.
    pub fn from_ymd(year: i32, month: u8, day: u8) -> Option<Self> {
        if !(1..=9999).contains(&year) || !(1..=12).contains(&month) || day < 1 || day > days_in(year, month)
        {
            return None;
        }
        // Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms", days_from_civil.
        let y = if month <= 2 { year - 1 } else { year };
        let era = y.div_euclid(400);
        let year_of_era = y.rem_euclid(400);
        let month = i32::from(month);
        let shifted = if month > 2 { month - 3 } else { month + 9 };
        let day_of_year = (153 * shifted + 2) / 5 + i32::from(day) - 1;
        let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
        Some(Self(era * 146_097 + day_of_era - 719_468))
    }

    /// Year, month (1–12) and day (1–31).
    pub fn ymd(self) -> (i32, u8, u8) {
        let z = self.0 + 719_468;
        let era = z.div_euclid(146_097);
        let doe = z.rem_euclid(146_097);
        let yoe = (doe - doe / 1460 + doe / 36_524 - doe / 146_096) / 365;
        let doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
        let mp = (5 * doy + 2) / 153;
        let day = doy - (153 * mp + 2) / 5 + 1;
        let month = if mp < 10 { mp + 3 } else { mp - 9 };
        let year = yoe + era * 400 + i32::from(month <= 2);
        (year, small(month), small(day))
    }

    /// 0 for Monday to 6 for Sunday.
    pub fn weekday(self) -> usize {
        // 1970-01-01 was a Thursday.
        usize::from(small((self.0 + 3).rem_euclid(7)))
    }

    /// The day `days` later (earlier if negative).
    #[must_use]
    pub fn plus(self, days: i32) -> Self {
        Self(self.0 + days)
    }

    /// Reads `YYYY-MM-DD`.
    pub fn parse(text: &str) -> Option<Self> {
        let b = text.as_bytes();
        if b.len() != 10 || b[4] != b'-' || b[7] != b'-' {
            return None;
        }
        let year = digits(&b[0..4])?;
        Self::from_ymd(
            i32::from(year),
            small(i32::from(digits(&b[5..7])?)),
            small(i32::from(digits(&b[8..10])?)),
        )
    }

    /// Writes `YYYY-MM-DD`.
    pub fn to_text(self) -> String {
        let (y, m, d) = self.ymd();
        let mut out = String::with_capacity(10);
        push_digits(&mut out, y, 4);
        out.push('-');
        push_digits(&mut out, i32::from(m), 2);
        out.push('-');
        push_digits(&mut out, i32::from(d), 2);
        out
    }
}

/// Reads `HH:MM` from `00:00` to `24:00` as minutes since midnight.
pub fn parse_minute(text: &str) -> Option<u16> {
    let b = text.as_bytes();
    if b.len() != 5 || b[2] != b':' {
        return None;
    }
    let (h, m) = (digits(&b[0..2])?, digits(&b[3..5])?);
    let minute = h * 60 + m;
    (m < 60 && minute <= DAY_MINUTES).then_some(minute)
}

/// Writes minutes since midnight as `HH:MM`; past midnight it goes on counting at `00:00`, but
/// midnight at the end of a day is `24:00`.
pub fn minute_text(minute: u16) -> String {
    let minute = if minute > DAY_MINUTES { minute % DAY_MINUTES } else { minute };
    let mut out = String::with_capacity(5);
    push_digits(&mut out, i32::from(minute / 60), 2);
    out.push(':');
    push_digits(&mut out, i32::from(minute % 60), 2);
    out
}

fn days_in(year: i32, month: u8) -> u8 {
    match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

fn digits(bytes: &[u8]) -> Option<u16> {
    bytes.iter().try_fold(0u16, |n, b| b.is_ascii_digit().then(|| n * 10 + u16::from(b - b'0')))
}

fn push_digits(out: &mut String, value: i32, width: u32) {
    for power in (0..width).rev() {
        out.push(char::from(b'0' + small(value / 10i32.pow(power) % 10)));
    }
}

/// For values that the arithmetic above keeps below 256.
fn small(value: i32) -> u8 {
    u8::try_from(value).unwrap_or(u8::MAX)
}

impl Serialize for Date {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.serialize_str(&self.to_text())
    }
}

impl<'de> Deserialize<'de> for Date {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let text = String::deserialize(d)?;
        Self::parse(&text).ok_or_else(|| D::Error::custom("a date is written YYYY-MM-DD"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn known_days() {
        assert_eq!(Date::from_ymd(1970, 1, 1), Some(Date(0)));
        assert_eq!(Date::parse("2026-11-21").map(Date::weekday), Some(5), "a Saturday");
        assert_eq!(Date::parse("2023-02-29"), None);
        assert!(Date::parse("2024-02-29").is_some());
        assert_eq!(Date::parse("2024-2-29"), None);
    }

    #[test]
    fn minutes() {
        assert_eq!(parse_minute("09:30"), Some(570));
        assert_eq!(parse_minute("24:00"), Some(1440));
        assert_eq!(parse_minute("24:01"), None);
        assert_eq!(parse_minute("9:30"), None);
        assert_eq!(minute_text(1560), "02:00");
        assert_eq!(minute_text(1440), "24:00");
    }

    proptest! {
        #[test]
        fn dates_round_trip(days in -700_000..2_900_000i32) {
            let (y, m, d) = Date(days).ymd();
            prop_assert_eq!(Date::from_ymd(y, m, d), Some(Date(days)));
            prop_assert_eq!(Date::parse(&Date(days).to_text()), Some(Date(days)));
        }

        #[test]
        fn any_text_is_read_or_refused(text in "\\PC{0,12}") {
            let _ = (Date::parse(&text), parse_minute(&text));
        }
    }
}
