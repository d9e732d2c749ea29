//! What is kept in the browser: choices that say nothing about anyone, and, until they are sent, actions by the ids
//! of their reservations.

use web_sys::Storage;

/// `fr` or `en`, where the seller has chosen.
pub(crate) const LANGUAGE: &str = "devanture.console.language";
/// The code of the store that was looked at last.
pub(crate) const STORE: &str = "devanture.console.store";
/// `off`, where the seller does not want to hear anything.
pub(crate) const SOUND: &str = "devanture.console.sound";
/// Actions that are not sent yet; in the storage of the tab.
pub(crate) const QUEUE: &str = "devanture.console.queue";

/// Keeps a choice on this device. Where the browser keeps nothing, it holds until the page is closed.
pub(crate) fn remember(key: &str, value: &str) {
    if let Some(local) = local() {
        let _ = local.set_item(key, value);
    }
}

/// A choice that was kept.
pub(crate) fn remembered(key: &str) -> Option<String> {
    local()?.get_item(key).ok()?
}

/// Keeps something for as long as the tab lives, also when it is loaded again; `None` forgets it.
pub(crate) fn keep(key: &str, value: Option<&str>) {
    let Some(tab) = tab() else { return };
    let _ = match value {
        Some(value) => tab.set_item(key, value),
        None => tab.remove_item(key),
    };
}

/// What was kept for the tab.
pub(crate) fn kept(key: &str) -> Option<String> {
    tab()?.get_item(key).ok()?
}

/// Where storage is forbidden, asking for it throws.
fn local() -> Option<Storage> {
    web_sys::window()?.local_storage().ok()?
}

fn tab() -> Option<Storage> {
    web_sys::window()?.session_storage().ok()?
}
