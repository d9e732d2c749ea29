//! Requests to the server that the page came from, so that the session's cookie goes along.

use devanture_api::routes::IDEMPOTENCY_HEADER;
use js_sys::Promise;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortSignal, Headers, RequestInit, Response};

/// How long an answer may take, in milliseconds: in a stock room it is better to try again.
const TIMEOUT_MS: u32 = 10_000;

/// A request.
pub(crate) struct Request {
    pub method: &'static str,
    pub path: String,
    /// JSON.
    pub body: Option<String>,
    /// By which a write is recognised when it is sent again.
    pub key: Option<String>,
    /// The mark of the answer that is there already.
    pub etag: Option<String>,
}

impl Request {
    /// Asks for something.
    pub(crate) fn get(path: String) -> Self {
        Self { method: "GET", path, body: None, key: None, etag: None }
    }
}

/// What the server said, whatever the status.
pub(crate) struct Reply {
    pub status: u16,
    pub body: String,
    pub etag: Option<String>,
    /// Seconds.
    pub retry_after: Option<u32>,
}

/// No answer came: no connection, or none in time.
pub(crate) struct Unreachable;

/// Sends a request and reads the whole answer.
pub(crate) async fn send(request: Request) -> Result<Reply, Unreachable> {
    match exchange(request).await {
        Ok(reply) => Ok(reply),
        // `fetch` fails for a connection that was lost and a time limit, and not for anything the server says.
        Err(_) => Err(Unreachable),
    }
}

async fn exchange(request: Request) -> Result<Reply, JsValue> {
    let init = RequestInit::new();
    init.set_method(request.method);
    init.set_signal(Some(&AbortSignal::timeout_with_u32(TIMEOUT_MS)));
    let headers = Headers::new()?;
    if let Some(body) = &request.body {
        headers.set("Content-Type", "application/json")?;
        init.set_body(&JsValue::from_str(body));
    }
    if let Some(key) = &request.key {
        headers.set(IDEMPOTENCY_HEADER, key)?;
    }
    if let Some(etag) = &request.etag {
        headers.set("If-None-Match", etag)?;
    }
    init.set_headers(&headers);
    let window = web_sys::window().ok_or(JsValue::UNDEFINED)?;
    let response: Response =
        JsFuture::from(window.fetch_with_str_and_init(&request.path, &init)).await?.dyn_into()?;
    let header = |name: &str| response.headers().get(name).ok().flatten();
    let (etag, retry_after) = (header("etag"), header("retry-after"));
    let text: Promise = response.text()?;
    let body = JsFuture::from(text).await?.as_string().unwrap_or_default();
    Ok(Reply {
        status: response.status(),
        body,
        etag,
        retry_after: retry_after.and_then(|seconds| seconds.parse().ok()),
    })
}
