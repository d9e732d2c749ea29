//! One request for all ratings of a page: the first that is asked for takes along those of the elements that are not mounted yet.

use std::{cell::RefCell, rc::Rc};

use devanture_api::review::{RatingList, RatingParams};
use devanture_client::{Api, ClientError};
use devanture_domain::review::About;
use devanture_ui::{
    dom::HtmlElement,
    js::{self, Array},
    mount::Settings,
    task::spawn,
};
use wasm_bindgen::{JsCast as _, JsValue};

/// What is rated: a product's id, or a store's code, as the page writes it.
pub(crate) type Subject = (About, String);
/// Told what was found; nothing where nobody has written, or the answer did not come.
type Tell = Box<dyn FnOnce(Option<Figures>)>;

/// The API's own bound.
const MOST: usize = 500;

/// Stars of one.
#[derive(Clone, Copy, PartialEq)]
pub(crate) struct Figures {
    pub count: u32,
    /// In hundredths.
    pub average: u32,
}

enum State {
    /// To be asked for, or on its way.
    Asked(Vec<Tell>),
    Known(Option<Figures>),
}

/// What is known of a site's subjects.
#[derive(Default)]
struct Shelf {
    key: String,
    entries: Vec<(Subject, State)>,
    /// Not asked for yet.
    waiting: Vec<Subject>,
}

thread_local! {
    static SHELVES: RefCell<Vec<Rc<RefCell<Shelf>>>> = const { RefCell::new(Vec::new()) };
}

fn shelf(key: &str) -> Rc<RefCell<Shelf>> {
    SHELVES.with_borrow_mut(|shelves| {
        if let Some(known) = shelves.iter().find(|shelf| shelf.borrow().key == key) {
            return known.clone();
        }
        let made = Rc::new(RefCell::new(Shelf { key: key.into(), ..Shelf::default() }));
        shelves.push(made.clone());
        made
    })
}

/// Asks for the figures of a subject.
pub(crate) fn ask(host: &HtmlElement, settings: &Settings, subject: Subject, tell: Tell) {
    let shelf = shelf(&settings.site_key);
    let state = shelf.borrow().entries.iter().position(|(known, _)| *known == subject);
    let known = state.and_then(|at| match &mut shelf.borrow_mut().entries[at].1 {
        State::Known(figures) => Some(*figures),
        State::Asked(_) => None,
    });
    if let Some(figures) = known {
        return tell(figures);
    }
    let mut open = shelf.borrow_mut();
    if let Some(at) = state {
        if let State::Asked(tells) = &mut open.entries[at].1 {
            tells.push(tell);
        }
        return;
    }
    let first = open.waiting.is_empty();
    open.want(subject, vec![tell]);
    if first {
        for subject in others(host) {
            open.want(subject, vec![]);
        }
        drop(open);
        let api = Api::new(settings.api.clone(), settings.site_key.clone());
        // Those that are mounted in the same breath come along.
        spawn(Box::pin(async move { send(&api, &shelf) }));
    }
}

impl Shelf {
    fn want(&mut self, subject: Subject, tells: Vec<Tell>) {
        if !self.entries.iter().any(|(known, _)| *known == subject) {
            self.waiting.push(subject.clone());
            self.entries.push((subject, State::Asked(tells)));
        }
    }
}

/// What the page's other elements of this tag are about, unless they ask with another key.
fn others(host: &HtmlElement) -> Vec<Subject> {
    let document = js::get(&js::global(), "document");
    let found = js::call(&document, "getElementsByTagName", &Array::of1(&js::get(host, "localName")));
    let list = js::call(&js::get(&js::global(), "Array"), "from", &Array::of1(&found.unwrap_or_default()));
    let list: Array = list.ok().and_then(|list| list.dyn_into().ok()).unwrap_or_default();
    let own = attribute(host, "site-key");
    let mut out = Vec::new();
    for element in list.iter() {
        let product = attribute(&element, "product").map(|id| (About::Product, id));
        let subject = product.or_else(|| attribute(&element, "store").map(|id| (About::Store, id)));
        out.extend(subject.filter(|_| attribute(&element, "site-key") == own));
    }
    out
}

fn attribute(element: &JsValue, name: &str) -> Option<String> {
    let value = js::call(element, "getAttribute", &Array::of1(&name.into())).ok()?;
    value.as_string().filter(|value| !value.is_empty())
}

/// Asks for all that wait, in as few requests as the API takes.
fn send(api: &Api, shelf: &Rc<RefCell<Shelf>>) {
    let mut waiting = core::mem::take(&mut shelf.borrow_mut().waiting);
    while !waiting.is_empty() {
        let asked: Vec<Subject> = waiting.drain(..waiting.len().min(MOST)).collect();
        let list = |about| {
            let mut ids = String::new();
            for (of, id) in &asked {
                if *of == about {
                    if !ids.is_empty() {
                        ids.push(',');
                    }
                    ids.push_str(id);
                }
            }
            Some(ids).filter(|ids| !ids.is_empty())
        };
        let params = RatingParams { products: list(About::Product), stores: list(About::Store) };
        let shelf = shelf.clone();
        api.ratings(&params).then(move |answer| found(&shelf, &asked, &answer));
    }
}

fn found(shelf: &RefCell<Shelf>, asked: &[Subject], answer: &Result<RatingList, ClientError>) {
    let items = answer.as_ref().map_or(&[][..], |list| &list.items);
    for (about, id) in asked {
        // The catalogue writes its codes in capitals.
        let line = items.iter().find(|line| line.about == *about && line.id.eq_ignore_ascii_case(id.trim()));
        let figures = line.map(|line| Figures { count: line.count, average: line.average_hundredths });
        let mut open = shelf.borrow_mut();
        let Some(at) = open.entries.iter().position(|((of, known), _)| of == about && known == id) else {
            continue;
        };
        let state = if answer.is_ok() {
            core::mem::replace(&mut open.entries[at].1, State::Known(figures))
        } else {
            // The next who asks tries again.
            open.entries.swap_remove(at).1
        };
        drop(open);
        if let State::Asked(tells) = state {
            for tell in tells {
                tell(figures);
            }
        }
    }
}
