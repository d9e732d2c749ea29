//! Reaching into the page by names. A member that is not there, or that a host has replaced by something else, is `undefined`.

use js_sys::{Array, Function, JsString, Reflect};
use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::Element;

/// Most nodes of one selector.
const MAX_NODES: u32 = 2000;
/// Longest text, in UTF-16 units.
const MAX_TEXT: u32 = 200;

pub(super) fn document() -> Option<JsValue> {
    Some(web_sys::window()?.document()?.into())
}

pub(super) fn get(object: &JsValue, name: &str) -> JsValue {
    Reflect::get(object, &name.into()).unwrap_or(JsValue::UNDEFINED)
}

pub(super) fn set(object: &JsValue, name: &str, value: &JsValue) {
    let _ = Reflect::set(object, &name.into(), value);
}

pub(super) fn call(object: &JsValue, method: &str, arguments: &[JsValue]) -> JsValue {
    let Ok(function) = get(object, method).dyn_into::<Function>() else { return JsValue::UNDEFINED };
    let all = Array::new();
    for argument in arguments {
        all.push(argument);
    }
    function.apply(object, &all).unwrap_or(JsValue::UNDEFINED)
}

/// A property that is a text, without spaces around it and not empty.
pub(super) fn text(object: &JsValue, name: &str) -> Option<String> {
    let text: JsString = get(object, name).dyn_into().ok()?;
    let text = String::from(text.slice(0, MAX_TEXT));
    let text = text.trim_ascii();
    (!text.is_empty()).then(|| text.to_owned())
}

pub(super) fn attribute(element: &JsValue, name: &str) -> Option<String> {
    // By its binding, which the product's reader has anyway: this is asked of every card.
    let text = element.dyn_ref::<Element>()?.get_attribute(name)?;
    let text = text.trim_ascii();
    (!text.is_empty()).then(|| text.to_owned())
}

pub(super) fn set_attribute(element: &JsValue, name: &str, value: Option<&str>) {
    match value {
        Some(value) => call(element, "setAttribute", &[name.into(), value.into()]),
        None => call(element, "removeAttribute", &[name.into()]),
    };
}

fn present(node: JsValue) -> Option<JsValue> {
    node.is_object().then_some(node)
}

pub(super) fn find(root: &JsValue, selector: &str) -> Option<JsValue> {
    present(call(root, "querySelector", &[selector.into()]))
}

pub(super) fn all(root: &JsValue, selector: &str) -> Vec<JsValue> {
    items(&call(root, "querySelectorAll", &[selector.into()]))
}

/// The items of a list of nodes.
pub(super) fn items(list: &JsValue) -> Vec<JsValue> {
    let mut out = Vec::new();
    for index in 0..MAX_NODES {
        let Ok(item) = Reflect::get_u32(list, index) else { break };
        if !item.is_object() {
            break;
        }
        out.push(item);
    }
    out
}

pub(super) fn closest(element: &JsValue, selector: &str) -> Option<JsValue> {
    present(call(element, "closest", &[selector.into()]))
}

pub(super) fn is(element: &JsValue, selector: &str) -> bool {
    call(element, "matches", &[selector.into()]).is_truthy()
}

pub(super) fn contains(element: &JsValue, other: &JsValue) -> bool {
    call(element, "contains", core::slice::from_ref(other)).is_truthy()
}

pub(super) fn is_connected(element: &JsValue) -> bool {
    get(element, "isConnected").is_truthy()
}

/// An element of the host's document.
pub(super) fn create(tag: &str) -> Option<JsValue> {
    present(call(&document()?, "createElement", &[tag.into()]))
}

/// What a shopper's own input would have told the page.
pub(super) fn dispatch(element: &JsValue, event: &str) {
    let init = js_sys::Object::new();
    set(&init, "bubbles", &true.into());
    let Ok(class) = get(&js_sys::global(), "Event").dyn_into::<Function>() else { return };
    if let Ok(event) = Reflect::construct(&class, &Array::of2(&event.into(), &init)) {
        call(element, "dispatchEvent", &[event]);
    }
}

/// The texts of an array.
pub(super) fn items_of_text(list: &JsValue) -> Vec<String> {
    let mut out = Vec::new();
    if Array::is_array(list) {
        for index in 0..20 {
            out.extend(Reflect::get_u32(list, index).ok().and_then(|item| item.as_string()));
        }
    }
    out
}
