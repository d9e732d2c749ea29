//! Store pages for search engines and for shoppers without script: one per store and one per town,
//! in the site's language.

mod directory;
mod hours;
mod jsonld;
mod layout;
mod link;
mod sitemap;
mod store;
mod strings;
#[cfg(test)]
mod tests;
mod town;

use std::sync::Arc;

use axum::{
    Router,
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse as _, Response},
    routing::get,
};
use maud::Markup;

use crate::{App, cache::Tagged, directory::SiteView, problem::ApiError};

const HTML: &str = "text/html; charset=utf-8";
/// Opening hours and promotions are printed in it.
const CACHED: &str = "public, max-age=300, stale-while-revalidate=3600";

pub(crate) fn router() -> Router<App> {
    Router::new()
        .route("/pages/{site}", get(directory::directory))
        .route("/pages/{site}/stores/{slug}", get(store::store))
        .route("/pages/{site}/towns/{country}/{town}", get(town::town))
        .route("/pages/{site}/sitemap.xml", get(sitemap::sitemap))
}

fn find(app: &App, site: &str) -> Result<Arc<SiteView>, ApiError> {
    app.directory().load().by_id(site).cloned().ok_or_else(ApiError::not_found)
}

fn html(headers: &HeaderMap, page: Markup) -> Response {
    Tagged::new(page.into_string()).respond(headers, HTML, CACHED)
}

/// 301 to the one address of this page.
fn moved(to: String) -> Response {
    (StatusCode::MOVED_PERMANENTLY, [(header::LOCATION, to)]).into_response()
}
