//! The rating: the stars of one product or store, on one line. All of a page are asked for together.

mod batch;
mod line;

use std::{cell::Cell, rc::Rc};

use devanture_ui::{
    js::{self, Array, Object},
    mount::{MountContext, Place, Widget},
    strings::Strings,
};
use wasm_bindgen::JsValue;

use batch::{Batch, Figures};

/// One element. A component would be twice the size of all this, and a page has hundreds.
struct Rating {
    line: Rc<Line>,
    _place: Place,
}

struct Line {
    host: JsValue,
    container: JsValue,
    lang: Cell<String>,
    strings: Cell<Strings>,
    figures: Cell<Figures>,
    batch: &'static Batch,
}

/// Draws the widget into the context's shadow root.
pub fn mount(context: MountContext) -> Box<dyn Widget> {
    let settings = &context.settings;
    let batch = batch::of(settings);
    let (lang, strings) = (settings.lang.clone().into(), settings.strings.clone().into());
    let host = context.host.clone().into();
    let place = context.place();
    let container = place.container.clone().into();
    let line = Rc::new(Line { host, container, lang, strings, figures: Cell::default(), batch });
    line.batch.follow(line.clone());
    line.look(true);
    Box::new(Rating { line, _place: place })
}

impl Widget for Rating {
    fn update(&mut self, props: &Object) {
        if let Some(lang) = js::text(props, "lang") {
            self.line.lang.set(lang);
        }
        let line = self.line.clone();
        Strings::load(
            props,
            Box::new(move |strings| {
                line.strings.set(strings);
                line.draw();
            }),
        );
        self.line.look(true);
    }

    fn call(&mut self, _: &str, _: &Array) -> JsValue {
        JsValue::UNDEFINED
    }
}

impl Drop for Rating {
    fn drop(&mut self) {
        self.line.batch.forget(&self.line);
    }
}

impl Line {
    /// Draws what is known of what the element is about now, and asks if nobody has; or shows what an answer has brought.
    fn look(&self, asks: bool) {
        let (is_new, figures) = self.batch.look(&self.host, asks);
        // What stands there already may have the focus.
        if self.figures.replace(figures) != figures || asks {
            self.draw();
        }
        if is_new {
            self.batch.ask(&self.host);
        }
    }
}
