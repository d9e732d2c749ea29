//! `GET /pages/{site}/sitemap.xml`

use axum::{http::HeaderMap, response::Response};
use serde::Deserialize;

use super::{CACHED, Shown, directory::towns};
use crate::{cache::Tagged, extract::Query, problem::ApiError};

/// A sitemap holds no more (sitemaps.org); what is beyond has further ones, and an index of them.
const MOST: usize = 50_000;

#[derive(Deserialize)]
pub(super) struct Asked {
    /// From 1.
    part: Option<usize>,
}

/// Every page of the site, for search engines.
pub(super) async fn sitemap(
    Shown { site, links }: Shown,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let shown = (0..site.network.len()).filter(|index| site.shows(*index));
    let stores = shown.filter_map(|index| site.network.store(index)).map(|store| links.store(&store));
    let towns = towns(&site).map(|(country, slug, ..)| links.town(country, slug));
    let pages: Vec<String> = std::iter::once(links.directory()).chain(stores).chain(towns).collect();
    let address = format!("{}/sitemap.xml", links.directory());
    let xml = written(&pages, MOST, asked.part, &address).ok_or_else(ApiError::not_found)?;
    Ok(Tagged::new(xml).respond(&headers, "application/xml", CACHED))
}

/// The pages themselves when one sitemap holds them all, else an index of its parts; or the part that is asked for,
/// `None` when there is none of that number. An index names parts of its own origin, so by the map's public address.
fn written(pages: &[String], most: usize, part: Option<usize>, address: &str) -> Option<String> {
    let mut parts = pages.chunks(most);
    match part {
        None if parts.len() > 1 => {
            let addresses = (1..=parts.len()).map(|number| format!("{address}?part={number}"));
            Some(document("sitemapindex", "sitemap", addresses))
        }
        part => {
            let part = parts.nth(part.unwrap_or(1).checked_sub(1)?)?;
            Some(document("urlset", "url", part.iter().cloned()))
        }
    }
}

fn document(root: &str, entry: &str, addresses: impl Iterator<Item = String>) -> String {
    let mut xml = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<{root} xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n"
    );
    for address in addresses {
        // The only sign in an address that XML takes for its own.
        let address = address.replace('&', "&amp;");
        xml.extend(["<", entry, "><loc>", &address, "</loc></", entry, ">\n"]);
    }
    xml.extend(["</", root, ">\n"]);
    xml
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::TestApp;

    fn addresses(xml: &str) -> Vec<&str> {
        xml.lines().filter_map(|line| Some(line.split_once("<loc>")?.1.split_once("</loc>")?.0)).collect()
    }

    #[test]
    fn more_than_one_map_holds_become_parts_with_an_index() {
        let pages: Vec<String> = (0..7).map(|n| format!("https://a.example/stores/{n}?x&y")).collect();
        let ask = |count: usize, part| written(&pages[..count], 3, part, "https://a.example/sitemap.xml");

        let whole = ask(3, None).unwrap();
        assert!(whole.contains("<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">"), "{whole}");
        assert_eq!(addresses(&whole).len(), 3);
        assert_eq!(ask(3, Some(1)).unwrap(), whole);
        assert_eq!(ask(3, Some(2)), None);

        let index = ask(7, None).unwrap();
        assert!(index.contains("<sitemapindex xmlns=") && !index.contains("<url"), "{index}");
        let parts = [1, 2, 3].map(|part| format!("https://a.example/sitemap.xml?part={part}"));
        assert_eq!(addresses(&index), parts);
        let all = [1, 2, 3].map(|part| ask(7, Some(part)).unwrap());
        assert!(all.iter().all(|part| part.contains("<urlset ")));
        let listed: Vec<String> =
            all.iter().flat_map(|part| addresses(part)).map(|url| url.replace("&amp;", "&")).collect();
        assert_eq!(listed, pages, "each page once, in order");
        assert_eq!((ask(7, Some(0)), ask(7, Some(4))), (None, None));
    }

    #[tokio::test]
    async fn a_part_that_there_is_not() {
        let app = TestApp::new().await;
        let whole = app.get_plain("/pages/shop/sitemap.xml").await.text();
        assert_eq!(app.get_plain("/pages/shop/sitemap.xml?part=1").await.text(), whole);
        for part in ["0", "2", "18446744073709551615"] {
            app.get_plain(&format!("/pages/shop/sitemap.xml?part={part}")).await.problem(404, "not_found");
        }
        assert_eq!(app.get_plain("/pages/shop/sitemap.xml?part=two").await.status, 400);
        app.get_plain("/pages/nobody/sitemap.xml").await.problem(404, "not_found");
    }
}
