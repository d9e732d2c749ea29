//! The front page.

use axum::extract::State;
use devanture_demo::catalogue::{Department, Product, product};
use maud::{Markup, html};

use crate::{
    app::{SharedShop, Shop},
    lang::Lang,
    layout::{Page, wrap},
    link::{Link, picture},
};

use super::card;

/// What hangs on the rail, left to right: a product, and which of its colours.
const RAIL: [(&str, usize); 4] =
    [("manteau-long-faustine", 0), ("robe-nolwenn", 1), ("trench-bellerive", 0), ("pull-torsade-aubrac", 1)];

const NEW: [&str; 8] = [
    "manteau-long-faustine",
    "pull-torsade-aubrac",
    "jupe-plissee-heloise",
    "bottines-garance",
    "veste-tailleur-solange",
    "robe-augustine",
    "chemise-carreaux-anselme",
    "echarpe-aurillac",
];

/// The English front page at `/en/`; `/en` itself is the nested root.
pub(crate) async fn english(state: State<SharedShop>) -> Markup {
    page(Lang::En, state).await
}

pub(crate) async fn page(lang: Lang, State(shop): State<SharedShop>) -> Markup {
    let body = html! {
        (hero(lang))
        section.block aria-labelledby="nouveau" {
            div.block-head {
                h2 #nouveau { (lang.t("Arrivés cette semaine", "In this week")) }
                a.more href=(Link::Department(Department::Women).href(lang)) { (lang.t("Toute la collection", "The whole collection")) }
            }
            @let new: Vec<_> = NEW.iter().filter_map(|slug| product(slug)).collect();
            (card::grid(&shop, lang, &new, 4))
        }
        (departments(lang))
        (stripes(lang))
        (find_store(lang))
        (brands(&shop, lang))
    };
    wrap(
        &shop,
        &Page {
            lang,
            link: Link::Home,
            title: lang.t("vêtements et magasins", "clothes and stores").into(),
            description: lang
                .t(
                    "Vêtements pour femme, homme et enfant, et 190 magasins pour les essayer.",
                    "Clothes for women, men and children, and 190 stores to try them on.",
                )
                .into(),
            kind: "home",
            widgets: true,
            structured: None,
            body,
        },
    )
}

fn hero(lang: Lang) -> Markup {
    html! {
        section.hero {
            div.words {
                p.season { (lang.t("Collection d’hiver", "Winter collection")) }
                h1 { (lang.t("Le froid", "Cold days")) " " em { (lang.t("nous va bien.", "suit us.")) } }
                p.lead { (lang.t(
                    "Des laines foulées, des mailles d’une seule pièce et un manteau que vous porterez dix ans.",
                    "Milled wool, jumpers knitted in one piece, and a coat you will wear for ten years.",
                )) }
                p.actions {
                    a.button href=(Link::Department(Department::Women).href(lang)) { (lang.t("Côté femme", "For women")) }
                    a.button.quiet href=(Link::Department(Department::Men).href(lang)) { (lang.t("Côté homme", "For men")) }
                }
            }
            div.rail aria-hidden="true" {
                span.bar {}
                @for (slug, colour) in RAIL {
                    @if let Some((product, colour)) = product(slug).and_then(|p| Some((p, p.colours.get(colour)?))) {
                        span.hanging {
                            (hanger())
                            img src=(picture(product, colour, ".cut")) alt="" width="400" height="500";
                        }
                    }
                }
            }
        }
    }
}

fn hanger() -> Markup {
    html! {
        svg.hanger viewBox="0 0 120 64" aria-hidden="true" fill="none" stroke-linecap="round" {
            path d="M60 30V21c8-2 9-14 0-14-6 0-8 4-8 7" stroke="#8d8894" stroke-width="3.4" {}
            path d="M8 58C28 40 48 32 60 30s32 10 52 28" stroke="#a9794a" stroke-width="7" {}
        }
    }
}

fn departments(lang: Lang) -> Markup {
    let tile = |department, slug: &str, colour: usize, line: &'static str| {
        let picked: Option<&'static Product> = product(slug);
        html! {
            a class={ "tile tile-" (slug.len() % 3) } href=(Link::Department(department).href(lang)) {
                span.label { strong { (lang.department(department)) } span { (line) } }
                @if let Some((product, colour)) = picked.and_then(|p| Some((p, p.colours.get(colour)?))) {
                    img src=(picture(product, colour, ".cut")) alt="" width="400" height="500" loading="lazy";
                }
            }
        }
    };
    html! {
        section.tiles aria-label=(lang.t("Rayons", "Departments")) {
            (tile(Department::Women, "trench-bellerive", 0, lang.t("Le trench, inchangé depuis 1984", "The trench, unchanged since 1984")))
            (tile(Department::Men, "caban-kermadec", 0, lang.t("Le caban, contre vents", "The pea coat, against the wind")))
            (tile(Department::Children, "salopette-anatole", 1, lang.t("Des genoux doublés", "Knees that are lined")))
            (tile(Department::Accessories, "sac-besace-lison", 0, lang.t("Cuir, laine et feutre", "Leather, wool and felt")))
        }
    }
}

fn stripes(lang: Lang) -> Markup {
    html! {
        section.story {
            div.art aria-hidden="true" {
                @for (slug, colour) in [("mariniere-homme-hoedic", 0), ("mariniere-groix", 2), ("mariniere-enfant-titouan", 1)] {
                    @if let Some((product, colour)) = product(slug).and_then(|p| Some((p, p.colours.get(colour)?))) {
                        img src=(picture(product, colour, ".cut")) alt="" width="400" height="500" loading="lazy";
                    }
                }
            }
            div.words {
                h2 { (lang.t("Vingt et une rayures, pas une de moins", "Twenty-one stripes, not one less")) }
                p { (lang.t(
                    "Le règlement de 1858 en voulait vingt et une, larges de dix millimètres. Notre atelier les compte encore, pour les grands et pour les petits.",
                    "The regulation of 1858 asked for twenty-one, each ten millimetres wide. Our workshop still counts them, for the grown and for the growing.",
                )) }
                p { a.more href=(Link::Product("mariniere-groix").href(lang)) { (lang.t("Voir la marinière", "See the striped top")) } }
            }
        }
    }
}

fn find_store(lang: Lang) -> Markup {
    html! {
        section.visit aria-labelledby="essayer" {
            img src="/img/facade.svg" alt="" width="640" height="420" loading="lazy";
            div.words {
                h2 #essayer { (lang.t("Essayez avant d’acheter", "Try it on before you buy")) }
                p { (lang.t("190 magasins, des cabines bien éclairées et quelqu’un pour marquer l’ourlet.", "190 stores, well-lit fitting rooms, and somebody to pin the hem.")) }
                form.find action=(Link::Stores.href(lang)) role="search" {
                    label for="ville" { (lang.t("Ville ou code postal", "Town or postcode")) }
                    div.row {
                        input #ville name="q" type="text" autocomplete="postal-code" maxlength="200" required;
                        button.button type="submit" { (lang.t("Trouver", "Find")) }
                    }
                }
            }
        }
    }
}

fn brands(shop: &Shop, lang: Lang) -> Markup {
    html! {
        section.brands aria-labelledby="marques" {
            h2 #marques { (lang.t("Les marques de la maison", "The house’s labels")) }
            ul { @for brand in &shop.network.brands { li { (brand.name) } } }
        }
    }
}
