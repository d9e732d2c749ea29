//! Opening hours in words.

use devanture_domain::{
    civil::{UtcMs, Zone as _},
    hours::{OpeningState, SOON_MS, Schedule, state_at},
};
use yew::Html;

use crate::{
    attrs,
    dom::{NO_ATTRS, el, join, leaf, none, text},
    format::{Formats, Show},
    strings::Strings,
    zone::IntlZone,
};

/// A store's state at an instant, ready to be shown.
struct Opening {
    /// `open`, `soon` (closes soon) or `closed`: the part's name and colour.
    kind: &'static str,
    /// "Open"
    state: String,
    /// "until 19:00"; may be empty.
    until: String,
}

/// When the line about a store's opening will read differently, if that is known; always after `now`.
/// `zone` is an IANA name.
pub fn changes_at(hours: &Schedule, zone: &str, now: UtcMs) -> Option<UtcMs> {
    match state_at(hours, &IntlZone::named(zone), now) {
        OpeningState::Open { closes_at } => {
            closes_at.map(|at| if at - now <= SOON_MS { at } else { at - SOON_MS })
        }
        OpeningState::Closed { opens_at } => opens_at,
    }
}

/// The line that says open or closed; nothing where hours are unknown.
pub fn line(hours: &Schedule, zone: &str, now: UtcMs, t: &Strings, formats: &Formats) -> Html {
    let Some(opening) = opening(hours, zone, now, t, formats) else {
        return none();
    };
    let until = if opening.until.is_empty() { none() } else { text(&join(&[" · ", &opening.until])) };
    el(
        "p",
        attrs!["class": &join(&["opening ", opening.kind]), "part": "opening"],
        vec![leaf("span", attrs!["class": "dot"], ""), leaf("strong", NO_ATTRS, &opening.state), until],
    )
}

/// A time on a place's clock; one that differs from the shopper's own is marked.
pub fn time(at: UtcMs, zone: &str, t: &Strings, formats: &Formats) -> String {
    let shown = formats.instant(at, zone, Show::Time);
    if IntlZone::named(zone).same_clock_as_device(at) {
        shown
    } else {
        t.fill("store_time", &[("time", &shown)])
    }
}

fn opening(hours: &Schedule, name: &str, now: UtcMs, t: &Strings, formats: &Formats) -> Option<Opening> {
    if hours.is_empty() {
        return None;
    }
    let time = |at: UtcMs| time(at, name, t, formats);
    Some(match state_at(hours, &IntlZone::named(name), now) {
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
            until: opens_at.map(|at| on_day("opens", at, now, name, t, formats)).unwrap_or_default(),
        },
    })
}

/// The text `<key>_today`, `<key>_tomorrow` or `<key>_on`, with `{time}` and `{day}` of an instant on a place's clock.
pub fn on_day(key: &str, at: UtcMs, now: UtcMs, zone: &str, t: &Strings, formats: &Formats) -> String {
    let clock = IntlZone::named(zone);
    let (when, show) = match clock.to_local(at).date.0 - clock.to_local(now).date.0 {
        0 => ("_today", None),
        1 => ("_tomorrow", None),
        2..=6 => ("_on", Some(Show::Weekday)),
        _ => ("_on", Some(Show::ShortDate)),
    };
    let day = show.map(|show| formats.instant(at, zone, show)).unwrap_or_default();
    t.fill(&join(&[key, when]), &[("day", &day), ("time", &time(at, zone, t, formats))])
}
