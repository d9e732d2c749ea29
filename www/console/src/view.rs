//! What is shown, as functions of what is known.

mod bar;
mod card;
mod charts;
mod dialog;
mod icon;
mod list;
mod nav;
mod notices;
mod order;
mod reviews;
mod shop;
mod sign_in;
mod stock;

use std::rc::Rc;

use devanture_api::{admin::StaffReservation, reservation::ReservedItem};
use devanture_ui::{
    attrs,
    dom::{Attrs, El, On, el, join, leaf, list as nodes, listen, on_if, text},
    js,
};
use wasm_bindgen::JsValue;
use yew::{Html, html::Scope, virtual_dom::Listener};

use crate::{
    api::Failure,
    app::App,
    model::{Msg, Place, Stage, Tab},
};

/// The id of the list's heading, where the focus goes when it has no better place.
pub(crate) const LIST_HEADING: &str = "list";

/// Where messages go.
type Link = Scope<App>;

/// The whole page.
pub(crate) fn page(app: &App, link: &Link) -> Html {
    let said = leaf("p", attrs!["class": "unseen", "role": "status"], &app.said);
    let body = match &app.stage {
        Stage::Starting(failed) => sign_in::starting(app, *failed),
        Stage::SignIn(page) => sign_in::page(app, page, link),
        Stage::Room(room) => nodes(vec![
            el(
                "div",
                attrs!["class": "top"],
                vec![bar::bar(app, room, link), notices::notices(app, room, link)],
            ),
            nav::nav(app, room),
            el(
                "main",
                // What the menu covers in part is not to be hit beside it.
                attrs!["class": if room.charts.is_unsaved() { "room unsaved" } else { "room" }, "inert": on_if(room.menu)],
                match room.place {
                    Place::Reservations => vec![list::head(app, room, link), list::panel(app, room, link)],
                    Place::Stock => stock::room(app, room, link),
                    Place::Shop => shop::room(app, room, link),
                    Place::Reviews => reviews::room(app, room, link),
                    Place::Charts => charts::room(app, room, link),
                },
            ),
            dialog::dialog(app, room, link),
        ]),
    };
    nodes(vec![body, said])
}

/// The id of a tab.
pub(crate) fn tab_id(tab: Tab) -> &'static str {
    match tab {
        Tab::Open => "tab-open",
        Tab::Ended => "tab-ended",
    }
}

pub(crate) use charts::dimension_id;
pub(crate) use reviews::review_id;
pub(crate) use shop::edit_id;
pub(crate) use stock::variant_id;

/// What and whose it is, in a few words.
pub(crate) fn summary(item: &StaffReservation) -> String {
    let mut parts: Vec<&str> = item.person.iter().map(|person| person.name.as_str()).collect();
    parts.extend(item.items.first().map(title));
    parts.join(" · ")
}

/// The name of a piece; its SKU where the catalogue does not know it.
fn title(item: &ReservedItem) -> &str {
    item.name.as_deref().unwrap_or(&item.sku)
}

/// Why there is nothing to see, and the way to try again.
fn failed(app: &App, failure: &Failure, link: &Link, again: impl Fn() -> Msg + 'static) -> Html {
    let key = match failure {
        Failure::Unreachable => "stock.offline",
        Failure::Refused { code, .. } if code == devanture_api::problem::code::PRODUCT_NOT_FOUND => {
            "why.unknown"
        }
        Failure::Refused { .. } => "stock.refused",
        _ => "error.server",
    };
    let attrs = attrs!["type": "button", "class": "button"];
    el(
        "div",
        attrs!["class": "empty"],
        vec![
            icon::icon(icon::ALERT),
            leaf("p", attrs!["role": "alert"], &app.texts.text(key)),
            button(attrs, link, again, vec![text(&app.texts.text("again"))]),
        ],
    )
}

/// A picture of a piece. The name stands beside it.
fn picture(url: Option<&String>) -> Html {
    let inside = match url {
        Some(url) => {
            el("img", attrs!["src": url, "alt": "", "width": "76", "height": "96", "loading": "lazy"], vec![])
        }
        None => icon::icon(icon::HANGER),
    };
    el("div", attrs!["class": "picture"], vec![inside])
}

/// A link that calls somebody.
fn call(app: &App, phone: &str, name: &str) -> Html {
    let dialled: String = phone.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect();
    contact(&join(&["tel:", &dialled]), icon::PHONE, &app.texts.fill("call", &[("name", name)]))
}

fn contact(url: &str, picture: &'static str, name: &str) -> Html {
    let attrs = attrs!["class": "contact", "href": url, "aria-label": name, "title": name];
    el("a", attrs, vec![icon::icon(picture)])
}

/// Sends a message on an event; what the browser would do by itself is not done.
fn send(link: &Link, on: On, msg: impl Fn() -> Msg + 'static) -> Rc<dyn Listener> {
    let link = link.clone();
    listen(on, move |event| {
        event.prevent_default();
        link.send_message(msg());
    })
}

/// Sends what a form holds when it is sent. Its fields are read then and not before, whoever has filled them.
fn submit(link: &Link, msg: impl Fn(&JsValue) -> Msg + 'static) -> Rc<dyn Listener> {
    let link = link.clone();
    listen(On::Submit, move |event| {
        event.prevent_default();
        if let Some(form) = event.target() {
            link.send_message(msg(&js::get(&form, "elements")));
        }
    })
}

/// What a field of a form holds.
fn field(elements: &JsValue, name: &str) -> String {
    js::get(&js::get(elements, name), "value").as_string().unwrap_or_default()
}

/// A button; `attrs` has its class and id.
fn button(attrs: Attrs<'_>, link: &Link, msg: impl Fn() -> Msg + 'static, children: Vec<Html>) -> Html {
    El::new("button", attrs).on(send(link, On::Click, msg)).children(children)
}
