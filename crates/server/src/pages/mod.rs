//! Store pages for search engines and for shoppers without script: one per store and one per town,
//! in the site's language.

mod directory;
pub(crate) mod hours;
mod jsonld;
mod layout;
mod link;
mod sitemap;
mod store;
pub(crate) mod strings;
#[cfg(test)]
mod tests;
mod town;

use std::sync::Arc;

use axum::{
    Router,
    extract::{FromRequestParts, Path},
    http::{HeaderMap, StatusCode, header, request::Parts},
    response::{IntoResponse as _, Response},
    routing::get,
};
pub(crate) use layout::script_safe;
use link::Links;
use maud::Markup;
use serde::Deserialize;

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

/// The site of a page's address, and the links of its pages.
struct Shown {
    site: Arc<SiteView>,
    links: Links,
}

impl FromRequestParts<App> for Shown {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, ApiError> {
        #[derive(Deserialize)]
        struct Named {
            site: String,
        }
        let Path(named) =
            Path::<Named>::from_request_parts(parts, app).await.map_err(|_| ApiError::not_found())?;
        let site = app.directory().load().by_id(&named.site).cloned().ok_or_else(ApiError::not_found)?;
        Ok(Self { links: Links::of(app, &site), site })
    }
}

fn html(headers: &HeaderMap, page: Markup) -> Response {
    Tagged::new(page.into_string()).respond(headers, HTML, CACHED)
}

/// 301 to the one address of this page.
fn moved(to: String) -> Response {
    (StatusCode::MOVED_PERMANENTLY, [(header::LOCATION, to)]).into_response()
}
