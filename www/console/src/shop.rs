//! A store's own hours, special days, promotions and events, and the forms in which they are changed.

use devanture_api::{
    staff_store::{OwnField, StaffStoreDetails, StaffStoreEdit, Why, wrong_hours, wrong_promotions},
    store::Promotion,
};
use devanture_domain::{
    civil::{Date, minute_text},
    hours::{HoursError, Schedule, Span, SpecialDay},
};

use crate::api::Failure;

/// The room of the store itself.
#[derive(Default)]
pub(crate) struct Shop {
    pub details: Option<StaffStoreDetails>,
    pub failure: Option<Failure>,
    /// Counts requests: answers to older ones come too late.
    pub number: u32,
    pub draft: Option<Draft>,
    /// What was saved last, until something else is done.
    pub saved: Option<OwnField>,
}

/// What is being changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Week,
    Day,
    Promotion,
}

impl Kind {
    pub(crate) fn field(self) -> OwnField {
        match self {
            Self::Week | Self::Day => OwnField::Hours,
            Self::Promotion => OwnField::Promotions,
        }
    }
}

/// A form as it is being filled in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Draft {
    pub kind: Kind,
    /// Which special day or promotion; none for a new one.
    pub index: Option<usize>,
    /// Openings as typed: of seven days, or of one.
    pub days: Vec<Vec<[String; 2]>>,
    /// Date and note of a special day; title, text, first and last day of a promotion.
    pub texts: [String; 4],
    /// Whether it takes place rather than being a reduction.
    pub event: bool,
    /// The id of each field that is wrong, with the key of what to say.
    pub wrong: Vec<(String, String)>,
    pub failure: Option<Failure>,
    pub saving: bool,
}

impl Draft {
    /// A form with what there is, or empty.
    pub(crate) fn of(details: &StaffStoreDetails, kind: Kind, index: Option<usize>) -> Self {
        let mut draft = Self {
            kind,
            index,
            days: Vec::new(),
            texts: <[String; 4]>::default(),
            event: false,
            wrong: Vec::new(),
            failure: None,
            saving: false,
        };
        let special = index.and_then(|index| details.hours.special.get(index));
        let promotion = index.and_then(|index| details.promotions.get(index));
        match kind {
            Kind::Week => draft.days = details.hours.weekly.iter().map(|spans| typed(spans)).collect(),
            Kind::Day => {
                draft.days = vec![special.map_or_else(Vec::new, |day| typed(&day.spans))];
                if let Some(day) = special {
                    draft.texts[0] = day.date.to_text();
                    draft.texts[1] = day.note.clone().unwrap_or_default();
                }
            }
            Kind::Promotion => match promotion {
                Some(one) => {
                    draft.texts =
                        [one.title.clone(), one.text.clone(), one.starts_on.to_text(), one.ends_on.to_text()];
                    draft.event = one.event;
                }
                None => draft.texts[2] = details.today.to_text(),
            },
        }
        draft
    }

    /// Takes what was typed into a field, by its name: `d.1.0.1` is when the first opening of Tuesday closes.
    pub(crate) fn typed(&mut self, name: &str, value: String) {
        let parts: Vec<&str> = name.split('.').collect();
        let at =
            |place: usize| parts.get(place).and_then(|part| part.parse::<usize>().ok()).unwrap_or(usize::MAX);
        match parts.first() {
            Some(&"d") => {
                let span = self.days.get_mut(at(1)).and_then(|day| day.get_mut(at(2)));
                if let Some(text) = span.and_then(|span| span.get_mut(at(3))) {
                    *text = value;
                }
            }
            Some(&"t") => {
                if let Some(text) = self.texts.get_mut(at(1)) {
                    *text = value;
                }
            }
            Some(&"event") => self.event = value == "event",
            _ => {}
        }
    }

    /// One more opening of a day, one less, or those of the day before.
    pub(crate) fn openings(&mut self, day: usize, change: Openings) {
        let before = day.checked_sub(1).and_then(|before| self.days.get(before)).cloned();
        let Some(spans) = self.days.get_mut(day) else { return };
        match change {
            Openings::Add => spans.push(<[String; 2]>::default()),
            Openings::Remove(index) if index < spans.len() => drop(spans.remove(index)),
            Openings::Remove(_) => {}
            Openings::AsBefore => *spans = before.unwrap_or_default(),
        }
    }

