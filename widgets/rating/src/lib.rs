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
    figures: Cell<Option<Figures>>,
}

/// Draws the widget into the context's shadow root.
pub fn mount(context: MountContext) -> Box<dyn Widget> {
    let (host, settings) = (context.host.clone(), RefCell::new(context.settings.clone()));
    let place = context.place();
    let container = place.container.clone();
    let line = Rc::new(Line { host, container, settings, figures: Cell::default() });
    batch::follow(Rc::downgrade(&line));
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
    fn ask(&self) {
        let ask = |subject| batch::ask(&self.host, &self.settings.borrow(), subject);
        self.figures.set(Subject::of(&self.host).and_then(ask));
        self.draw();
    }

    /// Shows what an answer has brought.
    fn told(&self) {
        let known = |subject| batch::known(&self.settings.borrow(), subject);
        let figures = Subject::of(&self.host).and_then(known);
        // What stands there already may have the focus.
        if self.figures.replace(figures) != figures {
            self.draw();
        }
    }
}
