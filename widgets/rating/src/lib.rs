//! The rating: the stars of one product or store, on one line. All of a page are asked for together.

mod batch;
mod line;

use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};

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
        let subject = Subject::of(&self.host);
        if subject != *self.subject.borrow() {
            let settings = self.settings.borrow();
            let ask = |subject| batch::ask(Rc::downgrade(self), &self.host, &settings, subject);
            self.figures.set(subject.as_ref().and_then(ask));
            self.subject.replace(subject);
        }
        self.draw();
    }

    /// What was found, unless the element is about something else by now.
    fn show(self: &Rc<Self>, of: &Subject, figures: Option<Figures>) {
        if self.subject.borrow().as_ref() == Some(of) {
            self.figures.set(figures);
            self.draw();
        }
    }
}
