//! A chosen picture shown before anybody else has it. On a canvas, since not every page lets pictures come from `blob:` or `data:`.

use js_sys::{Array, Promise};
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;

use crate::{js, task::spawn};

/// Draws the middle of a picture's file into a square canvas of `side` pixels. What the browser cannot read stays empty.
pub fn draw(file: &JsValue, canvas: JsValue, side: u32) {
    let bitmap = js::call(&js::global(), "createImageBitmap", &Array::of1(file));
    let Some(bitmap) = bitmap.ok().and_then(|bitmap| bitmap.dyn_into::<Promise>().ok()) else { return };
    spawn(Box::pin(async move {
        let Ok(bitmap) = JsFuture::from(bitmap).await else { return };
        let length = |key| js::get(&bitmap, key).as_f64().unwrap_or_default();
        let (width, height) = (length("width"), length("height"));
        let inner = width.min(height);
        let args = Array::of1(&bitmap);
        for number in [(width - inner) / 2.0, (height - inner) / 2.0, inner, inner, 0.0, 0.0] {
            args.push(&number.into());
        }
        args.push(&side.into());
        args.push(&side.into());
        if let Ok(context) = js::call(&canvas, "getContext", &Array::of1(&"2d".into())) {
            let _ = js::call(&context, "drawImage", &args);
        }
        let _ = js::call(&bitmap, "close", &Array::new());
    }));
}
