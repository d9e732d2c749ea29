//! `GET /pages/{site}/stores/{slug}`

use axum::{extract::Path, http::HeaderMap, response::Response};
use devanture_api::{
    site::Label,
    store::{Promotion, Store},
};
use devanture_domain::civil::Date;
use devanture_storage::LabelKind;
use maud::{Markup, html};

use super::{Shown, hours, html as answer, jsonld, layout::Page, link::Links, moved, strings::Strings};
use crate::{
    directory::{Scope, SiteView},
    index::{Found, places::store_slug},
    problem::ApiError,
};

/// How many other stores are linked.
const NEARBY: usize = 6;

/// A store's page.
pub(super) async fn store(
    Shown { site, links }: Shown,
    Path((_, slug)): Path<(String, String)>,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let (index, store) = site.network.by_slug(&slug).ok_or_else(ApiError::store_not_found)?;
    if !site.shows(index) {
        return Err(ApiError::store_not_found());
    }
    if store_slug(&store) != slug {
        return Ok(moved(links.store(&store)));
    }
    let strings = Strings::of(&site.site.locale);
    let canonical = links.store(&store);
    let town = &store.address.town;
    let title = if store.name.contains(town.as_str()) || town.is_empty() {
        format!("{} | {}", store.name, site.site.name)
    } else {
        format!("{}, {town} | {}", store.name, site.site.name)
    };
    let place = if town.is_empty() { store.name.clone() } else { strings.in_town(&store.name, town) };
    let above: Vec<_> =
        (!town.is_empty()).then(|| (town.clone(), links.town_of(&store))).into_iter().collect();
    let page = Page {
        strings,
        lang: &site.site.locale,
        site_name: &site.site.name,
        home: &links.directory(),
        title: &title,
        description: &format!("{place} : {}.", strings.store_description).replace(" :", colon(strings)),
        canonical: &canonical,
        above: &above,
        data: Some(jsonld::clothing_store(&store, &canonical, &site.site.name, site.network.zone(index))),
        body: body(&site, &links, index, &store, strings),
    };
    Ok(answer(&headers, page.render()))
}

/// French sets colons apart.
fn colon(strings: &Strings) -> &'static str {
    if strings.lang == "fr" { "\u{a0}:" } else { ":" }
}

fn body(site: &SiteView, links: &Links, index: u32, store: &Store, strings: &Strings) -> Markup {
    let directions = format!(
        "https://www.openstreetmap.org/directions?to={}%2C{}",
        store.location.lat(),
        store.location.lng()
    );
    let labels = |kind, codes: &[String]| -> Vec<Label> {
        let all = site.network.labels(kind, &site.site.locale);
        all.into_iter().filter(|label| codes.contains(&label.code)).collect()
    };
    html! {
        h1 { (store.name) }
        p.lead { (store.address.postcode) " " (store.address.town) }
        div.cols {
            section {
                h2 { (strings.address) }
                address {
                    (store.address.street) br;
                    (store.address.postcode) " " (store.address.town)
                    @if let Some(region) = &store.address.region { ", " (region) }
                }
                ul.actions {
                    @if let Some(phone) = &store.phone {
                        li { a href=(format!("tel:{}", dialled(phone))) aria-label=(format!("{} {phone}", strings.phone)) { (phone) } }
                    }
                    li { a href=(directions) rel="noopener nofollow" { (strings.directions) } }
                    @if let Some(email) = &store.email { li { a href=(format!("mailto:{email}")) { (strings.email) } } }
                    @if let Some(url) = store.url.as_deref().filter(|url| url.starts_with("https://") || url.starts_with("http://")) {
                        li { a href=(url) { (strings.website) } }
                    }
                }
                (tags(strings.services, &labels(LabelKind::Service, &store.services)))
                (tags(strings.brands, &labels(LabelKind::Brand, &store.brands)))
            }
            section {
                h2 { (strings.opening_hours) }
                (hours::table(&store.hours, strings))
                p.lead { small { (strings.hours) " " (strings.local_time) " (" (store.time_zone) ")" } }
            }
        }
        @if !store.promotions.is_empty() {
            section {
                h2 { (strings.promotions) }
                @for promotion in &store.promotions { (offer(promotion, strings)) }
            }
        }
        (nearby(site, links, index, store, strings))
    }
}

fn dialled(phone: &str) -> String {
    phone.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect()
}

fn tags(title: &str, labels: &[Label]) -> Markup {
    html! {
        @if !labels.is_empty() {
            h2 { (title) }
            ul.tags { @for label in labels { li { (label.name) } } }
        }
    }
}

fn offer(promotion: &Promotion, strings: &Strings) -> Markup {
    let day = |date: Date| html! { time datetime=(date.to_text()) { (strings.date(date)) } };
    html! {
        article.offer {
            h3 { (promotion.title) }
            @if !promotion.text.is_empty() { p { (promotion.text) } }
            p { small {
                @if promotion.starts_on == promotion.ends_on {
                    (strings.on) " " (day(promotion.starts_on))
                } @else {
                    (strings.from) " " (day(promotion.starts_on)) " " (strings.until) " " (day(promotion.ends_on))
                }
            } }
        }
    }
}

/// Links to other stores, nearest first; a mini-site has none.
fn nearby(site: &SiteView, links: &Links, index: u32, store: &Store, strings: &Strings) -> Markup {
    if site.scope != Scope::Network {
        return html! {};
    }
    let (found, _) = site.network.nearest(store.location, None, NEARBY + 1, None);
    let others: Vec<(Found, Store)> = found
        .into_iter()
        .filter(|found| found.index != index)
        .take(NEARBY)
        .filter_map(|found| site.network.store(found.index).map(|store| (found, store)))
        .collect();
    html! {
        @if !others.is_empty() {
            section {
                h2 { (strings.nearby) }
                ul.list {
                    @for (found, other) in &others {
                        li {
                            a href=(links.store(other)) { (other.name) }
                            span { (other.address.street) ", " (other.address.postcode) " " (other.address.town) }
                            span { (strings.distance(found.distance_m())) }
                        }
                    }
                }
            }
        }
    }
}
