//! What is drawn: stars filled as far as the average goes, and how many reviews there are; nothing where nobody has written.

use devanture_ui::{
    format::Formats,
    icon::STARS,
    js::{self, Array, number},
};
use wasm_bindgen::JsValue;

use crate::{Line, batch};

const HTML: &str = "http://www.w3.org/1999/xhtml";
const SVG: &str = "http://www.w3.org/2000/svg";

impl Line {
    pub(crate) fn draw(&self) {
        js::set(&self.container, "textContent", &JsValue::NULL);
        let (count, average) = self.figures.get();
        if count == 0 {
            return;
        }
        let (t, lang) = (self.strings.take(), self.lang.take());
        let formats = Formats::new(&lang);
        let href = batch::attribute(&self.host, "href");
        let line = node(&self.container, if href.is_some() { "a" } else { "span" }, "rating");
        if let Some(href) = href {
            set(&line, "href", &href);
        }
        let stars = node(&line, "span", "stars");
        let value = formats.number(f64::from(average) / 100.0);
        set(&stars, "role", "img");
        set(&stars, "aria-label", &t.fill("of_five", &[("value", &value)]));
        // Of 120 units; an inner picture cuts off what goes beyond its width, and needs no style.
        let row = picture(&stars, "off");
        set(&row, "viewBox", "0 0 120 24");
        set(&row, "aria-hidden", "true");
        let filled = picture(&row, "on");
        set(&filled, "width", &number((average.min(500) * 6 / 25).into()));
        set(&filled, "height", "24");
        let said = node(&line, "span", "count");
        js::set(&said, "textContent", &t.plural("reviews", count, &formats, &[]).into());
        self.strings.set(t);
        self.lang.set(lang);
    }
}

/// A row of stars.
fn picture(parent: &JsValue, class: &str) -> JsValue {
    let made = append(parent, SVG, "svg");
    let row = append(&made, SVG, "path");
    set(&row, "class", class);
    set(&row, "d", STARS);
    made
}

fn node(parent: &JsValue, tag: &str, name: &str) -> JsValue {
    let made = append(parent, HTML, tag);
    set(&made, "class", name);
    set(&made, "part", name);
    made
}

/// A new last child.
fn append(parent: &JsValue, space: &str, tag: &str) -> JsValue {
    let document = js::get(&js::global(), "document");
    let made = js::call(&document, "createElementNS", &Array::of2(&space.into(), &tag.into()));
    let made = made.unwrap_or_default();
    let _ = js::call(parent, "append", &Array::of1(&made));
    made
}

fn set(element: &JsValue, name: &str, value: &str) {
    let _ = js::call(element, "setAttribute", &Array::of2(&name.into(), &value.into()));
}
