//! The room of reviews: what waits to be read, and what else is known of them.

pub(crate) mod request;
pub(crate) mod wire;

use std::collections::BTreeSet;

use devanture_api::staff_review::{Decision, Phrases, ReviewRequestPage};
use devanture_domain::review::{Reason, State};

use self::{
    request::Asking,
    wire::{Details, Figures, Item, List, Person},
};
use crate::api::Failure;

/// Parts of the room.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum View {
    #[default]
    Queue,
    Figures,
    Words,
    Requests,
    Person,
}

impl View {
    pub(crate) const ALL: [Self; 5] = [Self::Queue, Self::Figures, Self::Words, Self::Requests, Self::Person];

    /// As in the keys of its texts.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Queue => "queue",
            Self::Figures => "figures",
            Self::Words => "words",
            Self::Requests => "requests",
            Self::Person => "person",
        }
    }
}

/// Something that is asked of the server.
pub(crate) struct Asked<T> {
    pub got: Option<T>,
    pub asking: bool,
    pub failure: Option<Failure>,
    /// Counts the requests: answers to older ones come too late.
    number: u32,
}

impl<T> Default for Asked<T> {
    fn default() -> Self {
        Self { got: None, asking: false, failure: None, number: 0 }
    }
}

impl<T> Asked<T> {
    /// It is asked for anew; the number of the request.
    pub(crate) fn ask(&mut self) -> u32 {
        self.asking = true;
        self.failure = None;
        self.number += 1;
        self.number
    }

    /// What comes of the request of this number, if no other was made since.
    pub(crate) fn answer(&mut self, number: u32, answer: Result<T, Failure>) -> bool {
        if number != self.number {
            return false;
        }
        self.asking = false;
        match answer {
            Ok(got) => self.got = Some(got),
            Err(failure) => self.failure = Some(failure),
        }
        true
    }
}

/// To what the queue is narrowed down, as the server is asked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Filter {
    /// `reported`, `unanswered` or a state; those that wait where it is empty, or what is published of a manager's store.
    pub which: String,
    pub stars: String,
    pub product: String,
    pub store: String,
    pub photos: bool,
}

/// A decision about some reviews, which may have to be sent again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Decide {
    pub decision: Decision,
    pub ids: Vec<String>,
    pub reason: Option<Reason>,
    pub note: Option<String>,
}

/// What came of the last decision, until the next.
pub(crate) enum Told {
    /// It did not arrive.
    NotSent(Failure, Decide),
    /// So many were dealt with by somebody else, or written anew; and so many were done.
    Meanwhile(usize, usize),
    Done(Decision, usize),
}

/// A review that is looked at closely.
pub(crate) struct Look {
    pub id: String,
    pub details: Asked<Details>,
    /// Why its answer, or a photo's refusal, was not taken; whether that is being sent.
    pub refused: Option<Failure>,
    pub saving: bool,
    pub saved: bool,
    pub talk: Talk,
}

/// What is being said to its author.
#[derive(Default)]
pub(crate) struct Talk {
    /// What was last sent: its key and its words.
    pub attempt: Option<(String, String)>,
    pub sending: bool,
    pub refused: Option<Failure>,
    /// Once it is done, whether something was said, and not put aside.
    pub done: Option<bool>,
}

/// The room.
#[derive(Default)]
pub(crate) struct Reviews {
    pub view: View,
    pub filter: Filter,
    pub list: Asked<List>,
    pub chosen: BTreeSet<String>,
    pub look: Option<Look>,
    pub told: Option<Told>,
    /// What is being decided.
    pub sending: bool,
    pub figures: Asked<Figures>,
    /// Of which product, or which store.
    pub figures_of: (String, String),
    pub words: Asked<Phrases>,
    pub requests: Asked<ReviewRequestPage>,
    pub requests_state: String,
    /// Somebody who is about to be asked.
    pub asking: Option<Box<Asking>>,
    /// For how many reviews somebody was asked just now.
    pub made: Option<usize>,
    pub person: Asked<Person>,
    pub email: String,
    /// How many reviews of the person were erased.
    pub erased: Option<u32>,
}

impl Reviews {
    pub(crate) fn items(&self) -> &[Item] {
        self.list.got.as_ref().map_or(&[], |page| &page.items)
    }

    pub(crate) fn find(&self, id: &str) -> Option<&Item> {
        let looked = self.look.as_ref().and_then(|look| look.details.got.as_ref()).map(|got| &got.review);
        looked.into_iter().chain(self.items()).find(|one| one.id == id)
    }

    /// The review so many places after this one in the list; the first where that is not there.
    pub(crate) fn beside(&self, id: Option<&str>, step: isize) -> Option<String> {
        let items = self.items();
        let at = items.iter().position(|one| Some(one.id.as_str()) == id);
        let next = at.map_or(Some(0), |at| at.checked_add_signed(step))?;
        items.get(next).map(|one| one.id.clone())
    }

    /// Puts a review as it stands now in place of what is shown of it.
    pub(crate) fn replace(&mut self, now: &Item) {
        let listed = self.list.got.iter_mut().flat_map(|page| &mut page.items);
        let looked =
            self.look.iter_mut().filter_map(|look| look.details.got.as_mut()).map(|got| &mut got.review);
        for known in listed.chain(looked).filter(|known| known.id == now.id) {
            known.clone_from(now);
        }
    }
}

/// What can be decided about a review that stands there.
pub(crate) fn decisions(review: &Item) -> Vec<Decision> {
    let mut all = match review.state {
        State::Submitted => vec![Decision::Publish, Decision::Refuse],
        State::Refused => vec![Decision::Publish],
        State::Published | State::Deleted => vec![],
    };
    if review.reports > 0 {
        all.push(Decision::Dismiss);
    }
    if review.state != State::Deleted {
        all.push(Decision::Delete);
    }
    all
}

/// As in the keys of its texts.
pub(crate) fn name(decision: Decision) -> &'static str {
    match decision {
        Decision::Publish => "publish",
        Decision::Refuse => "refuse",
        Decision::Delete => "delete",
        Decision::Dismiss => "dismiss",
    }
}
