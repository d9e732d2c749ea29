//! Requests by `fetch`, with a time limit.

use std::{marker::PhantomData, pin::Pin};

use devanture_api::routes::{IDEMPOTENCY_HEADER, KEY_HEADER, KEY_PARAM};
use js_sys::{Array, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{AbortSignal, Headers, RequestInit, Response};

use crate::{ClientError, decode::FromJs, query::Query};

/// How long an answer may take, in milliseconds; the loader gives its early request as much.
const TIMEOUT_MS: u32 = 12_000;

/// One site's access to the API.
#[derive(Clone, PartialEq)]
pub struct Api {
    base: String,
    key: String,
}

/// The answer to a request that has been sent. Who waits for it is compiled once for all types: a
/// future of each would be a state machine of each.
pub struct Answer<T>(Pin<Box<dyn Future<Output = Received>>>, PhantomData<fn() -> T>);

type Received = Result<JsValue, ClientError>;

impl Answer<()> {
    /// Of one that has no body.
    fn empty(response: Result<Promise, JsValue>) -> Self {
        Self(Box::pin(receive(response, Response::text)), PhantomData)
    }
}

impl<T: FromJs + 'static> Answer<T> {
    fn new(response: Result<Promise, JsValue>) -> Self {
        Self(Box::pin(receive(response, Response::json)), PhantomData)
    }

    /// Hands the answer over when it is there.
    pub fn then(self, done: impl FnOnce(Result<T, ClientError>) + 'static) {
        self.boxed(Box::new(done));
    }

    /// Once for each type of answer, whoever waits for it.
    fn boxed(self, done: Box<dyn FnOnce(Result<T, ClientError>)>) {
        finish(self.0, Box::new(move |received| done(decode(received))));
    }

    /// Waits for it.
    pub async fn get(self) -> Result<T, ClientError> {
        decode(self.0.await)
    }
}

fn finish(answer: Pin<Box<dyn Future<Output = Received>>>, done: Box<dyn FnOnce(Received)>) {
    spawn_local(async move { done(answer.await) });
}

fn decode<T: FromJs>(received: Received) -> Result<T, ClientError> {
    T::from_js(&received?).ok_or(ClientError::Unexpected)
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
    pub(crate) fn post<T: FromJs + 'static>(
        &self,
        path: &str,
        idempotency_key: &str,
        value: &JsValue,
    ) -> Answer<T> {
        Answer::new(self.write("POST", path, |init, headers| {
            let body: JsValue = js_sys::JSON::stringify(value)?.into();
            init.set_body(&body);
            headers.set("Content-Type", "application/json")?;
            headers.set(IDEMPOTENCY_HEADER, idempotency_key)
        }))
    }

    /// `POST` of what the path says alone, which changes nothing when it is sent again.
    pub(crate) fn post_nothing<T: FromJs + 'static>(&self, path: &str) -> Answer<T> {
        Answer::new(self.write("POST", path, |_, _| Ok(())))
    }

    /// `POST` or `PUT` of JSON that says the same when it is sent again.
    pub(crate) fn send<T: FromJs + 'static>(&self, method: &str, path: &str, value: &JsValue) -> Answer<T> {
        self.send_as(method, path, None, Some(value))
    }

    /// `POST` of JSON that is answered by nothing.
    pub(crate) fn tell(&self, path: &str, value: &JsValue) -> Answer<()> {
        Answer::empty(self.write_as("POST", path, None, Some(value)))
    }

    /// A request of whoever a header says, with JSON or without.
    pub(crate) fn send_as<T: FromJs + 'static>(
        &self,
        method: &str,
        path: &str,
        who: Option<(&str, &str)>,
        value: Option<&JsValue>,
    ) -> Answer<T> {
        Answer::new(self.write_as(method, path, who, value))
    }

    /// The same, answered by nothing.
    pub(crate) fn tell_as(&self, method: &str, path: &str, who: Option<(&str, &str)>) -> Answer<()> {
        Answer::empty(self.write_as(method, path, who, None))
    }

    fn write_as(
        &self,
        method: &str,
        path: &str,
        who: Option<(&str, &str)>,
        value: Option<&JsValue>,
    ) -> Result<Promise, JsValue> {
        self.write(method, path, |init, headers| {
            if let Some((name, value)) = who {
                headers.set(name, value)?;
            }
            let Some(value) = value else { return Ok(()) };
            let body: JsValue = js_sys::JSON::stringify(value)?.into();
            init.set_body(&body);
            headers.set("Content-Type", "application/json")
        })
    }

    /// Where a path is, and the site's key, for requests that `fetch` cannot make.
    pub(crate) fn address(&self, path: &str) -> (String, &str) {
        (Query::new(&self.base, path).as_str().into(), &self.key)
    }

    /// `DELETE`.
    pub(crate) fn delete<T: FromJs + 'static>(&self, path: &str) -> Answer<T> {
        Answer::new(self.write("DELETE", path, |_, _| Ok(())))
    }

    fn write(
        &self,
        method: &str,
        path: &str,
        fill: impl FnOnce(&RequestInit, &Headers) -> Result<(), JsValue>,
    ) -> Result<Promise, JsValue> {
        let init = limited();
        init.set_method(method);
        let headers = Headers::new()?;
        headers.set(KEY_HEADER, &self.key)?;
        fill(&init, &headers)?;
        init.set_headers(&headers);
        fetch(&Query::new(&self.base, path), &init)
    }
}

