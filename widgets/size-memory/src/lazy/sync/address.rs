//! The private link: the page's own address with the token in its fragment.

use devanture_ui::{
    dom::{HtmlElement, join},
    js::{Array, call, get, global, text},
};
use wasm_bindgen::JsValue;
use yew::NodeRef;

use crate::address::{FRAGMENT, opened};

/// The link with a token, to this page.
pub(super) fn link(token: &str) -> String {
    join(&[&of("origin"), &path(), FRAGMENT, token])
}

/// The token of the link by which the page was opened, out of the address at once, so that it is neither seen nor bookmarked.
pub(super) fn take() -> Option<String> {
    let token = opened()?;
    let history = get(&global(), "history");
    let args = Array::of3(&get(&history, "state"), &"".into(), &JsValue::from_str(&path()));
    let _ = call(&history, "replaceState", &args);
    Some(token)
}

fn path() -> String {
    join(&[&of("pathname"), &of("search")])
}

fn of(part: &str) -> String {
    text(&get(&global(), "location"), part).unwrap_or_default()
}

/// Copies what a field shows, which is selected then; whether the browser lets it.
pub(super) fn copy(field: &NodeRef) -> bool {
    let Some(field) = field.cast::<HtmlElement>() else { return false };
    let _ = call(&field, "select", &Array::new());
    // By the older way: it asks for no permission, works without https, and says at once whether it did.
    let copied = call(&get(&global(), "document"), "execCommand", &Array::of1(&"copy".into()));
    copied.is_ok_and(|copied| copied.is_truthy())
}
