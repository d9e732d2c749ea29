//! Dates, times, numbers and distances in the shopper's language, by the browser's `Intl`.

use std::{cell::RefCell, rc::Rc};

use devanture_domain::civil::UtcMs;
use js_sys::{Array, Function, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};

use crate::{dom::join, js};

/// `Intl` formatters of one language, made when first needed.
#[derive(Clone)]
pub struct Formats {
    lang: Rc<str>,
    made: Rc<RefCell<Vec<(String, JsValue)>>>,
}

impl PartialEq for Formats {
    fn eq(&self, other: &Self) -> bool {
        self.lang == other.lang
    }
}

/// How much of an instant to show.
#[derive(Clone, Copy)]
pub enum Show {
    /// `19:00`
    Time,
    /// `Monday`
    Weekday,
    /// `Tue 24 Nov`
    ShortDate,
    /// `Tuesday 24 November`
    LongDate,
}

impl Formats {
    /// For a BCP 47 language; one that the browser does not know falls back to English. A page that
    /// says just `en` is shown in the shopper's own variety, if they have one: 24 hours or 12, km or miles.
    pub fn new(lang: &str) -> Self {
        let prefix = join(&[lang, "-"]);
        let navigator = js::get(&js_sys::global(), "navigator");
        let own: Array = js::get(&navigator, "languages").dyn_into().unwrap_or_default();
        let own = own.iter().filter_map(|own| own.as_string()).find(|own| own.starts_with(&prefix));
        Self { lang: own.as_deref().unwrap_or(lang).into(), made: Rc::default() }
    }

    /// An instant on the clock of `zone` (an IANA name).
    pub fn instant(&self, utc: UtcMs, zone: &str, show: Show) -> String {
        let (name, fields): (&str, &[(&str, &str)]) = match show {
            Show::Time => ("time", &[("hour", "numeric"), ("minute", "2-digit")]),
            Show::Weekday => ("weekday", &[("weekday", "long")]),
            Show::ShortDate => ("short", &[("weekday", "short"), ("day", "numeric"), ("month", "short")]),
            Show::LongDate => ("long", &[("weekday", "long"), ("day", "numeric"), ("month", "long")]),
        };
        let options = js::object(&[("timeZone", zone.into())]);
        for (key, value) in fields {
            let _ = Reflect::set(&options, &(*key).into(), &(*value).into());
        }
        #[expect(clippy::cast_precision_loss, reason = "instants are far below 2^53")]
        let date = js_sys::Date::new(&JsValue::from_f64(utc as f64));
        let cached = join(&[zone, name]);
        self.format("DateTimeFormat", &cached, &options, "format", &Array::of1(&date))
    }

    /// A calendar day, whatever the zone.
    pub fn date(&self, date: devanture_domain::civil::Date, show: Show) -> String {
        self.instant(i64::from(date.0) * 86_400_000, "UTC", show)
    }

    /// A whole number with the language's grouping.
    pub fn integer(&self, value: u32) -> String {
        self.format(
            "NumberFormat",
            "integer",
            &Object::new(),
            "format",
            &Array::of1(&JsValue::from_f64(value.into())),
        )
    }

    /// A price, in the minor units of its currency (ISO 4217).
    pub fn money(&self, amount: i64, currency: &str) -> String {
        let options = js::object(&[("style", "currency".into()), ("currency", currency.into())]);
        let shown = self.make("NumberFormat", &options).and_then(|format| {
            let resolved = js::call(&format, "resolvedOptions", &Array::new()).ok()?;
            // So many digits have the minor units of this currency.
            let digits = js::get(&resolved, "maximumFractionDigits").as_f64()?;
            #[expect(clippy::cast_precision_loss, reason = "prices are far below 2^53")]
            let value = amount as f64 / js_sys::Math::pow(10.0, digits);
            js::call(&format, "format", &Array::of1(&value.into())).ok()?.as_string()
        });
        shown.unwrap_or_default()
    }

    /// How long ago an instant was: `12 min ago`, `yesterday`.
    pub fn ago(&self, then: UtcMs, now: UtcMs) -> String {
        let minutes = ((now - then) / 60_000).max(1);
        let (value, unit) = match minutes {
            ..60 => (minutes, "minute"),
            60..1440 => (minutes / 60, "hour"),
            _ => (minutes / 1440, "day"),
        };
        let options = js::object(&[("numeric", "auto".into()), ("style", "short".into())]);
        #[expect(clippy::cast_precision_loss, reason = "far below 2^53")]
        let args = Array::of2(&JsValue::from_f64(-value as f64), &unit.into());
        self.format("RelativeTimeFormat", "ago", &options, "format", &args)
    }

    /// A distance: metres below one kilometre, then kilometres; miles for en-US and en-GB.
    pub fn distance(&self, metres: f64) -> String {
        let miles = matches!(&*self.lang, "en-US" | "en-GB");
        let (value, unit, step) = if miles {
            ((metres / 1609.344).max(0.1), "mile", 0.1)
        } else if metres < 950.0 {
            ((metres / 10.0).round() * 10.0, "meter", 10.0)
        } else {
            (metres / 1000.0, "kilometer", 0.1)
        };
        let digits = i32::from(value < 10.0 && step < 1.0);
        let options = js::object(&[
            ("style", "unit".into()),
            ("unit", unit.into()),
            ("maximumFractionDigits", digits.into()),
        ]);
        let cached = join(&[unit, if digits == 0 { "0" } else { "1" }]);
        self.format("NumberFormat", &cached, &options, "format", &Array::of1(&JsValue::from_f64(value)))
    }

    /// The plural category of a count: `one`, `other` …
    pub fn plural(&self, count: u32) -> String {
        self.format(
            "PluralRules",
            "plural",
            &Object::new(),
            "select",
            &Array::of1(&JsValue::from_f64(count.into())),
        )
    }

    fn format(&self, class: &str, cached: &str, options: &Object, method: &str, args: &Array) -> String {
        let known = self.made.borrow().iter().find(|(key, _)| key == cached).map(|(_, made)| made.clone());
        let formatter = known.or_else(|| {
            let made = self.make(class, options)?;
            self.made.borrow_mut().push((cached.into(), made.clone()));
            Some(made)
        });
        let printed = formatter.and_then(|made| js::call(&made, method, args).ok());
        printed.and_then(|text| text.as_string()).unwrap_or_default()
    }

    fn make(&self, class: &str, options: &Object) -> Option<JsValue> {
        let class: Function = js::get(&js::get(&js_sys::global(), "Intl"), class).dyn_into().ok()?;
        let langs = Array::of2(&(*self.lang).into(), &"en".into());
        Reflect::construct(&class, &Array::of2(&langs, options))
            // A malformed language tag or an unknown zone throws.
            .or_else(|_| Reflect::construct(&class, &Array::of2(&"en".into(), &Object::new())))
            .ok()
    }
}
