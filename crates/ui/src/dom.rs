//! Elements by function calls instead of `html!`: the macro inlines each element's construction,
//! a call costs the download a fifth of that.

use std::rc::Rc;

/// What widgets need of the DOM: they import it from here, so that one place decides.
pub use web_sys::{Element, HtmlElement, KeyboardEvent};

use yew::{
    Html, NodeRef,
    virtual_dom::{AttrValue, AttributeOrProperty, Attributes, Key, Listener, ListenerKind, VTag, VText},
};

/// Attribute names with their values; one with the value [`OFF`] is left out. See [`attrs!`](crate::attrs).
pub type Attrs<'a> = (&'static [&'static str], &'a [&'a str]);

/// Attributes, written as in `attrs!["class": "card", "part": "card"]`.
#[macro_export]
macro_rules! attrs {
    ($($name:literal: $value:expr),* $(,)?) => { (&[$($name),*][..], &[$($crate::dom::same($value)),*][..]) };
}

/// Lets a `&String` stand among `&str`s.
#[doc(hidden)]
pub const fn same(value: &str) -> &str {
    value
}

/// No attributes.
pub const NO_ATTRS: Attrs<'static> = (&[], &[]);

/// The value of an attribute that is not there.
pub const OFF: &str = "\0";

/// A boolean attribute: there or not.
pub fn on_if(condition: bool) -> &'static str {
    if condition { "" } else { OFF }
}

/// The value of a state such as `aria-expanded`.
pub fn aria(state: bool) -> &'static str {
    if state { "true" } else { "false" }
}

/// An element.
pub fn el(tag: &'static str, attrs: Attrs<'_>, children: Vec<Html>) -> Html {
    El::new(tag, attrs).children(children)
}

/// An element that has just text in it.
pub fn leaf(tag: &'static str, attrs: Attrs<'_>, content: &str) -> Html {
    El::new(tag, attrs).children(vec![text(content)])
}

/// Text.
pub fn text(content: &str) -> Html {
    VText::new(content.to_owned()).into()
}

/// Nothing.
pub fn none() -> Html {
    Html::default()
}

/// Several nodes as one.
pub fn list(children: Vec<Html>) -> Html {
    Html::VList(Rc::new(yew::virtual_dom::VList::with_children(children, None)))
}

/// An element with more to it than attributes and children.
pub struct El(VTag);

impl El {
    /// Begins one.
    pub fn new(tag: &'static str, (names, values): Attrs<'_>) -> Self {
        let mut tag = VTag::new(tag);
        let mut kept = Vec::with_capacity(values.len());
        for value in values {
            let text = || AttributeOrProperty::Attribute(AttrValue::from((*value).to_owned()));
            kept.push((*value != OFF).then(text));
        }
        tag.set_attributes(Attributes::Dynamic { keys: names, values: kept.into() });
        Self(tag)
    }

    /// Tells it from its siblings when they change places.
    #[must_use]
    pub fn key(mut self, key: &str) -> Self {
        self.0.key = Some(Key::from(key));
        self
    }

    /// Makes the DOM node reachable.
    #[must_use]
    pub fn node(mut self, node: &NodeRef) -> Self {
        self.0.node_ref = node.clone();
        self
    }

    /// What an input shows.
    #[must_use]
    pub fn value(mut self, value: &str) -> Self {
        self.0.set_value(Some(value.to_owned()));
        self
    }

    /// Listens.
    #[must_use]
    pub fn on(mut self, listener: Rc<dyn Listener>) -> Self {
        self.0.add_listener(listener);
        self
    }

    /// Ends it.
    pub fn children(mut self, children: Vec<Html>) -> Html {
        self.0.add_children(children);
        self.0.into()
    }
}

/// The events that widgets listen to.
#[derive(Clone, Copy)]
pub enum On {
    /// A press of a button or link.
    Click,
    /// Before a click moves the focus.
    MouseDown,
    /// A form was sent.
    Submit,
    /// A field's text changed.
    Input,
    /// A choice was made.
    Change,
    /// A key went down.
    KeyDown,
    /// The focus came.
    Focus,
    /// The focus went.
    Blur,
}

struct Run {
    on: On,
    run: Box<dyn Fn(web_sys::Event)>,
}

impl Listener for Run {
    fn kind(&self) -> ListenerKind {
        match self.on {
            On::Click => ListenerKind::onclick,
            On::MouseDown => ListenerKind::onmousedown,
            On::Submit => ListenerKind::onsubmit,
            On::Input => ListenerKind::oninput,
            On::Change => ListenerKind::onchange,
            On::KeyDown => ListenerKind::onkeydown,
            On::Focus => ListenerKind::onfocus,
            On::Blur => ListenerKind::onblur,
        }
    }

    fn handle(&self, event: web_sys::Event) {
        (self.run)(event);
    }

    fn passive(&self) -> bool {
        false
    }
}

/// Runs on an event.
pub fn listen(on: On, run: impl Fn(web_sys::Event) + 'static) -> Rc<dyn Listener> {
    Rc::new(Run { on, run: Box::new(run) })
}

/// The value of the form control that an event comes from.
pub fn value_of(event: &web_sys::Event) -> String {
    event.target().and_then(|target| crate::js::get(&target, "value").as_string()).unwrap_or_default()
}

/// Joins texts. One function for all: `join(&[…])` is compiled anew for each type of item.
pub fn join(parts: &[&str]) -> String {
    let mut out = String::new();
    for part in parts {
        out.push_str(part);
    }
    out
}
