//! The shop's pages.

mod basket;
mod card;
mod department;
pub(crate) mod home;
mod legal;
pub(crate) mod mini_site;
mod product;
mod store;
mod stores;

use axum::{
    Router,
    extract::State,
    http::{StatusCode, Uri},
    response::Response,
    routing::get,
};
use maud::html;

use crate::{
    app::{SharedShop, with_status},
    lang::Lang,
    layout::{Page, wrap},
    link::{DEPARTMENTS, Link, department_path},
};

/// All pages of one language, below that language's root.
pub(crate) fn routes(lang: Lang) -> Router<SharedShop> {
    let mut router = Router::new()
        .route("/", get(move |state| home::page(lang, state)))
        .route(
            lang.t("/produit/{slug}", "/product/{slug}"),
            get(move |state, path, query| product::page(lang, state, path, query)),
        )
        .route(lang.t("/magasins", "/stores"), get(move |state| stores::page(lang, state)))
        .route(
            lang.t("/magasins/{code}", "/stores/{code}"),
            get(move |state, path| store::page(lang, state, path)),
        )
        .route(lang.t("/panier", "/basket"), get(move |state| basket::page(lang, state)))
        .route(lang.t("/confidentialite", "/privacy"), get(move |state| legal::privacy(lang, state)))
        .route(lang.t("/mentions-legales", "/legal"), get(move |state| legal::notice(lang, state)));
    for department in DEPARTMENTS {
        let path = format!("/{}", department_path(department, lang));
        router =
            router.route(&path, get(move |state, query| department::page(lang, department, state, query)));
    }
    router
}

pub(crate) async fn not_found(State(shop): State<SharedShop>, uri: Uri) -> Response {
    let lang = if uri.path().starts_with("/en/") { Lang::En } else { Lang::Fr };
    missing(&shop, lang)
}

pub(crate) fn missing(shop: &SharedShop, lang: Lang) -> Response {
    let page = Page {
        lang,
        link: Link::Home,
        title: lang.t("page introuvable", "page not found").into(),
        description: String::new(),
        kind: "text",
        widgets: false,
        structured: None,
        body: html! {
            section.prose {
                h1 { (lang.t("Cette page a été décousue", "This page has come unstitched")) }
                p { (lang.t("L’adresse n’existe pas, ou n’existe plus.", "There is nothing at this address, or not any more.")) }
                p { a.button href=(Link::Home.href(lang)) { (lang.t("Revenir à l’accueil", "Back to the home page")) } }
            }
        },
    };
    with_status(StatusCode::NOT_FOUND, wrap(shop, &page))
}
