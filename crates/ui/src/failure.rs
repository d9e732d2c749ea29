//! What happens after a panic: every widget of this module instance is told to show its fallback.
//!
//! A panic in WebAssembly ends in a trap that runs no destructors, so state shared by all widgets
//! of the instance (Yew's scheduler above all) cannot be trusted afterwards. The loader answers a
//! failure by offering "retry", which starts a fresh instance.

use std::{cell::RefCell, panic::PanicHookInfo};

use js_sys::Function;
use wasm_bindgen::JsValue;

thread_local! {
    static LISTENERS: RefCell<Vec<Function>> = const { RefCell::new(Vec::new()) };
}

/// Unregisters when dropped.
pub struct FailureListener(Function);

impl FailureListener {
    /// `listener` is called with a code and a message.
    pub fn new(listener: Function) -> Self {
        LISTENERS.with_borrow_mut(|all| all.push(listener.clone()));
        Self(listener)
    }
}

impl Drop for FailureListener {
    fn drop(&mut self) {
        LISTENERS.with_borrow_mut(|all| all.retain(|listener| *listener != self.0));
    }
}

/// Prints the panic by `report`, then tells every listener. To be called once per instance.
pub fn install_panic_hook(report: fn(&PanicHookInfo<'_>)) {
    yew::set_custom_panic_hook(Box::new(move |info| {
        report(info);
        let listeners = LISTENERS.with(|all| all.try_borrow_mut().map(|mut all| std::mem::take(&mut *all)));
        for listener in listeners.unwrap_or_default() {
            // Another widget's listener that throws must not keep the rest from being told.
            let _ = listener.call2(&JsValue::NULL, &"panicked".into(), &"the widget stopped".into());
        }
    }));
}
