//! A product as it stands in a list.

use std::collections::HashMap;

use devanture_demo::catalogue::{Colour, Product};
use maud::{Markup, html};

use crate::{
    app::Shop,
    lang::Lang,
    link::{Link, picture},
};

pub(super) fn card(shop: &Shop, lang: Lang, product: &'static Product, eager: bool) -> Markup {
    let [colour, ..] = product.colours else { return html! {} };
    html! {
        article.card {
            a.picture href=(Link::Product(product.slug).href(lang)) tabindex="-1" aria-hidden="true" {
                img src=(picture(product, colour, "")) alt="" width="400" height="500" loading=(if eager { "eager" } else { "lazy" }) decoding="async";
                @if product.was_cents.is_some() { span.flag { (lang.t("Prix doux", "Reduced")) } }
            }
            div.caption {
                p.brand { (shop.brand_name(product.brand)) }
                h3 { a href=(Link::Product(product.slug).href(lang)) { (lang.text(product.name)) } }
                (price(lang, product))
                ul.dots aria-label=(lang.t("Coloris", "Colours")) {
                    @for colour in product.colours { li title=(lang.text(colour.name)) { (dot(colour, 14)) span.visually-hidden { (lang.text(colour.name)) } } }
                }
            }
        }
    }
}

pub(super) fn price(lang: Lang, product: &Product) -> Markup {
    html! {
        p.price {
            @if let Some(was) = product.was_cents {
                span.visually-hidden { (lang.t("Prix réduit ", "Reduced price ")) }
                strong { (lang.price(product.price_cents)) }
                " "
                span.visually-hidden { (lang.t("au lieu de ", "instead of ")) }
                s { (lang.price(was)) }
            } @else {
                (lang.price(product.price_cents))
            }
        }
    }
}

/// A round sample of a colour.
pub(super) fn dot(colour: &Colour, size: u8) -> Markup {
    html! {
        svg.dot viewBox="0 0 20 20" width=(size) height=(size) aria-hidden="true" {
            circle cx="10" cy="10" r="9.2" fill=(colour.hex) stroke="currentColor" stroke-opacity=".7" {}
        }
    }
}

/// Cards in a grid; the first `eager` pictures are in sight at once.
pub(super) fn grid(shop: &Shop, lang: Lang, products: &[&'static Product], eager: usize) -> Markup {
    html! {
        ul.grid { @for (index, product) in products.iter().enumerate() { li data-product-card="" data-product-id=(product.slug) { (card(shop, lang, product, index < eager)) } } }
    }
}

const PER_PAGE: usize = 24;

/// How many there are, those of the page that is asked for, and the way to the others: `here` ends with `?` or `&`.
pub(super) fn pages(
    shop: &Shop,
    lang: Lang,
    all: &[&'static Product],
    here: &str,
    query: &HashMap<String, String>,
) -> Markup {
    let found = all.len();
    let pages = found.div_ceil(PER_PAGE);
    let at = query.get("page").and_then(|page| page.parse().ok()).unwrap_or(1).clamp(1, pages.max(1));
    let shown = &all[(at - 1) * PER_PAGE..found.min(at * PER_PAGE)];
    html! {
        h2.tally { (found) " " (if found > 1 { "articles" } else { "article" }) }
        (grid(shop, lang, shown, 4))
        @if pages > 1 {
            nav.pages aria-label="Pages" {
                @for page in 1..=pages {
                    a href={ (here) "page=" (page) } aria-current=[(page == at).then_some("page")] { (page) }
                }
            }
        }
    }
}
