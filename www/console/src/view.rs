//! What is shown, as functions of what is known.

mod bar;
mod card;
mod dialog;
mod icon;
mod list;
mod notices;
mod sign_in;

use std::rc::Rc;

use devanture_api::admin::{StaffItem, StaffReservation};
use devanture_ui::{
    attrs,
    dom::{Attrs, El, On, el, leaf, list as nodes, listen, on_if},
    js,
};
use wasm_bindgen::JsValue;
use yew::{Html, html::Scope, virtual_dom::Listener};

use crate::{
    app::App,
    model::{Msg, Stage, Tab},
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
            el(
                "main",
                // What the menu covers in part is not to be hit beside it.
                attrs!["class": "room", "inert": on_if(room.menu)],
                vec![list::head(app, room, link), list::panel(app, room, link)],
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

/// What and whose it is, in a few words.
pub(crate) fn summary(item: &StaffReservation) -> String {
    let mut parts: Vec<&str> = item.person.iter().map(|person| person.name.as_str()).collect();
    parts.extend(item.items.first().map(title));
    parts.join(" · ")
}

/// The name of a piece; its SKU where the catalogue does not know it.
fn title(item: &StaffItem) -> &str {
    item.name.as_deref().unwrap_or(&item.sku)
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
