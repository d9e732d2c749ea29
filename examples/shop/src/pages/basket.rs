//! The basket, which lives in the browser's session and is drawn by `shop.js`.

use axum::extract::State;
use maud::{Markup, html};

use crate::{
    app::SharedShop,
    lang::Lang,
    layout::{Page, wrap},
    link::Link,
};

pub(crate) async fn page(lang: Lang, State(shop): State<SharedShop>) -> Markup {
    let body = html! {
        section.basket {
            h1 { (lang.t("Panier", "Basket")) }
            noscript { p { (lang.t("Le panier a besoin de JavaScript.", "The basket needs JavaScript.")) } }
            p.empty data-basket-empty="" hidden {
                (lang.t("Rien pour l’instant. ", "Nothing yet. "))
                a href=(Link::Home.href(lang)) { (lang.t("Voir la collection", "See the collection")) }
            }
            div data-basket-full="" hidden {
                ul.lines data-basket-lines=""
                    data-product=(lang.t("/produit/", "/en/product/")) data-remove=(lang.t("Retirer", "Remove"))
                    data-size=(lang.t("taille", "size")) data-quantity=(lang.t("Quantité", "Quantity")) {}
                p.total { (lang.t("Total", "Total")) " " strong data-basket-total="" {} }
                p { a.button href=(Link::Stores.href(lang)) { (lang.t("Choisir le magasin de retrait", "Choose a store for pick-up")) } }
                p.small { (lang.t("L’enseigne est imaginaire : on ne peut pas payer ici.", "The chain is invented: there is no checkout.")) }
            }
        }
    };
    wrap(
        &shop,
        &Page {
            lang,
            link: Link::Basket,
            title: lang.t("Panier", "Basket").into(),
            description: lang.t("Votre panier", "Your basket").into(),
            kind: "text",
            widgets: false,
            structured: None,
            body,
        },
    )
}
