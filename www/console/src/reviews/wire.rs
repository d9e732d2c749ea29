//! Answers as the room needs them. They are read flat, and without what is not shown: for the types of the API, of which one stands inside
//! another, decoders are some 30 KB.

use devanture_api::{
    review::{CriterionName, CriterionSummary, ReviewAnswer, ReviewPhoto},
    staff_review::{StaffReport, TrailEntry},
};
use devanture_domain::{
    civil::{Date, UtcMs},
    review::{Actor, Checked, Fit, FitCounts, Points, State},
};
use serde::{Deserialize, de::IgnoredAny};

/// A review as staff see it.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Item {
    pub id: String,
    pub rating: u8,
    pub title: Option<String>,
    pub body: String,
    pub language: String,
    pub fit: Option<Fit>,
    pub usual_size: Option<String>,
    pub size: Option<String>,
    pub author: Option<String>,
    pub checked: Checked,
    pub incentive: Option<String>,
    pub experienced_on: Option<Date>,
    pub published_at: Option<UtcMs>,
    pub edited_at: Option<UtcMs>,
    pub helpful: u32,
    pub unhelpful: u32,
    #[serde(default)]
    pub criteria: Vec<Points>,
    #[serde(default)]
    pub photos: Vec<ReviewPhoto>,
    pub answer: Option<ReviewAnswer>,
    pub subject: String,
    pub name: Option<String>,
    pub state: State,
    pub written_at: UtcMs,
    pub reports: u32,
    pub number: i64,
}

/// Some of them.
#[derive(Deserialize)]
pub(crate) struct List {
    pub waiting: u32,
    pub reported: u32,
    pub unanswered: u32,
    pub items: Vec<Item>,
    pub next: Option<String>,
}

/// One with what was done with it.
#[derive(Deserialize)]
pub(crate) struct Details {
    pub review: Item,
    pub criteria: Vec<CriterionName>,
    pub trail: Vec<TrailEntry>,
    pub reports: Vec<StaffReport>,
    pub conversation: Conversation,
}

/// What is said with its author in private.
#[derive(Deserialize)]
pub(crate) struct Conversation {
    pub messages: Vec<Message>,
    pub waits_since: Option<UtcMs>,
    pub reachable: bool,
}

/// Something that was said.
#[derive(Deserialize)]
pub(crate) struct Message {
    pub number: u32,
    pub by: Actor,
    pub by_name: Option<String>,
    pub body: String,
    pub said_at: UtcMs,
}

/// What all say together.
#[derive(Deserialize)]
pub(crate) struct Figures {
    pub count: u32,
    pub average_hundredths: Option<u32>,
    pub stars: [u32; 5],
    pub fit: FitCounts,
    pub criteria: Vec<CriterionSummary>,
    pub with_photos: u32,
    pub verified: u32,
    pub incentivised: u32,
}

/// What is kept of a person, beside the whole answer, which they are given.
#[derive(Deserialize)]
pub(crate) struct Person {
    pub reviews: Vec<Brief>,
    pub invitations: Vec<IgnoredAny>,
    #[serde(skip)]
    pub whole: String,
}

/// What a review of theirs is about.
#[derive(Deserialize)]
pub(crate) struct Brief {
    pub id: String,
    pub subject: String,
    pub name: Option<String>,
    pub written_at: UtcMs,
}
