//! The outbox: what happened to reservations and to feeds that are fetched, written in the transaction that made it happen, and
//! told afterwards to whoever wants to hear it.

mod deliver;
mod letter;
mod operate;
mod source;
mod write;

use devanture_domain::{
    civil::UtcMs,
    reservation::{Notice, State},
};
use serde::{Deserialize, Serialize};

pub use deliver::{Delivery, Outcome};
pub use letter::{Letter, LetterKind};
pub use operate::ListedDelivery;
pub use source::{SourceEvent, SourceFacts, SourceNotice};
pub(crate) use write::NewEvent;

/// Something that happened and is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Happened {
    /// To a reservation.
    Reservation(Box<OutboxEvent>),
    /// To a feed that is fetched.
    Source(SourceEvent),
}

impl Happened {
    /// Whose network.
    pub fn tenant(&self) -> &str {
        match self {
            Self::Reservation(event) => &event.tenant,
            Self::Source(event) => &event.tenant,
        }
    }

    /// The same however often it is delivered: letters, digits, dashes and underscores.
    pub fn id(&self) -> &str {
        match self {
            Self::Reservation(event) => &event.id,
            Self::Source(event) => &event.id,
        }
    }

    /// When.
    pub fn at(&self) -> UtcMs {
        match self {
            Self::Reservation(event) => event.at,
            Self::Source(event) => event.at,
        }
    }

    /// What happened to a reservation.
    pub fn reservation(&self) -> Option<&OutboxEvent> {
        match self {
            Self::Reservation(event) => Some(event),
            Self::Source(_) => None,
        }
    }
}

/// Something that happened to a reservation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutboxEvent {
    /// Whose network.
    pub tenant: String,
    /// The same however often it is delivered: letters, digits, dashes and underscores.
    pub id: String,
    /// What happened.
    pub notice: Notice,
    /// To which reservation.
    pub reservation_id: String,
    /// When.
    pub at: UtcMs,
    /// How the reservation stood then.
    pub facts: Facts,
}

/// How a reservation stood when something happened to it; no personal data.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Facts {
    /// How many things had happened to it, this one included: a later one has a higher number.
    pub number: u32,
    /// Where it stood.
    pub state: State,
    /// At which store it is fetched.
    pub store_code: String,
    /// The warehouse that sends it there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sent_from: Option<String>,
    /// How many stores were asked, that one included.
    pub stores_asked: u16,
    /// Whether it is paid in the host's checkout.
    pub checkout: bool,
    /// What is reserved.
    pub items: Vec<FactItem>,
    /// When time is up.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due_at: Option<UtcMs>,
    /// From when the shopper can come.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ready_from: Option<UtcMs>,
    /// Why it was refused.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refusal: Option<String>,
    /// The store that was asked before, for one that is passed on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub passed_from: Option<String>,
    /// Whether it ended because it was not paid.
    #[serde(default, skip_serializing_if = "core::ops::Not::not")]
    pub unpaid: bool,
    /// What the store proposes instead.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub proposal: Option<FactProposal>,
    /// What has to be paid back.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub refunds: Vec<FactRefund>,
}

/// Some pieces of one variant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FactItem {
    /// Of what.
    pub sku: String,
    /// How many.
    pub quantity: u32,
    /// For how much each, in minor units.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amount: Option<i64>,
    /// ISO 4217.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub currency: Option<String>,
}

/// What a store proposes instead.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FactProposal {
    /// Of what.
    pub sku: String,
    /// How many.
    pub quantity: u32,
    /// Until when the shopper can take it.
    pub open_until: UtcMs,
}

/// A payment that has to be paid back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FactRefund {
    /// The checkout's own name of it.
    pub payment: String,
    /// In minor units.
    pub amount: i64,
    /// ISO 4217.
    pub currency: String,
}
