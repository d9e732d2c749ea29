//! The outermost layer: every error is a problem document, also those that libraries answer
//! themselves, and every request is one line in the log, without personal data: the route's pattern
//! instead of the address asked for, no query, no client address.

use std::{any::Any, time::Instant};

use axum::{
    extract::{MatchedPath, Request},
    http::{Method, header},
    response::{IntoResponse as _, Response},
};

use super::around::Around;
use crate::problem::{ApiError, PROBLEM_JSON};

#[derive(Clone)]
pub(crate) struct Edge;

/// What the log says of a request; nothing where the log is not wanted.
pub(crate) struct Asked {
    begun: Instant,
    method: Method,
    route: Option<MatchedPath>,
}

impl Around for Edge {
    type Kept = Option<Asked>;

    fn before(&self, request: &mut Request) -> Result<Self::Kept, Response> {
        let logged = tracing::enabled!(target: "devanture::request", tracing::Level::INFO);
        Ok(logged.then(|| Asked {
            begun: Instant::now(),
            method: request.method().clone(),
            route: request.extensions().get().cloned(),
        }))
    }

    fn after(asked: Self::Kept, response: Response) -> Response {
        let response = as_problem(response);
        if let Some(Asked { begun, method, route }) = asked {
            let route = route.as_ref().map_or("-", MatchedPath::as_str);
            let elapsed_us = u64::try_from(begun.elapsed().as_micros()).unwrap_or(u64::MAX);
            let status = response.status().as_u16();
            let method = method.as_str();
            tracing::info!(target: "devanture::request", method, route, status, elapsed_us);
        }
        response
    }
}

/// Replaces the body of an error response that is not a problem yet.
fn as_problem(response: Response) -> Response {
    let status = response.status();
    let is_error = status.is_client_error() || status.is_server_error();
    if !is_error || response.headers().get(header::CONTENT_TYPE) == Some(&PROBLEM_JSON) {
        return response;
    }
    let mut problem = ApiError::for_status(status).into_response();
    // `Allow`, `Access-Control-…` and the like stay true of the new body.
    for (name, value) in response.headers() {
        if ![header::CONTENT_TYPE, header::CONTENT_LENGTH, header::CONTENT_ENCODING, header::ETAG]
            .contains(name)
        {
            problem.headers_mut().entry(name).or_insert_with(|| value.clone());
        }
    }
    problem
}

/// A handler panicked: the others go on, and the client is told nothing of it.
#[expect(clippy::needless_pass_by_value, reason = "the signature that the layer asks for")]
pub(crate) fn panicked(panic: Box<dyn Any + Send>) -> Response {
    let message = panic
        .downcast_ref::<String>()
        .map(String::as_str)
        .or_else(|| panic.downcast_ref::<&str>().copied())
        .unwrap_or("unknown");
    tracing::error!(message, "a handler panicked");
    ApiError::internal().into_response()
}
