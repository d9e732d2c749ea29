//! Sending a file: `fetch` does not tell how much of it has gone.

use std::cell::RefCell;

use devanture_api::{review::ReviewPhoto, routes::KEY_HEADER};
use js_sys::{Array, Function, JSON, Reflect};
use wasm_bindgen::{JsCast as _, JsValue, prelude::Closure};

use crate::{ClientError, decode::FromJs as _};

/// A photo of a phone over a slow line takes a while.
const TIMEOUT_MS: u32 = 120_000;

/// A file on its way. Dropping it calls it off, and nobody is told any more.
pub struct Upload {
    request: JsValue,
    _progress: Closure<dyn FnMut(JsValue)>,
    _ended: Closure<dyn Fn()>,
}

type Done = Box<dyn FnOnce(Result<ReviewPhoto, ClientError>)>;

impl Upload {
    pub(crate) fn begin(
        (url, key): (String, &str),
        file: &JsValue,
        progress: Box<dyn Fn(u32)>,
        done: Done,
    ) -> Self {
        let class = get(&js_sys::global(), "XMLHttpRequest").unchecked_into::<Function>();
        let request = Reflect::construct(&class, &Array::new()).unwrap_or_default();
        let moved = Closure::<dyn FnMut(JsValue)>::wrap(Box::new(move |event: JsValue| {
            let number = |key| get(&event, key).as_f64().unwrap_or_default();
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 100")]
            progress((100.0 * number("loaded") / number("total").max(1.0)) as u32);
        }));
        let (answered, done) = (request.clone(), RefCell::new(Some(done)));
        let ended = Closure::<dyn Fn()>::wrap(Box::new(move || {
            if let Some(done) = done.take() {
                done(answer(&answered));
            }
        }));
        set(&request, "onloadend", ended.as_ref());
        set(&request, "timeout", &TIMEOUT_MS.into());
        set(&get(&request, "upload"), "onprogress", moved.as_ref());
        call(&request, "open", &Array::of2(&"POST".into(), &url.into()));
        call(&request, "setRequestHeader", &Array::of2(&KEY_HEADER.into(), &key.into()));
        call(&request, "send", &Array::of1(file));
        Self { request, _progress: moved, _ended: ended }
    }
}

impl Drop for Upload {
    fn drop(&mut self) {
        set(&self.request, "onloadend", &JsValue::NULL);
        set(&get(&self.request, "upload"), "onprogress", &JsValue::NULL);
        call(&self.request, "abort", &Array::new());
    }
}

fn answer(request: &JsValue) -> Result<ReviewPhoto, ClientError> {
    let status = get(request, "status").as_f64().unwrap_or_default();
    if status == 0.0 {
        return Err(ClientError::Network);
    }
    let text = get(request, "responseText").as_string().unwrap_or_default();
    let body = JSON::parse(&text).map_err(|_| ClientError::Unexpected)?;
    if status < 300.0 {
        return ReviewPhoto::from_js(&body).ok_or(ClientError::Unexpected);
    }
    let text = |key| get(&body, key).as_string();
    Err(text("code")
        .map_or(ClientError::Unexpected, |code| ClientError::Problem { code, field: text("field") }))
}

fn get(object: &JsValue, key: &str) -> JsValue {
    Reflect::get(object, &key.into()).unwrap_or_default()
}

fn set(object: &JsValue, key: &str, value: &JsValue) {
    // The request is the browser's own, and takes what it has.
    let _ = Reflect::set(object, &key.into(), value);
}

fn call(object: &JsValue, method: &str, args: &Array) {
    if let Ok(method) = get(object, method).dyn_into::<Function>() {
        // One that cannot be sent ends as one that was lost.
        let _ = method.apply(object, args);
    }
}