    /// The change to send; or what is wrong, by field. `remove` takes the day or the promotion away.
    pub(crate) fn edit(
        &self,
        details: &StaffStoreDetails,
        (remove, id): (bool, String),
    ) -> Result<StaffStoreEdit, Vec<(String, String)>> {
        let version = details.version.clone();
        let mut wrong = Vec::new();
        if self.kind == Kind::Promotion {
            let mut promotions = details.promotions.clone();
            if remove {
                self.index.map(|index| promotions.remove(index));
            } else if let Some(one) = self.promotion(details, id, &mut wrong) {
                put(&mut promotions, self.index, one);
            }
            self.say(wrong_promotions(&promotions, details.today), &mut wrong);
            return or(wrong, StaffStoreEdit { version, hours: None, promotions: Some(promotions) });
        }
        let mut hours = details.hours.clone();
        if remove {
            self.index.map(|index| hours.special.remove(index));
        } else {
            let days: Vec<Vec<Span>> =
                self.days.iter().enumerate().map(|(day, texts)| spans(day, texts, &mut wrong)).collect();
            match <[Vec<Span>; 7]>::try_from(days) {
                Ok(weekly) => hours.weekly = weekly,
                Err(days) => {
                    let date = self.date(0, &mut wrong);
                    let note = Some(self.texts[1].trim().to_owned()).filter(|note| !note.is_empty());
                    if let (Some(date), Some(spans)) = (date, days.into_iter().next()) {
                        put(&mut hours.special, self.index, SpecialDay { date, spans, note });
                    }
                }
            }
        }
        self.say(wrong_hours(&hours, details.today), &mut wrong);
        or(wrong, StaffStoreEdit { version, hours: Some(hours), promotions: None })
    }

    fn promotion(
        &self,
        details: &StaffStoreDetails,
        id: String,
        wrong: &mut Vec<(String, String)>,
    ) -> Option<Promotion> {
        let known = self.index.and_then(|index| details.promotions.get(index));
        let (starts_on, ends_on) = (self.date(2, wrong), self.date(3, wrong));
        Some(Promotion {
            id: known.map_or(id, |known| known.id.clone()),
            title: self.texts[0].trim().to_owned(),
            text: self.texts[1].trim().to_owned(),
            starts_on: starts_on?,
            ends_on: ends_on?,
            event: self.event,
        })
    }

    fn date(&self, text: usize, wrong: &mut Vec<(String, String)>) -> Option<Date> {
        let date = Date::parse(self.texts[text].trim());
        if date.is_none() {
            wrong.push((text_id(text), "wrong.date".to_owned()));
        }
        date
    }

    /// Says what is wrong at the field of this form that it is about.
    fn say(&self, found: Vec<devanture_api::staff_store::Wrong>, wrong: &mut Vec<(String, String)>) {
        for one in found {
            let end = one.field.rsplit('.').next().unwrap_or_default();
            let day = end.strip_prefix("weekly[").and_then(|rest| rest.strip_suffix(']'));
            let id = match (self.kind, end) {
                (Kind::Week, _) if day.is_some() => day_id(day.and_then(|day| day.parse().ok()).unwrap_or(0)),
                (Kind::Day, "spans") => day_id(0),
                (Kind::Day, "date") | (Kind::Promotion, "title") => text_id(0),
                (Kind::Day, "note") | (Kind::Promotion, "text") => text_id(1),
                (Kind::Promotion, "ends_on") => text_id(3),
                _ => "form".to_owned(),
            };
            if !wrong.iter().any(|(known, _)| *known == id) {
                wrong.push((id, key(one.why)));
            }
        }
    }
}

/// What is done with the openings of a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Openings {
    Add,
    Remove(usize),
    AsBefore,
}

/// The id of a day's group of fields.
pub(crate) fn day_id(day: usize) -> String {
    format!("day-{day}")
}

/// The id of a text's field.
pub(crate) fn text_id(text: usize) -> String {
    format!("text-{text}")
}

/// `10:00 – 12:30, 14:00 – 19:00`; nothing where it is closed.
pub(crate) fn openings(spans: &[Span]) -> String {
    let one = |span: &Span| format!("{} – {}", minute_text(span.opens()), minute_text(span.closes()));
    spans.iter().map(one).collect::<Vec<_>>().join(", ")
}

/// Whether nothing is said of the week.
pub(crate) fn is_unknown(hours: &Schedule) -> bool {
    hours.weekly.iter().all(Vec::is_empty)
}

fn key(why: Why) -> String {
    format!("wrong.{}", why.as_str())
}

fn typed(spans: &[Span]) -> Vec<[String; 2]> {
    // A field for a time of day knows no 24:00; until 00:00 is until midnight.
    spans.iter().map(|span| [minute_text(span.opens()), minute_text(span.closes() % 1440)]).collect()
}

/// The openings of a day; those that are left empty are none.
fn spans(day: usize, texts: &[[String; 2]], wrong: &mut Vec<(String, String)>) -> Vec<Span> {
    let mut spans = Vec::new();
    for [opens, closes] in texts.iter().filter(|[opens, closes]| !(opens.is_empty() && closes.is_empty())) {
        match Span::parse(opens, closes) {
            Ok(span) => spans.push(span),
            Err(error) => {
                let key = if error == HoursError::NotATime { "wrong.time" } else { "wrong.closes_before" };
                wrong.push((day_id(day), key.to_owned()));
                break;
            }
        }
    }
    spans
}

fn put<T>(all: &mut Vec<T>, index: Option<usize>, one: T) {
    match index.and_then(|index| all.get_mut(index)) {
        Some(known) => *known = one,
        None => all.push(one),
    }
}

