//! One request for all ratings of a page: the first that is asked for takes along those of the elements that are not mounted yet.

use std::{cell::Cell, future, rc::Rc, task::Poll};

use devanture_api::review::{RatingLine, RatingList, RatingParams};
use devanture_client::{Api, ClientError};
use devanture_domain::review::About;
use devanture_ui::{js, mount::Settings, task::spawn};
use wasm_bindgen::JsValue;

use crate::Line;

/// The API's own bound.
const MOST: u32 = 500;

/// How many reviews, if any, and the mean of their stars in hundredths.
pub(crate) type Figures = (u32, u32);

/// What the lines of one site share, as long as the page is there. Vectors are taken out and put back: nothing else runs
/// meanwhile.
pub(crate) struct Batch {
    key: String,
    api: Api,
    /// What was asked for, and then what is going to be; without a review until an answer brings some.
    ratings: Cell<Vec<RatingLine>>,
    /// How many of them were asked for; none after an answer that did not come.
    sent: Cell<usize>,
    /// Whether somebody is about to ask.
    asking: Cell<bool>,
    lines: Cell<Vec<Rc<Line>>>,
    next: Option<&'static Self>,
}

thread_local! {
    static BATCHES: Cell<Option<&'static Batch>> = const { Cell::new(None) };
}

/// That of the site.
pub(crate) fn of(settings: &Settings) -> &'static Batch {
    BATCHES.with(|batches| {
        let (key, next) = (&settings.site_key, batches.get());
        let mut known = next;
        while let Some(batch) = known {
            if batch.key == *key {
                return batch;
            }
            known = batch.next;
        }
        let batch = Box::leak(Box::new(Batch {
            key: key.clone(),
            api: Api::new(settings.api.clone(), key.clone()),
            ratings: Cell::default(),
            sent: Cell::default(),
            asking: Cell::default(),
            lines: Cell::default(),
            next,
        }));
        batches.set(Some(batch));
        batch
    })
}

/// What an element is about.
fn subject(element: &JsValue) -> Option<RatingLine> {
    let (about, id) = match attribute(element, "product") {
        Some(id) => (About::Product, id),
        None => (About::Store, attribute(element, "store")?),
    };
    Some(RatingLine { about, id, count: 0, average_hundredths: 0 })
}

/// The rating of a subject. The catalogue writes its codes in capitals and without spaces around them.
fn find<'a>(ratings: &'a mut [RatingLine], subject: &RatingLine) -> Option<&'a mut RatingLine> {
    let id = subject.id.trim();
    ratings.iter_mut().find(|one| one.about == subject.about && one.id.trim().eq_ignore_ascii_case(id))
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

    /// What is known of what an element is about; with `adds`, also whether it is still to be asked for.
    pub(crate) fn look(&self, element: &JsValue, adds: bool) -> (bool, Figures) {
        let Some(subject) = subject(element) else { return (false, (0, 0)) };
        let mut ratings = self.ratings.take();
        let (mut is_new, mut figures) = (self.sent.get() == 0, (0, 0));
        if let Some(found) = find(&mut ratings, &subject) {
            figures = (found.count, found.average_hundredths);
        } else if adds {
            ratings.push(subject);
            is_new = true;
        }
        self.ratings.set(ratings);
        (is_new && adds, figures)
    }

    /// Asks soon: those that are mounted in the same breath come along.
    pub(crate) fn ask(&'static self, element: &JsValue) {
        if self.asking.replace(true) {
            return;
        }
        let element = element.clone();
        // Half as much as an `async` block.
        spawn(Box::pin(future::poll_fn(move |_| {
            self.send(&element);
            Poll::Ready(())
        })));
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
                self.look(&element, true);
            }
            at += 1.0;
        }
        self.asking.set(false);
        let ratings = self.ratings.take();
        let mut sent = self.sent.get();
        loop {
            let (mut params, mut count) = (RatingParams::default(), 0);
            while let Some(subject) = ratings.get(sent)
                && count < MOST
            {
                let is_product = subject.about == About::Product;
                let ids = if is_product { &mut params.products } else { &mut params.stores };
                let ids = ids.get_or_insert_default();
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
            self.api.ratings(&params).then(|answer| self.told(answer));
        }
        self.sent.set(sent);
        self.ratings.set(ratings);
    }

    /// Keeps an answer and tells all lines. After one that did not come, the next who asks asks for all again.
    fn told(&self, answer: Result<RatingList, ClientError>) {
        let mut ratings = self.ratings.take();
        if let Ok(list) = answer {
            for told in list.items {
                if let Some(found) = find(&mut ratings, &told) {
                    *found = told;
                }
            }
        } else {
            self.sent.set(0);
        }
        self.ratings.set(ratings);
        let lines = self.lines.take();
        for line in &lines {
            line.look(false);
        }
        self.lines.set(lines);
    }
}

/// An attribute of any element; `None` where it is absent or empty.
pub(crate) fn attribute(element: &JsValue, name: &str) -> Option<String> {
    js::text(&js::get(&js::get(element, "attributes"), name), "value")
}
