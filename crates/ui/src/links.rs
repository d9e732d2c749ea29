//! Call and directions: plain links, so that nothing is asked of a third party before a click.

use yew::Html;

use crate::{
    attrs,
    dom::{NO_ATTRS, el, join, leaf, list, none},
    icon::{self, icon},
    strings::Strings,
};

/// Call, where there is a `phone`, and directions, by their URL.
pub fn links(t: &Strings, name: &str, phone: Option<&str>, directions: &str) -> Html {
    let call = match phone {
        Some(phone) => {
            // The tel: scheme takes no spaces.
            let href: String = "tel:".chars().chain(phone.chars().filter(|c| *c != ' ')).collect();
            let label = join(&[&t.text("call"), " · ", name]);
            let attrs = attrs!["class": "action", "part": "action", "href": &href, "aria-label": &label];
            el("a", attrs, face(t, "call", icon::PHONE))
        }
        None => none(),
    };
    let label = join(&[&t.text("directions"), " · ", name]);
    let away = attrs![
        "class": "action", "part": "action", "href": directions, "aria-label": &label,
        "target": "_blank", "rel": "noopener noreferrer",
    ];
    list(vec![call, el("a", away, face(t, "directions", icon::ROUTE))])
}

fn face(t: &Strings, key: &str, picture: &'static str) -> Vec<Html> {
    vec![icon(picture), leaf("span", NO_ATTRS, &t.text(key))]
}
