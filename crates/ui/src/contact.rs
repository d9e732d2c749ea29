//! Who comes, and how to reach them: the fields that forms have in common.

use wasm_bindgen::JsCast as _;
use yew::{Html, NodeRef};

use crate::{
    attrs,
    dom::{Attrs, El, Element, HtmlElement, NO_ATTRS, OFF, el, join, leaf, none, text},
    js::{self, number},
    strings::Strings,
};

/// What can be filled wrongly.
const FIELDS: [&str; 3] = ["name", "email", "phone"];

/// A person who has said who they are, and at least one way to reach them.
pub struct Contact {
    /// As they write it.
    pub name: String,
    /// An address that may be one.
    pub email: Option<String>,
    /// A number that may be one.
    pub phone: Option<String>,
}

/// A form with these fields in it.
#[derive(Default)]
pub struct Form {
    node: NodeRef,
    /// The field that is not filled as it must be.
    invalid: Option<&'static str>,
}

impl Form {
    /// The element, to be given what it sends and what stands in it.
    pub fn element(&self, attrs: Attrs<'_>) -> El {
        El::new("form", attrs).node(&self.node)
    }

    /// The name.
    pub fn name(&self, t: &Strings) -> Html {
        self.input(t, "name", ("text", 100), "invalid.name")
    }

    /// The address.
    pub fn email(&self, t: &Strings) -> Html {
        self.input(t, "email", ("email", 254), "invalid.email")
    }

    /// The address, where there is no other way to reach them.
    pub fn email_alone(&self, t: &Strings) -> Html {
        self.input(t, "email", ("email", 254), "invalid.email_alone")
    }

    /// The number.
    pub fn phone(&self, t: &Strings) -> Html {
        self.input(t, "phone", ("tel", 32), "invalid.phone")
    }

    /// `wrong` is what is said where it is not filled as it must be.
    fn input(&self, t: &Strings, name: &'static str, (kind, length): (&str, u32), wrong: &str) -> Html {
        let invalid = self.invalid == Some(name);
        let error = join(&[name, "-error"]);
        let length = number(length.into());
        let field = attrs![
            "type": kind, "name": name, "autocomplete": if name == "phone" { kind } else { name }, "maxlength": &length,
            "required": if name == "name" { "" } else { OFF }, "aria-invalid": if invalid { "true" } else { OFF },
            "aria-describedby": if invalid { &error } else { OFF },
        ];
        let field = el("input", field, vec![]);
        // Outside of the label, where it would be part of the field's name.
        let message = || leaf("span", attrs!["class": "invalid", "id": &error], &t.text(wrong));
        let label = el("label", NO_ATTRS, vec![leaf("span", NO_ATTRS, &t.text(name)), field]);
        el("div", attrs!["class": "row"], vec![label, if invalid { message() } else { none() }])
    }

    /// What is typed into a field, if anything.
    pub fn filled(&self, name: &str) -> Option<String> {
        let text = js::text(self.control(name)?.as_ref(), "value")?;
        Some(text.trim().to_owned()).filter(|text| !text.is_empty())
    }

    /// The person, unless a field is not filled as it must be: that one is marked and takes the focus.
    pub fn read(&mut self) -> Option<Contact> {
        match self.contact() {
            Ok(contact) => Some(contact),
            Err(field) => {
                self.mark(field);
                None
            }
        }
    }

    /// The address alone, unless it cannot be one: then the field is marked and takes the focus.
    pub fn read_email(&mut self) -> Option<String> {
        let email = self.filled("email").filter(|email| is_address(email));
        if email.is_none() {
            self.mark("email");
        }
        email
    }

    fn contact(&self) -> Result<Contact, &'static str> {
        let name = self.filled("name").ok_or("name")?;
        let (email, phone) = (self.filled("email"), self.filled("phone"));
        if let Some(email) = &email
            && !is_address(email)
        {
            return Err("email");
        }
        if let Some(phone) = &phone
            && phone.chars().filter(char::is_ascii_digit).count() < 6
        {
            return Err("phone");
        }
        if email.is_none() && phone.is_none() {
            return Err("email");
        }
        Ok(Contact { name, email, phone })
    }

    /// Nothing is wrong any more.
    pub fn clear(&mut self) {
        self.invalid = None;
    }

    /// Marks the field that an answer has refused; says whether it is one of these.
    pub fn refused(&mut self, field: Option<&str>) -> bool {
        let found = FIELDS.into_iter().find(|name| field == Some(name));
        found.inspect(|field| self.mark(field)).is_some()
    }

    fn mark(&mut self, field: &'static str) {
        self.invalid = Some(field);
        self.focus(field);
    }

    /// Puts the focus into a field.
    pub fn focus(&self, field: &str) {
        if let Some(field) = self.control(field).and_then(|field| field.dyn_into::<HtmlElement>().ok()) {
            let _ = field.focus();
        }
    }

    fn control(&self, name: &str) -> Option<Element> {
        let form = self.node.cast::<Element>()?;
        form.query_selector(&join(&["[name=", name, "]"])).ok().flatten()
    }
}

fn is_address(email: &str) -> bool {
    email.split_once('@').is_some_and(|(user, host)| !user.is_empty() && host.contains('.'))
}

/// What the details are for, in the text `key`, and the shop's own page about it.
pub fn privacy(t: &Strings, key: &str, url: Option<&String>) -> Html {
    let link = |url: &String| {
        leaf("a", attrs!["href": url, "target": "_blank", "rel": "noopener"], &t.text("privacy"))
    };
    // Only web addresses become links.
    let url = url.filter(|url| url.starts_with("https://") || url.starts_with("http://"));
    el("p", attrs!["class": "small"], vec![text(&t.text(key)), text(" "), url.map_or_else(none, link)])
}

/// What an error's code means, in words.
pub fn failure(t: &Strings, code: &str) -> Html {
    let said = t.find(&join(&["error.", code])).unwrap_or_else(|| t.text("error"));
    leaf("p", attrs!["class": "failure", "role": "alert"], &said)
}
