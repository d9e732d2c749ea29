//! Calendar files: an appointment, and the time in which a reservation can be fetched.

pub(crate) mod appointment;
pub(crate) mod reservation;

use axum::{
    http::header,
    response::{IntoResponse as _, Response},
};
use devanture_api::store::Store;
use devanture_domain::civil::UtcMs;
use icalendar::{Calendar, Component as _, Event, EventLike as _, EventStatus};
use xxhash_rust::xxh3::xxh3_128;

use super::NEVER;

/// One entry of a calendar.
pub(crate) struct Entry<'a> {
    /// By which calendars know it again; it is not readable in the file.
    pub(crate) known_by: &'a str,
    /// What it is, before the store's name.
    pub(crate) title: &'a str,
    pub(crate) store_name: &'a str,
    /// Absent for a store that has closed for good.
    pub(crate) store: Option<&'a Store>,
    pub(crate) starts_at: UtcMs,
    pub(crate) ends_at: UtcMs,
    pub(crate) cancelled: bool,
    /// More than the store's number.
    pub(crate) note: Option<&'a str>,
}

impl Entry<'_> {
    /// The file.
    pub(crate) fn file(&self, now: UtcMs) -> String {
        let mut event = Event::new();
        // The same in every download, so that a calendar updates its entry; it does not give a link away.
        event.uid(&format!("{:032x}@devanture", xxh3_128(self.known_by.as_bytes())));
        event.summary(&format!("{} – {}", self.title, self.store_name));
        event.add_property("DTSTAMP", stamp(now));
        event.add_property("DTSTART", stamp(self.starts_at));
        event.add_property("DTEND", stamp(self.ends_at));
        event.add_property("SEQUENCE", if self.cancelled { "1" } else { "0" });
        event.status(if self.cancelled { EventStatus::Cancelled } else { EventStatus::Confirmed });
        let mut description = self.note.unwrap_or_default().to_owned();
        if let Some(store) = self.store {
            let a = &store.address;
            event.location(&format!(
                "{}, {}, {} {}, {}",
                self.store_name, a.street, a.postcode, a.town, a.country
            ));
            event.add_property("GEO", format!("{};{}", store.location.lat(), store.location.lng()));
            let phone = store.phone.as_deref().unwrap_or_default();
            let gap = if description.is_empty() || phone.is_empty() { "" } else { "\n" };
            description = [&*description, gap, phone].concat();
        }
        event.description(&description);
        Calendar::new().push(event.done()).done().to_string()
    }
}

/// A file to keep, behind a link that nobody else is to have.
fn attached(file: String, disposition: &'static str) -> Response {
    let headers = [
        (header::CONTENT_TYPE, "text/calendar; charset=utf-8"),
        (header::CONTENT_DISPOSITION, disposition),
        (header::CACHE_CONTROL, NEVER),
        (header::REFERRER_POLICY, "no-referrer"),
    ];
    (headers, file).into_response()
}

/// `20261121T083000Z`
fn stamp(at: UtcMs) -> String {
    jiff::Timestamp::from_millisecond(at)
        .map_or_else(|_| String::new(), |at| at.strftime("%Y%m%dT%H%M%SZ").to_string())
}
