//! The list: how many, the cards, the way on when there is nothing.

use devanture_api::store::{Store, StorePage};
use devanture_client::ClientError;
use devanture_domain::civil::UtcMs;
use devanture_ui::{
    attrs,
    dom::{El, HtmlElement, NO_ATTRS, aria, el, join, leaf, list, none, on_if, text},
    icon::{self, icon},
};
use wasm_bindgen::JsCast as _;
use yew::{Context, Html};

use super::{button::button, links::links, map, my_store, opening};
use crate::{
    app::{App, AppProps},
    state::{Action, Place},
};

pub(crate) fn view(app: &App, ctx: &Context<App>, now: UtcMs) -> Html {
    let page = app.listing.page.as_ref();
    let label = [icon(icon::MAP), text(&app.t.text(if app.map_shown { "hide_map" } else { "show_map" }))];
    let toggle = attrs!["type": "button", "class": "quiet", "aria-expanded": aria(app.map_shown)];
    let bar = vec![
        leaf("p", attrs!["class": "status", "part": "status", "role": "status"], &status(app)),
        if page.is_some() { button(ctx, toggle, Action::ToggleMap, label.into()) } else { none() },
    ];
    let column =
        vec![failure(app, ctx), page.map_or_else(|| skeleton(app), |page| cards(app, ctx, page, now))];
    let split = if app.map_shown { "split with-map" } else { "split" };
    el(
        "div",
        attrs!["class": "results", "aria-busy": aria(app.listing.loading)],
        vec![
            el("div", attrs!["class": "bar"], bar),
            el(
                "div",
                attrs!["class": split],
                vec![map::view(app, ctx), el("div", attrs!["class": "column"], column)],
            ),
        ],
    )
}

fn cards(app: &App, ctx: &Context<App>, page: &StorePage, now: UtcMs) -> Html {
    if page.items.is_empty() {
        // Why there is nothing is said above.
        return if app.listing.error.is_some() { none() } else { nothing(app, ctx) };
    }
    let meant = page.origin.as_ref().is_some_and(|origin| !origin.is_default);
    let items = page.items.iter().map(|store| card(app, ctx, store, meant, now)).collect();
    let attrs = attrs!["type": "button", "class": "button more", "disabled": on_if(app.listing.loading)];
    let more = || button(ctx, attrs, Action::More, vec![text(&app.t.text("more"))]);
    list(vec![
        el("ol", attrs!["class": "list", "aria-label": &app.t.text("stores_label")], items),
        if page.next.is_some() { more() } else { none() },
    ])
}

fn card(app: &App, ctx: &Context<App>, store: &Store, meant: bool, now: UtcMs) -> Html {
    let id = join(&["c-", &store.code]);
    let name = attrs!["type": "button", "class": "name", "id": &id];
    let name = button(ctx, name, Action::Open(store.code.clone()), vec![text(&store.name)]);
    let distance = match store.distance_m.filter(|_| meant) {
        Some(metres) => {
            leaf("span", attrs!["class": "distance", "part": "distance"], &app.formats.distance(metres))
        }
        None => none(),
    };
    let mut children = vec![
        el("div", attrs!["class": "head"], vec![el("h2", NO_ATTRS, vec![name]), distance]),
        opening::view(app, store, now),
        leaf("p", attrs!["class": "address", "part": "address"], &store.address.line()),
    ];
    for promotion in store.promotions.iter().take(2) {
        let title = vec![icon(icon::TAG), leaf("span", NO_ATTRS, &promotion.title)];
        children.push(el("p", attrs!["class": "promotion", "part": "promotion"], title));
    }
    let actions = vec![my_store::choose(app, ctx, &store.code, &store.name), links(app, store)];
    children.push(el("div", attrs!["class": "actions"], actions));
    let own = app.mine.as_ref() == Some(&store.code);
    El::new("li", attrs!["class": if own { "card own" } else { "card" }, "part": "card"])
        .key(&store.code)
        .children(children)
}

fn status(app: &App) -> String {
    if app.listing.error.is_some() && !app.listing.loading {
        // The alert beside it says what there is to say.
        return String::new();
    }
    let Some(page) = app.listing.page.as_ref().filter(|_| !app.listing.loading) else {
        return app.t.text("loading");
    };
    let found = page.origin.as_ref().filter(|origin| !origin.is_default);
    let near = |place: &str| app.t.plural("stores_near", page.total, &app.formats, &[("place", place)]);
    match &app.place {
        Place::Typed(text) => match found {
            Some(origin) => near(origin.label.as_ref().unwrap_or(text)),
            None => app.t.fill("unknown_place", &[("place", text)]),
        },
        Place::Known(place, _) => near(place),
        Place::Device(_) => app.t.plural("stores_around", page.total, &app.formats, &[]),
        Place::Start => app.t.plural("stores", page.total, &app.formats, &[]),
    }
}

fn nothing(app: &App, ctx: &Context<App>) -> Html {
    let clear = || {
        button(
            ctx,
            attrs!["type": "button", "class": "button"],
            Action::ClearFilters,
            vec![text(&app.t.text("clear_filters"))],
        )
    };
    el(
        "div",
        attrs!["class": "empty"],
        vec![
            icon(icon::STORE),
            leaf("p", NO_ATTRS, &app.t.text("nothing")),
            if app.filters.count() > 0 { clear() } else { none() },
        ],
    )
}

fn failure(app: &App, ctx: &Context<App>) -> Html {
    match &app.listing.error {
        Some(error) => retry(app, ctx, &error_text(app, error), Action::Reload),
        None => none(),
    }
}

/// A message with the button that tries again.
pub(crate) fn retry(app: &App, ctx: &Context<App>, message: &str, action: Action) -> Html {
    el(
        "div",
        attrs!["class": "failure", "role": "alert"],
        vec![
            leaf("p", NO_ATTRS, message),
            button(
                ctx,
                attrs!["type": "button", "class": "button", "part": "button"],
                action,
                vec![text(&app.t.text("retry"))],
            ),
        ],
    )
}

/// What to tell the shopper: the locale's words for the code, else a general line.
pub(crate) fn error_text(app: &App, error: &ClientError) -> String {
    app.t.find(&join(&["error.", error.code()])).unwrap_or_else(|| app.t.text("error"))
}

/// Grey cards of the size of real ones while the first list is on its way.
fn skeleton(app: &App) -> Html {
    if app.listing.error.is_some() {
        return none();
    }
    let line = || leaf("i", NO_ATTRS, "");
    let ghost = |_| el("div", attrs!["class": "card ghost"], vec![line(), line(), line()]);
    el("div", attrs!["class": "list", "aria-hidden": "true"], (0..4).map(ghost).collect())
}

/// Puts the focus back on the card that was opened.
pub(crate) fn focus_card(props: &AppProps, code: &str) {
    let root = props.host.shadow_root();
    let name = root.and_then(|root| root.get_element_by_id(&join(&["c-", code])));
    if let Some(name) = name.and_then(|name| name.dyn_into::<HtmlElement>().ok()) {
        let _ = name.focus();
    }
}
