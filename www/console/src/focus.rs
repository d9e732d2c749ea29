//! Where the keyboard is, and where it goes.

use wasm_bindgen::JsCast as _;
use web_sys::{Document, HtmlElement};

/// Moves the focus to the element of this id; `false` when there is none.
pub(crate) fn to(id: &str) -> bool {
    let element = page().and_then(|page| page.get_element_by_id(id)?.dyn_into::<HtmlElement>().ok());
    element.is_some_and(|element| element.focus().is_ok())
}

/// The id of the reservation in whose card the focus is.
pub(crate) fn card() -> Option<String> {
    page()?.active_element()?.closest(".card").ok()??.get_attribute("data-id")
}

/// The id of the review on which, or in whose details, the focus is.
pub(crate) fn review() -> Option<String> {
    page()?.active_element()?.closest("[data-review]").ok()??.get_attribute("data-review")
}

/// Whether the focus is on nothing: what had it has gone.
pub(crate) fn is_lost() -> bool {
    let Some(page) = page() else { return false };
    let active = page.active_element();
    active.is_none_or(|active| page.body().is_some_and(|body| *body == active))
}

fn page() -> Option<Document> {
    web_sys::window()?.document()
}

/// The id of a card's heading.
pub(crate) fn heading(id: &str) -> String {
    format!("r-{id}")
}

/// The id of a card's button.
pub(crate) fn button(name: &str, id: &str) -> String {
    format!("{name}-{id}")
}
