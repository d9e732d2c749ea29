//! Line icons, 24 × 24.

mod paths;

use yew::Html;

use crate::{attrs, dom::el};

pub use paths::*;

/// A picture that says nothing by itself: the text beside it does.
pub fn icon(path: &'static str) -> Html {
    let attrs = attrs!["class": "icon", "viewBox": "0 0 24 24", "aria-hidden": "true"];
    el("svg", attrs, vec![el("path", attrs!["d": path], vec![])])
}
