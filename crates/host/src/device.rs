//! What the shopper holds.

/// Whose maps a link to a place should open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Maps {
    /// `geo:` opens the app of the shopper's choice.
    Android,
    /// Apple's own.
    Apple,
    /// No app is known: a web page.
    Web,
}

/// By the user agent: there is no other sign before a click.
pub fn maps() -> Maps {
    let agent = web_sys::window().and_then(|window| window.navigator().user_agent().ok()).unwrap_or_default();
    let is = |device| js_sys::JsString::from(agent.as_str()).includes(device, 0);
    if is("Android") {
        Maps::Android
    } else if is("iPhone") || is("iPad") {
        Maps::Apple
    } else {
        Maps::Web
    }
}
