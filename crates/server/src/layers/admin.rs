//! The door of the admin API: rate limit and origin. Who asks is found out by the extractors, which ask the
//! database.

use axum::{
    extract::Request,
    http::{HeaderValue, header},
    response::{IntoResponse as _, Response},
};

use super::{around::Around, limits};
use crate::{App, extract::bearer, limit::Class, problem::ApiError};

const NEVER: HeaderValue = HeaderValue::from_static("no-store");
const SAME_ORIGIN: HeaderValue = HeaderValue::from_static("same-origin");

#[derive(Clone)]
pub(crate) struct AdminDoor(pub(crate) App);

impl Around for AdminDoor {
    type Kept = ();

    fn before(&self, request: &mut Request) -> Result<(), Response> {
        enter(&self.0, request).map_err(|error| Self::after((), error.into_response()))
    }

    /// Nothing here is kept by a cache or may be loaded into another site's page. There is no CORS header
    /// either, so scripts of other origins cannot read it, nor ask with a header of their own.
    fn after((): (), mut response: Response) -> Response {
        let headers = response.headers_mut();
        headers.insert(header::CACHE_CONTROL, NEVER);
        headers.insert("cross-origin-resource-policy", SAME_ORIGIN);
        response
    }
}

fn enter(app: &App, request: &Request) -> Result<(), ApiError> {
    // All of it counts as reading: a seller answers more shoppers in an hour than one shopper books.
    limits::check(app, Class::Read, request.headers(), request.extensions(), "admin")?;
    // No page of another origin can send a key, and no browser does so by itself.
    let by_key = bearer(request.headers()).is_some();
    if request.method().is_safe() || by_key || app.home().is_asking(request.headers()) {
        Ok(())
    } else {
        Err(ApiError::cross_site())
    }
}
