//! Responses as JavaScript objects → the contract's types, by hand.
//!
//! Derived decoders would work (`tests/decode.rs` proves that these agree with them) but weigh 25 KB
//! in every shopper's download, mostly number formatting for messages that nobody reads.

use devanture_api::{
    problem::Problem,
    site::{Label, Site, Tiles},
    store::{Address, Origin, Ownership, Promotion, Store, StorePage},
    suggest::{PlaceKind, Suggestion, Suggestions},
};
use devanture_domain::{
    civil::Date,
    geo::LatLng,
    hours::{Schedule, Span, SpecialDay},
};
use js_sys::{Array, Reflect};
use wasm_bindgen::{JsCast as _, JsValue};

/// Something that can be read from a JavaScript value; `None` when it is not of the documented shape.
pub trait FromJs: Sized {
    /// Reads it.
    fn from_js(value: &JsValue) -> Option<Self>;
}

fn get(object: &JsValue, key: &str) -> JsValue {
    Reflect::get(object, &JsValue::from_str(key)).unwrap_or(JsValue::UNDEFINED)
}

fn text(object: &JsValue, key: &str) -> Option<String> {
    get(object, key).as_string()
}

fn flag(object: &JsValue, key: &str) -> bool {
    get(object, key).is_truthy()
}

fn date(object: &JsValue, key: &str) -> Option<Date> {
    Date::parse(&text(object, key)?)
}

/// A list, empty when it is absent; `None` when one of its items is not readable. A plain loop, as
/// `collect` into an `Option` is compiled at length for each type.
fn list<T>(value: &JsValue, read: fn(&JsValue) -> Option<T>) -> Option<Vec<T>> {
    let mut out = Vec::new();
    if value.is_undefined() {
        return Some(out);
    }
    let items: &Array = value.dyn_ref()?;
    for index in 0..items.length() {
        out.push(read(&items.get(index))?);
    }
    Some(out)
}

fn texts(object: &JsValue, key: &str) -> Option<Vec<String>> {
    list(&get(object, key), JsValue::as_string)
}

fn optional<T: FromJs>(object: &JsValue, key: &str) -> Option<Option<T>> {
    let value = get(object, key);
    if value.is_undefined() || value.is_null() { Some(None) } else { T::from_js(&value).map(Some) }
}

impl FromJs for LatLng {
    fn from_js(value: &JsValue) -> Option<Self> {
        Self::new(get(value, "lat").as_f64()?, get(value, "lng").as_f64()?).ok()
    }
}

impl FromJs for Label {
    fn from_js(value: &JsValue) -> Option<Self> {
        Some(Self { code: text(value, "code")?, name: text(value, "name")? })
    }
}

fn spans(value: &JsValue) -> Option<Vec<Span>> {
    list(value, |span| Span::parse(&text(span, "opens")?, &text(span, "closes")?).ok())
}

impl FromJs for Schedule {
    fn from_js(value: &JsValue) -> Option<Self> {
        let weekly = list(&get(value, "weekly"), spans)?.try_into().ok()?;
        let special = list(&get(value, "special"), |day| {
            Some(SpecialDay {
                date: date(day, "date")?,
                spans: spans(&get(day, "spans"))?,
                note: text(day, "note"),
            })
        })?;
        Some(Self { weekly, special })
    }
}

impl FromJs for Store {
    fn from_js(value: &JsValue) -> Option<Self> {
        let address = get(value, "address");
        Some(Self {
            code: text(value, "code")?,
            name: text(value, "name")?,
            ownership: match text(value, "ownership")?.as_str() {
                "own" => Ownership::Own,
                "franchise" => Ownership::Franchise,
                _ => Ownership::Licensed,
            },
            address: Address {
                street: text(&address, "street")?,
                postcode: text(&address, "postcode")?,
                town: text(&address, "town")?,
                region: text(&address, "region"),
                country: text(&address, "country")?,
            },
            location: LatLng::from_js(&get(value, "location"))?,
            distance_m: get(value, "distance_m").as_f64(),
            phone: text(value, "phone"),
            email: text(value, "email"),
            url: text(value, "url"),
            time_zone: text(value, "time_zone")?,
            hours: Schedule::from_js(&get(value, "hours"))?,
            services: texts(value, "services")?,
            brands: texts(value, "brands")?,
            promotions: list(&get(value, "promotions"), promotion)?,
            appointments: flag(value, "appointments"),
        })
    }
}

fn promotion(value: &JsValue) -> Option<Promotion> {
    Some(Promotion {
        id: text(value, "id")?,
        title: text(value, "title")?,
        text: text(value, "text")?,
        starts_on: date(value, "starts_on")?,
        ends_on: date(value, "ends_on")?,
        event: flag(value, "event"),
    })
}

impl FromJs for Origin {
    fn from_js(value: &JsValue) -> Option<Self> {
        Some(Self {
            location: LatLng::from_js(&get(value, "location"))?,
            label: text(value, "label"),
            is_default: flag(value, "is_default"),
        })
    }
}

impl FromJs for StorePage {
    fn from_js(value: &JsValue) -> Option<Self> {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a count")]
        let total = get(value, "total").as_f64()? as u32;
        Some(Self {
            items: list(&get(value, "items"), Store::from_js)?,
            next: text(value, "next"),
            total,
            origin: optional(value, "origin")?,
            services: list(&get(value, "services"), Label::from_js)?,
            brands: list(&get(value, "brands"), Label::from_js)?,
        })
    }
}

impl FromJs for Suggestions {
    fn from_js(value: &JsValue) -> Option<Self> {
        let items = list(&get(value, "items"), |item| {
            Some(Suggestion {
                kind: match text(item, "kind")?.as_str() {
                    "postcode" => PlaceKind::Postcode,
                    "address" => PlaceKind::Address,
                    "store" => PlaceKind::Store,
                    _ => PlaceKind::Town,
                },
                label: text(item, "label")?,
                detail: text(item, "detail")?,
                location: LatLng::from_js(&get(item, "location"))?,
                store_code: text(item, "store_code"),
            })
        })?;
        Some(Self { items })
    }
}

impl FromJs for Site {
    fn from_js(value: &JsValue) -> Option<Self> {
        let tiles = get(value, "tiles");
        Some(Self {
            name: text(value, "name")?,
            locale: text(value, "locale")?,
            center: LatLng::from_js(&get(value, "center"))?,
            store_code: text(value, "store_code"),
            tiles: text(&tiles, "url")
                .zip(text(&tiles, "attribution"))
                .map(|(url, attribution)| Tiles { url, attribution }),
            privacy_url: text(value, "privacy_url"),
            appointment_subjects: list(&get(value, "appointment_subjects"), Label::from_js)?,
        })
    }
}

impl FromJs for Problem {
    fn from_js(value: &JsValue) -> Option<Self> {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "an HTTP status")]
        let status = get(value, "status").as_f64()? as u16;
        Some(Self {
            kind: text(value, "type")?,
            title: text(value, "title")?,
            status,
            code: text(value, "code")?,
            detail: text(value, "detail"),
            field: text(value, "field"),
        })
    }
}
