//! Reading the sources from the document: the glue to the browser, and no rule beyond what to read.

use js_sys::{Array, Function, JsString, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Document, Element, Node, NodeList};

use super::{Explicit, Json, MAX_BYTES, Product, Sources, find, landing, meta_product};

/// Scripts of JSON-LD; microdata in the page's own markup, not in other properties.
pub(super) const SCRIPTS: &str = "script[type^='application/ld+json' i]";
pub(super) const ITEMS: &str = "[itemscope][itemtype*='schema.org/Product']:not([itemprop])";

/// Most scripts, items, and tags that are looked at.
const MAX_NODES: u32 = 40;
const MAX_TAGS: u32 = 300;
/// Most properties of microdata in the page, and the deepest item within others.
const MAX_PROPERTIES: u32 = 2000;
const MAX_DEPTH: u8 = 4;
/// Longest text of a property, in UTF-16 units.
const MAX_TEXT: u32 = 4096;

/// The properties that [`super::schema`] asks for; whole descriptions and reviews are not copied.
const PROPERTIES: &str = " additionalProperty availability brand color gtin gtin12 gtin13 gtin14 gtin8 hasVariant image \
    inProductGroupWithID isVariantOf isbn itemOffered lowPrice manufacturer mpn name offers price priceCurrency \
    priceSpecification priceType productGroupID productID propertyID size sku url value ";

/// The product that the page shows now. It is found anew at each call.
pub fn read(explicit: &Explicit) -> Option<Product> {
    find(&sources(), explicit, &url())
}

/// The store of a local ad: of the page's URL, or of the one that the shopper came by, if the page has changed its own since.
pub fn store_code() -> Option<String> {
    of_url(&url()).or_else(|| {
        let entries = web_sys::window()?.performance()?.get_entries_by_type("navigation");
        of_url(&property(&entries.get(0), "name")?)
    })
}

/// By the browser's own reader of URLs: a shopper downloads this with the widget, and ours only where the page is read.
fn of_url(url: &str) -> Option<String> {
    let class: Function = value(&js_sys::global(), "URL").dyn_into().ok()?;
    // Throws on what is no URL.
    let parameters = value(&Reflect::construct(&class, &Array::of1(&url.into())).ok()?, "searchParams");
    let get: Function = value(&parameters, "get").dyn_into().ok()?;
    landing::store_code(|name| get.call1(&parameters, &name.into()).ok()?.as_string())
}

/// The page's URL; empty outside a page.
pub(super) fn url() -> String {
    web_sys::window().and_then(|window| window.location().href().ok()).unwrap_or_default()
}

/// What the page says.
pub fn sources() -> Sources {
    let mut sources = Sources::default();
    let Some(document) = document() else { return sources };
    for script in nodes(&document, SCRIPTS, MAX_NODES) {
        sources.json_ld.extend(json_ld(&script));
    }
    let mut budget = MAX_PROPERTIES;
    for item in nodes(&document, ITEMS, MAX_NODES) {
        sources.microdata.extend(microdata(item.unchecked_ref(), MAX_DEPTH, &mut budget));
    }
    sources.meta.extend(meta_product(&tags(&document)));
    sources
}

pub(super) fn document() -> Option<Document> {
    web_sys::window()?.document()
}

/// The first elements that match.
pub(super) fn nodes(document: &Document, selector: &str, most: u32) -> Vec<Node> {
    list(document.query_selector_all(selector).ok(), most)
}

fn list(nodes: Option<NodeList>, most: u32) -> Vec<Node> {
    let mut out = Vec::new();
    if let Some(nodes) = nodes {
        let mut index = 0;
        while let Some(node) = nodes.item(index).filter(|_| index < most) {
            out.push(node);
            index += 1;
        }
    }
    out
}

fn json_ld(script: &Node) -> Option<Json> {
    let text = Reflect::get(script, &"textContent".into()).ok()?.dyn_into::<JsString>().ok()?;
    // Before it is copied.
    (text.length() as usize <= MAX_BYTES).then(|| Json::read(&String::from(text)))?
}

/// Names and contents of the tags that [`meta_product`] may want.
fn tags(document: &Document) -> Vec<(String, String)> {
    let selector = "meta[property*=':'],meta[name*=':']";
    let mut out = Vec::new();
    for node in nodes(document, selector, MAX_TAGS) {
        let tag: &Element = node.unchecked_ref();
        let name = tag.get_attribute("property").or_else(|| tag.get_attribute("name")).unwrap_or_default();
        if name.starts_with("og:") || name.starts_with("product:") {
            out.extend(tag.get_attribute("content").map(|content| (name, content)));
        }
    }
    out
}

/// An item as JSON-LD would write it.
fn microdata(item: &Element, depth: u8, budget: &mut u32) -> Option<Json> {
    let depth = depth.checked_sub(1)?;
    let mut entries = Vec::new();
    if let Some(kind) = item.get_attribute("itemtype") {
        let kind = kind.split_ascii_whitespace().next().unwrap_or_default();
        entries.push(("@type".into(), Json::Text(kind.into())));
    }
    let within = item.query_selector_all("[itemprop]").ok();
    for node in list(within, *budget) {
        let element: &Element = node.unchecked_ref();
        let owner = element.parent_element().and_then(|parent| parent.closest("[itemscope]").ok().flatten());
        if owner.as_ref() != Some(item) {
            continue;
        }
        let names = element.get_attribute("itemprop").unwrap_or_default();
        for name in names.split_ascii_whitespace().filter(|name| is_known(name)) {
            *budget = budget.checked_sub(1)?;
            let value = if element.has_attribute("itemscope") {
                microdata(element, depth, budget)
            } else {
                text(element, name).map(Json::Text)
            };
            let Some(value) = value else { continue };
            match entries.iter_mut().find(|(key, _): &&mut (String, Json)| key == name) {
                Some((_, Json::List(values))) => values.push(value),
                Some((_, first)) => *first = Json::List(vec![core::mem::replace(first, Json::Other), value]),
                None => entries.push((name.into(), value)),
            }
        }
    }
    Some(Json::Object(entries))
}

fn is_known(name: &str) -> bool {
    PROPERTIES.split(' ').any(|known| known == name)
}

/// An attribute for machines, an address, or what stands there. A linked name is the name and not the address, whatever the standard
/// says: that is what shops mean.
fn text(element: &Element, name: &str) -> Option<String> {
    let address = || property(element, "href").or_else(|| property(element, "src"));
    let shown = || {
        let text = Reflect::get(element, &"textContent".into()).ok()?.dyn_into::<JsString>().ok()?;
        let text = String::from(text.slice(0, MAX_TEXT));
        (!text.trim_ascii().is_empty()).then_some(text)
    };
    let own = element.get_attribute("content").or_else(|| element.get_attribute("value"));
    if matches!(name, "url" | "image" | "availability") {
        own.or_else(address).or_else(shown)
    } else {
        own.or_else(shown).or_else(address)
    }
}

/// A property that is a string and not empty.
pub(super) fn property(object: &JsValue, name: &str) -> Option<String> {
    value(object, name).as_string().filter(|text| !text.is_empty())
}

fn value(object: &JsValue, name: &str) -> JsValue {
    Reflect::get(object, &name.into()).unwrap_or_default()
}
