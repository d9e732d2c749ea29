//! `GET /pages/{site}/sitemap.xml`

use axum::{
    extract::{Path, State},
    http::HeaderMap,
    response::Response,
};

use super::{CACHED, directory::towns, find, link::Links};
use crate::{App, cache::Tagged, problem::ApiError};

/// A sitemap holds no more (sitemaps.org); stores come first, so that only town pages are left out.
const MOST: usize = 50_000;

/// Every page of the site, for search engines.
pub(super) async fn sitemap(
    State(app): State<App>,
    Path(site): Path<String>,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let site = find(&app, &site)?;
    let links = Links::of(&app, &site);
    let shown = (0..site.network.len()).filter(|index| site.shows(*index));
    let stores = shown.filter_map(|index| site.network.store(index)).map(|store| links.store(&store));
    let towns = towns(&site).map(|(country, slug, ..)| links.town(country, slug));
    let mut xml = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n",
    );
    for url in std::iter::once(links.directory()).chain(stores).chain(towns).take(MOST) {
        // The only sign in an address that XML takes for its own.
        xml.push_str("<url><loc>");
        xml.push_str(&url.replace('&', "&amp;"));
        xml.push_str("</loc></url>\n");
    }
    xml.push_str("</urlset>\n");
    Ok(Tagged::new(xml).respond(&headers, "application/xml", CACHED))
}
