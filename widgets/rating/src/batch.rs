//! One request for all ratings of a page: the first that is asked for takes along those of the elements that are not mounted yet.

use std::{cell::RefCell, rc::Weak};

use devanture_api::review::{RatingList, RatingParams};
use devanture_client::{Api, ClientError};
use devanture_domain::review::About;
use devanture_ui::{
    js::{self, Array},
    mount::Settings,
    task::spawn,
};
use wasm_bindgen::{JsCast as _, JsValue};

use crate::Line;

/// The API's own bound.
const MOST: usize = 500;

/// What is rated: a product's id, or a store's code, as the page writes it.
#[derive(Clone, PartialEq)]
pub(crate) struct Subject {
    about: About,
    id: String,
}

impl Subject {
    /// What an element is about.
    pub(crate) fn of(element: &JsValue) -> Option<Self> {
        let product = attribute(element, "product").map(|id| Self { about: About::Product, id });
        product.or_else(|| attribute(element, "store").map(|id| Self { about: About::Store, id }))
    }
}

/// Stars of one.
#[derive(Clone, Copy, PartialEq)]
pub(crate) struct Figures {
    pub count: u32,
    /// In hundredths.
    pub average: u32,
}

struct Entry {
    /// The site's.
    key: String,
    subject: Subject,
    /// Number of the request; 0 while there is none.
    asked: u32,
    figures: Option<Figures>,
}

struct Shelf {
    entries: Vec<Entry>,
    requests: u32,
    /// To be told.
    lines: Vec<Weak<Line>>,
}

thread_local! {
    static SHELF: RefCell<Shelf> =
        const { RefCell::new(Shelf { entries: vec![], requests: 0, lines: vec![] }) };
}

/// Has a line told of every answer, as long as it is there.
pub(crate) fn follow(line: Weak<Line>) {
    SHELF.with_borrow_mut(|shelf| shelf.lines.push(line));
}

/// Asks for the figures of a subject, or gives those that are known.
pub(crate) fn ask(host: &JsValue, settings: &Settings, subject: Subject) -> Option<Figures> {
    let (asked, figures) = SHELF.with_borrow_mut(|shelf| {
        let entry = shelf.place(&settings.site_key, subject);
        (entry.asked, entry.figures)
    });
    if asked == 0 {
        let (api, key) = (settings.api.clone(), settings.site_key.clone());
        let host = host.clone();
        // Those that are mounted in the same breath come along, and the first of them asks for all.
        spawn(Box::pin(async move { send(api, key, &host) }));
    }
    figures
}

/// The figures of a subject as far as they are known.
pub(crate) fn known(settings: &Settings, subject: Subject) -> Option<Figures> {
    SHELF.with_borrow_mut(|shelf| shelf.place(&settings.site_key, subject).figures)
}

impl Shelf {
    fn place(&mut self, key: &str, subject: Subject) -> &mut Entry {
        let known = self.entries.iter().position(|entry| entry.key == key && entry.subject == subject);
        let at = known.unwrap_or(self.entries.len());
        if known.is_none() {
            self.entries.push(Entry { key: key.into(), subject, asked: 0, figures: None });
        }
        &mut self.entries[at]
    }
}

fn attribute(element: &JsValue, name: &str) -> Option<String> {
    let value = js::call(element, "getAttribute", &Array::of1(&name.into())).ok()?;
    value.as_string().filter(|value| !value.is_empty())
}

/// Asks for all that nobody has asked for, also those of the page's elements that ask with the same key.
fn send(api: String, key: String, host: &JsValue) {
    let is_open = |entry: &Entry| entry.asked == 0 && entry.key == key;
    if !SHELF.with_borrow(|shelf| shelf.entries.iter().any(is_open)) {
        return;
    }
    let document = js::get(&js::global(), "document");
    let found = js::call(&document, "getElementsByTagName", &Array::of1(&js::get(host, "localName")));
    let list = js::call(&js::get(&js::global(), "Array"), "from", &Array::of1(&found.unwrap_or_default()));
    let list: Array = list.ok().and_then(|list| list.dyn_into().ok()).unwrap_or_default();
    let own = attribute(host, "site-key");
    let (mut products, mut stores) = (String::new(), String::new());
    let (number, asked) = SHELF.with_borrow_mut(|shelf| {
        for element in list.iter() {
            if let Some(subject) = Subject::of(&element).filter(|_| attribute(&element, "site-key") == own) {
                shelf.place(&key, subject);
            }
        }
        shelf.requests += 1;
        let mut asked = 0;
        for entry in &mut shelf.entries {
            if asked == MOST || !is_open(entry) {
                continue;
            }
            asked += 1;
            entry.asked = shelf.requests;
            let ids = if entry.subject.about == About::Product { &mut products } else { &mut stores };
            if !ids.is_empty() {
                ids.push(',');
            }
            ids.push_str(&entry.subject.id);
        }
        (shelf.requests, asked)
    });
    let list = |ids: String| Some(ids).filter(|ids| !ids.is_empty());
    let params = RatingParams { products: list(products), stores: list(stores) };
    Api::new(api.clone(), key.clone()).ratings(&params).then(move |answer| told(number, &answer));
    if asked == MOST {
        send(api, key, host);
    }
}

/// Keeps an answer and tells all lines. After one that did not come, the next who asks tries again.
fn told(number: u32, answer: &Result<RatingList, ClientError>) {
    let lines = SHELF.with_borrow_mut(|shelf| {
        for entry in &mut shelf.entries {
            if entry.asked != number {
                continue;
            }
            let Ok(list) = answer else {
                entry.asked = 0;
                continue;
            };
            // The catalogue writes its codes in capitals.
            let Subject { about, id } = &entry.subject;
            let id = id.trim();
            for line in &list.items {
                if line.about == *about && line.id.eq_ignore_ascii_case(id) {
                    entry.figures = Some(Figures { count: line.count, average: line.average_hundredths });
                }
            }
        }
        shelf.lines.retain(|line| line.strong_count() > 0);
        shelf.lines.clone()
    });
    for line in lines {
        if let Some(line) = line.upgrade() {
            line.told();
        }
    }
}
