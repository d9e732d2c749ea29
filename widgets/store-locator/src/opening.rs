//! Opening hours in words.

use devanture_api::store::Store;
use devanture_domain::{
    civil::{UtcMs, Zone as _},
    hours::{OpeningState, SOON_MS, Span, state_at},
};
use devanture_ui::{
    format::{Formats, Show},
    strings::Strings,
    zone::IntlZone,
};

/// A store's state at an instant, ready to be shown.
pub(crate) struct Opening {
    /// `open`, `soon` (closes soon) or `closed`: the part's name and colour.
    pub kind: &'static str,
    /// "Open"
    pub state: String,
    /// "until 19:00"; may be empty.
    pub until: String,
}

/// When the line about a store's opening will read differently, if that is known; always after `now`.
pub(crate) fn changes_at(store: &Store, now: UtcMs) -> Option<UtcMs> {
    match state_at(&store.hours, &IntlZone::named(&store.time_zone), now) {
        OpeningState::Open { closes_at } => {
            closes_at.map(|at| if at - now <= SOON_MS { at } else { at - SOON_MS })
        }
        OpeningState::Closed { opens_at } => opens_at,
    }
}

pub(crate) fn opening(store: &Store, now: UtcMs, t: &Strings, formats: &Formats) -> Option<Opening> {
    if store.hours.is_empty() {
        return None;
    }
    let zone = IntlZone::named(&store.time_zone);
    let time = |at: UtcMs| {
        let shown = formats.instant(at, &store.time_zone, Show::Time);
        if zone.same_clock_as_device(at) { shown } else { t.fill("store_time", &[("time", &shown)]) }
    };
    Some(match state_at(&store.hours, &zone, now) {
        OpeningState::Open { closes_at } => {
            let soon = closes_at.is_some_and(|at| at - now <= SOON_MS);
            Opening {
                kind: if soon { "soon" } else { "open" },
                state: t.text(if soon { "closes_soon" } else { "open" }),
                until: match closes_at {
                    Some(at) => t.fill("until", &[("time", &time(at))]),
                    None => t.text("day_and_night"),
                },
            }
        }
        OpeningState::Closed { opens_at } => Opening {
            kind: "closed",
            state: t.text("closed"),
            until: opens_at.map(|at| opens(at, now, &zone, store, t, formats, &time(at))).unwrap_or_default(),
        },
    })
}

fn opens(
    at: UtcMs,
    now: UtcMs,
    zone: &IntlZone,
    store: &Store,
    t: &Strings,
    formats: &Formats,
    time: &str,
) -> String {
    let days = zone.to_local(at).date.0 - zone.to_local(now).date.0;
    match days {
        0 => t.fill("opens_today", &[("time", time)]),
        1 => t.fill("opens_tomorrow", &[("time", time)]),
        2..=6 => {
            let day = formats.instant(at, &store.time_zone, Show::Weekday);
            t.fill("opens_on", &[("day", &day), ("time", time)])
        }
        _ => {
            let day = formats.instant(at, &store.time_zone, Show::ShortDate);
            t.fill("opens_on", &[("day", &day), ("time", time)])
        }
    }
}

/// "9:30 – 12:30, 14:00 – 19:00", or "Closed".
pub(crate) fn spans_text(spans: &[Span], t: &Strings, formats: &Formats) -> String {
    if spans.is_empty() {
        return t.text("closed");
    }
    let clock = |minute: u16| formats.instant(i64::from(minute) * 60_000, "UTC", Show::Time);
    let mut out = String::new();
    for span in spans {
        if !out.is_empty() {
            out.push_str(", ");
        }
        out.push_str(&clock(span.opens()));
        out.push_str("\u{2009}–\u{2009}");
        out.push_str(&clock(span.closes()));
    }
    out
}
