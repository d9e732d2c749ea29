//! WebAssembly entry points.
//!
//! JavaScript never holds a Rust object: [`mount`] answers with a number, and the widget behind it
//! lives in [`registry`] until [`unmount`].

mod registry;
mod widgets;

use devanture_ui::{failure, mount::MountContext};
use js_sys::{Array, Object};
use wasm_bindgen::prelude::*;
use web_sys::{HtmlElement, ShadowRoot};

#[cfg(all(target_family = "wasm", feature = "wee_alloc"))]
#[global_allocator]
static ALLOCATOR: wee_alloc::WeeAlloc<'_> = wee_alloc::WeeAlloc::INIT;

#[cfg(all(target_family = "wasm", feature = "talc", not(feature = "wee_alloc")))]
#[global_allocator]
static ALLOCATOR: talc::wasm::WasmDynamicTalc = talc::wasm::new_wasm_dynamic_allocator();

/// Runs once, when the module is instantiated.
#[wasm_bindgen(start)]
pub fn start() {
    failure::install_panic_hook(console_error_panic_hook::hook);
}

/// Draws the widget of element `tag` into `root` and answers with its handle. Rejects when its
/// module or its strings do not load; nothing is left behind then, and it can be called again.
#[wasm_bindgen]
pub async fn mount(tag: String, host: HtmlElement, root: ShadowRoot, props: Object) -> Result<u32, JsValue> {
    let context = MountContext::from_js(host, root, &props)?;
    let widget = widgets::mount(&tag, context).await?;
    Ok(registry::insert(widget))
}

/// Hands changed attributes and properties to a mounted widget.
#[wasm_bindgen]
pub fn update(handle: u32, props: &Object) {
    registry::with(handle, |widget| widget.update(props));
}

/// Calls one of the element's methods; `undefined` when it has none of that name.
#[wasm_bindgen]
pub fn call(handle: u32, method: &str, args: &Array) -> JsValue {
    registry::with(handle, |widget| widget.call(method, args)).unwrap_or(JsValue::UNDEFINED)
}

/// Takes a widget down with everything it attached.
#[wasm_bindgen]
pub fn unmount(handle: u32) {
    drop(registry::remove(handle));
}
