//! `GET /pages/{site}/towns/{country}/{town}`

use axum::{extract::Path, http::HeaderMap, response::Response};
use devanture_api::store::Store;
use devanture_gazetteer::country_name;
use maud::html;
use serde_json::json;

use super::{Shown, html as answer, layout::Page, moved, strings::Strings};
use crate::{index::fold, problem::ApiError};

/// The stores of a town.
pub(super) async fn town(
    Shown { site, links }: Shown,
    Path((_, country, slug)): Path<(String, String, String)>,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    // `/FR/Nantes` and `/fr/nantes` are one page.
    let canonical_country = country.to_ascii_lowercase();
    let canonical_slug = if slug == "-" { slug.clone() } else { fold(&slug).replace(' ', "-") };
    let places = site.network.places();
    let town = places.town(&canonical_country, &canonical_slug).ok_or_else(ApiError::not_found)?;
    let stores: Vec<Store> = town
        .stores
        .iter()
        .filter(|index| site.shows(**index))
        .filter_map(|index| site.network.store(*index))
        .collect();
    if stores.is_empty() {
        return Err(ApiError::not_found());
    }
    let canonical = links.town(&canonical_country, &canonical_slug);
    if (&canonical_country, &canonical_slug) != (&country, &slug) {
        return Ok(moved(canonical));
    }
    let strings = Strings::of(&site.site.locale);
    let name = if town.name.is_empty() {
        country_name(&country.to_uppercase(), strings.lang).to_owned()
    } else {
        town.name.clone()
    };
    let heading = strings.in_town(&site.site.name, &name);
    let items: Vec<_> = (1..)
        .zip(&stores)
        .map(|(position, store)| json!({ "@type": "ListItem", "position": position, "url": links.store(store), "name": store.name }))
        .collect();
    let page = Page {
        strings,
        lang: &site.site.locale,
        site_name: &site.site.name,
        home: &links.directory(),
        title: &format!("{heading} | {}", strings.count(stores.len())),
        description: &format!("{heading} – {}.", strings.list_description),
        canonical: &canonical,
        above: &[],
        data: Some(
            json!({ "@context": "https://schema.org", "@type": "ItemList", "itemListElement": items }),
        ),
        body: html! {
            h1 { (heading) }
            p.lead { (strings.count(stores.len())) }
            ul.list {
                @for store in &stores {
                    li {
                        a href=(links.store(store)) { (store.name) }
                        span { (store.address.street) }
                        span { (store.address.postcode) " " (store.address.town) }
                        @if let Some(phone) = &store.phone { span { (phone) } }
                    }
                }
            }
        },
    };
    Ok(answer(&headers, page.render()))
}
