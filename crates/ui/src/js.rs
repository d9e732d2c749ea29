//! Reading and writing plain JavaScript objects.

use js_sys::{Object, Reflect};
use wasm_bindgen::{JsCast, JsValue, prelude::wasm_bindgen};

/// `object[key]`, `undefined` where there is none.
pub fn get(object: &JsValue, key: &str) -> JsValue {
    Reflect::get(object, &JsValue::from_str(key)).unwrap_or(JsValue::UNDEFINED)
}

/// `object[key]` if it is a string that is not empty.
pub fn text(object: &JsValue, key: &str) -> Option<String> {
    get(object, key).as_string().filter(|text| !text.is_empty())
}

/// An object literal.
pub fn object(entries: &[(&str, JsValue)]) -> Object {
    let out = Object::new();
    for (key, value) in entries {
        // A fresh plain object takes any property.
        let _ = Reflect::set(&out, &JsValue::from_str(key), value);
    }
    out
}

/// Calls `object[method](...args)`; `Err` when there is no such method or it throws.
pub fn call(object: &JsValue, method: &str, args: &js_sys::Array) -> Result<JsValue, JsValue> {
    let function: js_sys::Function = get(object, method).dyn_into()?;
    function.apply(object, args)
}

/// A number as JavaScript prints it: Rust's own float formatting would cost the download 10 KB.
pub fn number(value: f64) -> String {
    js_sys::Number::from(value).to_string_with_radix(10).map(String::from).unwrap_or_default()
}

/// A number as JavaScript reads it, for the same reason; `None` when it is not one, or not finite.
pub fn parse_number(text: &str) -> Option<f64> {
    Some(js_sys::Number::parse_float(text)).filter(|value| value.is_finite())
}

#[wasm_bindgen(inline_js = "export const load = url => import(url);")]
extern "C" {
    fn load(url: &str) -> js_sys::Promise;
}

/// `import(url)`: a script that is an island of its own.
pub fn import(url: &str) -> js_sys::Promise {
    load(url)
}
