//! The search for a place: a field with suggestions, a combobox with a list box by the WAI-ARIA authoring practices, and the button
//! that asks for the device's position. Who uses it asks for the suggestions and does what is chosen.

use std::rc::Rc;

use gloo_timers::callback::Timeout;
use wasm_bindgen::JsCast as _;
use yew::{Html, NodeRef, virtual_dom::Listener};

use crate::{
    attrs,
    dom::{El, HtmlElement, KeyboardEvent, NO_ATTRS, OFF, On, aria, el, join, leaf, listen, none, on_if},
    icon::{self, icon},
    strings::Strings,
};

/// How long to wait for the next letter before asking the API.
const PAUSE_MS: u32 = 120;
/// What is worth asking for.
const MIN_CHARS: usize = 2;
/// The API refuses longer questions, and no place has such a name.
const MAX_CHARS: usize = 200;

/// The field and its list of suggestions.
#[derive(Default)]
pub struct Field {
    /// What is typed.
    pub text: String,
    /// The suggestion that the arrow keys are at.
    pub active: Option<usize>,
    /// Whether the list is shown.
    pub open: bool,
    input: NodeRef,
    /// Number of the newest question; answers to older ones are dropped.
    asked: u32,
    pause: Option<Timeout>,
}

/// What a shopper does with it.
#[derive(Clone, Copy)]
pub enum Searching {
    /// Another text, see [`Field::read`].
    Typed,
    /// The arrow keys.
    Highlight(Option<usize>),
    /// Suggestions are of no use any more.
    Close,
    /// A suggestion by its number.
    Choose(usize),
    /// What is typed, or highlighted, is what is meant.
    Submit,
    /// Away with it.
    Clear,
    /// The field is about to be used.
    Focus,
    /// The device's position.
    Locate,
}

/// Who is told.
pub type Tell = Rc<dyn Fn(Searching)>;

/// A suggestion as it is shown.
pub struct Choice<'a> {
    /// The place.
    pub label: &'a str,
    /// Tells it from others of the same name.
    pub detail: &'a str,
    /// One of [`crate::icon`].
    pub icon: &'static str,
}

impl Field {
    /// Takes what has been typed; says whether suggestions are worth asking for.
    pub fn read(&mut self) -> bool {
        let input: Option<HtmlElement> = self.input.cast();
        let text = input.and_then(|input| crate::js::text(&input, "value")).unwrap_or_default();
        self.typed(&text)
    }

    /// Takes a text as if it had been typed.
    pub fn typed(&mut self, text: &str) -> bool {
        self.text = text.chars().take(MAX_CHARS).collect();
        self.asked += 1;
        self.pause = None;
        // What was highlighted answers another question.
        self.active = None;
        let enough = self.question().chars().count() >= MIN_CHARS;
        self.open &= enough;
        enough
    }

    /// What is meant, without spaces around it.
    pub fn question(&self) -> &str {
        self.text.trim()
    }

    /// Runs `ask` with the question's number when no more was typed for a moment.
    pub fn pause(&mut self, ask: Box<dyn FnOnce(u32)>) {
        let asked = self.asked;
        self.pause = Some(Timeout::new(PAUSE_MS, move || ask(asked)));
    }

    /// Whether a question is still the newest.
    pub fn is_newest(&self, asked: u32) -> bool {
        self.asked == asked
    }

    /// Shows suggestions that have come.
    pub fn show(&mut self) {
        self.active = None;
        self.open = true;
    }

    /// Shows none, nor any that are still under way.
    pub fn close(&mut self) {
        self.pause = None;
        self.asked += 1;
        self.open = false;
        self.active = None;
    }

    /// Empties it, ready to be typed into.
    pub fn clear(&mut self) {
        self.text.clear();
        self.close();
        if let Some(input) = self.input.cast::<HtmlElement>() {
            let _ = input.focus();
        }
    }
}

/// The form. `locating` while the device is asked; `notice` is the key of a text that says why that failed.
pub fn form(
    field: &Field,
    choices: &[Choice<'_>],
    (locating, notice): (bool, Option<&str>),
    t: &Strings,
    tell: &Tell,
) -> Html {
    let open = field.open && !(choices.is_empty() && field.text.is_empty());
    let clear = || {
        let label = t.text("clear");
        let attrs = attrs!["type": "button", "class": "clear", "aria-label": &label];
        El::new("button", attrs).on(on(tell, On::Click, Searching::Clear)).children(vec![icon(icon::CLOSE)])
    };
    let locate = vec![
        icon(icon::TARGET),
        leaf("span", NO_ATTRS, &t.text(if locating { "locating" } else { "locate" })),
    ];
    let label = t.text("search_label");
    let input = input(field, choices.len(), open, &label, t, tell);
    let clear = if field.text.is_empty() { none() } else { clear() };
    let suggestions = suggestions(field, choices, open, t, tell);
    let submit = attrs!["type": "submit", "class": "button primary", "part": "button"];
    let position = attrs!["type": "button", "class": "button locate", "disabled": on_if(locating)];
    let notice = notice
        .map(|key| leaf("p", attrs!["class": "notice", "role": "alert"], &t.text(key)))
        .unwrap_or_default();
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

fn input(field: &Field, count: usize, open: bool, label: &str, t: &Strings, tell: &Tell) -> Html {
    let active = field.active.filter(|_| open).map(option_id);
    let pressing = Rc::clone(tell);
    let active_now = field.active;
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

fn suggestions(field: &Field, choices: &[Choice<'_>], open: bool, t: &Strings, tell: &Tell) -> Html {
    let mut items = Vec::with_capacity(choices.len());
    for (index, choice) in choices.iter().enumerate() {
        let (id, selected) = (option_id(index), aria(field.active == Some(index)));
        let attrs = attrs!["id": &id, "role": "option", "part": "suggestion", "aria-selected": selected];
        let children = vec![
            icon(choice.icon),
            leaf("span", attrs!["class": "label"], choice.label),
            leaf("span", attrs!["class": "detail"], choice.detail),
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
