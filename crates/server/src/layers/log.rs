//! One line per request, without personal data: the route's pattern instead of the address asked for,
//! no query, no client address.

use std::time::Instant;

use axum::{
    extract::{MatchedPath, Request},
    middleware::Next,
    response::Response,
};

pub(crate) async fn log(request: Request, next: Next) -> Response {
    if !tracing::enabled!(target: "devanture::request", tracing::Level::INFO) {
        return next.run(request).await;
    }
    let begun = Instant::now();
    let method = request.method().clone();
    let route = request.extensions().get::<MatchedPath>().cloned();
    let response = next.run(request).await;
    let route = route.as_ref().map_or("-", MatchedPath::as_str);
    let elapsed_us = u64::try_from(begun.elapsed().as_micros()).unwrap_or(u64::MAX);
    tracing::info!(target: "devanture::request", %method, route, status = response.status().as_u16(), elapsed_us);
    response
}
