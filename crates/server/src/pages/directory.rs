//! `GET /pages/{site}`

use std::collections::BTreeMap;

use axum::{http::HeaderMap, response::Response};
use devanture_gazetteer::country_name;
use maud::html;

use super::{Shown, html as answer, layout::Page, strings::Strings};
use crate::{directory::SiteView, problem::ApiError};

/// Every town with a store, by country.
pub(super) async fn directory(
    Shown { site, links }: Shown,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let strings = Strings::of(&site.site.locale);
    let mut total = 0;
    let mut countries: BTreeMap<&str, Vec<(&str, &str, usize)>> = BTreeMap::new();
    for (country, slug, name, count) in towns(&site) {
        total += count;
        countries.entry(country).or_default().push((slug, name, count));
    }
    let title = format!("{} | {}", strings.all_stores, site.site.name);
    let canonical = links.directory();
    let page = Page {
        strings,
        lang: &site.site.locale,
        site_name: &site.site.name,
        home: &canonical,
        title: &title,
        description: &format!("{} – {}.", site.site.name, strings.list_description),
        canonical: &canonical,
        above: &[],
        data: None,
        body: html! {
            h1 { (strings.all_stores) }
            p.lead { (strings.count(total)) }
            @for (country, towns) in &countries {
                @if countries.len() > 1 { h2 { (country_name(&country.to_uppercase(), strings.lang)) } }
                ul.towns {
                    @for (slug, name, count) in towns {
                        li {
                            a href=(links.town(country, slug)) { @if name.is_empty() { (country_name(&country.to_uppercase(), strings.lang)) } @else { (name) } }
                            @if *count > 1 { " (" (count) ")" }
                        }
                    }
                }
            }
        },
    };
    Ok(answer(&headers, page.render()))
}

/// Country, slug, name and number of stores of the towns that the site shows.
pub(super) fn towns(site: &SiteView) -> impl Iterator<Item = (&str, &str, &str, usize)> {
    site.network.places().towns().filter_map(|(country, slug, town)| {
        let shown = town.stores.iter().filter(|index| site.shows(**index)).count();
        (shown > 0).then_some((country, slug, town.name.as_str(), shown))
    })
}
