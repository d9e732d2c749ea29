//! Responses as JavaScript objects → the contract's types, by hand.
//!
//! Derived decoders would work (`tests/decode.rs` proves that these agree with them) but weigh 25 KB
//! in every shopper's download, mostly number formatting for messages that nobody reads.

pub mod review;
mod sizes;
mod stock;

use devanture_api::{
    appointment::{Appointment, SlotList},
    site::{Label, Site, Tiles},
    store::{Address, Origin, Ownership, Promotion, Store, StorePage},
    suggest::{PlaceKind, Suggestion, Suggestions},
};
use devanture_domain::{
    appointment::Slot,
    civil::{Date, UtcMs},
    geo::LatLng,
    hours::{Schedule, Span, SpecialDay},
};
use js_sys::{Array, Reflect};
use wasm_bindgen::{JsCast as _, JsValue};

/// Something that can be read from a JavaScript object.
pub trait FromJs: Sized {
    /// Reads every field; what is missing or of another shape is noted in the reader.
    fn read(from: &mut Reader) -> Self;

    /// Reads a value; `None` when it is not of the documented shape.
    fn from_js(value: &JsValue) -> Option<Self> {
        let mut reader = Reader { object: value.clone(), failed: false };
        let read = Self::read(&mut reader);
        (!reader.failed).then_some(read)
    }
}

/// Reads an object field by field. A failure is noted and reading goes on with a default: leaving
/// at each field with `?` would compile into as many ways out, each dropping what was read so far.
pub struct Reader {
    object: JsValue,
    failed: bool,
}

impl Reader {
    fn get(&self, key: &str) -> JsValue {
        Reflect::get(&self.object, &JsValue::from_str(key)).unwrap_or(JsValue::UNDEFINED)
    }

    fn or_fail<T>(&mut self, read: Option<T>, otherwise: T) -> T {
        self.failed |= read.is_none();
        read.unwrap_or(otherwise)
    }

    fn text(&mut self, key: &str) -> String {
        let text = self.optional_text(key);
        self.or_fail(text, String::new())
    }

    fn optional_text(&self, key: &str) -> Option<String> {
        self.get(key).as_string()
    }

    fn number(&mut self, key: &str) -> f64 {
        let number = self.get(key).as_f64();
        self.or_fail(number, 0.0)
    }

    /// A whole number from 0 to 2³² - 1.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "`as` saturates")]
    fn count(&mut self, key: &str) -> u32 {
        self.number(key) as u32
    }

    /// The same of a list's item that is no object.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "`as` saturates")]
    fn itself(&mut self) -> u32 {
        let number = self.object.as_f64();
        self.or_fail(number, 0.0) as u32
    }

    #[expect(clippy::cast_possible_truncation, reason = "milliseconds are far below 2^53")]
    fn instant(&mut self, key: &str) -> UtcMs {
        self.number(key) as UtcMs
    }

    fn flag(&self, key: &str) -> bool {
        self.get(key).is_truthy()
    }

    fn has(&self, key: &str) -> bool {
        let value = self.get(key);
        !value.is_undefined() && !value.is_null()
    }

    fn date(&mut self, key: &str) -> Date {
        let date = Date::parse(&self.text(key));
        self.or_fail(date, Date(0))
    }

    fn object<T: FromJs>(&mut self, key: &str) -> T {
        let mut inner = Self { object: self.get(key), failed: false };
        let read = T::read(&mut inner);
        self.failed |= inner.failed;
        read
    }

    fn optional<T: FromJs>(&mut self, key: &str) -> Option<T> {
        self.has(key).then(|| self.object(key))
    }

    /// Runs `item` on each item of a list, which may be absent.
    fn each(&mut self, list: &JsValue, mut item: impl FnMut(&mut Self)) {
        let Some(items) = list.dyn_ref::<Array>() else {
            self.failed |= !list.is_undefined();
            return;
        };
        for index in 0..items.length() {
            let mut inner = Self { object: items.get(index), failed: false };
            item(&mut inner);
            self.failed |= inner.failed;
        }
    }

    fn list<T: FromJs>(&mut self, key: &str) -> Vec<T> {
        let mut out = Vec::new();
        self.each(&self.get(key), |item| out.push(T::read(item)));
        out
    }

    fn texts(&mut self, key: &str) -> Vec<String> {
        let mut out = Vec::new();
        self.each(&self.get(key), |item| {
            let text = item.object.as_string();
            out.push(item.or_fail(text, String::new()));
        });
        out
    }
}

impl FromJs for () {
    fn read(_: &mut Reader) {}
}

impl FromJs for LatLng {
    fn read(from: &mut Reader) -> Self {
        let at = Self::new(from.number("lat"), from.number("lng")).ok();
        from.or_fail(at, Self::ORIGIN)
    }
}

impl FromJs for Label {
    fn read(from: &mut Reader) -> Self {
        Self { code: from.text("code"), name: from.text("name") }
    }
}

