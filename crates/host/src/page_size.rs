//! The shopper's size of the page's product, once the size memory has found it: for the other widgets, those of other versions too.
//!
//! It is a property of the window, `devantureSize`, as the page writes the size; nothing of it is kept or sent.

use js_sys::Reflect;
use wasm_bindgen::JsValue;

use crate::hear::{Hear, tell};

const SIZE: &str = "devantureSize";
/// Dispatched on `window`.
const FOUND: &str = "devanture-size-found";

/// As the page writes it.
pub fn get() -> Option<String> {
    Reflect::get(&js_sys::global(), &SIZE.into()).ok()?.as_string()
}

/// Tells every widget of the page, unless they know; none where it is not known any more.
pub fn set(size: Option<&str>) {
    if get().as_deref() != size {
        let _ = Reflect::set(
            &js_sys::global(),
            &SIZE.into(),
            &size.map_or(JsValue::UNDEFINED, JsValue::from_str),
        );
        tell(FOUND);
    }
}

/// Calls back when it may be otherwise; stops when dropped.
pub fn watch(changed: Box<dyn Fn()>) -> Option<Hear> {
    Hear::new(&[FOUND], changed)
}
