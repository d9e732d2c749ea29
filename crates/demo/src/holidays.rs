//! Days on which shops keep other hours: public holidays, Christmas, and the sales.

use devanture_domain::civil::Date;

/// What kind of day it is, and what it is called.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Everyone is closed.
    Closed,
    /// Large stores open for the afternoon, others are closed.
    Bank,
    /// Open, but closes at five.
    Eve,
    /// A Sunday on which most stores open.
    OpenSunday,
}

/// The special days from `first` to `last`, in order.
pub(crate) fn between(first: Date, last: Date) -> Vec<(Date, Kind, &'static str)> {
    let mut days: Vec<_> =
        (first.ymd().0..=last.ymd().0).flat_map(year).filter(|day| (first..=last).contains(&day.0)).collect();
    days.sort_by_key(|day| day.0);
    // When two fall on one date, the closure counts: kinds are listed by their weight.
    days.dedup_by_key(|day| day.0);
    days
}

fn year(year: i32) -> Vec<(Date, Kind, &'static str)> {
    let easter = easter(year);
    let fixed = [
        (1, 1, Kind::Closed, "Jour de l’an"),
        (5, 1, Kind::Closed, "Fête du travail"),
        (5, 8, Kind::Bank, "Victoire 1945"),
        (7, 14, Kind::Bank, "Fête nationale"),
        (8, 15, Kind::Bank, "Assomption"),
        (11, 1, Kind::Closed, "Toussaint"),
        (11, 11, Kind::Bank, "Armistice 1918"),
        (12, 24, Kind::Eve, "Veille de Noël"),
        (12, 25, Kind::Closed, "Noël"),
        (12, 31, Kind::Eve, "Saint-Sylvestre"),
    ];
    let mut days: Vec<_> = fixed
        .into_iter()
        .filter_map(|(month, day, kind, note)| Some((Date::from_ymd(year, month, day)?, kind, note)))
        .collect();
    days.extend(easter.map(|day| (day.plus(1), Kind::Bank, "Lundi de Pâques")));
    days.extend(easter.map(|day| (day.plus(39), Kind::Bank, "Ascension")));
    days.extend(
        sales(year)
            .into_iter()
            .flatten()
            .map(|start| (next_sunday(start), Kind::OpenSunday, "Dimanche des soldes")),
    );
    if let Some(christmas) = Date::from_ymd(year, 12, 25) {
        let last = next_sunday(christmas.plus(-7));
        days.extend((0..3).map(|week| (last.plus(-7 * week), Kind::OpenSunday, "Dimanche avant Noël")));
    }
    days
}

/// First days of the winter and summer sales: the second Wednesday of January, or the first when the
/// second comes after the 12th; the last Wednesday of June, or the one before when that is after the 28th.
/// (Code de commerce, article D310-15-2.)
pub(crate) fn sales(year: i32) -> [Option<Date>; 2] {
    let wednesday_from = |day: Date| day.plus((9 - i32::try_from(day.weekday()).unwrap_or(0)) % 7);
    let winter = Date::from_ymd(year, 1, 8)
        .map(wednesday_from)
        .map(|second| if second.ymd().2 > 12 { second.plus(-7) } else { second });
    let summer = Date::from_ymd(year, 6, 24)
        .map(wednesday_from)
        .map(|last| if last.ymd().2 > 28 { last.plus(-7) } else { last });
    [winter, summer]
}

fn next_sunday(day: Date) -> Date {
    day.plus(6 - i32::try_from(day.weekday()).unwrap_or(0))
}

/// Easter Sunday, by the anonymous Gregorian computus (Meeus, "Astronomical Algorithms", chapter 8).
#[expect(clippy::many_single_char_names, reason = "the names that the source gives them")]
fn easter(year: i32) -> Option<Date> {
    let (a, b, c) = (year % 19, year / 100, year % 100);
    let (d, e) = (b / 4, b % 4);
    let g = (8 * b + 13) / 25;
    let h = (19 * a + b - d - g + 15) % 30;
    let (i, k) = (c / 4, c % 4);
    let l = (32 + 2 * e + 2 * i - h - k) % 7;
    let m = (a + 11 * h + 19 * l) / 433;
    let month = (h + l - 7 * m + 90) / 25;
    let day = (h + l - 7 * m + 33 * month + 19) % 32;
    Date::from_ymd(year, u8::try_from(month).ok()?, u8::try_from(day).ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> Date {
        Date::parse(text).unwrap()
    }

    #[test]
    fn easters() {
        for text in ["2024-03-31", "2025-04-20", "2026-04-05", "2027-03-28", "2038-04-25"] {
            assert_eq!(easter(date(text).ymd().0), Some(date(text)));
        }
    }

    #[test]
    fn sales_begin_when_the_law_says() {
        assert_eq!(sales(2024), [Some(date("2024-01-10")), Some(date("2024-06-26"))]);
        assert_eq!(sales(2025), [Some(date("2025-01-08")), Some(date("2025-06-25"))]);
        assert_eq!(sales(2026), [Some(date("2026-01-07")), Some(date("2026-06-24"))]);
    }

    #[test]
    fn a_winter() {
        let days = between(date("2026-12-01"), date("2027-01-31"));
        let texts: Vec<String> = days.iter().map(|day| day.0.to_text()).collect();
        assert_eq!(
            texts,
            [
                "2026-12-06",
                "2026-12-13",
                "2026-12-20",
                "2026-12-24",
                "2026-12-25",
                "2026-12-31",
                "2027-01-01",
                "2027-01-10"
            ]
        );
    }
}
