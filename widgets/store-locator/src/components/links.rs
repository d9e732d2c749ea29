//! Where a store's card leads to outside of the widget.

use devanture_api::store::Store;
use devanture_host::device;
use devanture_ui::{
    attrs,
    dom::{NO_ATTRS, el, leaf, none},
    icon::{self, icon},
};
use yew::Html;

use crate::app::App;

/// Call and directions.
pub(crate) fn links(app: &App, store: &Store) -> Html {
    devanture_ui::links::links(
        &app.t,
        &store.name,
        store.phone.as_deref(),
        &device::directions(store.location),
    )
}

/// The store's own page, as a link.
pub(crate) fn page(app: &App, store: &Store) -> Html {
    let Some(url) = app.options.page_of(&store.code, store.url.as_deref()) else { return none() };
    let label = vec![icon(icon::STORE), leaf("span", NO_ATTRS, &app.t.text("store_page"))];
    el("a", attrs!["class": "action", "part": "action", "href": &url], label)
}
