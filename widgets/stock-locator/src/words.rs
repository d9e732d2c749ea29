//! What stores hold, in words.

use devanture_api::availability::{AvailabilityPage, ItemAvailability, NEAR_M, StoreAvailability};
use devanture_domain::{
    civil::UtcMs,
    stock::{Availability, Reason},
};
use devanture_ui::{format::Show, opening::on_day};

use crate::app::App;

/// Whether a store that has everything is near; where distances mean nothing, any store is.
pub(crate) fn is_near(page: &AvailabilityPage) -> bool {
    page.items.iter().any(|one| one.has_all && one.store.distance_m.is_none_or(|metres| metres <= NEAR_M))
}

/// A state: class of the dot, and words.
pub(crate) struct State {
    /// `open`, `soon` or `closed`, as for opening hours: the colour.
    pub kind: &'static str,
    pub text: String,
}

/// What a store holds of one thing.
pub(crate) fn state(app: &App, item: &ItemAvailability) -> State {
    let (kind, text) = match (item.availability, item.expected_on) {
        (Availability::InStock, _) => ("open", app.t.text("in_stock")),
        (Availability::Low, _) => ("soon", app.t.plural("left", item.left.unwrap_or(1), &app.formats, &[])),
        (Availability::ToOrder, Some(date)) => {
            ("soon", app.t.fill("to_order_on", &[("date", &app.formats.date(date, Show::ShortDate))]))
        }
        (Availability::ToOrder, None) => ("soon", app.t.text("to_order")),
        (Availability::Out, _) => ("closed", app.t.text("out")),
    };
    State { kind, text }
}

/// What a store holds of everything that is wanted.
pub(crate) fn state_of_all(app: &App, one: &StoreAvailability) -> State {
    if let [item] = &one.items[..] {
        return state(app, item);
    }
    if one.has_all {
        return State { kind: "open", text: app.t.text("has_all") };
    }
    let there = one.items.iter().filter(|item| can_be_had(item)).count();
    let values = [
        ("there", &*app.formats.integer(u32::try_from(there).unwrap_or_default())),
        ("all", &*app.formats.integer(u32::try_from(one.items.len()).unwrap_or_default())),
    ];
    let kind = if there == 0 { "closed" } else { "soon" };
    State { kind, text: app.t.fill("has_some", &values) }
}

pub(crate) fn can_be_had(item: &ItemAvailability) -> bool {
    matches!(item.availability, Availability::InStock | Availability::Low)
}

/// How old the figures are and how sure; of several, the least sure one speaks.
pub(crate) fn sureness(app: &App, one: &StoreAvailability, now: UtcMs) -> Option<String> {
    let judged = one.items.iter().filter_map(|item| Some((item.confidence?, item.counted_at?)));
    let (confidence, counted_at) = judged.min_by_key(|(confidence, _)| confidence.trust)?;
    let key = match confidence.reason {
        Reason::Counted => "sure_counted",
        Reason::Recent => "sure_recent",
        Reason::Reliable => "sure_reliable",
        Reason::Old => "sure_old",
        Reason::OftenRefused => "sure_often_refused",
        Reason::LastPiece => "sure_last_piece",
    };
    Some(app.t.fill(key, &[("ago", &app.formats.ago(counted_at, now))]))
}

/// From when it can be fetched if it is reserved now.
pub(crate) fn ready(app: &App, one: &StoreAvailability, now: UtcMs) -> Option<String> {
    let at = one.ready_at.filter(|_| one.has_all)?;
    Some(on_day("ready", at, now, &one.store.time_zone, &app.t, &app.formats))
}
