//! The cards of a listing, and what is written on them.

use wasm_bindgen::JsValue;

use super::{Key, dom, rules, rules::Rules};

/// On a card: `no` where the size is not left.
const MARK: &str = "data-devanture-size";
/// The text on it.
const TEXT: &str = "devanture-size-mark";
/// On the document: those are not shown.
const HIDE: &str = "data-devanture-size-hide";

const STYLE: &str = ".devanture-size-mark{display:block;font-size:.8125em;line-height:1.3;padding-block:4px;color:inherit;opacity:.75}\
    [data-devanture-size-hide] [data-devanture-size=no]{display:none!important}";

/// A product's card.
#[derive(Clone, Debug)]
pub struct Card {
    element: JsValue,
    /// What the product is known by.
    pub key: Key,
}

impl Card {
    pub(super) fn element(&self) -> &JsValue {
        &self.element
    }
}

pub(super) fn all(rules: &Rules, custom: Option<&str>) -> Vec<Card> {
    let Some(document) = dom::document() else { return Vec::new() };
    let of = |element: JsValue| Some(Card { key: rules::key(&element, rules.card)?, element });
    dom::all(&document, custom.unwrap_or(rules.cards)).into_iter().filter_map(of).collect()
}

/// Writes on a card that the size is not left, or takes that back. What is written already stays untouched.
pub fn mark(card: &Card, gone: Option<&str>) {
    let element = &card.element;
    let is_marked = dom::attribute(element, MARK).is_some();
    let known = if is_marked { dom::find(element, ":scope > .devanture-size-mark") } else { None };
    match (gone, known) {
        (None, None) => {}
        (None, Some(known)) => {
            dom::call(&known, "remove", &[]);
            dom::set_attribute(element, MARK, None);
        }
        (Some(text), known) => {
            let node = known.or_else(|| {
                let node = dom::create("span")?;
                dom::set(&node, "className", &TEXT.into());
                dom::call(element, "append", core::slice::from_ref(&node));
                Some(node)
            });
            if let Some(node) = node.filter(|node| dom::text(node, "textContent").as_deref() != Some(text)) {
                dom::set(&node, "textContent", &text.into());
            }
            if !is_marked {
                dom::set_attribute(element, MARK, Some("no"));
            }
        }
    }
}

/// Whether what is not left is shown.
pub fn shown(all: bool) {
    let Some(document) = dom::document() else { return };
    style(&document);
    let hide = if all { None } else { Some("") };
    dom::set_attribute(&dom::get(&document, "documentElement"), HIDE, hide);
}

/// A sheet of our own beside the page's, which no content security policy refuses; once.
pub(super) fn style(document: &JsValue) {
    let sheets = dom::get(document, "adoptedStyleSheets");
    let root = dom::get(document, "documentElement");
    if dom::get(&root, "devantureSizeStyle").is_truthy() {
        return;
    }
    let Ok(class) =
        wasm_bindgen::JsCast::dyn_into::<js_sys::Function>(dom::get(&js_sys::global(), "CSSStyleSheet"))
    else {
        return;
    };
    if let Ok(sheet) = js_sys::Reflect::construct(&class, &js_sys::Array::new()) {
        dom::call(&sheet, "replaceSync", &[STYLE.into()]);
        dom::set(&root, "devantureSizeStyle", &true.into());
        // A plain array is what every browser that has them takes.
        let all = js_sys::Array::new();
        for known in dom::items(&sheets) {
            all.push(&known);
        }
        all.push(&sheet);
        dom::set(document, "adoptedStyleSheets", &all);
    }
}
