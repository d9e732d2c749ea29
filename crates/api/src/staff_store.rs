//! What the console asks of a store itself: its hours, special days, promotions and events, and what may stand there.

use std::collections::HashSet;

use devanture_domain::{
    civil::Date,
    hours::{HoursError, Schedule, Span},
};
use serde::{Deserialize, Serialize};

use crate::store::{Address, Promotion};

/// The most openings of one day.
pub const MAX_SPANS: usize = 4;
/// The most special days, past ones included.
pub const MAX_SPECIAL: usize = 200;
/// The most promotions and events, past ones included.
pub const MAX_PROMOTIONS: usize = 100;
/// How far ahead anything may be planned, in days.
pub const MAX_AHEAD: i32 = 3 * 366;

/// A store, as those who run it see it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StaffStoreDetails {
    /// The retailer's own code.
    pub code: String,
    /// As shown.
    pub name: String,
    /// Postal address.
    pub address: Address,
    /// IANA time zone.
    pub time_zone: String,
    /// Today, by the store's clock.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = Date))]
    pub today: Date,
    /// As shoppers see them, all special days included.
    pub hours: Schedule,
    /// As shoppers see them, with those that are over.
    pub promotions: Vec<Promotion>,
    /// Which of these the store has made its own: imports leave them alone.
    pub own: Vec<OwnField>,
    /// What head office says of those.
    pub head_office: HeadOffice,
    /// Stands for all of this; sent back with a change.
    pub version: String,
}

/// A part of a store that it may make its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum OwnField {
    /// Weekly hours and special days.
    Hours,
    /// Promotions and events.
    Promotions,
}

impl OwnField {
    /// Every one.
    pub const ALL: [Self; 2] = [Self::Hours, Self::Promotions];

    /// As on the wire.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Hours => "hours",
            Self::Promotions => "promotions",
        }
    }
}

/// What head office says of what a store has made its own.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct HeadOffice {
    /// Absent where the hours are head office's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hours: Option<Schedule>,
    /// Absent where the promotions are head office's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub promotions: Option<Vec<Promotion>>,
}

/// Body of `PUT /admin/v1/stores/{code}`: what is there replaces what was, and is the store's own from then on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StaffStoreEdit {
    /// `version` of what was changed.
    pub version: String,
    /// Weekly hours and special days.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hours: Option<Schedule>,
    /// Promotions and events.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub promotions: Option<Vec<Promotion>>,
}

/// What is wrong with a change, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wrong {
    /// As a path in the body: `hours.weekly[2]`.
    pub field: String,
    /// What is wrong.
    pub why: Why,
}

/// What is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// Two openings share minutes.
    Overlap,
    /// The opening of the day before goes on into this one.
    Night,
    /// There are more openings than a day has.
    TooManySpans,
    /// The date stands there twice.
    Twice,
    /// The date is too far ahead.
    TooFar,
    /// There are too many.
    TooMany,
    /// Nothing stands there.
    Empty,
    /// The text is too long.
    TooLong,
    /// The text holds a control sign.
    Control,
    /// It ends before it begins.
    EndsBefore,
}

impl Why {
    /// What is wrong and what to do, in English.
    pub fn detail(self) -> &'static str {
        match self {
            Self::Overlap => "two openings of the day overlap: end one before the next begins",
            Self::Night => "the evening before is still open: open later, or close earlier the day before",
            Self::TooManySpans => "has at most 4 openings: join some",
            Self::Twice => "stands there twice: keep one",
            Self::TooFar => "is more than three years ahead: check the year",
            Self::TooMany => "are too many: remove some that are over",
            Self::Empty => "is empty: say something",
            Self::TooLong => "is too long: shorten it",
            Self::Control => "holds a control sign: type it anew",
            Self::EndsBefore => "ends before it begins: change one of the dates",
        }
    }

    /// As in the keys of texts.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Overlap => "overlap",
            Self::Night => "night",
            Self::TooManySpans => "too_many_spans",
            Self::Twice => "twice",
            Self::TooFar => "too_far",
            Self::TooMany => "too_many",
            Self::Empty => "empty",
            Self::TooLong => "too_long",
            Self::Control => "control",
            Self::EndsBefore => "ends_before",
        }
    }
}

/// Everything that is wrong with hours; none where [`Schedule::checked`] takes them.
pub fn wrong_hours(hours: &Schedule, today: Date) -> Vec<Wrong> {
    let mut all = Vec::new();
    let mut say = |field: String, why| all.push(Wrong { field, why });
    for (day, spans) in hours.weekly.iter().enumerate() {
        let field = || format!("hours.weekly[{day}]");
        if let Some(why) = wrong_day(spans) {
            say(field(), why);
        }
        let night = hours.weekly[(day + 6) % 7].iter().map(|span| span.closes()).max().unwrap_or(0);
        let morning = spans.iter().map(|span| span.opens() + 1440).min().unwrap_or(u16::MAX);
        if night > morning {
            say(field(), Why::Night);
        }
    }
    if hours.special.len() > MAX_SPECIAL {
        say("hours.special".to_owned(), Why::TooMany);
    }
    let mut dates = HashSet::new();
    for (index, day) in hours.special.iter().enumerate() {
        if !dates.insert(day.date.0) {
            say(format!("hours.special[{index}].date"), Why::Twice);
        }
        if day.date > today.plus(MAX_AHEAD) {
            say(format!("hours.special[{index}].date"), Why::TooFar);
        }
        if let Some(why) = wrong_day(&day.spans) {
            say(format!("hours.special[{index}].spans"), why);
        }
        if let Some(why) = day.note.as_deref().and_then(|note| wrong_text(note, 100)) {
            say(format!("hours.special[{index}].note"), why);
        }
    }
    all
}

