//! The rate limit, for routes with a key and for those without.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use axum::{
    extract::{ConnectInfo, Request},
    http::{Extensions, HeaderMap},
    response::{IntoResponse, Response},
};

use super::around::Around;
use crate::{App, limit::Class, problem::ApiError};

/// Limits routes that need no key (pages, calendar files), by address.
#[derive(Clone)]
pub(crate) struct ByAddress(pub(crate) App);

impl Around for ByAddress {
    type Kept = ();

    fn before(&self, request: &mut Request) -> Result<(), Response> {
        let class = Class::of(request.method());
        check(&self.0, class, request.headers(), request.extensions(), "")
            .map_err(IntoResponse::into_response)
    }

    fn after((): (), response: Response) -> Response {
        response
    }
}

/// Limits what the shop's own programs send, by address: one of them tells of everything that all shoppers do, so that it counts
/// as reading.
#[derive(Clone)]
pub(crate) struct OfPrograms(pub(crate) App);

impl Around for OfPrograms {
    type Kept = ();

    fn before(&self, request: &mut Request) -> Result<(), Response> {
        check(&self.0, Class::Read, request.headers(), request.extensions(), "programs")
            .map_err(IntoResponse::into_response)
    }

    fn after((): (), response: Response) -> Response {
        response
    }
}

/// Counts the request against its key and address.
pub(crate) fn check(
    app: &App,
    class: Class,
    headers: &HeaderMap,
    extensions: &Extensions,
    key: &str,
) -> Result<(), ApiError> {
    let address = client_address(app, headers, extensions);
    app.limiter().check(class, key, address).map_err(|wait| ApiError::rate_limited(wait.as_secs() + 1))
}

fn client_address(app: &App, headers: &HeaderMap, extensions: &Extensions) -> IpAddr {
    let peer = extensions
        .get::<ConnectInfo<SocketAddr>>()
        .map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |info| info.0.ip());
    if !app.config().trust_forwarded_for {
        return peer;
    }
    // The last entry is the one that our own proxy wrote; those before it are the client's word.
    headers
        .get_all("x-forwarded-for")
        .iter()
        .next_back()
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.rsplit(',').next())
        .and_then(|last| last.trim().parse().ok())
        .unwrap_or(peer)
}
