//! Following the page when it shows another product or variant.
//!
//! Nothing is polled and nothing of the page's is replaced: a `MutationObserver` sees what is published anew, events tell of a new
//! URL. While the page rests, nothing runs.

use std::{
    cell::{Cell, RefCell},
    rc::{Rc, Weak},
};

use js_sys::{Array, Reflect};
use wasm_bindgen::{JsCast, JsValue, prelude::Closure};
use web_sys::{EventTarget, MutationObserver, MutationObserverInit, Node, Window};

use super::{Explicit, Product, page};

/// Milliseconds from a change to reading the page: what belongs together comes together. Twice as long after each reading that has
/// found nothing new, for pages that never rest.
const DELAY: i32 = 100;
const LONGEST_DELAY: i32 = 3200;
/// After a new URL, and while there is no product, the whole document is watched for this many readings: a page that is drawn in the
/// browser may put its product anywhere. Afterwards only where a product was found.
const WIDE: u8 = 20;

/// Calls back when the page shows another product, or another variant of it; stops when dropped.
pub struct Watch(Rc<Inner>);

struct Inner {
    window: Window,
    explicit: RefCell<Explicit>,
    product: RefCell<Option<Product>>,
    url: RefCell<String>,
    wide: Cell<u8>,
    /// Whether there is something to read, rather than a URL to look at.
    dirty: Cell<bool>,
    delay: Cell<i32>,
    timer: Cell<Option<i32>>,
    /// Always there in a browser.
    observer: Option<MutationObserver>,
    targets: Vec<(EventTarget, &'static str)>,
    noticed: Closure<dyn Fn(JsValue)>,
    due: Closure<dyn Fn()>,
    changed: Box<dyn Fn(Option<Product>)>,
}

impl Watch {
    /// Reads the page, and watches it from now on. `changed` is given the new product each time, later, never from in here. `None`
    /// outside a page.
    pub fn new(explicit: Explicit, changed: impl Fn(Option<Product>) + 'static) -> Option<Self> {
        let window = web_sys::window()?;
        let product = page::read(&explicit);
        let targets = urls(&window)?;
        let inner = Rc::new_cyclic(|weak: &Weak<Inner>| {
            let (noticing, reading) = (weak.clone(), weak.clone());
            let noticed = Closure::<dyn Fn(JsValue)>::new(move |what: JsValue| {
                if let Some(inner) = noticing.upgrade() {
                    inner.notice(Array::is_array(&what));
                }
            });
            let due = Closure::<dyn Fn()>::new(move || {
                if let Some(inner) = reading.upgrade() {
                    inner.read();
                }
            });
            let observer = MutationObserver::new(noticed.as_ref().unchecked_ref()).ok();
            Inner {
                wide: Cell::new(if product.is_some() { 0 } else { WIDE }),
                window,
                explicit: explicit.into(),
                product: product.into(),
                url: page::url().into(),
                dirty: Cell::default(),
                delay: DELAY.into(),
                timer: Cell::default(),
                observer,
                targets,
                noticed,
                due,
                changed: Box::new(changed),
            }
        });
        for (target, event) in &inner.targets {
            // Capturing: a page may keep its clicks to itself.
            let listener = inner.noticed.as_ref().unchecked_ref();
            let _ = target.add_event_listener_with_callback_and_bool(event, listener, true);
        }
        inner.observe();
        Some(Self(inner))
    }

    /// The product as last read.
    pub fn product(&self) -> Option<Product> {
        self.0.product.borrow().clone()
    }

    /// Takes what the caller says now; if that makes a difference, `changed` is called.
    pub fn explicit(&self, explicit: Explicit) {
        self.0.explicit.replace(explicit);
        self.0.dirty.set(true);
        self.0.read();
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        let inner = &self.0;
        inner.disconnect();
        inner.stop_timer();
        for (target, event) in &inner.targets {
            // Cannot fail for a listener that was added.
            let listener = inner.noticed.as_ref().unchecked_ref();
            let _ = target.remove_event_listener_with_callback_and_bool(event, listener, true);
        }
    }
}

/// What tells of a new URL. Browsers without the Navigation API say nothing of `history.pushState`, but pages call it upon a click or a
/// choice.
fn urls(window: &Window) -> Option<Vec<(EventTarget, &'static str)>> {
    let get = |object: &JsValue, name: &str| Reflect::get(object, &name.into()).unwrap_or(JsValue::UNDEFINED);
    let page: EventTarget = window.clone().into();
    let mut out = vec![(page.clone(), "popstate"), (page, "hashchange")];
    // Not an element of the page with this id.
    let navigation = get(window, "navigation");
    if get(&navigation, "currentEntry").is_object() {
        out.push((navigation.unchecked_into(), "currententrychange"));
    } else {
        let document: EventTarget = window.document()?.into();
        out.extend([(document.clone(), "click"), (document, "change")]);
    }
    Some(out)
}

impl Inner {
    /// Something has happened; `dirty` when it was the document that changed.
    fn notice(&self, dirty: bool) {
        self.dirty.set(self.dirty.get() || dirty);
        self.follow();
        if self.timer.get().is_none() {
            let due = self.due.as_ref().unchecked_ref();
            let timer =
                self.window.set_timeout_with_callback_and_timeout_and_arguments_0(due, self.delay.get());
            self.timer.set(timer.ok());
        }
    }

    fn stop_timer(&self) {
        if let Some(timer) = self.timer.take() {
            self.window.clear_timeout_with_handle(timer);
        }
    }

    /// At a new URL everything may change.
    fn follow(&self) {
        let url = page::url();
        if *self.url.borrow() == url {
            return;
        }
        self.url.replace(url);
        self.dirty.set(true);
        self.delay.set(DELAY);
        self.wide.set(WIDE);
        self.observe();
    }

    fn read(&self) {
        self.stop_timer();
        self.follow();
        if !self.dirty.take() {
            return;
        }
        let product = page::read(&self.explicit.borrow());
        self.wide.set(self.wide.get().saturating_sub(1));
        // The nodes may be others.
        self.observe();
        let news = *self.product.borrow() != product;
        self.delay.set(if news { DELAY } else { LONGEST_DELAY.min(self.delay.get() * 2) });
        if news {
            self.product.replace(product.clone());
            (self.changed)(product);
        }
    }

    fn disconnect(&self) {
        if let Some(observer) = &self.observer {
            observer.disconnect();
        }
    }

    fn observe(&self) {
        self.disconnect();
        let Some(document) = page::document() else { return };
        if self.wide.get() > 0 {
            return self.watch(&document, true);
        }
        if let Some(head) = document.head() {
            self.watch(&head, true);
        }
        for node in [page::SCRIPTS, page::ITEMS].into_iter().flat_map(|of| page::nodes(&document, of, 40)) {
            self.watch(&node, true);
            // Another may come in its place.
            if let Some(parent) = node.parent_node() {
                self.watch(&parent, false);
            }
        }
    }

    /// Watches a node, with all that is in it or only what comes and goes.
    fn watch(&self, node: &Node, deep: bool) {
        let options = MutationObserverInit::new();
        options.set_child_list(true);
        if deep {
            options.set_subtree(true);
            options.set_character_data(true);
            options.set_attribute_filter(&Array::of3(&"content".into(), &"href".into(), &"src".into()));
        }
        if let Some(observer) = &self.observer {
            // Cannot fail with these options.
            let _ = observer.observe_with_options(node, &options);
        }
    }
}
