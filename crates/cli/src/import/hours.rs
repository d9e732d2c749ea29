//! A day's hours as people write them in a cell.

use devanture_domain::hours::{Schedule, Span};

/// Reads `09:30-12:30 14:00-19:00`; also with `9h30`, `9:30`, `–`, `,` or `/` between spans, and
/// nothing or `closed`/`fermé` for a closed day.
pub(super) fn day(text: &str) -> Result<Vec<Span>, String> {
    let lower = text.trim().to_lowercase();
    if ["", "-", "closed", "fermé", "ferme", "x"].contains(&lower.as_str()) {
        return Ok(Vec::new());
    }
    let plain: String = lower.replace(['–', '—'], "-").replace(" - ", "-").replace(['/', ';'], ",");
    let spans = plain.split([',', ' ']).filter(|span| !span.is_empty());
    spans
        .map(|span| {
            let (opens, closes) =
                span.split_once('-').ok_or_else(|| format!("{text:?} is not written 09:30-19:00"))?;
            let (opens, closes) = (clock(opens), clock(closes));
            Span::parse(&opens, &closes).map_err(|error| format!("{opens}-{closes}: {error}"))
        })
        .collect()
}

/// `9h` and `9h30` as `09:00` and `09:30`; anything else as it is.
fn clock(text: &str) -> String {
    let text = text.trim().replace('h', ":");
    let (hour, minute) = text.split_once(':').unwrap_or((&text, "00"));
    let minute = if minute.is_empty() { "00" } else { minute };
    format!("{hour:0>2}:{minute}")
}

/// The week, checked.
pub(super) fn week(days: [Vec<Span>; 7]) -> Result<Schedule, String> {
    Schedule { weekly: days, special: Vec::new() }.checked().map_err(|error| error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_people_write_them() {
        let expected = vec![Span::parse("09:30", "12:30").unwrap(), Span::parse("14:00", "19:00").unwrap()];
        for text in [
            "09:30-12:30 14:00-19:00",
            "9h30-12h30, 14h-19h",
            "9:30–12:30/14:00–19:00",
            "09:30 - 12:30 ; 14h - 19h",
        ] {
            assert_eq!(day(text).unwrap(), expected, "{text}");
        }
        for text in ["", "Fermé", "closed", "-"] {
            assert_eq!(day(text).unwrap(), []);
        }
        assert_eq!(day("18h-2h").unwrap()[0].closes(), 26 * 60, "over midnight");
        for text in ["from nine", "09:30", "19:00-09:00", "25:00-26:00", "09:30-12:30-14:00"] {
            assert!(day(text).is_err(), "{text}");
        }
        assert!(week(std::array::from_fn(|_| day("09:00-13:00 12:00-18:00").unwrap())).is_err(), "overlap");
    }
}
