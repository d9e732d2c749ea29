//! Widgets' first views as HTML: what a shopper sees while the widget itself is still on its way.
//!
//! The loader puts it into the element's shadow root, below the widget's own style sheet, and the
//! widget replaces it by the same picture, alive. So it is drawn with the widget's class names, texts
//! and icons, and only in languages whose clock and numbers are sure to be written as the browser does.

mod locator;
mod opening;
pub(crate) mod reviews;
#[cfg(test)]
mod tests;
mod words;

use axum::{
    extract::State,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse as _, Response},
};
use devanture_api::{
    problem::Problem,
    store::{StorePage, StoreParams, ViewParams},
};

use crate::{
    App,
    cache::Tagged,
    endpoints::{BRIEFLY, stores},
    extract::{Query, Storefront},
    problem::ApiError,
};
use words::Words;

const HTML: &str = "text/html; charset=utf-8";

/// The store locator's first list, drawn.
#[utoipa::path(get, path = "/v1/ssr/store-locator", tag = "stores", security(("key" = []), ("key_param" = [])),
    params(StoreParams, ViewParams), responses(
    (status = 200, description = "An HTML document; its body's only element is the view", body = String, content_type = "text/html"),
    (status = 204, description = "There is no view in this language"),
    (status = 304, description = "Unchanged"),
    (status = 400, description = "A parameter is not of the documented form", body = Problem, content_type = "application/problem+json"),
    (status = "4XX", description = "Refused", body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn store_locator(
    State(app): State<App>,
    Storefront(site): Storefront,
    Query(params): Query<StoreParams>,
    Query(view): Query<ViewParams>,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let accepted = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
    let Some(words) = Words::of(&view.lang, accepted.unwrap_or_default()) else {
        // No error: browsers would print it where the shop's developers look for theirs.
        return Ok(StatusCode::NO_CONTENT.into_response());
    };
    let json = stores::list(&app, &site, &params).await?;
    let page: StorePage = serde_json::from_slice(&json).map_err(|error| {
        tracing::error!(%error, "a list of stores does not read back");
        ApiError::internal()
    })?;
    let html = locator::draw(&page, &words, app.now(), view.utc_offset);
    let mut response = Tagged::new(html.into_string()).respond(&headers, HTML, BRIEFLY);
    response.headers_mut().append(header::VARY, HeaderValue::from_static("accept-language"));
    Ok(response)
}
