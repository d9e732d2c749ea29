//! What a shopper has asked the widgets to keep in this browser.

use web_sys::Storage;

use crate::consent::{Consent, consent};

/// A kept text; `None` too where storage is blocked.
pub fn get(name: &str) -> Option<String> {
    storage()?.get_item(name).ok().flatten()
}

/// Keeps a text, or none; `None` where storage is blocked or full, or the shopper has refused that anything is kept.
pub fn set(name: &str, text: Option<&str>) -> Option<()> {
    let storage = storage()?;
    match text {
        Some(_) if consent() == Consent::Refused => None,
        Some(text) => storage.set_item(name, text).ok(),
        None => storage.remove_item(name).ok(),
    }
}

/// The path of the page, to keep with what belongs to it.
pub fn here() -> String {
    web_sys::window().and_then(|window| window.location().pathname().ok()).unwrap_or_default()
}

fn storage() -> Option<Storage> {
    web_sys::window()?.local_storage().ok().flatten()
}
