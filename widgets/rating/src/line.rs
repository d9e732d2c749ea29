//! What is drawn: stars filled as far as the average goes, and how many reviews there are; nothing where nobody has written.

use devanture_ui::{
    format::Formats,
    icon::STARS,
    js::{self, Array, number},
};
use wasm_bindgen::JsValue;

use crate::{Line, batch::Figures};

const HTML: &str = "http://www.w3.org/1999/xhtml";
const SVG: &str = "http://www.w3.org/2000/svg";

impl Line {
    pub(crate) fn draw(&self) {
        let children = Array::new();
        if let Some(figures) = self.figures.get() {
            children.push(&self.line(figures));
        }
        let _ = js::call(&self.container, "replaceChildren", &children);
    }

    fn line(&self, Figures { count, average }: Figures) -> JsValue {
        let settings = self.settings.borrow();
        let (t, formats) = (&settings.strings, Formats::new(&settings.lang));
        let value = formats.number(f64::from(average) / 100.0);
        let label = t.fill("of_five", &[("value", &value)]);
        let reviews = t.plural("reviews", count, &formats, &[]);
        let said = node(HTML, "span", &[("class", "count"), ("part", "count")], &[reviews.as_str().into()]);
        let stars = [("class", "stars"), ("part", "stars"), ("role", "img"), ("aria-label", &*label)];
        let stars = node(HTML, "span", &stars, &[picture(average)]);
        let mut attrs = vec![("class", "rating"), ("part", "rating")];
        let href = settings.attribute("href");
        if let Some(href) = &href {
            attrs.push(("href", href));
        }
        node(HTML, if href.is_some() { "a" } else { "span" }, &attrs, &[stars, said])
    }
}

/// Of 120 units; an inner picture cuts off what goes beyond its width, and needs no style.
fn picture(average: u32) -> JsValue {
    let row = |class: &str| node(SVG, "path", &[("class", class), ("d", STARS)], &[]);
    let width = number((average.min(500) * 6 / 25).into());
    let filled = node(SVG, "svg", &[("width", &*width), ("height", "24")], &[row("on")]);
    node(SVG, "svg", &[("viewBox", "0 0 120 24"), ("aria-hidden", "true")], &[row("off"), filled])
}

/// An element with elements and texts in it.
fn node(space: &str, tag: &str, attrs: &[(&str, &str)], children: &[JsValue]) -> JsValue {
    let document = js::get(&js::global(), "document");
    let made = js::call(&document, "createElementNS", &Array::of2(&space.into(), &tag.into()));
    let made = made.unwrap_or_default();
    for (name, value) in attrs {
        let _ = js::call(&made, "setAttribute", &Array::of2(&(*name).into(), &(*value).into()));
    }
    let inner = Array::new();
    for child in children {
        inner.push(child);
    }
    let _ = js::call(&made, "append", &inner);
    made
}
