//! The week and its exceptions, as they are entered, checked and sent.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _, ser::SerializeStruct as _};

use crate::civil::{DAY_MINUTES, Date, minute_text, parse_minute};

/// A span that ends this early (06:00) is read as ending on the next day; a later end before the
/// beginning is taken for a typing error.
const LATEST_NIGHT_END: u16 = 6 * 60;

/// One uninterrupted opening, in minutes since midnight of the day on which it begins.
/// On the wire `{"opens":"09:30","closes":"19:00"}`; over midnight, `closes` is the smaller.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Span {
    #[cfg_attr(feature = "openapi", schema(value_type = String, example = "09:30"))]
    opens: u16,
    #[cfg_attr(feature = "openapi", schema(value_type = String, example = "19:00"))]
    closes: u16,
}

/// Other hours than the week's on one date; no span means closed all day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SpecialDay {
    /// The day it holds for.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = Date))]
    pub date: Date,
    /// The spans that begin on this date.
    #[serde(default)]
    pub spans: Vec<Span>,
    /// Why, as shown to shoppers ("Christmas market").
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// A store's hours: seven days from Monday, and the dates that differ. All in the store's own zone.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Schedule {
    /// Seven lists of spans, Monday first.
    pub weekly: [Vec<Span>; 7],
    /// Dates whose hours differ from the week's.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub special: Vec<SpecialDay>,
}

/// Why hours were refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HoursError {
    /// A time is not written `HH:MM` between `00:00` and `24:00`.
    NotATime,
    /// A span ends when or before it begins, and not in the small hours of the next day.
    EndsBeforeStart,
    /// Two spans share minutes, on the same day or over midnight.
    Overlap,
    /// A date appears twice among the special days.
    DuplicateDate,
}

impl core::fmt::Display for HoursError {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(match self {
            Self::NotATime => "times are written HH:MM, from 00:00 to 24:00",
            Self::EndsBeforeStart => {
                "hours end before they start (only an end up to 06:00 counts as the next day)"
            }
            Self::Overlap => "two opening spans overlap",
            Self::DuplicateDate => "a special day is given twice",
        })
    }
}

impl core::error::Error for HoursError {}

impl Span {
    /// From midnight to midnight.
    pub const DAY: Self = Self { opens: 0, closes: DAY_MINUTES };

    /// Takes minutes since midnight of the same day, at most 1440 each.
    pub fn new(opens: u16, closes: u16) -> Result<Self, HoursError> {
        if opens >= DAY_MINUTES || closes > DAY_MINUTES {
            return Err(HoursError::NotATime);
        }
        if closes > opens {
            Ok(Self { opens, closes })
        } else if closes <= LATEST_NIGHT_END && closes < opens {
            Ok(Self { opens, closes: closes + DAY_MINUTES })
        } else {
            Err(HoursError::EndsBeforeStart)
        }
    }

    /// Takes `HH:MM` texts.
    pub fn parse(opens: &str, closes: &str) -> Result<Self, HoursError> {
        let minute = |text| parse_minute(text).ok_or(HoursError::NotATime);
        Self::new(minute(opens)?, minute(closes)?)
    }

    /// Minutes since midnight, below 1440.
    pub fn opens(self) -> u16 {
        self.opens
    }

    /// Minutes since midnight of the day on which it opens; above 1440 it is on the next day.
    pub fn closes(self) -> u16 {
        self.closes
    }
}

impl Schedule {
    /// Sorts spans and dates, then refuses overlaps, including one day's night into the next morning.
    pub fn checked(mut self) -> Result<Self, HoursError> {
        for spans in self.weekly.iter_mut().chain(self.special.iter_mut().map(|day| &mut day.spans)) {
            spans.sort_unstable();
            if spans.windows(2).any(|pair| pair[1].opens < pair[0].closes) {
                return Err(HoursError::Overlap);
            }
        }
        for day in 0..7 {
            let night = self.weekly[day].last().map_or(0, |span| span.closes);
            let morning =
                self.weekly[(day + 1) % 7].first().map_or(u16::MAX, |span| span.opens + DAY_MINUTES);
            if night > morning {
                return Err(HoursError::Overlap);
            }
        }
        self.special.sort_by_key(|day| day.date);
        if self.special.windows(2).any(|pair| pair[0].date == pair[1].date) {
            return Err(HoursError::DuplicateDate);
        }
        Ok(self)
    }

    /// The spans that begin on `date`: the special day's if there is one, else the week's.
    pub fn spans_on(&self, date: Date) -> &[Span] {
        self.special_on(date).map_or(&self.weekly[date.weekday()], |day| &day.spans)
    }

    /// The special day of `date`, if any.
    pub fn special_on(&self, date: Date) -> Option<&SpecialDay> {
        self.special.iter().find(|day| day.date == date)
    }

    /// Whether nothing at all is known of the hours.
    pub fn is_empty(&self) -> bool {
        self.special.is_empty() && self.weekly.iter().all(Vec::is_empty)
    }
}

impl Serialize for Span {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        let mut out = s.serialize_struct("Span", 2)?;
        out.serialize_field("opens", &minute_text(self.opens))?;
        out.serialize_field("closes", &minute_text(self.closes))?;
        out.end()
    }
}

impl<'de> Deserialize<'de> for Span {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        struct Raw {
            opens: String,
            closes: String,
        }
        let raw = Raw::deserialize(d)?;
        Self::parse(&raw.opens, &raw.closes).map_err(D::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn span(opens: &str, closes: &str) -> Span {
        Span::parse(opens, closes).unwrap()
    }

    #[test]
    fn refuses_what_no_store_keeps() {
        assert_eq!(Span::parse("19:00", "09:00"), Err(HoursError::EndsBeforeStart));
        assert_eq!(Span::parse("09:00", "09:00"), Err(HoursError::EndsBeforeStart));
        assert_eq!(Span::parse("9h", "19:00"), Err(HoursError::NotATime));
        assert_eq!(span("18:00", "02:00").closes(), 26 * 60);
        assert_eq!(span("00:00", "24:00").closes(), 1440);
    }

    #[test]
    fn refuses_overlaps_within_a_day_and_over_midnight() {
        let mut hours = Schedule::default();
        hours.weekly[0] = vec![span("12:00", "19:00"), span("09:00", "12:30")];
        assert_eq!(hours.clone().checked(), Err(HoursError::Overlap));
        hours.weekly[0] = vec![span("14:00", "02:00")];
        hours.weekly[1] = vec![span("01:00", "10:00")];
        assert_eq!(hours.clone().checked(), Err(HoursError::Overlap));
        hours.weekly[1] = vec![span("02:00", "10:00")];
        assert!(hours.checked().is_ok());
    }

    #[test]
    fn sunday_night_runs_into_monday() {
        let mut hours = Schedule::default();
        hours.weekly[6] = vec![span("20:00", "03:00")];
        hours.weekly[0] = vec![span("02:00", "04:00")];
        assert_eq!(hours.checked(), Err(HoursError::Overlap));
    }

    #[test]
    fn wire_shape() {
        let text = r#"{"weekly":[[{"opens":"09:30","closes":"12:30"}],[],[],[],[],[{"opens":"18:00","closes":"02:00"}],[]],"special":[{"date":"2026-12-24","spans":[],"note":"Closed"}]}"#;
        let hours: Schedule = serde_json::from_str(text).unwrap();
        assert_eq!(serde_json::to_string(&hours).unwrap(), text);
        assert!(serde_json::from_str::<Span>(r#"{"opens":"19:00","closes":"09:00"}"#).is_err());
    }
}
