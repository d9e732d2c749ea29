//! What a shopper has asked the widgets to keep in this browser, by a click or by writing: their store, a reservation's link, a review
//! that is being written. Once it is refused, nothing is kept or read any more.

use web_sys::Storage;

use crate::consent::{Consent, consent};

/// A kept text; `None` too where storage is blocked.
pub fn get(name: &str) -> Option<String> {
    storage().filter(|_| !is_refused())?.get_item(name).ok().flatten()
}

/// Keeps a text, or none; `None` where storage is blocked or full, or nothing may be kept.
pub fn set(name: &str, text: Option<&str>) -> Option<()> {
    let storage = storage()?;
    match text {
        Some(_) if is_refused() => None,
        Some(text) => storage.set_item(name, text).ok(),
        None => storage.remove_item(name).ok(),
    }
}

fn is_refused() -> bool {
    consent() == Consent::Refused
}

/// The path of the page, to keep with what belongs to it.
pub fn here() -> String {
    web_sys::window().and_then(|window| window.location().pathname().ok()).unwrap_or_default()
}

pub(crate) fn storage() -> Option<Storage> {
    web_sys::window()?.local_storage().ok().flatten()
}
