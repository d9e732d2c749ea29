//! The floor: what a page publishes for search engines, on whatever it is made with.
//!
//! Only the key is wanted here, a text, so the browser's own reader of JSON serves; prices and variants are read by [`crate::product`],
//! which is twenty times this.

use js_sys::JSON;
use wasm_bindgen::JsValue;

use super::{Key, dom};

const MAX_BYTES: usize = 500_000;
const MAX_DEPTH: u8 = 4;

/// The key of the page's product: of JSON-LD, microdata, or meta tags.
pub(super) fn key(document: &JsValue) -> Option<Key> {
    let json_ld =
        dom::all(document, "script[type^='application/ld+json' i]").into_iter().find_map(|script| {
            let text = dom::get(&script, "textContent").as_string().filter(|text| text.len() <= MAX_BYTES)?;
            of_json(&JSON::parse(&text).ok()?, MAX_DEPTH)
        });
    let field = |selector: &str, attribute: &str| {
        let element = dom::find(document, selector)?;
        dom::attribute(&element, attribute).or_else(|| dom::text(&element, "textContent"))
    };
    json_ld
        .or_else(|| field("[itemtype*='schema.org/Product'] [itemprop='sku']", "content").map(Key::Sku))
        .or_else(|| field("meta[property='product:retailer_item_id']", "content").map(Key::Sku))
}

fn of_json(json: &JsValue, depth: u8) -> Option<Key> {
    let depth = depth.checked_sub(1)?;
    if js_sys::Array::is_array(json) {
        return dom::items(json).iter().find_map(|one| of_json(one, depth));
    }
    if !json.is_object() {
        return None;
    }
    let kind = dom::get(json, "@type");
    let is = |name: &str| {
        kind.as_string().is_some_and(|kind| kind.ends_with(name))
            || dom::items_of_text(&kind).iter().any(|kind| kind.ends_with(name))
    };
    if is("ProductGroup") || is("Product") {
        let text = |name: &str| dom::text(json, name);
        let variant = || of_json(&dom::get(json, "hasVariant"), depth);
        return text("productGroupID").map(Key::Id).or_else(|| text("sku").map(Key::Sku)).or_else(variant);
    }
    ["@graph", "mainEntity"].iter().find_map(|name| of_json(&dom::get(json, name), depth))
}
