//! Where nothing is near: other sizes, delivery, a store to call.

use devanture_api::availability::AvailabilityPage;
use devanture_domain::civil::UtcMs;
use devanture_ui::{
    attrs,
    dom::{NO_ATTRS, el, join, leaf, none, text},
    icon::{self, icon},
    opening,
};
use yew::{Context, Html};

use super::{
    button::button,
    card::{call_and_go, distance},
};
use crate::{app::App, state::Action, words::can_be_had};

pub(crate) fn view(app: &App, ctx: &Context<App>, page: &AvailabilityPage, now: UtcMs) -> Html {
    // Beyond what is near there may be some all the same: the list goes on below.
    let title = if page.total > 0 { "nothing_near" } else { "nothing" };
    el(
        "section",
        attrs!["class": "instead", "part": "instead"],
        vec![
            leaf("h3", NO_ATTRS, &app.t.text(title)),
            sizes(app, ctx),
            delivery(app, page),
            nearest(app, page, now),
        ],
    )
}

/// The other sizes that a store has, each with the nearest.
fn sizes(app: &App, ctx: &Context<App>) -> Html {
    let (Some(page), Some(product)) = (&app.instead.others, &app.lookup.product) else { return none() };
    let mut chips = Vec::new();
    for (index, sku) in app.instead.skus.iter().enumerate() {
        let there = page.items.iter().find(|one| one.items.get(index).is_some_and(can_be_had));
        let variant = product.variants.iter().find(|variant| variant.sku == *sku);
        let (Some(one), Some(size)) = (there, variant.and_then(|variant| variant.size.as_ref())) else {
            continue;
        };
        let label = join(&[size, " · ", &one.store.name]);
        let attrs = attrs!["type": "button", "class": "chip", "part": "chip"];
        chips.push(button(ctx, attrs, Action::Choose(sku.clone()), vec![text(&label)]));
    }
    if chips.is_empty() {
        return none();
    }
    let label = app.t.text("other_sizes");
    el(
        "div",
        attrs!["class": "group", "role": "group", "aria-label": &label],
        vec![leaf("p", NO_ATTRS, &label), el("div", attrs!["class": "chips"], chips)],
    )
}

fn delivery(app: &App, page: &AvailabilityPage) -> Html {
    if page.shippable.is_empty() || page.shippable.contains(&false) {
        return none();
    }
    let key = if app.wanted.len() > 1 { "shippable_all" } else { "shippable" };
    el("p", attrs!["class": "offer"], vec![icon(icon::PARCEL), leaf("span", NO_ATTRS, &app.t.text(key))])
}

/// The nearest store that can be called, unless it is the first card anyway.
fn nearest(app: &App, page: &AvailabilityPage, now: UtcMs) -> Html {
    if page.items.iter().any(|one| one.store.phone.is_some()) {
        return none();
    }
    let Some(store) = app.instead.nearest.as_ref().and_then(|page| page.items.first()) else { return none() };
    el(
        "div",
        attrs!["class": "card", "part": "card"],
        vec![
            leaf("p", attrs!["class": "small"], &app.t.text("ask_nearest")),
            el("div", attrs!["class": "head"], vec![leaf("h4", NO_ATTRS, &store.name), distance(app, store)]),
            opening::line(&store.hours, &store.time_zone, now, &app.t, &app.formats),
            leaf("p", attrs!["class": "address", "part": "address"], &store.address.line()),
            el("div", attrs!["class": "actions"], vec![call_and_go(app, store)]),
        ],
    )
}
