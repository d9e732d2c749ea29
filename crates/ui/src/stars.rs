//! Stars, filled as far as an average goes.

use yew::Html;

use crate::{attrs, dom::el, icon::STARS, js::number};

/// Five stars of `hundredths`, 437 for 4.37. `label` says them to who does not see them.
pub fn stars(hundredths: u32, label: &str) -> Html {
    // Of 120 units; an inner picture cuts off what goes beyond its width, and needs no style.
    let width = number((hundredths.min(500) * 6 / 25).into());
    let row = |class: &str| el("path", attrs!["class": class, "d": STARS], vec![]);
    let filled = el("svg", attrs!["width": &width, "height": "24"], vec![row("on")]);
    let picture = attrs!["viewBox": "0 0 120 24", "aria-hidden": "true"];
    let picture = el("svg", picture, vec![row("off"), filled]);
    el("span", attrs!["class": "stars", "part": "stars", "role": "img", "aria-label": label], vec![picture])
}

/// A bar of `width` 100, filled as far as `share` goes.
pub fn bar(share: u32) -> Html {
    let width = number(share.min(100).into());
    let part =
        |class: &str, width: &str| el("rect", attrs!["class": class, "width": width, "height": "8"], vec![]);
    let attrs =
        attrs!["class": "bar", "viewBox": "0 0 100 8", "preserveAspectRatio": "none", "aria-hidden": "true"];
    el("svg", attrs, vec![part("off", "100"), part("on", &width)])
}
