//! The field with its suggestions as it is drawn.

use std::rc::Rc;

use devanture_domain::place::{PlaceKind, PositionFailure};
use wasm_bindgen::JsCast as _;
use yew::{Html, virtual_dom::Listener};

use super::{Field, Searching, Tell};
use crate::{
    attrs,
    dom::{El, KeyboardEvent, NO_ATTRS, OFF, On, aria, el, join, leaf, listen, none, on_if},
    icon::{self, icon},
    strings::Strings,
};

/// The form, as it stands.
pub fn form(field: &Field, t: &Strings, tell: &Tell) -> Html {
    let open = field.open && !(field.places.is_empty() && field.text.is_empty());
    let clear = || {
        let label = t.text("clear");
        let attrs = attrs!["type": "button", "class": "clear", "aria-label": &label];
        El::new("button", attrs).on(on(tell, On::Click, Searching::Clear)).children(vec![icon(icon::CLOSE)])
    };
    let locate = vec![
        icon(icon::TARGET),
        leaf("span", NO_ATTRS, &t.text(if field.locating { "locating" } else { "locate" })),
    ];
    let label = t.text("search_label");
    let input = input(field, open, &label, t, tell);
    let clear = if field.text.is_empty() { none() } else { clear() };
    let suggestions = suggestions(field, open, t, tell);
    let submit = attrs!["type": "submit", "class": "button primary", "part": "button"];
    let position = attrs!["type": "button", "class": "button locate", "disabled": on_if(field.locating)];
    let notice = field.notice.map_or_else(none, |failure| {
        let key = match failure {
            PositionFailure::Refused => "position_refused",
            PositionFailure::Unavailable => "position_unavailable",
        };
        leaf("p", attrs!["class": "notice", "role": "alert"], &t.text(key))
    });
    El::new("form", attrs!["class": "search", "part": "search", "role": "search", "aria-label": &label])
        .on(on(tell, On::Submit, Searching::Submit))
        .children(vec![
            el("div", attrs!["class": "field"], vec![icon(icon::SEARCH), input, clear, suggestions]),
            leaf("button", submit, &t.text("search")),
            El::new("button", position).on(on(tell, On::Click, Searching::Locate)).children(locate),
            notice,
        ])
}

/// Tells of an event; what the browser would do by itself is not done.
fn on(tell: &Tell, on: On, what: Searching) -> Rc<dyn Listener> {
    let tell = Rc::clone(tell);
    listen(on, move |event| {
        event.prevent_default();
        tell(what);
    })
}

fn input(field: &Field, open: bool, label: &str, t: &Strings, tell: &Tell) -> Html {
    let active = field.active.filter(|_| open).map(option_id);
    let pressing = Rc::clone(tell);
    let (count, active_now) = (field.places.len(), field.active);
    El::new("input", attrs![
        "id": "q", "type": "text", "part": "input", "role": "combobox", "aria-label": label,
        "placeholder": &t.text("search_placeholder"), "aria-expanded": aria(open),
        "aria-controls": "suggestions", "aria-autocomplete": "list",
        "aria-activedescendant": active.as_deref().unwrap_or(OFF), "autocomplete": "off", "maxlength": "200",
    ])
        .node(&field.input)
        .value(&field.text)
        .on(on(tell, On::Input, Searching::Typed))
        .on(listen(On::KeyDown, move |event| {
            let Some(event) = event.dyn_ref::<KeyboardEvent>() else { return };
            if let Some(what) = key_action(&event.key(), open, count, active_now) {
                event.prevent_default();
                pressing(what);
            }
        }))
        .on(on(tell, On::Blur, Searching::Close))
        .on(on(tell, On::Focus, Searching::Focus))
        .children(vec![])
}

fn suggestions(field: &Field, open: bool, t: &Strings, tell: &Tell) -> Html {
    let mut items = Vec::with_capacity(field.places.len());
    for (index, place) in field.places.iter().enumerate() {
        let (id, selected) = (option_id(index), aria(field.active == Some(index)));
        let attrs = attrs!["id": &id, "role": "option", "part": "suggestion", "aria-selected": selected];
        let children = vec![
            icon(if place.kind == PlaceKind::Store { icon::STORE } else { icon::PIN }),
            leaf("span", attrs!["class": "label"], &place.label),
            leaf("span", attrs!["class": "detail"], &place.detail),
        ];
        // Not `click`: the field would lose the focus, and the list close, before it.
        let chosen = on(tell, On::MouseDown, Searching::Choose(index));
        items.push(El::new("li", attrs).on(chosen).children(children));
    }
    if items.is_empty() {
        let attrs =
            attrs!["class": "none", "role": "option", "aria-disabled": "true", "aria-selected": "false"];
        items.push(leaf("li", attrs, &t.text("no_suggestion")));
    }
    // The list box stays in the tree, as `aria-controls` names it.
    el(
        "ul",
        attrs!["id": "suggestions", "class": "suggestions", "part": "suggestions", "role": "listbox", "hidden": on_if(!open), "aria-label": &t.text("suggestions")],
        items,
    )
}

fn option_id(index: usize) -> String {
    let letter = char::from(b'a' + u8::try_from(index).unwrap_or(25).min(25));
    join(&["s", letter.encode_utf8(&mut [0; 4])])
}

/// Arrow keys go round through the field itself; Escape closes, then clears.
fn key_action(key: &str, open: bool, count: usize, active: Option<usize>) -> Option<Searching> {
    match key {
        "ArrowDown" if count > 0 => Some(Searching::Highlight(match active {
            None => Some(0),
            Some(last) if last + 1 == count => None,
            Some(index) => Some(index + 1),
        })),
        "ArrowUp" if count > 0 => Some(Searching::Highlight(match active {
            None => Some(count - 1),
            Some(index) => index.checked_sub(1),
        })),
        "Escape" if open => Some(Searching::Close),
        "Escape" => Some(Searching::Clear),
        _ => None,
    }
}
