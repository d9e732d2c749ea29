//! Where nothing is near: what is like it, in its size, that is.

use devanture_api::similar::{SimilarPage, SimilarProduct};
use devanture_ui::{
    attrs,
    dom::{NO_ATTRS, el, join, leaf, none},
    format::Formats,
    strings::Strings,
};
use yew::Html;

/// The most that are shown: enough not to be a dead end.
const MOST: usize = 4;

pub(super) fn view(t: &Strings, formats: &Formats, page: &SimilarPage) -> Html {
    let mut items = Vec::with_capacity(MOST);
    for one in &page.items {
        // One without a page of its own leads nowhere.
        if let Some(url) = one.url.as_ref().filter(|_| items.len() < MOST) {
            items.push(item(formats, one, url));
        }
    }
    if items.is_empty() {
        return none();
    }
    let label = t.text("similar");
    let list = el("ul", attrs!["class": "likes", "role": "list", "aria-label": &label], items);
    el("div", attrs!["class": "group", "part": "similar"], vec![leaf("p", NO_ATTRS, &label), list])
}

fn item(formats: &Formats, one: &SimilarProduct, url: &str) -> Html {
    let picture = one.image_url.as_ref().map_or_else(none, |url| {
        // Its name stands beside it.
        el("img", attrs!["src": url, "alt": "", "loading": "lazy", "width": "48", "height": "60"], vec![])
    });
    let price = one
        .price
        .as_ref()
        .map_or_else(none, |price| leaf("span", NO_ATTRS, &formats.money(price.amount, &price.currency)));
    let place = match one.store.distance_m {
        Some(metres) => join(&[&one.store.name, " · ", &formats.distance(metres)]),
        None => one.store.name.clone(),
    };
    let link = leaf("a", attrs!["href": url, "part": "similar-link"], &one.name);
    let said = vec![link, price, leaf("span", attrs!["class": "small"], &place)];
    el("li", NO_ATTRS, vec![picture, el("div", NO_ATTRS, said)])
}
