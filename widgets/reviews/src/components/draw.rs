//! Nodes of the commonest shapes: what each place writes down of them is what the download pays for.

use devanture_ui::{
    attrs,
    dom::{el, join, leaf, text},
};
use yew::Html;

use crate::app::App;

/// Elements in one that has a class.
pub(crate) fn group(tag: &'static str, class: &str, children: Vec<Html>) -> Html {
    el(tag, attrs!["class": class], children)
}

/// A text in an element that has a class.
pub(crate) fn plain(tag: &'static str, class: &str, content: &str) -> Html {
    leaf(tag, attrs!["class": class], content)
}

/// The text of a key.
pub(crate) fn word(app: &App, key: &str) -> Html {
    text(&app.t.text(key))
}

/// What one of several is called: `fit.small`.
pub(crate) fn named(app: &App, kind: &str, name: &str) -> String {
    app.t.text(&join(&[kind, name]))
}
