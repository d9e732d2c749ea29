//! One request for all ratings of a page: the first that is asked for takes along those of the elements that are not mounted yet.

use std::{cell::Cell, rc::Rc};

use devanture_api::review::{RatingLine, RatingList, RatingParams};
use devanture_client::{Api, ClientError};
use devanture_domain::review::About;
use devanture_ui::{js, mount::Settings, task::spawn};
use wasm_bindgen::JsValue;

use crate::Line;

/// The API's own bound.
const MOST: u32 = 500;

/// How many reviews, and the mean of their stars in hundredths.
pub(crate) type Figures = (u32, u32);

/// What the lines of one site share, as long as the page is there. Vectors are taken out and put back: nothing else runs
/// meanwhile.
pub(crate) struct Batch {
    key: String,
    api: Api,
    /// What was asked for, and then what is going to be; without a review until an answer brings some.
    ratings: Cell<Vec<RatingLine>>,
    /// How many of them were asked for.
    sent: Cell<usize>,
    lines: Cell<Vec<Rc<Line>>>,
    next: Option<&'static Self>,
}

thread_local! {
    static BATCHES: Cell<Option<&'static Batch>> = const { Cell::new(None) };
}

/// That of the site.
pub(crate) fn of(settings: &Settings) -> &'static Batch {
    let (key, next) = (&settings.site_key, BATCHES.get());
    let mut batches = next;
    while let Some(batch) = batches {
        if batch.key == *key {
            return batch;
        }
        batches = batch.next;
    }
    let batch = Box::leak(Box::new(Batch {
        key: key.clone(),
        api: Api::new(settings.api.clone(), key.clone()),
        ratings: Cell::default(),
        sent: Cell::default(),
        lines: Cell::default(),
        next,
    }));
    BATCHES.set(Some(batch));
    batch
}

/// What an element is about.
fn subject(element: &JsValue) -> Option<RatingLine> {
    let (about, id) = match attribute(element, "product") {
        Some(id) => (About::Product, id),
        None => (About::Store, attribute(element, "store")?),
    };
    Some(RatingLine { about, id: id.trim().into(), count: 0, average_hundredths: 0 })
}

/// The rating of a subject. The catalogue writes its codes in capitals.
fn find<'a>(ratings: &'a mut [RatingLine], subject: &RatingLine) -> Option<&'a mut RatingLine> {
    ratings.iter_mut().find(|one| one.about == subject.about && one.id.eq_ignore_ascii_case(&subject.id))
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
        lines.retain(|one| !Rc::ptr_eq(one, line));
        self.lines.set(lines);
    }

    /// The figures of what an element is about, as far as they are known.
    pub(crate) fn known(&self, element: &JsValue) -> Option<Figures> {
        let subject = subject(element)?;
        let mut ratings = self.ratings.take();
        let found = find(&mut ratings, &subject).map(|found| (found.count, found.average_hundredths));
        self.ratings.set(ratings);
        found.filter(|(count, _)| *count > 0)
    }

    /// Asks for the figures of what an element is about, unless that was done.
    pub(crate) fn ask(&'static self, element: &JsValue) {
        if self.is_new(element) {
            let element = element.clone();
            // Those that are mounted in the same breath come along, and the first of them asks for all.
            spawn(Box::pin(async move { self.send(&element) }));
        }
    }

    fn is_new(&self, element: &JsValue) -> bool {
        let Some(subject) = subject(element) else { return false };
        let mut ratings = self.ratings.take();
        let is_new = find(&mut ratings, &subject).is_none();
        if is_new {
            ratings.push(subject);
        }
        self.ratings.set(ratings);
        is_new
    }

    /// Asks for all that nobody has asked for, also those of the page's elements that ask with the same key.
    fn send(&'static self, host: &JsValue) {
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
            if attribute(&element, "site-key") == own {
                self.is_new(&element);
            }
            at += 1.0;
        }
        let ratings = self.ratings.take();
        let mut sent = self.sent.get();
        loop {
            let (mut products, mut stores, mut count) = (String::new(), String::new(), 0);
            while let Some(subject) = ratings.get(sent)
                && count < MOST
            {
                let ids = if subject.about == About::Product { &mut products } else { &mut stores };
                if !ids.is_empty() {
                    ids.push(',');
                }
                ids.push_str(&subject.id);
                sent += 1;
                count += 1;
            }
            if count == 0 {
                break;
            }
            let list = |ids: String| Some(ids).filter(|ids| !ids.is_empty());
            let params = RatingParams { products: list(products), stores: list(stores) };
            self.api.ratings(&params).then(|answer| self.told(answer));
        }
        self.sent.set(sent);
        self.ratings.set(ratings);
    }

    /// Keeps an answer and tells all lines. After one that did not come, the next who asks tries again.
    fn told(&self, answer: Result<RatingList, ClientError>) {
        let mut ratings = self.ratings.take();
        if let Ok(list) = answer {
            for told in list.items {
                if let Some(found) = find(&mut ratings, &told) {
                    *found = told;
                }
            }
        } else {
            ratings.retain(|rating| rating.count > 0);
            self.sent.set(ratings.len());
        }
        self.ratings.set(ratings);
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
