//! Reading and writing plain JavaScript objects.

use js_sys::Reflect;
use wasm_bindgen::{JsCast, JsValue, prelude::wasm_bindgen};

/// What widgets need of JavaScript's own types: they import it from here, so that one place decides.
pub use js_sys::{Array, Function, Object, Promise};

/// `globalThis`.
pub fn global() -> Object {
    js_sys::global()
}

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

/// Sets `object[key]`, where it can be set.
pub fn set(object: &JsValue, key: &str, value: &JsValue) {
    let _ = Reflect::set(object, &JsValue::from_str(key), value);
}

/// `new globalThis[class](...args)`.
pub fn construct(class: &str, args: &js_sys::Array) -> Option<JsValue> {
    let class: js_sys::Function = get(&js_sys::global(), class).dyn_into().ok()?;
    Reflect::construct(&class, args).ok()
}

/// What a JSON text says; `None` where it is not one.
pub fn parse(text: &str) -> Option<JsValue> {
    js_sys::JSON::parse(text).ok()
}

/// A value as JSON.
pub fn stringify(value: &JsValue) -> String {
    js_sys::JSON::stringify(value).map(String::from).unwrap_or_default()
}

/// Percent-encodes one path segment or parameter.
pub fn encode(text: &str) -> String {
    String::from(js_sys::encode_uri_component(text))
}

/// `text` with the first `from` replaced by `to`.
pub fn replace(text: &str, from: &str, to: &str) -> String {
    String::from(js_sys::JsString::from(text).replace(from, to))
}

/// 128 random bits as hexadecimal digits, for an idempotency key.
pub fn random_id() -> String {
    let bytes = js_sys::Uint8Array::new_with_length(16);
    let crypto = get(&js_sys::global(), "crypto");
    if call(&crypto, "getRandomValues", &Array::of1(&bytes)).is_err() {
        // Insecure pages of old browsers: two of these are as unlikely to meet within one shop.
        for index in 0..16 {
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 255")]
            bytes.set_index(index, (js_sys::Math::random() * 256.0) as u8);
        }
    }
    let mut out = String::with_capacity(32);
    for index in 0..16 {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 255")]
        let byte = get(&bytes, &number(index.into())).as_f64().unwrap_or_default() as usize;
        for half in [byte >> 4, byte & 15] {
            out.push(char::from(b"0123456789abcdef"[half & 15]));
        }
    }
    out
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
