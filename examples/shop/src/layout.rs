//! What surrounds every page of the shop.

use devanture_demo::NAME;
use maud::{DOCTYPE, Markup, PreEscaped, html};

use crate::{
    app::Shop,
    lang::Lang,
    link::{DEPARTMENTS, Link},
    till,
};

/// A page before it is wrapped.
pub(crate) struct Page {
    pub(crate) lang: Lang,
    pub(crate) link: Link,
    pub(crate) title: String,
    pub(crate) description: String,
    /// Name of the page's kind, for its styles.
    pub(crate) kind: &'static str,
    /// Whether it embeds widgets.
    pub(crate) widgets: bool,
    /// JSON-LD, if it has any.
    pub(crate) structured: Option<String>,
    pub(crate) body: Markup,
}

/// The one script tag that embeds Devanture.
pub(crate) fn widget_script(api: &str, key: &str) -> Markup {
    html! { script src={ (api) "/devanture.js" } data-site-key=(key) async {} }
}

/// JSON-LD; `<` is written so that no text of it can end the element.
pub(crate) fn json_ld(json: &str) -> Markup {
    html! { script type="application/ld+json" { (PreEscaped(json.replace('<', "\\u003c"))) } }
}

pub(crate) fn head(title: &str, description: &str) -> Markup {
    html! {
        meta charset="utf-8";
        meta name="viewport" content="width=device-width, initial-scale=1";
        title { (title) }
        meta name="description" content=(description);
        meta name="color-scheme" content="light dark";
        link rel="icon" type="image/svg+xml" href="/favicon.svg";
        link rel="stylesheet" href="/shop.css";
        script src="/shop.js" type="module" {}
    }
}

pub(crate) fn wrap(shop: &Shop, page: &Page) -> Markup {
    let Page { lang, link, .. } = page;
    let lang = *lang;
    let title = match link {
        Link::Home => format!("{NAME}, {}", page.title),
        _ => format!("{} · {NAME}", page.title),
    };
    html! {
        (DOCTYPE)
        html lang=(lang.tag()) {
            head {
                (head(&title, &page.description))
                link rel="canonical" href={ (shop.origins.shop) (link.href(lang)) };
                @for each in [Lang::Fr, Lang::En] {
                    link rel="alternate" hreflang=(each.tag()) href={ (shop.origins.shop) (link.href(each)) };
                }
                @if page.widgets { (widget_script(&shop.api, &shop.key)) }
                @if let Some(json) = &page.structured { (json_ld(json)) }
            }
            body class={ "page-" (page.kind) } {
                a.skip href="#contenu" { (lang.t("Aller au contenu", "Skip to content")) }
                (header(lang, link))
                main #contenu tabindex="-1" { (page.body) }
                (footer(shop, lang, &link.href(lang)))
            }
        }
    }
}

fn header(lang: Lang, here: &Link) -> Markup {
    html! {
        header {
        p.banner { (lang.t("Retrait gratuit dans nos 190 magasins, et 30 jours pour changer d’avis", "Free pick-up in our 190 stores, and 30 days to change your mind")) }
        div.top {
            a.wordmark href=(Link::Home.href(lang)) aria-label={ (NAME) ", " (lang.t("accueil", "home")) } { (NAME) }
            nav.menu aria-label=(lang.t("Rayons", "Departments")) {
                ul {
                    @for department in DEPARTMENTS {
                        @let current = matches!(here, Link::Department(at) if *at == department);
                        li { a href=(Link::Department(department).href(lang)) aria-current=[current.then_some("page")] { (lang.department(department)) } }
                    }
                    li.apart { a href=(Link::Stores.href(lang)) aria-current=[matches!(here, Link::Stores | Link::Store(_)).then_some("page")] { (lang.t("Magasins", "Stores")) } }
                }
            }
            div.tools {
                a.language href=(here.href(lang.other())) hreflang=(lang.other().tag()) lang=(lang.other().tag()) {
                    span.long { (lang.t("English", "Français")) }
                    span.short aria-hidden="true" { (lang.t("EN", "FR")) }
                }
                a.basket-link href=(Link::Basket.href(lang)) {
                    (bag_icon())
                    span.word { (lang.t("Panier", "Basket")) }
                    span.count data-basket-count="" data-none=(lang.t("vide", "empty")) {}
                }
            }
        }
        }
    }
}

fn bag_icon() -> Markup {
    PreEscaped(r#"<svg viewBox="0 0 24 24" width="22" height="22" fill="none" stroke="currentColor" stroke-width="1.6" stroke-linejoin="round" aria-hidden="true"><path d="M5 8h14l1 12.500H4Z"/><path d="M8.500 10.500V7a3.500 3.500 0 0 1 7 0v3.500" stroke-linecap="round"/></svg>"#.into())
}

fn footer(shop: &Shop, lang: Lang, here: &str) -> Markup {
    html! {
        footer.bottom {
            div.columns {
                div.about {
                    p.wordmark { (NAME) }
                    p { (lang.t(
                        "Drapiers à Angers depuis 1926. Sept marques que nous dessinons ou choisissons, et 190 magasins tenus par des gens qui savent faire un ourlet.",
                        "Drapers in Angers since 1926. Seven labels that we draw or choose, and 190 stores run by people who can hem a trouser leg.",
                    )) }
                }
                nav aria-label=(lang.t("Rayons, bas de page", "Departments, footer")) {
                    h2 { (lang.t("Rayons", "Departments")) }
                    ul { @for department in DEPARTMENTS { li { a href=(Link::Department(department).href(lang)) { (lang.department(department)) } } } }
                }
                nav aria-label=(lang.t("Magasins, bas de page", "Stores, footer")) {
                    h2 { (lang.t("Magasins", "Stores")) }
                    ul {
                        li { a href=(Link::Stores.href(lang)) { (lang.t("Trouver un magasin", "Find a store")) } }
                        li { a href={ (shop.origins.mini_site) "/" } { "Lormelle Guérande" } }
                    }
                }
                nav aria-label=(lang.t("À propos", "About")) {
                    h2 { (lang.t("Informations", "Information")) }
                    ul {
                        li { a href=(Link::Privacy.href(lang)) { (lang.t("Confidentialité", "Privacy")) } }
                        li { a href=(Link::Legal.href(lang)) { (lang.t("Mentions légales", "Legal notice")) } }
                    }
                }
            }
            (till::switch(shop, lang, here))
            p.small { (lang.t(
                "Lormelle est une enseigne imaginaire : rien n’est en vente. Positions des villes : GeoNames, CC BY 4.0.",
                "Lormelle is an invented chain: nothing is for sale. Positions of towns: GeoNames, CC BY 4.0.",
            )) }
        }
    }
}
