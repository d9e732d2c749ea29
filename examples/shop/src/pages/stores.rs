//! "Our stores": the locator, and below it every store by region, which is what is there without script.

use std::collections::BTreeMap;

use axum::extract::State;
use devanture_api::store::Store;
use maud::{Markup, html};

use crate::{
    app::{SharedShop, Shop},
    lang::Lang,
    layout::{Page, wrap},
    link::Link,
};

pub(crate) async fn page(lang: Lang, State(shop): State<SharedShop>) -> Markup {
    let body = html! {
        section.stores {
            header.stores-head {
                h1 { (lang.t("Nos magasins", "Our stores")) }
                p { (lang.t("190 adresses en France, en Belgique et à La Réunion.", "190 addresses in France, Belgium and on Réunion.")) }
            }
            devanture-store-locator store-url=(Link::Store("{code}".into()).href(lang)) data-search-from-address="" {
                (fallback(&shop, lang))
            }
        }
        (directory(&shop, lang))
    };
    wrap(
        &shop,
        &Page {
            lang,
            link: Link::Stores,
            title: lang.t("Nos magasins", "Our stores").into(),
            description: lang
                .t(
                    "Les 190 magasins Lormelle : adresses, horaires, services.",
                    "Lormelle’s 190 stores: addresses, opening hours, services.",
                )
                .into(),
            kind: "stores",
            widgets: true,
            structured: None,
            body,
        },
    )
}

/// What is in the locator's place until it is loaded, and for good where it cannot be.
fn fallback(shop: &Shop, lang: Lang) -> Markup {
    const TOWNS: [&str; 14] = [
        "Paris 4e",
        "Lyon 2e",
        "Marseille 1er",
        "Toulouse",
        "Nice",
        "Nantes",
        "Montpellier",
        "Strasbourg",
        "Bordeaux",
        "Lille",
        "Rennes",
        "Reims",
        "Bruxelles",
        "Saint-Denis",
    ];
    let featured = TOWNS.iter().filter_map(|town| {
        let name = format!("{} {town}", shop.network.name);
        shop.network.stores.iter().find(|store| store.store.name == name).map(|store| &store.store)
    });
    html! {
        div.fallback {
            h2 { (lang.t("Les plus grands", "The largest")) }
            ul { @for store in featured { li { (entry(lang, store)) } } }
            p { a href="#annuaire" { (lang.t("Tous les magasins, par région", "All stores, by region")) } }
        }
    }
}

fn entry(lang: Lang, store: &Store) -> Markup {
    html! {
        a href=(Link::Store(store.code.clone()).href(lang)) { (store.name) }
        span.where { (store.address.street) ", " (store.address.postcode) " " (store.address.town) }
    }
}

fn directory(shop: &Shop, lang: Lang) -> Markup {
    let mut regions: BTreeMap<&str, Vec<&Store>> = BTreeMap::new();
    for store in &shop.network.stores {
        regions.entry(&store.region).or_default().push(&store.store);
    }
    html! {
        section.directory #annuaire aria-labelledby="annuaire-titre" {
            h2 #annuaire-titre { (lang.t("Par région", "By region")) }
            @for (region, stores) in &regions {
                details {
                    summary { (region) " " span.number { (stores.len()) } }
                    ul { @for store in stores { li { a href=(Link::Store(store.code.clone()).href(lang)) { (store.name) } } } }
                }
            }
        }
    }
}