fn or(wrong: Vec<(String, String)>, edit: StaffStoreEdit) -> Result<StaffStoreEdit, Vec<(String, String)>> {
    if wrong.is_empty() { Ok(edit) } else { Err(wrong) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn details() -> StaffStoreDetails {
        let json = r#"{"code":"S","name":"S","address":{"street":"","postcode":"","town":"","country":"FR"},"time_zone":"UTC",
            "today":"2026-11-21","own":[],"head_office":{},"version":"1","promotions":[
            {"id":"p","title":"Soldes","text":"","starts_on":"2026-11-01","ends_on":"2026-11-30","event":true}],
            "hours":{"weekly":[[{"opens":"20:00","closes":"24:00"}],[],[],[],[],[],[]],
            "special":[{"date":"2026-12-24","spans":[{"opens":"10:00","closes":"16:00"}],"note":"Noël"}]}}"#;
        serde_json::from_str(json).unwrap()
    }

    fn edit(draft: &Draft) -> Result<StaffStoreEdit, Vec<(String, String)>> {
        draft.edit(&details(), (false, "new".to_owned()))
    }

    #[test]
    fn what_is_left_alone_stays_as_it_is() {
        let details = details();
        let week = edit(&Draft::of(&details, Kind::Week, None)).unwrap();
        assert_eq!(week.hours.as_ref(), Some(&details.hours));
        let day = edit(&Draft::of(&details, Kind::Day, Some(0))).unwrap();
        assert_eq!(day.hours.as_ref(), Some(&details.hours));
        let promotion = edit(&Draft::of(&details, Kind::Promotion, Some(0))).unwrap();
        assert_eq!(promotion.promotions.as_ref(), Some(&details.promotions));
    }

    #[test]
    fn a_week_as_it_is_typed() {
        let mut draft = Draft::of(&details(), Kind::Week, None);
        for (name, value) in [("d.0.0.0", "09:00"), ("d.0.0.1", "12:30"), ("d.9.9.9", "x"), ("q", "x")] {
            draft.typed(name, value.to_owned());
        }
        draft.openings(0, Openings::Add);
        draft.typed("d.0.1.0", "14:00".to_owned());
        assert_eq!(edit(&draft), Err(vec![("day-0".to_owned(), "wrong.time".to_owned())]));
        draft.typed("d.0.1.1", "13:00".to_owned());
        assert_eq!(edit(&draft), Err(vec![("day-0".to_owned(), "wrong.closes_before".to_owned())]));
        draft.typed("d.0.1.1", "19:00".to_owned());
        draft.openings(1, Openings::AsBefore);
        draft.openings(1, Openings::Remove(0));
        draft.openings(2, Openings::Add);
        let hours = edit(&draft).unwrap().hours.unwrap();
        let told: Vec<String> = hours.weekly.iter().map(|day| openings(day)).collect();
        assert_eq!(told[..3], ["09:00 – 12:30, 14:00 – 19:00", "14:00 – 19:00", ""]);
        draft.typed("d.0.1.0", "12:00".to_owned());
        assert_eq!(edit(&draft), Err(vec![("day-0".to_owned(), "wrong.overlap".to_owned())]));
    }

    #[test]
    fn special_days_and_promotions() {
        let mut draft = Draft::of(&details(), Kind::Day, None);
        assert_eq!(edit(&draft), Err(vec![("text-0".to_owned(), "wrong.date".to_owned())]));
        draft.typed("t.0", "2026-12-24".to_owned());
        assert_eq!(edit(&draft), Err(vec![("text-0".to_owned(), "wrong.twice".to_owned())]));
        draft.typed("t.0", "2026-12-25".to_owned());
        assert_eq!(edit(&draft).unwrap().hours.unwrap().special[1].spans, []);
        let gone = Draft::of(&details(), Kind::Day, Some(0)).edit(&details(), (true, String::new())).unwrap();
        assert!(gone.hours.unwrap().special.is_empty());

        let mut draft = Draft::of(&details(), Kind::Promotion, None);
        let wrong: Vec<String> = edit(&draft).unwrap_err().into_iter().map(|(field, _)| field).collect();
        assert_eq!(wrong, ["text-3"], "the rest is looked at once there are dates");
        draft.typed("t.3", "2026-11-20".to_owned());
        let wrong = edit(&draft).unwrap_err();
        assert_eq!(
            wrong,
            [("text-0", "wrong.empty"), ("text-3", "wrong.ends_before")]
                .map(|(a, b)| (a.to_owned(), b.to_owned()))
        );
        draft.typed("t.0", " Nocturne ".to_owned());
        draft.typed("t.3", "2026-12-20".to_owned());
        draft.typed("event", "event".to_owned());
        let all = edit(&draft).unwrap().promotions.unwrap();
        assert_eq!((all[1].id.as_str(), all[1].title.as_str(), all[1].event), ("new", "Nocturne", true));
    }
}
