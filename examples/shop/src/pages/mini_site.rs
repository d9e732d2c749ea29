//! A franchisee's own site: one store, its key, its own words, in French only.

use std::collections::HashMap;

use axum::{
    Router,
    extract::{Path, Query, State},
    http::StatusCode,
    response::{IntoResponse, Response},
    routing::get,
};
use devanture_api::store::Store;
use devanture_demo::{
    MINI_SITE_STORE,
    catalogue::{Department, product as named},
};
use maud::{DOCTYPE, Markup, html};

use crate::{
    app::{SharedShop, Shop, with_status},
    lang::Lang,
    layout::{head, widget_script},
    link::{DEPARTMENTS, Link, department_path, picture},
};

use super::{card, legal::privacy_text, missing, product, store};

const WINDOW: [(&str, usize); 4] =
    [("pull-marin-ouessant", 0), ("mariniere-groix", 0), ("trench-bellerive", 0), ("cabas-marche", 1)];

pub(crate) fn routes() -> Router<SharedShop> {
    Router::new()
        .route("/", get(home))
        .route("/articles", get(articles))
        .route("/produit/{slug}", get(article))
        .route("/confidentialite", get(privacy))
        .fallback(absent)
}

async fn home(State(shop): State<SharedShop>) -> Response {
    let Some(found) = shop.store(MINI_SITE_STORE) else { return missing(&shop, Lang::Fr) };
    let store = &found.store;
    let body = html! {
        section.welcome {
            div.words {
                h1 { "Chez Anne et Yann, " em { "intra-muros" } }
                p.lead { "Lormelle à Guérande, c’est nous depuis onze ans : la maille avant la plage, l’ourlet pendant le marché, et le caban toute l’année." }
                p { a.button href="#magasin" { "Nous trouver" } }
            }
            img src="/img/facade.svg" alt="La devanture de Lormelle, sous son store rayé" width="640" height="420";
        }
        section.window aria-labelledby="vitrine" {
            h2 #vitrine { "En vitrine ces jours-ci" }
            ul {
                @for (slug, colour) in WINDOW {
                    @if let Some((product, colour)) = named(slug).and_then(|p| Some((p, p.colours.get(colour)?))) {
                        li {
                            a href=(Link::Product(product.slug).href(Lang::Fr)) {
                                img src=(picture(product, colour, "")) alt="" width="400" height="500" loading="lazy";
                                span { (product.name.fr) }
                            }
                            span.price { (Lang::Fr.price(product.price_cents)) }
                        }
                    }
                }
            }
            p { a.more href="/articles" { "Tout ce qu’il y a en magasin" } }
        }
        @if !store.promotions.is_empty() { (store::announcements(Lang::Fr, store)) }
        section.here #magasin aria-labelledby="magasin-titre" {
            h2 #magasin-titre { "Le magasin" }
            devanture-store-locator.one-store {
                div.facts {
                    (store::address(Lang::Fr, store))
                    (store::hours(&shop, Lang::Fr, store))
                    (store::offers(&shop, Lang::Fr, store))
                }
            }
        }
    };
    wrap(&shop, store, &store.name, None, &body).into_response()
}

/// What the store has, a department at a time.
async fn articles(State(shop): State<SharedShop>, Query(query): Query<HashMap<String, String>>) -> Response {
    let Some(found) = shop.store(MINI_SITE_STORE) else { return missing(&shop, Lang::Fr) };
    let asked = query.get("rayon").map_or("", String::as_str);
    let here = DEPARTMENTS.into_iter().find(|here| department_path(*here, Lang::Fr) == asked);
    let here = here.unwrap_or(DEPARTMENTS[0]);
    let all: Vec<_> = shop.assortment.iter().copied().filter(|product| product.department == here).collect();
    let body = html! {
        section.department {
            header.department-head {
                h1 { "En magasin " em { (Lang::Fr.department(here).to_lowercase()) } }
                p { "Ce que vous pouvez essayer chez nous, à Guérande." }
                nav.families aria-label="Rayons" {
                    @for department in DEPARTMENTS {
                        a href=(articles_of(department)) aria-current=[(department == here).then_some("true")] { (Lang::Fr.department(department)) }
                    }
                }
            }
            (card::pages(&shop, Lang::Fr, &all, &format!("{}&", articles_of(here)), &query))
        }
    };
    wrap(&shop, &found.store, "En magasin", None, &body).into_response()
}

