//! Whether the shopper lets the widgets keep anything in this browser.
//!
//! One switch for all of them, a property of the window: `devantureConsent`, `true` or `false`. The page sets it, or says it by the event
//! `devanture-consent` (`detail: true`), or has a consent manager that speaks IAB's TCF ([`Watch`] asks `__tcfapi` for purpose 1, storing
//! on a device). Until it is `true`, what is remembered lives in the page's memory.

use js_sys::{Array, Function, Reflect};
use wasm_bindgen::{JsCast as _, JsValue, prelude::Closure};
use web_sys::EventTarget;

use crate::hear::{Hear, tell};

const SWITCH: &str = "devantureConsent";
const SAID: &str = "devanture-consent";
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

/// What was said last.
pub fn consent() -> Consent {
    match get(&js_sys::global(), SWITCH).as_bool() {
        None => Consent::Unknown,
        Some(true) => Consent::Granted,
        Some(false) => Consent::Refused,
    }
}

/// Whether the page has a consent manager, so that nobody else should ask.
pub fn is_managed() -> bool {
    get(&js_sys::global(), "__tcfapi").is_function()
}

/// Says it for all widgets of the page.
pub fn say(granted: bool) {
    if consent() == (if granted { Consent::Granted } else { Consent::Refused }) {
        return;
    }
    let _ = Reflect::set(&js_sys::global(), &SWITCH.into(), &granted.into());
    tell(CHANGED);
}

thread_local! {
    /// What the consent manager calls: once for the page and as long as it, since it may call at any time.
    static MANAGER: Closure<dyn Fn(JsValue)> = {
        let listener = Closure::<dyn Fn(JsValue)>::new(|data: JsValue| managed(&data));
        if let Ok(api) = get(&js_sys::global(), "__tcfapi").dyn_into::<Function>() {
            let call = Array::of3(&"addEventListener".into(), &2.into(), listener.as_ref());
            let _ = api.apply(&JsValue::UNDEFINED, &call);
        }
        listener
    };
}

/// Listens to the page and to its consent manager, and calls back when it may be otherwise; stops when dropped.
pub struct Watch {
    target: EventTarget,
    said: Closure<dyn Fn(JsValue)>,
    _changed: Option<Hear>,
}

impl Watch {
    /// `None` outside a page.
    pub fn new(changed: Box<dyn Fn()>) -> Option<Self> {
        let target: EventTarget = web_sys::window()?.into();
        let said = Closure::<dyn Fn(JsValue)>::new(|event: JsValue| {
            let detail = get(&event, "detail");
            // `{ storage: true }` as well.
            if let Some(granted) = detail.as_bool().or_else(|| get(&detail, "storage").as_bool()) {
                say(granted);
            }
        });
        target.add_event_listener_with_callback(SAID, said.as_ref().unchecked_ref()).ok()?;
        MANAGER.with(|_| ());
        Some(Self { target, said, _changed: Hear::new(&[CHANGED], changed) })
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        let _ = self.target.remove_event_listener_with_callback(SAID, self.said.as_ref().unchecked_ref());
    }
}

/// What a TCF consent manager says: once the shopper has been asked, or need not be.
fn managed(data: &JsValue) {
    let applies = get(data, "gdprApplies").as_bool();
    let status = get(data, "eventStatus").as_string();
    if applies == Some(false) {
        say(true);
    } else if matches!(status.as_deref(), Some("tcloaded" | "useractioncomplete")) {
        let consents = get(&get(data, "purpose"), "consents");
        say(get(&consents, "1").is_truthy());
    }
}

fn get(object: &JsValue, name: &str) -> JsValue {
    Reflect::get(object, &name.into()).unwrap_or(JsValue::UNDEFINED)
}
