//! The line that says open or closed.

use devanture_api::store::Store;
use devanture_domain::civil::UtcMs;
use devanture_ui::{
    attrs,
    dom::{NO_ATTRS, el, join, leaf, none, text},
};
use yew::Html;

use crate::{app::App, opening::opening};

pub(crate) fn view(app: &App, store: &Store, now: UtcMs) -> Html {
    let Some(opening) = opening(store, now, &app.t, &app.formats) else {
        return none();
    };
    let until = if opening.until.is_empty() { none() } else { text(&join(&[" · ", &opening.until])) };
    el(
        "p",
        attrs!["class": &join(&["opening ", opening.kind]), "part": "opening"],
        vec![leaf("span", attrs!["class": "dot"], ""), leaf("strong", NO_ATTRS, &opening.state), until],
    )
}
