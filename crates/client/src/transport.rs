//! Requests by `fetch`, with a time limit.

use std::cell::Cell;
use std::rc::Rc;

use devanture_api::routes::{IDEMPOTENCY_HEADER, KEY_HEADER, KEY_PARAM};
use js_sys::{Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue, prelude::Closure};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, Headers, Request, RequestInit, Response, Window};

use crate::{ClientError, decode::FromJs, query::Query};

/// How long an answer may take, in milliseconds.
const TIMEOUT_MS: i32 = 12_000;

/// One site's access to the API.
#[derive(Clone, PartialEq)]
pub struct Api {
    base: String,
    key: String,
}

impl Api {
    /// `base` is the API's origin, `key` the site's publishable key.
    pub fn new(base: String, key: String) -> Self {
        Self { base, key }
    }

    /// Begins a `GET` query: the key goes in as a parameter, so that the request needs no preflight.
    pub(crate) fn query(&self, path: &str) -> Query {
        let mut query = Query::new(&self.base, path);
        query.add(KEY_PARAM, Some(&self.key));
        query
    }

    /// `POST` of JSON that may be sent again under the same `idempotency_key`.
    pub(crate) async fn post<T: FromJs>(
        &self,
        path: &str,
        idempotency_key: &str,
        value: &JsValue,
    ) -> Result<T, ClientError> {
        let text = js_sys::JSON::stringify(value).map_err(|_| ClientError::Unexpected)?;
        let request = self.write("POST", path, |init, headers| {
            init.set_body(&text);
            headers.set("Content-Type", "application/json")?;
            headers.set(IDEMPOTENCY_HEADER, idempotency_key)
        });
        decode(&send(request).await?)
    }

    /// `DELETE`.
    pub(crate) async fn delete<T: FromJs>(&self, path: &str) -> Result<T, ClientError> {
        decode(&send(self.write("DELETE", path, |_, _| Ok(()))).await?)
    }

    fn write(
        &self,
        method: &str,
        path: &str,
        fill: impl FnOnce(&RequestInit, &Headers) -> Result<(), JsValue>,
    ) -> Result<Request, JsValue> {
        let init = RequestInit::new();
        init.set_method(method);
        let headers = Headers::new()?;
        headers.set(KEY_HEADER, &self.key)?;
        fill(&init, &headers)?;
        init.set_headers(&headers);
        Request::new_with_str_and_init(Query::new(&self.base, path).as_str(), &init)
    }
}

/// `GET`, decoded.
pub(crate) async fn get<T: FromJs>(query: Query) -> Result<T, ClientError> {
    decode(&send(Request::new_with_str(query.as_str())).await?)
}

async fn send(request: Result<Request, JsValue>) -> Result<JsValue, ClientError> {
    accept(fetch(request).await?).await
}

/// Decodes a response that somebody else asked for: the loader's early request.
pub(crate) async fn decode_response<T: FromJs>(response: Promise) -> Result<T, ClientError> {
    let response = JsFuture::from(response).await.map_err(|_| ClientError::Network)?;
    decode(&accept(response.dyn_into().map_err(|_| ClientError::Unexpected)?).await?)
}

async fn accept(response: Response) -> Result<JsValue, ClientError> {
    if response.ok() { body(response.json()).await } else { Err(problem(&response).await) }
}

async fn body(promise: Result<Promise, JsValue>) -> Result<JsValue, ClientError> {
    let promise = promise.map_err(|_| ClientError::Unexpected)?;
    JsFuture::from(promise).await.map_err(|_| ClientError::Unexpected)
}

async fn problem(response: &Response) -> ClientError {
    let body = body(response.json()).await.unwrap_or_default();
    let code = Reflect::get(&body, &"code".into()).ok().and_then(|code| code.as_string());
    code.map_or(ClientError::Unexpected, ClientError::Problem)
}

fn decode<T: FromJs>(value: &JsValue) -> Result<T, ClientError> {
    T::from_js(value).ok_or(ClientError::Unexpected)
}

/// `GET` of bytes; begins before it is polled. Large, so without a time limit.
pub(crate) fn get_bytes(query: &Query) -> impl Future<Output = Result<Vec<u8>, ClientError>> + use<> {
    let request = web_sys::window().map(|window| window.fetch_with_str(query.as_str()));
    async {
        let response = JsFuture::from(request.ok_or(ClientError::Unexpected)?).await;
        let response: Response =
            response.map_err(|_| ClientError::Network)?.dyn_into().map_err(|_| ClientError::Unexpected)?;
        if !response.ok() {
            return Err(problem(&response).await);
        }
        Ok(js_sys::Uint8Array::new(&body(response.array_buffer()).await?).to_vec())
    }
}

/// `fetch` that is aborted after [`TIMEOUT_MS`].
async fn fetch(request: Result<Request, JsValue>) -> Result<Response, ClientError> {
    let request = request.map_err(|_| ClientError::Unexpected)?;
    let window: Window = web_sys::window().ok_or(ClientError::Unexpected)?;
    let abort = AbortController::new().map_err(|_| ClientError::Unexpected)?;
    let init = RequestInit::new();
    init.set_signal(Some(&abort.signal()));
    let late = Rc::new(Cell::new(false));
    let timer = Timer::new(&window, {
        let late = late.clone();
        move || {
            late.set(true);
            abort.abort();
        }
    });
    let answer = JsFuture::from(window.fetch_with_request_and_init(&request, &init)).await;
    drop(timer);
    let answer = answer.map_err(|_| if late.get() { ClientError::Timeout } else { ClientError::Network })?;
    answer.dyn_into().map_err(|_| ClientError::Unexpected)
}

/// A time-out that is cleared when dropped.
struct Timer {
    window: Window,
    id: Option<i32>,
    _callback: Closure<dyn FnMut()>,
}

impl Timer {
    fn new(window: &Window, run: impl FnMut() + 'static) -> Self {
        let callback = Closure::<dyn FnMut()>::new(run);
        let function = callback.as_ref().unchecked_ref();
        let id = window.set_timeout_with_callback_and_timeout_and_arguments_0(function, TIMEOUT_MS).ok();
        Self { window: window.clone(), id, _callback: callback }
    }
}

impl Drop for Timer {
    fn drop(&mut self) {
        if let Some(id) = self.id {
            self.window.clear_timeout_with_handle(id);
        }
    }
}

/// The promise in the loader's `{url, response}`.
pub(crate) fn prefetched(first: &JsValue) -> Option<Promise> {
    Reflect::get(first, &"response".into()).ok()?.dyn_into().ok()
}
