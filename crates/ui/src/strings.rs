//! Texts by key, from the locale's file merged with the host's own.

use wasm_bindgen::JsValue;

use crate::{dom::join, format::Formats, js};

/// A flat object of texts. `{name}` in a text is a placeholder.
#[derive(Clone, Default, PartialEq)]
pub struct Strings(JsValue);

impl Strings {
    /// Takes the loaded object.
    pub fn new(object: JsValue) -> Self {
        Self(object)
    }

    /// Hands over the `strings` that an update promises, if they come: a locale that does not load
    /// leaves the texts as they are.
    pub fn load(props: &js_sys::Object, done: Box<dyn FnOnce(Self)>) {
        let promise = js_sys::Promise::resolve(&js::get(props, "strings"));
        crate::task::spawn(Box::pin(async move {
            if let Ok(strings) = wasm_bindgen_futures::JsFuture::from(promise).await {
                done(Self(strings));
            }
        }));
    }

    /// The text of `key`; the key itself where a locale lacks it, so that the gap is seen.
    pub fn text(&self, key: &str) -> String {
        self.find(key).unwrap_or_else(|| key.into())
    }

    /// The text of `key`, if there is one.
    pub fn find(&self, key: &str) -> Option<String> {
        js::text(&self.0, key)
    }

    /// The text of `key` with its placeholders filled.
    pub fn fill(&self, key: &str, values: &[(&str, &str)]) -> String {
        fill(&self.text(key), values)
    }

    /// The form of `key` that the language uses for `count` (`key.one`, `key.other` …), with
    /// `{count}` and the other placeholders filled.
    pub fn plural(&self, key: &str, count: u32, formats: &Formats, values: &[(&str, &str)]) -> String {
        let form = join(&[key, ".", &formats.plural(count)]);
        let text = self.find(&form).unwrap_or_else(|| self.text(&join(&[key, ".other"])));
        fill(&fill(&text, &[("count", &formats.integer(count))]), values)
    }
}

fn fill(text: &str, values: &[(&str, &str)]) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        let Some((name, tail)) = after.split_once('}') else {
            out.push('{');
            rest = after;
            continue;
        };
        match values.iter().find(|(key, _)| *key == name) {
            Some((_, value)) => out.push_str(value),
            None => out.extend(["{", name, "}"]),
        }
        rest = tail;
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::fill;

    #[test]
    fn placeholders() {
        assert_eq!(
            fill("{count} stores near {place}", &[("count", "3"), ("place", "{x}")]),
            "3 stores near {x}"
        );
        assert_eq!(fill("a {b} {c", &[("a", "1")]), "a {b} {c");
    }
}
