//! Points in time on the command line.

use devanture_domain::civil::{DAY_MINUTES, Date, UtcMs, parse_minute};

const MINUTE_MS: i64 = 60_000;

/// Reads ISO 8601 with a zone, `2026-11-22T06:00:00Z` or `2026-11-22T07:00+01:00`, as milliseconds since 1970 UTC. One
/// without would be another time on another machine.
pub(crate) fn instant(text: &str) -> Result<UtcMs, String> {
    read(text).ok_or_else(|| "written 2026-11-22T06:00:00Z or 2026-11-22T07:00:00+01:00".to_owned())
}

/// `2026-11-22T06:00:00Z`.
pub(crate) fn shown(at: UtcMs) -> String {
    let seconds = at.div_euclid(1000);
    let (days, second) = (seconds.div_euclid(86_400), seconds.rem_euclid(86_400));
    let day = Date(i32::try_from(days).unwrap_or(i32::MAX / 2)).to_text();
    format!("{day}T{:02}:{:02}:{:02}Z", second / 3600, second / 60 % 60, second % 60)
}

fn read(text: &str) -> Option<UtcMs> {
    let (day, rest) = text.trim().split_once(['T', 't', ' '])?;
    let at = rest.find(['Z', 'z', '+', '-', '−'])?;
    let (clock, zone) = rest.split_at(at);
    let minute = i64::from(parse_minute(clock.get(..5)?)?);
    if minute >= i64::from(DAY_MINUTES) {
        return None;
    }
    let days = i64::from(Date::parse(day)?.0);
    let ms = (days * i64::from(DAY_MINUTES) + minute) * MINUTE_MS + seconds(clock.get(5..)?)?;
    Some(ms - offset(zone)? * MINUTE_MS)
}

/// `:30` or `:30.250`, or nothing, in milliseconds.
fn seconds(text: &str) -> Option<i64> {
    if text.is_empty() {
        return Some(0);
    }
    let text = text.strip_prefix(':')?;
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    if whole.len() != 2 || !digits(whole) || !digits(fraction) || fraction.len() > 9 {
        return None;
    }
    let ms: i64 = format!("{fraction:0<3}")[..3].parse().ok()?;
    let whole: i64 = whole.parse().ok()?;
    (whole < 60).then_some(whole * 1000 + ms)
}

/// In minutes east.
fn offset(text: &str) -> Option<i64> {
    if matches!(text, "Z" | "z") {
        return Some(0);
    }
    let east = text.strip_prefix('+');
    let clock = east.or_else(|| text.strip_prefix(['-', '−']))?;
    let clock = if clock.len() == 4 && clock.is_ascii() {
        format!("{}:{}", &clock[..2], &clock[2..])
    } else {
        clock.to_owned()
    };
    let minutes = i64::from(parse_minute(&clock)?);
    (minutes <= 14 * 60).then_some(if east.is_some() { minutes } else { -minutes })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn with_a_zone() {
        let six = 1_795_327_200_000;
        for text in [
            "2026-11-22T06:00:00Z",
            "2026-11-22T07:00+01:00",
            "2026-11-22 01:00:00.000-0500",
            "2026-11-22t06:00z",
        ] {
            assert_eq!(instant(text), Ok(six), "{text}");
        }
        assert_eq!(shown(six + 61_000), "2026-11-22T06:01:01Z");
        assert_eq!(instant("2026-11-22T06:00:01.5Z"), Ok(six + 1500));
        for text in [
            "",
            "2026-11-22",
            "2026-11-22T06:00:00",
            "2026-02-30T06:00Z",
            "2026-11-22T24:30Z",
            "2026-11-22T06:00:60Z",
            "2026-11-22Té6:00Z",
        ] {
            assert!(instant(text).is_err(), "{text}");
        }
    }
}