/// Everything that is wrong with promotions and events.
pub fn wrong_promotions(promotions: &[Promotion], today: Date) -> Vec<Wrong> {
    let mut all = Vec::new();
    let mut say = |field: String, why| all.push(Wrong { field, why });
    if promotions.len() > MAX_PROMOTIONS {
        say("promotions".to_owned(), Why::TooMany);
    }
    let mut ids = HashSet::new();
    for (index, one) in promotions.iter().enumerate() {
        let field = |name: &str| format!("promotions[{index}].{name}");
        if !ids.insert(one.id.as_str()) {
            say(field("id"), Why::Twice);
        }
        for (name, text, longest) in [("id", &one.id, 64), ("title", &one.title, 120)] {
            if text.trim().is_empty() {
                say(field(name), Why::Empty);
            } else if let Some(why) = wrong_text(text, longest) {
                say(field(name), why);
            }
        }
        // A text may have several lines.
        if let Some(why) = wrong_text(&one.text.replace(['\n', '\r'], " "), 2000) {
            say(field("text"), why);
        }
        if one.ends_on < one.starts_on {
            say(field("ends_on"), Why::EndsBefore);
        } else if one.ends_on > today.plus(MAX_AHEAD) {
            say(field("ends_on"), Why::TooFar);
        }
    }
    all
}

fn wrong_day(spans: &[Span]) -> Option<Why> {
    if spans.len() > MAX_SPANS {
        return Some(Why::TooManySpans);
    }
    let mut spans = spans.to_vec();
    spans.sort_unstable();
    spans.windows(2).any(|pair| pair[1].opens() < pair[0].closes()).then_some(Why::Overlap)
}

fn wrong_text(text: &str, longest: usize) -> Option<Why> {
    if text.chars().count() > longest {
        Some(Why::TooLong)
    } else {
        text.chars().any(char::is_control).then_some(Why::Control)
    }
}

impl From<HoursError> for Why {
    fn from(error: HoursError) -> Self {
        match error {
            HoursError::NotATime => Self::Empty,
            HoursError::EndsBeforeStart => Self::EndsBefore,
            HoursError::Overlap => Self::Overlap,
            HoursError::DuplicateDate => Self::Twice,
        }
    }
}

#[cfg(test)]
mod tests {
    use devanture_domain::hours::SpecialDay;

    use super::*;

    const TODAY: Date = Date(20_000);

    fn spans(texts: &[(&str, &str)]) -> Vec<Span> {
        texts.iter().map(|(opens, closes)| Span::parse(opens, closes).unwrap()).collect()
    }

    fn said(all: &[Wrong]) -> Vec<(&str, Why)> {
        all.iter().map(|wrong| (wrong.field.as_str(), wrong.why)).collect()
    }

    #[test]
    fn each_day_by_itself() {
        let mut hours = Schedule::default();
        hours.weekly[0] = spans(&[("14:00", "19:00"), ("09:00", "14:30")]);
        hours.weekly[5] = spans(&[("20:00", "03:00")]);
        hours.weekly[6] = spans(&[("02:00", "04:00")]);
        hours.weekly[2] = spans(&[
            ("01:00", "02:00"),
            ("03:00", "04:00"),
            ("05:00", "06:00"),
            ("07:00", "08:00"),
            ("09:00", "10:00"),
        ]);
        let all = wrong_hours(&hours, TODAY);
        assert_eq!(
            said(&all),
            [
                ("hours.weekly[0]", Why::Overlap),
                ("hours.weekly[2]", Why::TooManySpans),
                ("hours.weekly[6]", Why::Night)
            ]
        );
        assert!(hours.checked().is_err());
    }

    #[test]
    fn special_days() {
        let day = |date: i32, note: &str| SpecialDay {
            date: Date(date),
            spans: vec![],
            note: Some(note.to_owned()),
        };
        let long = "x".repeat(101);
        let special = vec![day(20_001, "Noël"), day(20_001, &long), day(99_999, "a\0b")];
        let hours = Schedule { special, ..Schedule::default() };
        assert_eq!(
            said(&wrong_hours(&hours, TODAY)),
            [
                ("hours.special[1].date", Why::Twice),
                ("hours.special[1].note", Why::TooLong),
                ("hours.special[2].date", Why::TooFar),
                ("hours.special[2].note", Why::Control),
            ]
        );
    }

    #[test]
    fn promotions() {
        let one = |id: &str, title: &str, from: i32, to: i32| Promotion {
            id: id.to_owned(),
            title: title.to_owned(),
            text: "two\nlines".to_owned(),
            starts_on: Date(from),
            ends_on: Date(to),
            event: false,
        };
        assert_eq!(wrong_promotions(&[one("a", "Soldes", 20_000, 20_000)], TODAY), []);
        let all = [one("a", " ", 20_000, 19_999), one("a", &"x".repeat(121), 20_000, 90_000)];
        assert_eq!(
            said(&wrong_promotions(&all, TODAY)),
            [
                ("promotions[0].title", Why::Empty),
                ("promotions[0].ends_on", Why::EndsBefore),
                ("promotions[1].id", Why::Twice),
                ("promotions[1].title", Why::TooLong),
                ("promotions[1].ends_on", Why::TooFar),
            ]
        );
    }
}
