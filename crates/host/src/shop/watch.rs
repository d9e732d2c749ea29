//! Following the shop: what a shopper chooses, what is drawn anew, what cards come. Nothing runs while the page rests.

use std::{
    cell::Cell,
    rc::{Rc, Weak},
};

use js_sys::JSON;
use wasm_bindgen::{JsCast as _, JsValue, prelude::Closure};
use web_sys::{EventTarget, MutationObserver, MutationObserverInit, Window};

use super::{Picker, Shop, dom};

/// Milliseconds from a change to looking again: what belongs together comes together.
const DELAY: i32 = 60;

/// What has happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// The shopper is using the size selector; what is chosen is told next.
    Used,
    /// The shopper has chosen.
    Chosen,
    /// The page has drawn something anew.
    Drawn,
    /// The shopper has put it into the basket.
    Added,
}

/// Calls back upon changes; stops when dropped.
pub struct Watch(Rc<Inner>);

struct Inner {
    window: Window,
    document: EventTarget,
    shop: Shop,
    timer: Cell<Option<i32>>,
    /// A swatch was: its script has heard of it when the timer ends.
    clicked: Cell<bool>,
    observer: Option<MutationObserver>,
    used: Closure<dyn Fn(JsValue)>,
    /// Held for the observer.
    _drawn: Closure<dyn Fn()>,
    due: Closure<dyn Fn()>,
    changed: Box<dyn Fn(Change)>,
}

/// Capturing, as a page may keep its events to itself.
const EVENTS: [&str; 2] = ["change", "click"];

/// Attributes by which a form tells which product and which variant it is about, as JSON.
const OF_FORM: &str = r#"["value","data-product-id","data-product_id","data-product-sku"]"#;
/// Those, and the ones by which choices tell what is left: a whole form has too many of these that mean something else.
const OF_CHOICES: &str =
    r#"["class","disabled","aria-disabled","value","data-product-id","data-product_id","data-product-sku"]"#;

impl Watch {
    /// Watches from now on; `changed` is never called from in here. `None` outside a page.
    pub fn new(shop: &Shop, changed: Box<dyn Fn(Change)>) -> Option<Self> {
        let window = web_sys::window()?;
        let document: EventTarget = window.document()?.into();
        let inner = Rc::new_cyclic(|weak: &Weak<Inner>| {
            let (using, drawing, reading) = (weak.clone(), weak.clone(), weak.clone());
            let used = Closure::<dyn Fn(JsValue)>::new(move |event: JsValue| {
                if let Some(inner) = using.upgrade() {
                    inner.used(&event);
                }
            });
            let drawn = Closure::<dyn Fn()>::new(move || {
                if let Some(inner) = drawing.upgrade() {
                    inner.later();
                }
            });
            let due = Closure::<dyn Fn()>::new(move || {
                if let Some(inner) = reading.upgrade() {
                    inner.timer.set(None);
                    inner.observe();
                    (inner.changed)(if inner.clicked.take() { Change::Chosen } else { Change::Drawn });
                }
            });
            let observer = MutationObserver::new(drawn.as_ref().unchecked_ref()).ok();
            Inner {
                window,
                document,
                shop: shop.clone(),
                timer: Cell::default(),
                clicked: Cell::default(),
                observer,
                used,
                _drawn: drawn,
                due,
                changed,
            }
        });
        let listener = inner.used.as_ref().unchecked_ref();
        for event in EVENTS {
            let _ = inner.document.add_event_listener_with_callback_and_bool(event, listener, true);
        }
        inner.observe();
        Some(Self(inner))
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        let inner = &self.0;
        inner.disconnect();
        if let Some(timer) = inner.timer.take() {
            inner.window.clear_timeout_with_handle(timer);
        }
        let listener = inner.used.as_ref().unchecked_ref();
        for event in EVENTS {
            // Cannot fail for a listener that was added.
            let _ = inner.document.remove_event_listener_with_callback_and_bool(event, listener, true);
        }
    }
}

impl Inner {
    fn used(&self, event: &JsValue) {
        // What scripts do, ours too, is nobody's choice.
        if super::picker::is_clicking() || !dom::get(event, "isTrusted").is_truthy() {
            return;
        }
        let target = dom::get(event, "target");
        let is_click = dom::get(event, "type").as_string().as_deref() == Some("click");
        let button = if is_click { dom::closest(&target, self.shop.basket()) } else { None };
        if button.is_some_and(|button| super::is_on(&button)) {
            return (self.changed)(Change::Added);
        }
        let Some(picker) = self.shop.picker() else { return };
        // Lists and radio buttons tell of it by `change`; what is only clicked has no such event.
        let is_field = dom::is(&target, "input, select, option, label, label *");
        if is_click == is_field {
            return;
        }
        if dom::contains(&picker.group, &target) {
            (self.changed)(if is_click { Change::Used } else { Change::Chosen });
            if is_click {
                self.clicked.set(true);
                self.later();
            }
        } else if !is_click && dom::contains(&self.form(&picker), &target) {
            // In another colour other sizes are left, of which not every page shows anything.
            self.later();
        }
    }

    fn later(&self) {
        if self.timer.get().is_none() {
            let due = self.due.as_ref().unchecked_ref();
            self.timer
                .set(self.window.set_timeout_with_callback_and_timeout_and_arguments_0(due, DELAY).ok());
        }
    }

    fn disconnect(&self) {
        if let Some(observer) = &self.observer {
            observer.disconnect();
        }
    }

    /// The form of a product; of a listing what holds its cards; the whole document until there is either.
    fn observe(&self) {
        self.disconnect();
        let Some(document) = dom::document() else { return };
        let picker = self.shop.picker();
        let form = picker.as_ref().map(|picker| self.form(picker));
        let ends = super::cards::ends(self.shop.rules, self.shop.custom.cards.as_deref());
        let list = match ends {
            Some((first, last)) => Some(holds(&first, &last)),
            None => picker.is_none().then(|| dom::get(&document, "body")),
        };
        for node in [&form, &list].into_iter().flatten() {
            // Another may come in its place, or in the place of whatever it is in.
            let mut above = dom::get(node, "parentNode");
            while above.is_object() {
                self.watch(&above, false, "");
                above = dom::get(&above, "parentNode");
            }
        }
        if let Some(list) = list {
            self.watch(&list, true, "");
        }
        // Last, and the closest last of all: of what is said twice of one node, the second counts.
        if let Some((form, picker)) = form.zip(picker) {
            self.watch(&form, true, OF_FORM);
            self.watch(&dom::get(&picker.group, "parentNode"), true, OF_CHOICES);
        }
    }

    fn form(&self, picker: &Picker) -> JsValue {
        let form = dom::closest(&picker.group, self.shop.rules.form);
        form.unwrap_or_else(|| dom::get(&picker.group, "parentNode"))
    }

    fn watch(&self, node: &JsValue, deep: bool, attributes: &str) {
        let options = MutationObserverInit::new();
        options.set_child_list(true);
        options.set_subtree(deep);
        if let Ok(names) = JSON::parse(attributes) {
            dom::set(&options, "attributeFilter", &names);
        }
        if let (Some(observer), true) = (&self.observer, node.is_object()) {
            // Refuses what is no node, which is then not watched.
            let _ = observer.observe_with_options(node.unchecked_ref(), &options);
        }
    }
}

/// What holds both.
fn holds(first: &JsValue, last: &JsValue) -> JsValue {
    let mut node = dom::get(first, "parentNode");
    while node.is_object() && !dom::contains(&node, last) {
        node = dom::get(&node, "parentNode");
    }
    node
}
