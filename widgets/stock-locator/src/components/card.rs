//! A store with what it has.

use devanture_api::{availability::StoreAvailability, store::Store};
use devanture_domain::civil::UtcMs;
use devanture_host::device;
use devanture_ui::{
    attrs,
    dom::{El, NO_ATTRS, aria, el, join, leaf, none, text},
    icon::{self, icon},
    links, opening,
};
use yew::{Context, Html};

use super::button::button;
use crate::{
    app::App,
    state::Action,
    words::{State, can_be_had, ready, state, state_of_all, sureness},
};

pub(crate) fn card(app: &App, ctx: &Context<App>, one: &StoreAvailability, now: UtcMs) -> Html {
    let store = &one.store;
    let small = |line: Option<String>, class: &str| {
        line.map_or_else(none, |line| leaf("p", attrs!["class": class], &line))
    };
    let reserve = || {
        let label = app.t.text(if app.wanted.len() > 1 { "reserve_all" } else { "reserve" });
        let (id, named) = (join(&["r-", &store.code]), join(&[&label, " · ", &store.name]));
        let attrs = attrs![
            "type": "button", "class": "button primary", "part": "reserve", "id": &id, "aria-label": &named,
        ];
        button(ctx, attrs, Action::Reserve(store.code.clone()), vec![text(&label)])
    };
    let own = app.mine.as_ref() == Some(&store.code);
    let children = vec![
        el("div", attrs!["class": "head"], vec![leaf("h2", NO_ATTRS, &store.name), distance(app, store)]),
        state_line(&state_of_all(app, one)),
        items(app, one),
        small(sureness(app, one, now), "small"),
        opening::line(&store.hours, &store.time_zone, now, &app.t, &app.formats),
        leaf("p", attrs!["class": "address", "part": "address"], &store.address.line()),
        small(ready(app, one, now), "ready"),
        el(
            "div",
            attrs!["class": "actions"],
            vec![
                if one.has_all { reserve() } else { none() },
                choose(app, ctx, store, own),
                call_and_go(app, store),
            ],
        ),
    ];
    El::new("li", attrs!["class": if own { "card own" } else { "card" }, "part": "card"])
        .key(&store.code)
        .children(children)
}

pub(crate) fn distance(app: &App, store: &Store) -> Html {
    // One's own store, from which the others are measured, is nowhere from itself.
    store.distance_m.filter(|metres| *metres >= 1.0).map_or_else(none, |metres| {
        leaf("span", attrs!["class": "distance", "part": "distance"], &app.formats.distance(metres))
    })
}

pub(crate) fn call_and_go(app: &App, store: &Store) -> Html {
    links::links(&app.t, &store.name, store.phone.as_deref(), &device::directions(store.location))
}

fn state_line(state: &State) -> Html {
    let dot = leaf("span", attrs!["class": "dot"], "");
    let class = join(&["state ", state.kind]);
    el("p", attrs!["class": &class, "part": "state"], vec![dot, leaf("strong", NO_ATTRS, &state.text)])
}

/// Several things, each with its state.
fn items(app: &App, one: &StoreAvailability) -> Html {
    if one.items.len() < 2 {
        return none();
    }
    let mut lines = Vec::with_capacity(one.items.len());
    for item in &one.items {
        let State { kind, text: said } = state(app, item);
        let mark = icon(if can_be_had(item) { icon::CHECK } else { icon::CLOSE });
        let name = leaf("span", NO_ATTRS, &app.name(&item.sku));
        let said = leaf("span", attrs!["class": "small"], &said);
        lines.push(el("li", attrs!["class": kind], vec![mark, name, said]));
    }
    el("ul", attrs!["class": "items"], lines)
}

/// The button that chooses a store, or says that it is chosen.
fn choose(app: &App, ctx: &Context<App>, store: &Store, mine: bool) -> Html {
    let label = app.t.text(if mine { "is_my_store" } else { "choose_store" });
    button(
        ctx,
        attrs!["type": "button", "class": if mine { "action on" } else { "action" }, "part": "action", "aria-pressed": aria(mine), "aria-label": &join(&[&label, " · ", &store.name])],
        Action::SetMine((!mine).then(|| store.code.clone())),
        vec![icon(icon::HEART), leaf("span", NO_ATTRS, &label)],
    )
}
