//! Call and directions: plain links, so that nothing is asked of a third party before a click.

use devanture_api::store::Store;
use devanture_host::device::{self, Maps};
use devanture_ui::js::number;
use devanture_ui::{
    attrs,
    dom::{NO_ATTRS, el, join, leaf, list, none},
};
use yew::Html;

use super::icon::{self, icon};
use crate::app::App;

pub(crate) fn links(app: &App, store: &Store) -> Html {
    let named = |key: &str| join(&[&app.t.text(key), " · ", &store.name]);
    let face = |key: &str, picture| vec![icon(picture), leaf("span", NO_ATTRS, &app.t.text(key))];
    let call = |phone: &String| {
        // The tel: scheme takes no spaces.
        let href: String = "tel:".chars().chain(phone.chars().filter(|c| *c != ' ')).collect();
        let label = named("call");
        let attrs = attrs!["class": "action", "part": "action", "href": &href, "aria-label": &label];
        el("a", attrs, face("call", icon::PHONE))
    };
    let href = directions(store);
    let label = named("directions");
    let away = attrs![
        "class": "action", "part": "action", "href": &href, "aria-label": &label,
        "target": "_blank", "rel": "noopener noreferrer",
    ];
    list(vec![store.phone.as_ref().map_or_else(none, call), el("a", away, face("directions", icon::ROUTE))])
}

/// The store's own page, as a link.
pub(crate) fn page(app: &App, store: &Store) -> Html {
    let Some(url) = app.options.page_of(&store.code, store.url.as_deref()) else { return none() };
    let label = vec![icon(icon::STORE), leaf("span", NO_ATTRS, &app.t.text("store_page"))];
    el("a", attrs!["class": "action", "part": "action", "href": &url], label)
}

/// The device's own maps where it has a scheme for them, else OpenStreetMap's route planner.
fn directions(store: &Store) -> String {
    let base = match device::maps() {
        Maps::Android => "geo:0,0?q=",
        Maps::Apple => "https://maps.apple.com/?daddr=",
        Maps::Web => "https://www.openstreetmap.org/directions?to=",
    };
    join(&[base, &number(store.location.lat()), ",", &number(store.location.lng())])
}
