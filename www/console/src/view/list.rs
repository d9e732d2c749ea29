//! The heading, the two tabs, and the list of the one that is chosen.

use devanture_api::admin::StaffReservation;
use devanture_domain::reservation::State;
use devanture_ui::{
    attrs,
    dom::{El, KeyboardEvent, On, aria, el, leaf, listen, none},
};
use wasm_bindgen::JsCast as _;
use yew::Html;

use super::{LIST_HEADING, Link, card, card::is_moving, icon, send, tab_id};
use crate::{
    app::App,
    model::{Msg, Room, Tab},
};

pub(super) fn head(app: &App, room: &Room, link: &Link) -> Html {
    let title = attrs!["id": LIST_HEADING, "tabindex": "-1"];
    let tabs = [Tab::Open, Tab::Ended].map(|tab| tab_button(app, room, link, tab));
    el(
        "div",
        attrs!["class": "head"],
        vec![
            el(
                "div",
                attrs!["class": "title"],
                vec![leaf("h1", title, &app.texts.text("reservations")), counts(app, room)],
            ),
            el(
                "div",
                attrs!["class": "tabs", "role": "tablist", "aria-labelledby": LIST_HEADING],
                tabs.into(),
            ),
        ],
    )
}

/// How much there is to do, by where it stands once everything is sent.
fn counts(app: &App, room: &Room) -> Html {
    let Some(items) = &room.open.items else { return none() };
    let states = [
        (State::Requested, false, "count.ask"),
        (State::Accepted, false, "count.aside"),
        (State::Accepted, true, "count.moving"),
        (State::Ready, false, "count.ready"),
    ];
    let parts = states.into_iter().filter_map(|(state, moving, key)| {
        let stands = |item: &&StaffReservation| {
            app.queue.predicted(&item.id, item.state) == state && is_moving(item, state) == moving
        };
        let count = items.iter().filter(stands).count();
        (count > 0).then(|| app.texts.count(key, count))
    });
    leaf("p", attrs!["class": "counts"], &parts.collect::<Vec<_>>().join(" · "))
}

fn tab_button(app: &App, room: &Room, link: &Link, tab: Tab) -> Html {
    let chosen = room.tab == tab;
    let (key, other) = match tab {
        Tab::Open => ("tab.open", Tab::Ended),
        Tab::Ended => ("tab.ended", Tab::Open),
    };
    let attrs = attrs![
        "type": "button", "role": "tab", "id": tab_id(tab), "class": "tab", "aria-selected": aria(chosen),
        "aria-controls": "panel", "tabindex": if chosen { "0" } else { "-1" }
    ];
    let to = link.clone();
    let keys = listen(On::KeyDown, move |event| {
        let key = event.dyn_ref::<KeyboardEvent>().map(KeyboardEvent::key).unwrap_or_default();
        if matches!(key.as_str(), "ArrowLeft" | "ArrowRight" | "Home" | "End") {
            event.prevent_default();
            let first = key == "Home" || (key.starts_with("Arrow") && tab == Tab::Ended);
            let last = key == "End" || (key.starts_with("Arrow") && tab == Tab::Open);
            let wanted = if first {
                Tab::Open
            } else if last {
                Tab::Ended
            } else {
                other
            };
            to.send_message(Msg::Tab(wanted));
        }
    });
    let click = send(link, On::Click, move || Msg::Tab(tab));
    El::new("button", attrs).on(click).on(keys).children(vec![devanture_ui::dom::text(&app.texts.text(key))])
}

pub(super) fn panel(app: &App, room: &Room, link: &Link) -> Html {
    let label = tab_id(room.tab);
    let attrs = attrs!["class": "list-panel", "id": "panel", "role": "tabpanel", "aria-labelledby": label];
    let t = |key: &str| app.texts.text(key);
    let content = match &room.shown().items {
        None if app.is_without_stores() => empty(&t("no_store"), &t("no_store.hint")),
        None => leaf("p", attrs!["class": "loading"], &t("loading")),
        Some(items) if items.is_empty() && room.tab == Tab::Open => empty(&t("empty"), &t("empty.hint")),
        Some(items) if items.is_empty() => empty(&t("empty.ended"), ""),
        Some(items) => {
            let now = room.now();
            let cards = items.iter().map(|item| card::card(app, room, link, item, now));
            el("ul", attrs!["class": "cards"], cards.collect())
        }
    };
    el("div", attrs, vec![content])
}

pub(super) fn empty(title: &str, hint: &str) -> Html {
    el(
        "div",
        attrs!["class": "empty"],
        vec![
            icon::icon(icon::HANGER),
            leaf("p", attrs!["class": "empty-title"], title),
            leaf("p", attrs!["class": "hint"], hint),
        ],
    )
}
