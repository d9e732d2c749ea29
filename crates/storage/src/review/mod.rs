//! Reviews of products and of stores, with everything that belongs to them.
//!
//! Who changes anything takes the tenant's row of `review_heads` first, so that of two one waits: the trail is one chain, counts and
//! single use need no more care than on an engine with one writer.

mod answer;
mod conversation;
mod import;
mod invite;
mod judge;
mod list;
mod own;
mod people;
mod photo;
mod queue;
mod report;
mod requests;
mod row;
mod summary;
mod trail;
mod vote;
mod words;
mod write;

use devanture_domain::{
    civil::{Date, UtcMs},
    review::{About, Checked, Fit, Points, Rating, Scale, State},
};

pub use conversation::{Message, NewMessage, Saying};
pub use import::{ImportedReview, Importing};
pub use invite::{Collected, Invitation, Invited, Invitee, NewInvitation};
pub use judge::{Judged, Judgement};
pub use list::{ReviewCursor, ReviewFilter};
pub use own::OwnReview;
pub use people::PersonReviews;
pub use photo::Photo;
pub use queue::{QueueFilter, QueueNarrow, QueuedReview, Subjects};
pub use report::Report;
pub use requests::{Request, RequestState};
pub use summary::{Facet, Summary};
pub use trail::{TrailEntry, TrailState};
pub use write::{Door, Draft, NewReview, Writing};

use crate::StorageError;

/// A review as it stands, without what leads to its author but the name that they gave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Review {
    /// Whose network.
    pub tenant: String,
    /// Stable and public.
    pub id: String,
    /// Product or store.
    pub about: About,
    /// The product's id, or the store's code.
    pub subject: String,
    /// The site it was written on.
    pub site_id: String,
    /// Where it stands.
    pub state: State,
    /// Stars.
    pub rating: Rating,
    /// One line above it.
    pub title: Option<String>,
    /// What it says; empty for one that was taken over without a text, or erased.
    pub body: String,
    /// Its language, `fr`.
    pub language: String,
    /// How it fits.
    pub fit: Option<Fit>,
    /// What its author usually wears, if they say.
    pub usual_size: Option<String>,
    /// The size that it is about.
    pub size: Option<String>,
    /// How it is known that they had it.
    pub checked: Checked,
    /// What they were given for writing it, in words.
    pub incentive: Option<String>,
    /// When they bought it, or were in the store.
    pub experienced_on: Option<Date>,
    /// When it was written.
    pub written_at: UtcMs,
    /// When it was last written anew.
    pub edited_at: Option<UtcMs>,
    /// Since when it is shown.
    pub published_at: Option<UtcMs>,
    /// Who found it helpful.
    pub helpful: u32,
    /// Who did not.
    pub unhelpful: u32,
    /// Of its last entry in the trail.
    pub number: i64,
    /// As its author wants to be called; `None` once erased.
    pub author: Option<String>,
    /// What it scores.
    pub points: Vec<(Points, Scale)>,
    /// In their order.
    pub photos: Vec<Photo>,
    /// What the brand says to it.
    pub answer: Option<Answer>,
}

impl Review {
    /// By which the most helpful come first.
    fn usefulness(&self) -> i64 {
        i64::from(self.helpful) - i64::from(self.unhelpful)
    }
}

/// What a brand says to a review, in public.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// The words.
    pub body: String,
    /// Since when.
    pub at: UtcMs,
}

fn corrupt(column: &'static str, key: &str, value: &str) -> StorageError {
    StorageError::Corrupt {
        table: "reviews",
        column,
        key: key.to_owned(),
        reason: format!("{value:?} is not one of the known words"),
    }
}
