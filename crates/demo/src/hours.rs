//! Opening hours: market towns with a lunch break and a closed Monday, town centres, shopping streets
//! that open on Sunday.

use devanture_domain::{
    civil::Date,
    hours::{Schedule, Span, SpecialDay},
};

use crate::{
    holidays::{self, Kind},
    mix::{chance, pick},
    town::Town,
};

/// How far ahead special days are known, in days.
const AHEAD: i32 = 400;

/// Spans of one day as `HH:MM` pairs.
type Day = &'static [(&'static str, &'static str)];

const CLOSED: Day = &[];
const AFTERNOON: Day = &[("14:00", "19:00")];
const SUNDAY: Day = &[("11:00", "18:30")];
const EVE: Day = &[("09:30", "17:00")];

/// Market towns: `(Monday, Tuesday to Friday, Saturday)`.
const SMALL: &[(Day, Day, Day)] = &[
    (CLOSED, &[("09:30", "12:30"), ("14:00", "19:00")], &[("09:30", "12:30"), ("14:00", "19:00")]),
    (AFTERNOON, &[("09:30", "12:15"), ("14:15", "19:00")], &[("09:30", "19:00")]),
    (CLOSED, &[("10:00", "12:30"), ("14:30", "18:45")], &[("09:30", "12:30"), ("14:00", "18:30")]),
];

/// Town centres.
const MIDDLE: &[(Day, Day, Day)] = &[
    (AFTERNOON, &[("10:00", "19:00")], &[("10:00", "19:00")]),
    (&[("10:00", "19:00")], &[("10:00", "19:00")], &[("09:30", "19:30")]),
    (&[("14:00", "19:00")], &[("10:00", "13:00"), ("14:00", "19:00")], &[("10:00", "19:00")]),
];

/// Large towns.
const LARGE: &[(Day, Day, Day)] = &[
    (&[("10:00", "19:30")], &[("10:00", "19:30")], &[("10:00", "20:00")]),
    (&[("11:00", "19:30")], &[("10:00", "20:00")], &[("09:30", "20:00")]),
];

/// The store's week and its special days.
pub(crate) fn schedule(code: &str, town: &Town, today: Date) -> Schedule {
    let large = town.population >= 140_000;
    let patterns = if town.is_small() {
        SMALL
    } else if large {
        LARGE
    } else {
        MIDDLE
    };
    let &(monday, week, saturday) = pick(patterns, code, "week");
    let thursday: Day = if large && chance(code, "late", 60) { &[("10:00", "21:00")] } else { week };
    let sunday = if large && chance(code, "sunday", 45) { SUNDAY } else { CLOSED };
    let weekly = [monday, week, week, thursday, week, saturday, sunday].map(spans);
    let special = holidays::between(today.plus(-1), today.plus(AHEAD))
        .into_iter()
        .filter_map(|(date, kind, note)| {
            let day = match kind {
                Kind::Bank if large => AFTERNOON,
                Kind::Closed | Kind::Bank => CLOSED,
                Kind::Eve if weekly[date.weekday()].is_empty() => return None,
                Kind::Eve => EVE,
                Kind::OpenSunday if town.is_small() && !chance(code, note, 40) => return None,
                Kind::OpenSunday => SUNDAY,
            };
            Some(SpecialDay { date, spans: spans(day), note: Some(note.into()) })
        })
        .collect();
    Schedule { weekly, special }
}

fn spans(day: Day) -> Vec<Span> {
    day.iter().filter_map(|(opens, closes)| Span::parse(opens, closes).ok()).collect()
}
