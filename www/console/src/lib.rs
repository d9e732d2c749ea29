//! The staff console: a store's reservations, its stock and its hours, on a phone in the stock room or on a counter tablet.

mod alarm;
mod api;
mod app;
mod charts;
mod countdown;
mod focus;
mod model;
mod net;
mod order;
mod queue;
mod reviews;
mod scan;
mod shop;
mod stock;
mod storage;
mod texts;
mod view;

use std::panic::PanicHookInfo;

use wasm_bindgen::prelude::*;

#[cfg(target_family = "wasm")]
#[global_allocator]
static ALLOCATOR: talc::wasm::WasmDynamicTalc = talc::wasm::new_wasm_dynamic_allocator();

/// Runs once, when the module is instantiated.
#[wasm_bindgen(start)]
pub fn start() {
    devanture_ui::failure::install_panic_hook(stopped);
    let page = web_sys::window().and_then(|window| window.document());
    if let Some(root) = page.and_then(|page| page.get_element_by_id("app")) {
        yew::Renderer::<app::App>::with_root(root).render();
    }
}

/// After a panic nothing that is drawn can be trusted: the page says so and offers to start again. What was not sent
/// yet lies in the session's storage and is sent then.
fn stopped(info: &PanicHookInfo<'_>) {
    console_error_panic_hook::hook(info);
    let Some(page) = web_sys::window().and_then(|window| window.document()) else { return };
    if let Some(app) = page.get_element_by_id("app") {
        app.remove();
    }
    if let Some(said) = page.get_element_by_id("stopped") {
        let _ = said.remove_attribute("hidden");
    }
}
