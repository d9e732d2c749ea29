//! Style sheets without inline style: constructed once per text, shared by every shadow root.

use std::cell::RefCell;

use wasm_bindgen::{JsCast, JsValue};
use web_sys::{CssStyleSheet, ShadowRoot};

use crate::js;

thread_local! {
    static SHEETS: RefCell<Vec<(String, CssStyleSheet)>> = const { RefCell::new(Vec::new()) };
}

/// Adds `css` to the sheets of `root`, once.
pub fn adopt(root: &ShadowRoot, css: &str) {
    let Some(sheet) = constructed(css) else { return };
    let adopted = js::get(root, "adoptedStyleSheets");
    let all: js_sys::Array = adopted.dyn_into().unwrap_or_default();
    if !all.includes(&sheet, 0) {
        // Assigned anew: browsers before 2023 hold a frozen array.
        let with = all.concat(&js_sys::Array::of1(&sheet));
        let _ = js_sys::Reflect::set(root, &"adoptedStyleSheets".into(), &with);
    }
}

fn constructed(css: &str) -> Option<CssStyleSheet> {
    SHEETS.with_borrow_mut(|sheets| {
        if let Some((_, sheet)) = sheets.iter().find(|(text, _)| text == css) {
            return Some(sheet.clone());
        }
        let sheet = CssStyleSheet::new().ok()?;
        js::call(&sheet, "replaceSync", &js_sys::Array::of1(&JsValue::from_str(css))).ok()?;
        sheets.push((css.to_owned(), sheet.clone()));
        Some(sheet)
    })
}
