//! The door of the storefront API: key, origin, rate limit, CORS, in this order.

use std::sync::Arc;

use axum::{
    extract::Request,
    http::{HeaderValue, Method, StatusCode, header},
    response::{IntoResponse as _, Response},
};
use devanture_api::routes::{KEY_HEADER, KEY_PARAM};
use devanture_storage::is_publishable_key;

use super::{around::Around, limits};
use crate::{
    App,
    directory::{SiteView, Snapshot},
    extract::Storefront,
    limit::Class,
    problem::ApiError,
};

const PREFLIGHT_SECONDS: HeaderValue = HeaderValue::from_static("7200");
const METHODS: HeaderValue = HeaderValue::from_static("GET, HEAD, POST, PUT, DELETE");
const HEADERS: HeaderValue = HeaderValue::from_static(
    "devanture-key, devanture-size-memory, devanture-customer, idempotency-key, content-type, if-none-match",
);
const EXPOSED: HeaderValue = HeaderValue::from_static("etag, retry-after");
const VARY: HeaderValue = HeaderValue::from_static("origin, devanture-key");

#[derive(Clone)]
pub(crate) struct Door(pub(crate) App);

impl Around for Door {
    /// The origin that asks.
    type Kept = Option<HeaderValue>;

    fn before(&self, request: &mut Request) -> Result<Self::Kept, Response> {
        let snapshot = self.0.directory().load();
        let origin = request.headers().get(header::ORIGIN).cloned();
        if request.method() == Method::OPTIONS
            && request.headers().contains_key(header::ACCESS_CONTROL_REQUEST_METHOD)
        {
            return Err(preflight(&snapshot, request, origin));
        }
        let site = identify(&snapshot, request).cloned();
        drop(snapshot);
        let allowed = match (&site, &origin) {
            (Ok(site), Some(origin)) if !origin.to_str().is_ok_and(|origin| site.allows(origin)) => {
                Err(ApiError::origin_not_allowed())
            }
            // Every browser says from where it writes; what says nothing is no page of the site's.
            (Ok(_), None) if !request.method().is_safe() => Err(ApiError::origin_missing()),
            _ => Ok(()),
        };
        match enter(&self.0, site, allowed, request) {
            Ok(site) => {
                request.extensions_mut().insert(Storefront(site));
                Ok(origin)
            }
            // A refusal is readable from any origin: it carries nothing but its code, and without it a page
            // could only say that there is no connection.
            Err(error) => Err(Self::after(origin, error.into_response())),
        }
    }

    fn after(origin: Self::Kept, mut response: Response) -> Response {
        let headers = response.headers_mut();
        // Beside what the handler has named.
        headers.append(header::VARY, VARY);
        if let Some(origin) = origin {
            headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, origin);
            headers.insert(header::ACCESS_CONTROL_EXPOSE_HEADERS, EXPOSED);
        }
        response
    }
}

fn enter(
    app: &App,
    site: Result<Arc<SiteView>, ApiError>,
    allowed: Result<(), ApiError>,
    request: &Request,
) -> Result<Arc<SiteView>, ApiError> {
    // Counted before the key is judged, so that keys cannot be tried out without end.
    let key = site.as_ref().map_or("", |site| site.site.publishable_key.as_str());
    limits::check(app, Class::of(request.method()), request.headers(), request.extensions(), key)?;
    let site = site?;
    allowed.map(|()| site)
}

fn identify<'a>(snapshot: &'a Snapshot, request: &Request) -> Result<&'a Arc<SiteView>, ApiError> {
    let key = match request.headers().get(KEY_HEADER) {
        Some(value) => value.to_str().map_err(|_| ApiError::key_malformed())?,
        None if request.method().is_safe() => in_query(request).ok_or_else(ApiError::key_missing)?,
        None => return Err(ApiError::key_missing()),
    };
    if !is_publishable_key(key) {
        return Err(ApiError::key_malformed());
    }
    snapshot.by_key(key).ok_or_else(ApiError::key_unknown)
}

fn in_query(request: &Request) -> Option<&str> {
    // Keys are letters, digits and an underscore: what needs decoding is none.
    request.uri().query()?.split('&').find_map(|pair| pair.strip_prefix(KEY_PARAM)?.strip_prefix('='))
}

/// A preflight comes without the key header, so any site's origin may go on to ask; a key in the
/// address is held to its own site.
fn preflight(snapshot: &Snapshot, request: &Request, origin: Option<HeaderValue>) -> Response {
    let mut response = StatusCode::NO_CONTENT.into_response();
    let headers = response.headers_mut();
    headers.insert(header::VARY, VARY);
    let allowed = origin.filter(|origin| {
        origin.to_str().is_ok_and(|origin| match in_query(request) {
            Some(key) => snapshot.by_key(key).is_some_and(|site| site.allows(origin)),
            None => snapshot.knows_origin(origin),
        })
    });
    if let Some(origin) = allowed {
        headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, origin);
        headers.insert(header::ACCESS_CONTROL_ALLOW_METHODS, METHODS);
        headers.insert(header::ACCESS_CONTROL_ALLOW_HEADERS, HEADERS);
        headers.insert(header::ACCESS_CONTROL_MAX_AGE, PREFLIGHT_SECONDS);
    }
    response
}
