//! One request for all ratings of a page: the first that is asked for takes along those of the elements that are not mounted yet.

use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};

use devanture_api::review::{RatingLine, RatingList, RatingParams};
use devanture_client::{Api, ClientError};
use devanture_domain::review::About;
use devanture_ui::{js, mount::Settings, task::spawn};
use wasm_bindgen::JsValue;

use crate::Line;

/// The API's own bound.
const MOST: usize = 500;

/// How many reviews, and the mean of their stars in hundredths.
pub(crate) type Figures = (u32, u32);

/// What is rated: a product's id, or a store's code, as the page writes it.
#[derive(PartialEq)]
pub(crate) struct Subject {
    about: About,
    id: String,
}

/// What the lines of one site share. Vectors are taken out and put back: nothing else runs meanwhile.
pub(crate) struct Batch {
    key: String,
    api: Api,
    /// First those that were asked for, then those that are going to be.
    asked: Cell<Vec<Subject>>,
    /// How many of them were asked for.
    sent: Cell<usize>,
    known: Cell<Vec<RatingLine>>,
    lines: Cell<Vec<Rc<Line>>>,
}

thread_local! {
    static BATCHES: RefCell<Vec<Rc<Batch>>> = const { RefCell::new(vec![]) };
}

/// That of the site.
pub(crate) fn of(settings: &Settings) -> Rc<Batch> {
    let key = &settings.site_key;
    BATCHES.with_borrow_mut(|batches| {
        if let Some(batch) = batches.iter().find(|batch| batch.key == *key) {
            return batch.clone();
        }
        let batch = Rc::new(Batch {
            key: key.clone(),
            api: Api::new(settings.api.clone(), key.clone()),
            asked: Cell::default(),
            sent: Cell::default(),
            known: Cell::default(),
            lines: Cell::default(),
        });
        batches.push(batch.clone());
        batch
    })
}

impl Subject {
    /// What an element is about.
    pub(crate) fn of(element: &JsValue) -> Option<Self> {
        let (about, id) = match attribute(element, "product") {
            Some(id) => (About::Product, id),
            None => (About::Store, attribute(element, "store")?),
        };
        Some(Self { about, id })
    }
}

impl Batch {
    /// Has a line told of every answer.
    pub(crate) fn follow(&self, line: Rc<Line>) {
        let mut lines = self.lines.take();
        lines.push(line);
        self.lines.set(lines);
    }

    pub(crate) fn forget(&self, line: &Rc<Line>) {
        let mut lines = self.lines.take();
        if let Some(at) = lines.iter().position(|one| Rc::ptr_eq(one, line)) {
            lines.swap_remove(at);
        }
        self.lines.set(lines);
    }

    /// The figures of a subject as far as they are known.
    pub(crate) fn known(&self, Subject { about, id }: &Subject) -> Option<Figures> {
        let (id, known) = (id.trim(), self.known.take());
        // The catalogue writes its codes in capitals.
        let line = known.iter().find(|line| line.about == *about && line.id.eq_ignore_ascii_case(id));
        let figures = line.map(|line| (line.count, line.average_hundredths));
        self.known.set(known);
        figures
    }

    /// Asks for the figures of a subject, unless that was done.
    pub(crate) fn ask(self: &Rc<Self>, host: &JsValue, subject: Subject) {
        if self.is_new(subject) {
            let (batch, host) = (self.clone(), host.clone());
            // Those that are mounted in the same breath come along, and the first of them asks for all.
            spawn(Box::pin(async move { batch.send(&host) }));
        }
    }

    fn is_new(&self, subject: Subject) -> bool {
        let mut asked = self.asked.take();
        let is_new = !asked.contains(&subject);
        if is_new {
            asked.push(subject);
        }
        self.asked.set(asked);
        is_new
    }

    /// Asks for all that nobody has asked for, also those of the page's elements that ask with the same key.
    fn send(self: Rc<Self>, host: &JsValue) {
        let own = attribute(host, "site-key");
        let document = js::get(&js::global(), "document");
        let list = js::call(&document, "getElementsByTagName", &js::Array::of1(&js::get(host, "localName")));
        let list = list.unwrap_or_default();
        let mut at = 0.0;
        loop {
            let element = js::get(&list, &js::number(at));
            if element.is_undefined() {
                break;
            }
            if let Some(subject) = Subject::of(&element).filter(|_| attribute(&element, "site-key") == own) {
                self.is_new(subject);
            }
            at += 1.0;
        }
        let asked = self.asked.take();
        while self.sent.get() < asked.len() {
            let (mut products, mut stores) = (String::new(), String::new());
            for subject in asked.iter().skip(self.sent.get()).take(MOST) {
                let ids = if subject.about == About::Product { &mut products } else { &mut stores };
                if !ids.is_empty() {
                    ids.push(',');
                }
                ids.push_str(&subject.id);
                self.sent.set(self.sent.get() + 1);
            }
            let list = |ids: String| Some(ids).filter(|ids| !ids.is_empty());
            let params = RatingParams { products: list(products), stores: list(stores) };
            let batch = self.clone();
            self.api.ratings(&params).then(move |answer| batch.told(answer));
        }
        self.asked.set(asked);
    }

    /// Keeps an answer and tells all lines. After one that did not come, the next who asks tries again.
    fn told(&self, answer: Result<RatingList, ClientError>) {
        if let Ok(list) = answer {
            let mut known = self.known.take();
            known.extend(list.items);
            self.known.set(known);
        } else {
            let mut asked = self.asked.take();
            asked.drain(..self.sent.take());
            self.asked.set(asked);
        }
        let lines = self.lines.take();
        for line in &lines {
            line.told();
        }
        self.lines.set(lines);
    }
}

/// An attribute of any element; `None` where it is absent or empty.
pub(crate) fn attribute(element: &JsValue, name: &str) -> Option<String> {
    js::text(&js::get(&js::get(element, "attributes"), name), "value")
}