/// `GET`.
pub(crate) fn get<T: FromJs + 'static>(query: &Query) -> Answer<T> {
    Answer::new(fetch(query, &limited()))
}

/// The answer to a request that somebody else made: the loader's early one, `{url, response}`.
pub(crate) fn prefetched<T: FromJs + 'static>(first: &JsValue) -> Option<Answer<T>> {
    let response = Reflect::get(first, &"response".into()).ok()?.dyn_into().ok()?;
    Some(Answer::new(Ok(response)))
}

/// `GET` of bytes. Large, so without a time limit.
pub(crate) fn get_bytes(query: &Query) -> impl Future<Output = Result<Vec<u8>, ClientError>> + use<> {
    let response = fetch(query, &RequestInit::new());
    async {
        let bytes = receive(response, Response::array_buffer).await?;
        Ok(js_sys::Uint8Array::new(&bytes).to_vec())
    }
}

/// `POST` of what the address says, that nobody waits for and that goes on when the page is left.
pub(crate) fn beacon(query: &Query) {
    let navigator = Reflect::get(&js_sys::global(), &"navigator".into()).unwrap_or_default();
    if let Ok(send) = Reflect::get(&navigator, &"sendBeacon".into())
        && let Some(send) = send.dyn_ref::<js_sys::Function>()
    {
        let _ = send.apply(&navigator, &Array::of1(&query.as_str().into()));
    }
}

fn limited() -> RequestInit {
    let init = RequestInit::new();
    init.set_signal(Some(&AbortSignal::timeout_with_u32(TIMEOUT_MS)));
    init
}

fn fetch(query: &Query, init: &RequestInit) -> Result<Promise, JsValue> {
    let window = web_sys::window().ok_or(JsValue::UNDEFINED)?;
    let response = window.fetch_with_str_and_init(query.as_str(), init);
    // Who waits for it may begin later, and sees a failure then: it is not an unhandled rejection until that.
    let _ = Promise::all_settled(&Array::of1(&response));
    Ok(response)
}

async fn receive(
    response: Result<Promise, JsValue>,
    read: fn(&Response) -> Result<Promise, JsValue>,
) -> Received {
    let response: Response = settled(response).await?.dyn_into().map_err(|_| ClientError::Unexpected)?;
    if response.ok() {
        return settled(read(&response)).await;
    }
    let problem = settled(response.json()).await.unwrap_or_default();
    let text = |key: &str| Reflect::get(&problem, &key.into()).ok().and_then(|text| text.as_string());
    Err(text("code")
        .map_or(ClientError::Unexpected, |code| ClientError::Problem { code, field: text("field") }))
}

async fn settled(promise: Result<Promise, JsValue>) -> Received {
    let settled = match promise {
        Ok(promise) => JsFuture::from(promise).await,
        Err(error) => Err(error),
    };
    settled.map_err(|error| {
        let name = Reflect::get(&error, &"name".into()).ok().and_then(|name| name.as_string());
        match name.as_deref() {
            Some("TimeoutError") => ClientError::Timeout,
            // What `fetch` throws for a lost connection, and for a request that was blocked.
            Some("TypeError") => ClientError::Network,
            _ => ClientError::Unexpected,
        }
    })
}
