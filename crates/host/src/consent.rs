//! Whether the shopper lets the widgets keep anything in this browser.
//!
//! One switch for all of them, a property of the window: `devantureConsent`, `true` or `false`. The page sets it, or says it by the event
//! `devanture-consent` (`detail: true`), or has a consent manager that speaks IAB's TCF: `__tcfapi` is asked for purpose 1, storing on a
//! device. Until it is `true`, what is remembered lives in the page's memory; [`crate::kept`] says what is kept before.

use std::cell::Cell;

use js_sys::{Array, Function, Reflect};
use wasm_bindgen::{JsCast as _, JsValue, prelude::Closure};

use crate::{
    hear::{Hear, tell},
    kept,
};

const SWITCH: &str = "devantureConsent";
const SAID: &str = "devanture-consent";
const MANAGER: &str = "__tcfapi";
/// Dispatched on `window`, so that widgets of other versions hear it too.
const CHANGED: &str = "devanture-consent-changed";

/// What the shopper has said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Consent {
    /// Nothing yet, as far as the page tells.
    Unknown,
    /// It may be kept.
    Granted,
    /// It may not.
    Refused,
}

thread_local! {
    static LISTENER: JsValue = Closure::<dyn Fn(JsValue)>::new(|data: JsValue| heard(&data)).into_js_value();
    /// Whether the page is heard, and its consent manager, which may come later.
    static HEARD: Cell<[bool; 2]> = const { Cell::new([false; 2]) };
}

/// What was said last, as far as somebody [`listen`]s.
pub fn consent() -> Consent {
    match get(&js_sys::global(), SWITCH).as_bool() {
        None => Consent::Unknown,
        Some(true) => Consent::Granted,
        Some(false) => Consent::Refused,
    }
}

/// Whether the page has a consent manager, so that nobody else should ask.
pub fn is_managed() -> bool {
    get(&js_sys::global(), MANAGER).is_function()
}

/// Says it for all widgets of the page.
pub fn say(granted: bool) {
    let global = js_sys::global();
    if get(&global, SWITCH).as_bool() != Some(granted) {
        let _ = Reflect::set(&global, &SWITCH.into(), &granted.into());
        tell(CHANGED);
    }
}

/// Calls back when it may be otherwise; stops when dropped.
pub fn watch(changed: Box<dyn Fn()>) -> Option<Hear> {
    listen();
    Hear::new(&[CHANGED], changed)
}

/// Listens to the page and its consent manager, for as long as the page lasts: either may say it at any time. It is called by the lazy
/// parts that keep something, so that it is not in the core.
pub fn listen() {
    let [page, manager] = HEARD.get();
    if page && manager {
        return;
    }
    let (global, is_managed) = (js_sys::global(), is_managed());
    // Said before anything is called, since a manager calls back at once.
    HEARD.set([true, is_managed]);
    LISTENER.with(|listener| {
        if !page {
            call(&global, "addEventListener", &Array::of2(&SAID.into(), listener));
        }
        if is_managed && !manager {
            call(&global, MANAGER, &Array::of3(&"addEventListener".into(), &2.into(), listener));
        }
    });
}

fn call(of: &JsValue, function: &str, with: &Array) -> JsValue {
    let function = get(of, function).dyn_into::<Function>().ok();
    function.and_then(|function| function.apply(of, with).ok()).unwrap_or_default()
}

/// What the page says by its event, or a TCF consent manager once the shopper has been asked, or need not be.
fn heard(data: &JsValue) {
    let detail = get(data, "detail");
    // `{ storage: true }` as well.
    let said = detail.as_bool().or_else(|| get(&detail, "storage").as_bool());
    let status = get(data, "eventStatus").as_string();
    let granted = if said.is_some() {
        said
    } else if get(data, "gdprApplies").as_bool() == Some(false) {
        Some(true)
    } else if matches!(status.as_deref(), Some("tcloaded" | "useractioncomplete")) {
        let consents = get(&get(data, "purpose"), "consents");
        Some(get(&consents, "1").is_truthy())
    } else {
        None
    };
    if granted == Some(false) {
        forget();
    }
    granted.into_iter().for_each(say);
}

/// Takes out whatever the widgets have kept, of all sites of this origin.
fn forget() {
    let Some(storage) = kept::storage() else { return };
    let keys = call(&get(&js_sys::global(), "Object"), "keys", &Array::of1(&storage));
    let Ok(keys) = keys.dyn_into::<Array>() else { return };
    for name in keys.iter().filter_map(|name| name.as_string()) {
        if name.starts_with("devanture:") {
            let _ = kept::set(&name, None);
        }
    }
}

fn get(object: &JsValue, name: &str) -> JsValue {
    Reflect::get(object, &name.into()).unwrap_or(JsValue::UNDEFINED)
}
