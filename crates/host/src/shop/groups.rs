//! Which of the groups of choices are sizes.

use devanture_domain::size::Label;
use wasm_bindgen::JsValue;

use super::{dom, picker::Choices};

/// Beginnings of what shops call it.
const NAMES: [&str; 8] = ["taille", "size", "pointure", "gr", "talla", "taglia", "maat", "velikost"];

/// How much a group looks like sizes: nothing where fewer than half of its choices are.
pub(super) fn score(group: &JsValue, name: &str, choices: &Choices) -> u8 {
    let all = choices.read(None);
    let sizes = all.iter().filter(|choice| Label::parse(&choice.label).is_some()).count();
    if sizes == 0 || sizes * 2 < all.len() {
        return 0;
    }
    1 + u8::from(is_named(group, name)) * 2 + u8::from(sizes == all.len())
}

fn is_named(group: &JsValue, name: &str) -> bool {
    let label = || dom::find(group, name).and_then(|label| dom::text(&label, "textContent"));
    let labels = || {
        let labels = dom::items(&dom::get(group, "labels"));
        labels.first().and_then(|label| dom::text(label, "textContent"))
    };
    let texts = [
        label(),
        labels(),
        dom::attribute(group, "aria-label"),
        dom::attribute(group, "data-attribute-code"),
        dom::attribute(group, "attribute-code"),
        dom::attribute(group, "name"),
        dom::attribute(group, "id"),
    ];
    texts.into_iter().flatten().any(|text| {
        let words = text
            .split(|sign: char| sign.is_ascii_whitespace() || sign.is_ascii_punctuation())
            .filter(|word| !word.is_empty());
        words.take(12).any(|word| NAMES.iter().any(|name| begins(word, name)))
    })
}

fn begins(word: &str, with: &str) -> bool {
    // `Größe`, but not `grün`.
    if with == "gr" {
        return ["Größe", "größe", "Groesse", "groesse"].iter().any(|known| word.starts_with(known));
    }
    word.get(..with.len()).is_some_and(|start| start.eq_ignore_ascii_case(with))
}
