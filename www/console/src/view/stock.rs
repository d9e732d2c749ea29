//! The room of the stock: the search, what was found, and one variant closely.

mod look;

use devanture_api::staff_stock::{StockFigures, StockProduct, StockVariant};
use devanture_domain::stock::Availability;
use devanture_ui::{
    attrs,
    dom::{El, aria, el, join, leaf, list, none},
};
use yew::Html;

use super::{LIST_HEADING, Link, button, failed, field, icon, picture, submit};
use crate::{
    app::App,
    model::{Ask, Dialog, Msg, Room},
    scan,
};

/// The id of a variant's button.
pub(crate) fn variant_id(sku: &str) -> String {
    join(&["v-", sku])
}

pub(super) fn room(app: &App, room: &Room, link: &Link) -> Vec<Html> {
    let shelf = &room.shelf;
    let looking = shelf.look.is_some();
    let found = el("div", attrs!["class": "finds"], vec![results(app, room, link)]);
    let look = shelf.look.as_ref().map_or(none(), |look| look::look(app, room, look, link));
    vec![
        el(
            "div",
            attrs!["class": if looking { "head looking" } else { "head" }],
            vec![
                el(
                    "div",
                    attrs!["class": "title"],
                    vec![leaf("h1", attrs!["id": LIST_HEADING, "tabindex": "-1"], &app.texts.text("stock"))],
                ),
                search(app, room, link),
            ],
        ),
        el("div", attrs!["class": if looking { "shelf looking" } else { "shelf" }], vec![found, look]),
    ]
}

fn search(app: &App, room: &Room, link: &Link) -> Html {
    let t = |key: &str| app.texts.text(key);
    let sent = submit(link, |fields| Msg::Search(field(fields, "q")));
    let (name, example) = (t("stock.search"), t("stock.placeholder"));
    let input = attrs![
        "id": "search", "name": "q", "type": "search", "autocomplete": "off", "autocapitalize": "none",
        "spellcheck": "false", "enterkeyhint": "search", "maxlength": "200", "placeholder": &example,
        "aria-label": &name, "value": &room.shelf.typed
    ];
    let camera = if scan::is_possible() {
        let attrs = attrs!["type": "button", "class": "tool", "id": "scan", "aria-haspopup": "dialog"];
        let ask = || Msg::Ask(Dialog { id: String::new(), ask: Ask::Find(false) });
        let words = leaf("span", attrs!["class": "tool-text"], &t("stock.scan"));
        button(attrs, link, ask, vec![icon::icon(icon::SCAN), words])
    } else {
        none()
    };
    let go = el(
        "button",
        attrs!["type": "submit", "class": "button primary go", "aria-label": &t("stock.go")],
        vec![icon::icon(icon::SEARCH)],
    );
    let role = attrs!["class": "search", "role": "search", "aria-busy": aria(room.shelf.asking)];
    El::new("form", role).on(sent).children(vec![el("input", input, vec![]), go, camera])
}

fn results(app: &App, room: &Room, link: &Link) -> Html {
    let (t, shelf) = (|key: &str| app.texts.text(key), &room.shelf);
    if app.is_without_stores() {
        return super::list::empty(&t("no_store"), &t("no_store.hint"));
    }
    if let Some(failure) = &shelf.failure {
        let typed = shelf.typed.clone();
        return failed(app, failure, link, move || Msg::Search(typed.clone()));
    }
    let Some(found) = &shelf.found else {
        let (title, hint) = (t("stock.start"), t("stock.start.hint"));
        return if shelf.asking {
            leaf("p", attrs!["class": "loading"], &t("stock.asking"))
        } else {
            super::list::empty(&title, &hint)
        };
    };
    if found.items.is_empty() {
        return super::list::empty(
            &app.texts.fill("stock.none", &[("typed", &shelf.typed)]),
            &t("stock.none.hint"),
        );
    }
    let more = if found.more { leaf("p", attrs!["class": "hint"], &t("stock.more")) } else { none() };
    let items = found.items.iter().map(|item| product(app, room, item, link));
    list(vec![el("ul", attrs!["class": "products"], items.collect()), more])
}

/// A product: its colours one below the other, each with its sizes.
fn product(app: &App, room: &Room, item: &StockProduct, link: &Link) -> Html {
    let mut colours: Vec<(&str, Vec<Html>)> = Vec::new();
    for variant in &item.variants {
        let colour = variant.colour.as_deref().unwrap_or_default();
        let size = size(app, room, variant, link);
        match colours.iter_mut().find(|(known, _)| *known == colour) {
            Some((_, sizes)) => sizes.push(size),
            None => colours.push((colour, vec![size])),
        }
    }
    let colours = colours.into_iter().map(|(colour, sizes)| {
        let name = if colour.is_empty() { none() } else { leaf("p", attrs!["class": "colour"], colour) };
        list(vec![name, el("ul", attrs!["class": "sizes"], sizes)])
    });
    let brand = item.brand.as_ref().map_or(none(), |brand| leaf("p", attrs!["class": "hint"], brand));
    let mut words = vec![leaf("h2", attrs!["class": "name"], &item.name), brand];
    words.extend(colours);
    El::new("li", attrs!["class": "product"])
        .key(&item.id)
        .children(vec![picture(item.image_url.as_ref()), el("div", attrs!["class": "what"], words)])
}

fn size(app: &App, room: &Room, variant: &StockVariant, link: &Link) -> Html {
    let store = room.store().map_or("", |store| &store.code);
    let here = app.queue.counted(store, &variant.sku, variant.here.as_ref());
    let (tone, count) = standing(here.as_ref());
    let words = match (&here, count) {
        (None, _) => app.texts.text("stock.unknown"),
        (Some(_), count) => app.texts.count("stock.available", count as usize),
    };
    let name = variant.size.as_deref().unwrap_or(&variant.sku);
    let chosen = room.shelf.look.as_ref().is_some_and(|look| look.sku == variant.sku);
    let (id, class) = (variant_id(&variant.sku), join(&["size ", tone]));
    let label = join(&[name, " · ", variant.colour.as_deref().unwrap_or_default(), " · ", &words]);
    let attrs = attrs!["type": "button", "class": &class, "id": &id, "aria-pressed": aria(chosen), "aria-label": &label];
    let shown = if here.is_some() { count.to_string() } else { "?".to_owned() };
    let sku = variant.sku.clone();
    let inside = vec![leaf("span", attrs![], name), leaf("strong", attrs![], &shown)];
    El::new("li", attrs![]).key(&variant.sku).children(vec![button(
        attrs,
        link,
        move || Msg::Look(Some(sku.clone())),
        inside,
    )])
}

/// By which colour, and which number, figures are told.
fn standing(here: Option<&StockFigures>) -> (&'static str, u32) {
    let Some(figures) = here else { return ("end", 0) };
    let level = devanture_domain::stock::StockLevel {
        on_hand: figures.on_hand,
        reserved: figures.reserved,
        safety: figures.safety,
        on_order: figures.on_order,
        expected_on: figures.expected_on,
        source: figures.source,
        counted_at: figures.counted_at,
    };
    let tone = match level.availability() {
        Availability::InStock => "ready",
        Availability::Low => "ask",
        Availability::ToOrder => "aside",
        Availability::Out => "end",
    };
    (tone, level.available())
}
