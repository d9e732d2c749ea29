//! The rating: the stars of one product or store, on one line. All of a page are asked for together.

mod batch;
mod line;

use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};

use devanture_domain::review::About;
use devanture_ui::{
    dom::{Element, HtmlElement},
    js::{Array, Object},
    mount::{MountContext, Place, Settings, Widget},
    strings::Strings,
};
use wasm_bindgen::JsValue;

use batch::{Figures, Subject};

/// One element. A component would be twice the size of all this, and a page has hundreds.
struct Rating {
    line: Rc<Line>,
    _place: Place,
}

struct Line {
    host: HtmlElement,
    container: Element,
    settings: RefCell<Settings>,
    subject: RefCell<Option<Subject>>,
    figures: Cell<Option<Figures>>,
}

/// Draws the widget into the context's shadow root.
pub fn mount(context: MountContext) -> Box<dyn Widget> {
    let (host, settings) = (context.host.clone(), RefCell::new(context.settings.clone()));
    let place = context.place();
    let container = place.container.clone();
    let line = Line { host, container, settings, subject: RefCell::default(), figures: Cell::default() };
    let line = Rc::new(line);
    line.ask();
    Box::new(Rating { line, _place: place })
}

impl Widget for Rating {
    fn update(&mut self, props: &Object) {
        let settings = MountContext::updated(&self.line.settings.borrow(), props);
        self.line.settings.replace(settings);
        let line = self.line.clone();
        Strings::load(
            props,
            Box::new(move |strings| {
                line.settings.borrow_mut().strings = strings;
                line.draw();
            }),
        );
        self.line.ask();
    }

    fn call(&mut self, _: &str, _: &Array) -> JsValue {
        JsValue::UNDEFINED
    }
}

impl Line {
    /// Asks for the figures of what the element is about now.
    fn ask(self: &Rc<Self>) {
        let settings = self.settings.borrow();
        let product = settings.attribute("product").map(|id| (About::Product, id));
        let subject = product.or_else(|| settings.attribute("store").map(|id| (About::Store, id)));
        if subject != *self.subject.borrow() {
            self.figures.set(None);
            self.subject.replace(subject.clone());
            if let Some(subject) = subject {
                let (line, of) = (Rc::downgrade(self), subject.clone());
                let tell = move |figures| {
                    // It may have left the page, or be about something else by now.
                    let Some(line) = line.upgrade() else { return };
                    if line.subject.borrow().as_ref() == Some(&of) {
                        line.figures.set(figures);
                        line.draw();
                    }
                };
                batch::ask(&self.host, &settings, subject, Box::new(tell));
            }
        }
        drop(settings);
        self.draw();
    }
}
