//! Events for the host page.

use wasm_bindgen::JsValue;
use web_sys::{CustomEvent, CustomEventInit, EventTarget};

use crate::js;

/// Dispatches a `CustomEvent` that bubbles out of the shadow root. A listener that throws does not
/// disturb the widget.
pub fn emit(target: &EventTarget, name: &str, detail: &JsValue) {
    let init = CustomEventInit::new();
    init.set_bubbles(true);
    init.set_composed(true);
    init.set_detail(detail);
    if let Ok(event) = CustomEvent::new_with_event_init_dict(name, &init) {
        let _ = target.dispatch_event(&event);
    }
}

/// The same, for a listener that may do itself what would come next; whether one does (`preventDefault`).
pub fn offer(target: &EventTarget, name: &str, detail: &JsValue) -> bool {
    let init = CustomEventInit::new();
    init.set_bubbles(true);
    init.set_composed(true);
    init.set_detail(detail);
    // By its name: a binding would be in every page's core.
    js::set(&init, "cancelable", &true.into());
    let event = CustomEvent::new_with_event_init_dict(name, &init);
    event.is_ok_and(|event| target.dispatch_event(&event) == Ok(false))
}
