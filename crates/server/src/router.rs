//! Which address is answered by what.

use axum::{
    Router,
    http::StatusCode,
    middleware::{from_fn, from_fn_with_state},
};
use tower_http::{
    CompressionLevel, catch_panic::CatchPanicLayer, compression::CompressionLayer, timeout::TimeoutLayer,
};

use crate::{App, assets, layers, openapi, pages, problem::ApiError};

/// The whole server.
pub fn router(app: App) -> Router {
    let (storefront, open) = openapi::routers();
    let storefront = storefront.route_layer(from_fn_with_state(app.clone(), layers::storefront::storefront));
    let open =
        open.merge(pages::router()).route_layer(from_fn_with_state(app.clone(), layers::limits::by_address));
    let answers = storefront
        .merge(open)
        // Level 1 of each: an answer is made once, unlike a file.
        .layer(CompressionLayer::new().quality(CompressionLevel::Fastest));
    let answers = match app.config().assets.as_deref() {
        Some(folder) => answers.merge(assets::router(folder)),
        None => answers,
    };
    let timeout = app.config().timeout;
    answers
        .fallback(async || ApiError::not_found())
        .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, timeout))
        .layer(CatchPanicLayer::custom(layers::problems::panicked))
        .layer(from_fn(layers::problems::problems))
        .layer(from_fn(layers::log::log))
        .with_state(app)
}

/// The paths of the contract, so that a test can hold the router to them.
#[cfg(test)]
pub(crate) const STOREFRONT_PATHS: [&str; 8] = [
    devanture_api::routes::SITE,
    devanture_api::routes::SUGGEST,
    devanture_api::routes::STORES,
    devanture_api::routes::STORE_INDEX,
    devanture_api::routes::STORE,
    devanture_api::routes::SLOTS,
    devanture_api::routes::APPOINTMENTS,
    devanture_api::routes::APPOINTMENT,
];
