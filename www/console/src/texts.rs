//! The console's words, in the seller's language. Both languages are in the module, so that changing it needs no network.

use devanture_api::product::Money;
use devanture_domain::civil::UtcMs;
use devanture_ui::{
    format::{Formats, Show},
    js,
    strings::Strings,
};
use js_sys::Array;
use wasm_bindgen::{JsCast as _, JsValue};

use crate::{countdown::Left, storage};

/// Languages, with what each is called by those who speak it.
pub(crate) const LANGUAGES: [(&str, &str); 2] = [("en", "English"), ("fr", "Français")];

/// Texts and formats of one language.
#[derive(Clone, PartialEq)]
pub(crate) struct Texts {
    /// `en` or `fr`.
    pub lang: &'static str,
    strings: Strings,
    pub formats: Formats,
}

impl Texts {
    /// Of the language that was chosen here before, else of the first of the browser's that there are texts for.
    pub(crate) fn first() -> Self {
        let navigator = js::get(&js_sys::global(), "navigator");
        let languages: Array = js::get(&navigator, "languages").dyn_into().unwrap_or_default();
        let own = languages.iter().filter_map(|own| own.as_string());
        let lang = storage::remembered(storage::LANGUAGE).into_iter().chain(own).find_map(|tag| known(&tag));
        Self::of(lang.unwrap_or("en"))
    }

    /// Of a language.
    pub(crate) fn of(lang: &'static str) -> Self {
        let file = match lang {
            "fr" => include_str!("../locales/fr.json"),
            _ => include_str!("../locales/en.json"),
        };
        let strings = js_sys::JSON::parse(file).unwrap_or(JsValue::UNDEFINED);
        Self { lang, strings: Strings::new(strings), formats: Formats::new(lang) }
    }

    pub(crate) fn text(&self, key: &str) -> String {
        self.strings.text(key)
    }

    pub(crate) fn fill(&self, key: &str, values: &[(&str, &str)]) -> String {
        self.strings.fill(key, values)
    }

    pub(crate) fn count(&self, key: &str, count: usize) -> String {
        let count = u32::try_from(count).unwrap_or(u32::MAX);
        self.strings.plural(key, count, &self.formats, &[])
    }

    /// A price.
    pub(crate) fn money(&self, money: &Money) -> String {
        self.formats.money(money.amount, &money.currency)
    }

    /// `10:42`, by the clock of the store.
    pub(crate) fn time(&self, at: UtcMs, zone: &str) -> String {
        self.formats.instant(at, zone, Show::Time)
    }

    /// The time alone when it is today, else the day with it.
    pub(crate) fn when(&self, at: UtcMs, now: UtcMs, zone: &str) -> String {
        let time = self.time(at, zone);
        let day = self.formats.instant(at, zone, Show::ShortDate);
        if day == self.formats.instant(now, zone, Show::ShortDate) {
            time
        } else {
            self.fill("day_time", &[("day", &day), ("time", &time)])
        }
    }

    /// `22 Nov 2026`, by the clock of the store.
    pub(crate) fn day(&self, at: UtcMs, zone: &str) -> String {
        let options = js::object(&[("timeZone", zone.into()), ("dateStyle", "medium".into())]);
        #[expect(clippy::cast_precision_loss, reason = "instants are far below 2^53")]
        let date = js_sys::Date::new(&JsValue::from_f64(at as f64));
        date.to_locale_date_string(self.lang, &options).into()
    }

    /// `2026-11-22`, as fields for days hold it.
    pub(crate) fn iso_day(at: UtcMs, zone: &str) -> String {
        let options = js::object(&[("timeZone", zone.into())]);
        #[expect(clippy::cast_precision_loss, reason = "instants are far below 2^53")]
        let date = js_sys::Date::new(&JsValue::from_f64(at as f64));
        // Swedes write days as ISO 8601 does.
        date.to_locale_date_string("sv", &options).into()
    }

    /// The same with the time.
    pub(crate) fn day_time(&self, at: UtcMs, zone: &str) -> String {
        self.fill("day_time", &[("day", &self.day(at, zone)), ("time", &self.time(at, zone))])
    }

    /// What is left of a delay.
    pub(crate) fn left(&self, left: Left) -> String {
        let two = |value: i64| if value < 10 { format!("0{value}") } else { value.to_string() };
        match left {
            Left::Days(days) => self.fill("left.days", &[("n", &days.to_string())]),
            Left::Long(hours) => self.fill("left.long", &[("h", &hours.to_string())]),
            Left::Hours(hours, minutes) => {
                self.fill("left.hours", &[("h", &hours.to_string()), ("m", &two(minutes))])
            }
            Left::Minutes(minutes) => self.fill("left.minutes", &[("n", &minutes.to_string())]),
            Left::Seconds(minutes, seconds) => {
                self.fill("left.seconds", &[("m", &minutes.to_string()), ("s", &two(seconds))])
            }
            Left::Over => self.text("left.over"),
        }
    }
}

/// The language of ours that a BCP 47 tag asks for.
pub(crate) fn known(tag: &str) -> Option<&'static str> {
    let primary = tag.split('-').next().unwrap_or_default();
    LANGUAGES.into_iter().map(|(code, _)| code).find(|code| primary.eq_ignore_ascii_case(code))
}