fn articles_of(department: Department) -> String {
    format!("/articles?rayon={}", department_path(department, Lang::Fr))
}

/// A product that the store has: no basket, but the stores that hold it, this one first.
async fn article(
    State(shop): State<SharedShop>,
    Path(slug): Path<String>,
    Query(query): Query<HashMap<String, String>>,
) -> Response {
    let Some(found) = shop.store(MINI_SITE_STORE) else { return missing(&shop, Lang::Fr) };
    let product = shop.assortment.iter().copied().find(|product| product.slug == slug);
    let Some((product, colour)) = product.and_then(|p| Some((p, product::shown(Lang::Fr, p, &query)?)))
    else {
        return absent(State(shop)).await;
    };
    let lang = Lang::Fr;
    let body = html! {
        nav.crumbs aria-label="Fil d’Ariane" {
            ol {
                li { a href="/" { "Accueil" } }
                li { a href=(articles_of(product.department)) { (lang.department(product.department)) } }
            }
        }
        article.product {
            (product::gallery(lang, product, colour))
            div.info {
                p.brand { (shop.brand_name(product.brand)) }
                h1 { (product.name.fr) }
                (card::price(lang, product))
                p.about { (product.about.fr) }
                devanture-stock-locator.try-on product-id=(product.slug) limit="4" {
                    p { "Nous l’avons au magasin : " a href="/#magasin" { "passez, ou appelez-nous" } "." }
                }
                (product::details(lang, product))
            }
        }
    };
    // The same product has a page in the shop, which is the one that search engines are to show.
    let canonical = format!("{}{}", shop.origins.shop, Link::Product(product.slug).href(lang));
    wrap(&shop, &found.store, product.name.fr, Some(&canonical), &body).into_response()
}

async fn absent(State(shop): State<SharedShop>) -> Response {
    let Some(found) = shop.store(MINI_SITE_STORE) else { return missing(&shop, Lang::Fr) };
    let body = html! {
        section.prose {
            h1 { "Nous n’avons pas cela" }
            p { "L’adresse n’existe pas, ou l’article n’est plus au magasin." }
            p { a.button href="/articles" { "Voir ce qu’il y a" } }
        }
    };
    with_status(StatusCode::NOT_FOUND, wrap(&shop, &found.store, "Page introuvable", None, &body))
}

async fn privacy(State(shop): State<SharedShop>) -> Response {
    let Some(found) = shop.store(MINI_SITE_STORE) else { return missing(&shop, Lang::Fr) };
    let body = html! { section.prose { h1 { "Confidentialité" } (privacy_text(Lang::Fr)) } };
    wrap(&shop, &found.store, "Confidentialité", None, &body).into_response()
}

fn wrap(shop: &Shop, store: &Store, title: &str, canonical: Option<&str>, body: &Markup) -> Markup {
    let description = format!("{}, {} {}", store.address.street, store.address.postcode, store.address.town);
    html! {
        (DOCTYPE)
        html lang="fr" {
            head {
                (head(title, &description))
                @if let Some(url) = canonical { link rel="canonical" href=(url); }
                (widget_script(&shop.api, &shop.mini_site_key))
            }
            body.mini {
                a.skip href="#contenu" { "Aller au contenu" }
                header.top {
                    a.wordmark href="/" { "Lormelle " em { "Guérande" } }
                    div.tools { a href="/articles" { "En magasin" } a href=(shop.origins.shop) { "La boutique en ligne" } }
                }
                main #contenu tabindex="-1" { (body) }
                footer.bottom {
                    p.small {
                        "Magasin franchisé, tenu par Anne et Yann Kervadec. "
                        a href="/confidentialite" { "Confidentialité" } " · "
                        a href={ (shop.origins.shop) (Link::Legal.href(Lang::Fr)) } { "Mentions légales" }
                    }
                }
            }
        }
    }
}
