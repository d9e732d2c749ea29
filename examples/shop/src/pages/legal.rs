//! Privacy and legal notice.

use axum::extract::State;
use maud::{Markup, html};

use crate::{
    app::SharedShop,
    lang::Lang,
    layout::{Page, wrap},
    link::Link,
};

pub(crate) async fn privacy(lang: Lang, State(shop): State<SharedShop>) -> Markup {
    text(&shop, lang, Link::Privacy, lang.t("Confidentialité", "Privacy"), &privacy_text(lang))
}

/// What becomes of personal data, for the shop and its mini-sites.
pub(crate) fn privacy_text(lang: Lang) -> Markup {
    html! {
        h2 { (lang.t("Sans compte, sans cookie", "No account, no cookie")) }
        p { (lang.t(
            "Ce site ne pose aucun cookie et ne charge rien d’autre que ses propres pages et le localisateur de magasins, qui vient de notre serveur.",
            "This site sets no cookie and loads nothing but its own pages and the store locator, which comes from our server.",
        )) }
        h2 { (lang.t("Votre position", "Your position")) }
        p { (lang.t(
            "Elle n’est demandée que si vous cliquez sur « Me localiser ». Elle sert à trier les magasins et n’est pas conservée.",
            "It is only asked for when you click “Use my position”. It sorts the stores and is not kept.",
        )) }
        h2 { (lang.t("Rendez-vous", "Appointments")) }
        p { (lang.t(
            "Votre nom et votre moyen de contact vont au magasin choisi, et à lui seul. Ils sont effacés trente jours après le rendez-vous.",
            "Your name and how to reach you go to the store you chose, and to no other. They are erased thirty days after the appointment.",
        )) }
        h2 { (lang.t("Ce qui reste dans votre navigateur", "What stays in your browser")) }
        p { (lang.t(
            "Le panier, jusqu’à la fermeture de l’onglet ; « mon magasin », si vous en choisissez un.",
            "The basket, until you close the tab; “my store”, if you choose one.",
        )) }
    }
}

pub(crate) async fn notice(lang: Lang, State(shop): State<SharedShop>) -> Markup {
    let body = html! {
        p { (lang.t(
            "Lormelle est une enseigne imaginaire, faite pour montrer Devanture. Ses magasins, ses marques, ses numéros de téléphone et ses vêtements n’existent pas ; les villes, si.",
            "Lormelle is an invented chain, made to show Devanture. Its stores, labels, phone numbers and clothes do not exist; the towns do.",
        )) }
        h2 { (lang.t("Sources", "Sources")) }
        ul {
            li { "GeoNames, CC BY 4.0" (lang.t(" : positions des villes.", ": positions of towns.")) }
            li { "INSEE, La Poste, Licence Ouverte 2.0" (lang.t(" : codes postaux, régions.", ": postcodes, regions.")) }
            li { (lang.t("Dessins : les nôtres.", "Drawings: our own.")) }
        }
    };
    text(&shop, lang, Link::Legal, lang.t("Mentions légales", "Legal notice"), &body)
}

fn text(shop: &SharedShop, lang: Lang, link: Link, title: &str, body: &Markup) -> Markup {
    wrap(
        shop,
        &Page {
            lang,
            link,
            title: title.into(),
            description: title.into(),
            kind: "text",
            widgets: false,
            structured: None,
            body: html! { section.prose { h1 { (title) } (body) } },
        },
    )
}
