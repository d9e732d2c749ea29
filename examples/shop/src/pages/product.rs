//! A product's page.

use std::collections::HashMap;

use axum::{
    extract::{Path, Query, State},
    response::{IntoResponse, Response},
};
use devanture_demo::catalogue::{Colour, Product, product, products};
use maud::{Markup, html};

use crate::{
    app::{SharedShop, Shop},
    lang::{Lang, family},
    layout::{Page, wrap},
    link::{Link, picture},
    reviews::{self, About, rating},
    structured,
};

use super::{card, missing};

pub(crate) async fn page(
    lang: Lang,
    State(shop): State<SharedShop>,
    Path(slug): Path<String>,
    Query(query): Query<HashMap<String, String>>,
) -> Response {
    let Some(product) = product(&slug) else { return missing(&shop, lang) };
    let Some(colour) = shown(lang, product, &query) else { return missing(&shop, lang) };
    let item = structured::product_id(&shop, lang, product);
    let reviews = reviews::element(&shop, &shop.key, lang, About::Product(product.slug, &item)).await;
    let body = html! {
        nav.crumbs aria-label=(lang.t("Fil d’Ariane", "Breadcrumb")) {
            ol {
                li { a href=(Link::Home.href(lang)) { (lang.t("Accueil", "Home")) } }
                li { a href=(Link::Department(product.department).href(lang)) { (lang.department(product.department)) } }
                li { a href={ (Link::Department(product.department).href(lang)) "?" (lang.t("rayon", "section")) "=" (family(product.garment).0) } { (lang.text(family(product.garment).1)) } }
            }
        }
        article.product {
            (gallery(lang, product, colour))
            div.info {
                p.brand { (shop.brand_name(product.brand)) }
                h1 { (lang.text(product.name)) }
                (rating(product.slug, Some("#avis")))
                (card::price(lang, product))
                p.about { (lang.text(product.about)) }
                (form(lang, product, colour))
                devanture-size-memory.my-size product-id=(product.slug) basket-selector="[data-buy] [type=submit]" height="82" {}
                devanture-stock-locator.try-on data-stock="" product-id=(product.slug) mode="compact" basket-selector="[data-buy] [type=submit]" height="66" { a.more href=(Link::Stores.href(lang)) { (lang.t("Essayer dans un magasin près de chez moi", "Try it on in a store near me")) } }
                (details(lang, product))
            }
        }
        section.opinions #avis { (reviews) }
        section.block aria-labelledby="avec" {
            div.block-head { h2 #avec { (lang.t("Bien avec", "Goes well with")) } }
            (card::grid(&shop, lang, &companions(product), 0))
        }
    };
    wrap(
        &shop,
        &Page {
            lang,
            link: Link::Product(product.slug),
            title: lang.text(product.name).into(),
            description: lang.text(product.about).into(),
            kind: "product",
            widgets: true,
            structured: Some(structured::product(&shop, lang, product)),
            body,
        },
    )
    .into_response()
}

/// The colour that an address asks for, or the first.
pub(super) fn shown(
    lang: Lang,
    product: &'static Product,
    query: &HashMap<String, String>,
) -> Option<&'static Colour> {
    let asked = query.get(lang.t("couleur", "colour"));
    let chosen = product.colours.iter().find(|colour| asked.is_some_and(|code| code == colour.code));
    chosen.or(product.colours.first())
}

pub(super) fn gallery(lang: Lang, product: &Product, colour: &Colour) -> Markup {
    let alt = format!("{}, {}", lang.text(product.name), lang.text(colour.name).to_lowercase());
    html! {
        div.gallery {
            img.main src=(picture(product, colour, "")) alt=(alt) width="400" height="500" data-picture="";
            img.closer src=(picture(product, colour, ".detail")) alt=(lang.t("La matière, de près", "The cloth, up close")) width="400" height="500" data-picture=".detail";
        }
    }
}

fn form(lang: Lang, product: &Product, chosen: &Colour) -> Markup {
    html! {
        form.buy data-buy="" data-slug=(product.slug) data-name=(lang.text(product.name)) data-price=(product.price_cents)
            data-added=(lang.t("Ajouté au panier", "Added to your basket")) data-choose=(lang.t("Choisissez d’abord une taille", "Choose a size first")) {
            fieldset.colours {
                legend { (lang.t("Coloris : ", "Colour: ")) span.chosen data-chosen-colour="" { (lang.text(chosen.name)) } }
                div.options {
                    @for colour in product.colours {
                        label title=(lang.text(colour.name)) {
                            input type="radio" name="colour" value=(colour.code) data-label=(lang.text(colour.name)) checked[colour == chosen];
                            (card::dot(colour, 30))
                            span.visually-hidden { (lang.text(colour.name)) }
                        }
                    }
                }
            }
            fieldset.sizes {
                legend { (lang.t("Taille", "Size")) }
                div.options {
                    @for size in product.sizes {
                        label {
                            input type="radio" name="size" value=(size) data-label=(lang.size(size)) required checked[product.sizes.len() == 1];
                            span { (lang.size(size)) }
                        }
                    }
                }
            }
            button.button.wide type="submit" { (lang.t("Ajouter au panier", "Add to basket")) }
            p.said role="status" data-said="" {}
            noscript { p.said { (lang.t("Le panier a besoin de JavaScript ; nos magasins, non.", "The basket needs JavaScript; our stores do not.")) } }
        }
    }
}

pub(super) fn details(lang: Lang, product: &Product) -> Markup {
    html! {
        div.details {
            details open {
                summary { (lang.t("Matière et entretien", "Material and care")) }
                p { (lang.text(product.material)) ". " (lang.t("Lavez à froid, à l’envers, et séchez à plat.", "Wash cold, inside out, and dry flat.")) }
            }
            details {
                summary { (lang.t("Retrait, livraison, retours", "Pick-up, delivery, returns")) }
                p { (lang.t(
                    "Retrait gratuit en magasin sous deux heures quand l’article y est. Livraison à domicile en trois jours, 4,90 €. Retours pendant 30 jours, dans n’importe quel magasin.",
                    "Free pick-up within two hours where a store has it. Home delivery in three days, €4.90. Returns for 30 days, in any store.",
                )) }
            }
            p.reference { (lang.t("Référence", "Reference")) " " (product.slug) }
        }
    }
}

/// Four others of the same department, from as many families as there are.
fn companions(product: &Product) -> Vec<&'static Product> {
    let own = family(product.garment).0;
    let mut out: Vec<&'static Product> = Vec::new();
    for other in
        products().filter(|other| other.department == product.department && other.slug != product.slug)
    {
        let code = family(other.garment).0;
        if code != own && !out.iter().any(|picked| family(picked.garment).0 == code) {
            out.push(other);
        }
    }
    let more =
        products().filter(|other| other.department == product.department && other.slug != product.slug);
    for other in more {
        if !out.contains(&other) {
            out.push(other);
        }
    }
    out.truncate(4);
    out
}

/// A few products that a store's page shows.
pub(crate) fn window_display(shop: &Shop, lang: Lang, slugs: &[&str]) -> Markup {
    let shown: Vec<_> = slugs.iter().filter_map(|slug| product(slug)).collect();
    card::grid(shop, lang, &shown, 0)
}
