//! The cards of a listing, and what is written on them: some in each task, so that a page of hundreds still answers.

use std::{
    cell::RefCell,
    rc::{Rc, Weak},
};

use wasm_bindgen::{JsCast as _, JsValue, prelude::Closure};
use web_sys::Window;

use super::{Key, dom, rules, rules::Rules};

/// On a card: `no` where the size is not left.
const MARK: &str = "data-devanture-size";
/// The text on it.
const TEXT: &str = "devanture-size-mark";
/// On the document: those are not shown.
const HIDE: &str = "data-devanture-size-hide";

/// How many are written on in one task.
const AT_ONCE: usize = 50;

const STYLE: &str = ".devanture-size-mark{display:block;font-size:.8125em;line-height:1.3;padding-block:4px;color:inherit;opacity:.75}\
    [data-devanture-size-hide] [data-devanture-size=no]{display:none!important}";

/// A product's card.
#[derive(Clone, Debug)]
pub struct Card {
    element: JsValue,
    /// What the product is known by.
    pub key: Key,
}

/// The elements that were read, in the page's order.
pub(super) type Read = Vec<(JsValue, Option<Key>)>;

/// Those of a page. Each is read once: a list of five hundred is looked at anew whenever the page changes.
pub(super) fn all(rules: &Rules, custom: Option<&str>, known: &mut Read) -> Vec<Card> {
    let Some(document) = dom::document() else { return Vec::new() };
    let mut out = Vec::new();
    for (at, element) in dom::all(&document, custom.unwrap_or(rules.cards)).into_iter().enumerate() {
        let key = match known.get(at) {
            // Hosts that draw a card anew make another element of it.
            Some((before, key)) if *before == element => key.clone(),
            _ => {
                known.truncate(at);
                let key = rules::key(&element, rules.card);
                known.push((element.clone(), key.clone()));
                key
            }
        };
        if let Some(key) = key {
            out.push(Card { element, key });
        }
    }
    out
}

/// The first and the last one.
pub(super) fn ends(rules: &Rules, custom: Option<&str>) -> Option<(JsValue, JsValue)> {
    let all = dom::call(&dom::document()?, "querySelectorAll", &[custom.unwrap_or(rules.cards).into()]);
    let count = dom::get(&all, "length").as_f64()?;
    let last = dom::call(&all, "item", &[(count - 1.0).into()]);
    let first = dom::call(&all, "item", &[0.into()]);
    first.is_object().then_some((first, last))
}

/// Writes on cards.
pub struct Marks(Rc<Writing>);

struct Writing {
    window: Window,
    /// The next one last.
    todo: RefCell<Vec<(Card, Option<String>)>>,
    timer: core::cell::Cell<Option<i32>>,
    due: Closure<dyn Fn()>,
}

impl Marks {
    /// `None` outside a page.
    pub fn new() -> Option<Self> {
        let window = web_sys::window()?;
        Some(Self(Rc::new_cyclic(|weak: &Weak<Writing>| {
            let weak = weak.clone();
            let due = Closure::<dyn Fn()>::new(move || {
                if let Some(writing) = weak.upgrade() {
                    writing.timer.set(None);
                    writing.some();
                }
            });
            Writing { window, todo: RefCell::default(), timer: core::cell::Cell::default(), due }
        })))
    }

    /// Writes on each card what is said of it, or takes that back; what was still to be written is not any more.
    pub fn write(&self, mut all: Vec<(Card, Option<String>)>) {
        all.reverse();
        self.0.todo.replace(all);
        self.0.some();
    }
}

impl Drop for Marks {
    fn drop(&mut self) {
        if let Some(timer) = self.0.timer.take() {
            self.0.window.clear_timeout_with_handle(timer);
        }
    }
}

impl Writing {
    fn some(&self) {
        let mut todo = self.todo.borrow_mut();
        for _ in 0..AT_ONCE {
            let Some((card, gone)) = todo.pop() else { return };
            mark(&card, gone.as_deref());
        }
        if self.timer.get().is_none() {
            let due = self.due.as_ref().unchecked_ref();
            self.timer.set(self.window.set_timeout_with_callback_and_timeout_and_arguments_0(due, 0).ok());
        }
    }
}

/// Writes on a card that the size is not left, or takes that back. What is written already stays untouched.
fn mark(card: &Card, gone: Option<&str>) {
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
