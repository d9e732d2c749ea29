//! What is like it and can be had near.

use devanture_api::similar::{SimilarPage, SimilarProduct};
use devanture_ui::{
    attrs,
    dom::{NO_ATTRS, el, join, leaf, none},
    format::Formats,
    strings::Strings,
};
use yew::Html;

/// So many are enough not to be a dead end.
const MOST: usize = 4;

pub(super) fn view(t: &Strings, formats: &Formats, page: &SimilarPage) -> Html {
    let mut cards = Vec::with_capacity(MOST);
    for product in &page.items {
        // One without a page of its own leads nowhere.
        if let Some(url) = &product.url
            && cards.len() < MOST
        {
            cards.push(card(formats, product, url));
        }
    }
    if cards.is_empty() {
        return none();
    }
    let label = t.text("similar");
    let list = el("ul", attrs!["class": "similar", "part": "similar", "aria-label": &label], cards);
    el("div", attrs!["class": "group"], vec![leaf("p", NO_ATTRS, &label), list])
}

fn card(formats: &Formats, product: &SimilarProduct, url: &str) -> Html {
    let image = |url: &String| {
        // Its name stands beside it.
        el("img", attrs!["src": url, "alt": "", "loading": "lazy", "width": "56", "height": "72"], vec![])
    };
    let price = product.price.as_ref().map(|price| formats.money(price.amount, &price.currency));
    let distance = product.store.distance_m.map(|metres| formats.distance(metres));
    let place = match &distance {
        Some(distance) => join(&[&product.store.name, " · ", distance]),
        None => product.store.name.clone(),
    };
    let said = vec![
        leaf("strong", NO_ATTRS, &product.name),
        price.map_or_else(none, |price| leaf("span", NO_ATTRS, &price)),
        leaf("span", NO_ATTRS, &place),
    ];
    let image = product.image_url.as_ref().map_or_else(none, image);
    let link = el("a", attrs!["href": url], vec![image, el("div", NO_ATTRS, said)]);
    el("li", NO_ATTRS, vec![link])
}
