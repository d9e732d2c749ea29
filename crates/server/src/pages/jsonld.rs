//! Linked data for search engines: <https://schema.org/ClothingStore>.
//!
//! No `aggregateRating`: a shop's stars about itself are against the engines' rules.

use devanture_api::store::Store;
use devanture_domain::{
    civil::minute_text,
    hours::{Schedule, Span},
};
use serde_json::{Map, Value, json};

use crate::NamedZone;

const DAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/// The store, with its page's address as its identity.
pub(super) fn clothing_store(store: &Store, page: &str, brand: &str, zone: &NamedZone) -> Value {
    let mut out = Map::new();
    let mut put = |key: &str, value: Value| out.insert(key.to_owned(), value);
    put("@context", json!("https://schema.org"));
    put("@type", json!("ClothingStore"));
    put("@id", json!(page));
    put("url", json!(page));
    put("name", json!(store.name));
    put("branchCode", json!(store.code));
    put("parentOrganization", json!({ "@type": "Organization", "name": brand }));
    put("address", address(store));
    put(
        "geo",
        json!({ "@type": "GeoCoordinates", "latitude": store.location.lat(), "longitude": store.location.lng() }),
    );
    for (key, value) in [("telephone", &store.phone), ("email", &store.email), ("sameAs", &store.url)] {
        if let Some(value) = value {
            put(key, json!(value));
        }
    }
    if !store.hours.is_empty() {
        put("openingHoursSpecification", opening_hours(&store.hours));
    }
    let events = events(store, zone);
    if !events.is_empty() {
        put("event", Value::Array(events));
    }
    Value::Object(out)
}

fn address(store: &Store) -> Value {
    let mut out = Map::new();
    out.insert("@type".to_owned(), json!("PostalAddress"));
    for (key, value) in [
        ("streetAddress", store.address.street.as_str()),
        ("postalCode", &store.address.postcode),
        ("addressLocality", &store.address.town),
        ("addressRegion", store.address.region.as_deref().unwrap_or_default()),
        ("addressCountry", &store.address.country),
    ] {
        if !value.is_empty() {
            out.insert(key.to_owned(), json!(value));
        }
    }
    Value::Object(out)
}

/// One entry per span of the day; closed days and special days as Google documents them: a special
/// closed day opens and closes at 00:00.
fn opening_hours(hours: &Schedule) -> Value {
    let mut out = Vec::new();
    for (day, spans) in DAYS.iter().zip(&hours.weekly) {
        for span in spans {
            let mut entry = times(*span);
            entry.insert("dayOfWeek".to_owned(), json!(format!("https://schema.org/{day}")));
            out.push(Value::Object(entry));
        }
    }
    for day in &hours.special {
        let date = day.date.to_text();
        let mut entries: Vec<_> = day.spans.iter().map(|span| times(*span)).collect();
        if entries.is_empty() {
            entries.push(closed());
        }
        for mut entry in entries {
            entry.insert("validFrom".to_owned(), json!(date));
            entry.insert("validThrough".to_owned(), json!(date));
            out.push(Value::Object(entry));
        }
    }
    Value::Array(out)
}

fn times(span: Span) -> Map<String, Value> {
    // 24:00 is no time in schema.org; the end of a day is its last minute.
    let closes = if span.closes() == 1440 { "23:59".to_owned() } else { minute_text(span.closes()) };
    entry(&minute_text(span.opens()), &closes)
}

fn closed() -> Map<String, Value> {
    entry("00:00", "00:00")
}

fn entry(opens: &str, closes: &str) -> Map<String, Value> {
    let mut out = Map::new();
    out.insert("@type".to_owned(), json!("OpeningHoursSpecification"));
    out.insert("opens".to_owned(), json!(opens));
    out.insert("closes".to_owned(), json!(closes));
    out
}

fn events(store: &Store, zone: &NamedZone) -> Vec<Value> {
    use devanture_domain::civil::{LocalMinute, Zone as _};
    let at = |date, minute| zone.rfc3339(zone.to_utc(LocalMinute { date, minute }));
    let events = store.promotions.iter().filter(|promotion| promotion.event);
    events
        .map(|event| {
            json!({
                "@type": "Event",
                "name": event.title,
                "description": event.text,
                "startDate": at(event.starts_on, 0),
                "endDate": at(event.ends_on, 23 * 60 + 59),
                "eventAttendanceMode": "https://schema.org/OfflineEventAttendanceMode",
                "location": { "@type": "Place", "name": store.name, "address": address(store) },
            })
        })
        .collect()
}