impl FromJs for Span {
    fn read(from: &mut Reader) -> Self {
        let span = Self::parse(&from.text("opens"), &from.text("closes")).ok();
        from.or_fail(span, Self::DAY)
    }
}

impl FromJs for SpecialDay {
    fn read(from: &mut Reader) -> Self {
        Self { date: from.date("date"), spans: from.list("spans"), note: from.optional_text("note") }
    }
}

impl FromJs for Schedule {
    fn read(from: &mut Reader) -> Self {
        let mut weekly: [Vec<Span>; 7] = Default::default();
        let mut days = 0;
        from.each(&from.get("weekly"), |day| {
            // A day is a list of its own, not an object with one.
            if let Some(spans) = weekly.get_mut(days) {
                day.each(&day.object.clone(), |span| spans.push(Span::read(span)));
            }
            days += 1;
        });
        from.failed |= days != 7;
        Self { weekly, special: from.list("special") }
    }
}

impl FromJs for Store {
    fn read(from: &mut Reader) -> Self {
        Self {
            code: from.text("code"),
            name: from.text("name"),
            ownership: match from.text("ownership").as_str() {
                "own" => Ownership::Own,
                "franchise" => Ownership::Franchise,
                _ => Ownership::Licensed,
            },
            address: from.object("address"),
            location: from.object("location"),
            distance_m: from.get("distance_m").as_f64(),
            phone: from.optional_text("phone"),
            email: from.optional_text("email"),
            url: from.optional_text("url"),
            time_zone: from.text("time_zone"),
            hours: from.object("hours"),
            services: from.texts("services"),
            brands: from.texts("brands"),
            promotions: from.list("promotions"),
            appointments: from.flag("appointments"),
        }
    }
}

impl FromJs for Address {
    fn read(from: &mut Reader) -> Self {
        Self {
            street: from.text("street"),
            postcode: from.text("postcode"),
            town: from.text("town"),
            region: from.optional_text("region"),
            country: from.text("country"),
        }
    }
}

impl FromJs for Promotion {
    fn read(from: &mut Reader) -> Self {
        Self {
            id: from.text("id"),
            title: from.text("title"),
            text: from.text("text"),
            starts_on: from.date("starts_on"),
            ends_on: from.date("ends_on"),
            event: from.flag("event"),
        }
    }
}

impl FromJs for Origin {
    fn read(from: &mut Reader) -> Self {
        Self {
            location: from.object("location"),
            label: from.optional_text("label"),
            is_default: from.flag("is_default"),
        }
    }
}

impl FromJs for StorePage {
    fn read(from: &mut Reader) -> Self {
        Self {
            items: from.list("items"),
            next: from.optional_text("next"),
            total: from.count("total"),
            origin: from.optional("origin"),
            services: from.list("services"),
            brands: from.list("brands"),
        }
    }
}

impl FromJs for Suggestions {
    fn read(from: &mut Reader) -> Self {
        Self { items: from.list("items") }
    }
}

impl FromJs for Suggestion {
    fn read(from: &mut Reader) -> Self {
        Self {
            kind: match from.text("kind").as_str() {
                "postcode" => PlaceKind::Postcode,
                "address" => PlaceKind::Address,
                "store" => PlaceKind::Store,
                _ => PlaceKind::Town,
            },
            label: from.text("label"),
            detail: from.text("detail"),
            location: from.object("location"),
            store_code: from.optional_text("store_code"),
        }
    }
}

impl FromJs for Tiles {
    fn read(from: &mut Reader) -> Self {
        Self { url: from.text("url"), attribution: from.text("attribution") }
    }
}

impl FromJs for Site {
    fn read(from: &mut Reader) -> Self {
        Self {
            name: from.text("name"),
            locale: from.text("locale"),
            center: from.object("center"),
            store_code: from.optional_text("store_code"),
            tiles: from.optional("tiles"),
            privacy_url: from.optional_text("privacy_url"),
            appointment_subjects: from.list("appointment_subjects"),
            alerts: from.flag("alerts"),
        }
    }
}

impl FromJs for Slot {
    fn read(from: &mut Reader) -> Self {
        Self {
            starts_at: from.instant("starts_at"),
            ends_at: from.instant("ends_at"),
            free: u16::try_from(from.count("free")).unwrap_or(u16::MAX),
        }
    }
}

impl FromJs for SlotList {
    fn read(from: &mut Reader) -> Self {
        Self {
            items: from.list("items"),
            time_zone: from.text("time_zone"),
            next_free_at: from.has("next_free_at").then(|| from.instant("next_free_at")),
        }
    }
}

impl FromJs for Appointment {
    fn read(from: &mut Reader) -> Self {
        Self {
            token: from.text("token"),
            store_code: from.text("store_code"),
            store_name: from.text("store_name"),
            starts_at: from.instant("starts_at"),
            ends_at: from.instant("ends_at"),
            time_zone: from.text("time_zone"),
            subject: from.optional_text("subject"),
            cancelled: from.flag("cancelled"),
            calendar_url: from.text("calendar_url"),
        }
    }
}
