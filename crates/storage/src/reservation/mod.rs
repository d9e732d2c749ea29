//! Reservations: pieces promised to one shopper by one store at a time.
//!
//! Pieces are held from the moment a reservation is there to the moment it ends, in the same transaction that writes either.

mod act;
mod find;
mod insert;
mod link;
mod list;
mod pass_on;
mod pay;
mod propose;
mod reserve;

use devanture_domain::{
    civil::UtcMs,
    reservation::{Actor, Refusal, State},
};

pub use act::{Act, Acted};
pub use find::{Contacts, Event, Person};
pub use list::{NamedVariant, StoreReservation};
pub use pass_on::{NextStore, PassedOn};
pub use pay::{Paid, PaymentReport};
pub use propose::{Proposal, TakeProposal, Taken};
pub(crate) use reserve::person_hash;
pub use reserve::{NewReservation, Reserver, Reserving};

/// Where a reservation stands, without the shopper's personal data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reservation {
    /// Whose network.
    pub tenant: String,
    /// Stable and public: it opens nothing.
    pub id: String,
    /// What the shopper shows at the till.
    pub pickup_code: String,
    /// The site it was made on.
    pub site_id: String,
    /// How it is paid.
    pub payment: Payment,
    /// Where it stands at the store that is asked last.
    pub state: State,
    /// That store, or warehouse.
    pub location_code: String,
    /// The store to which a warehouse sends it.
    pub delivered_to: Option<String>,
    /// How many stores were asked, this one included.
    pub leg: u16,
    /// When time is up in this state; `None` at an end.
    pub due_at: Option<UtcMs>,
    /// From when the shopper can come.
    pub ready_from: Option<UtcMs>,
    /// BCP 47 language of the shopper.
    pub locale: String,
    /// When it was made.
    pub created_at: UtcMs,
    /// When it last changed.
    pub changed_at: UtcMs,
    /// What is reserved, by SKU.
    pub lines: Vec<Line>,
}

/// How a reservation is paid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Payment {
    /// At the till of the store.
    InStore,
    /// In the host page's checkout.
    Checkout,
}

/// Some pieces of one variant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Of what.
    pub sku: String,
    /// How many, at least 1.
    pub quantity: u32,
    /// For how much each, in minor units with the ISO 4217 currency, as it was when reserved.
    pub price: Option<(i64, String)>,
}

impl Reservation {
    /// The store in which the shopper fetches it.
    pub fn fetched_at(&self) -> &str {
        self.delivered_to.as_deref().unwrap_or(&self.location_code)
    }

    /// Whether a warehouse has sent it, and the store does not have it yet.
    pub fn is_on_its_way(&self) -> bool {
        self.state == State::Accepted && self.delivered_to.is_some()
    }
}

impl Payment {
    fn as_str(self) -> &'static str {
        match self {
            Self::InStore => "in_store",
            Self::Checkout => "checkout",
        }
    }

    fn parse(text: &str) -> Option<Self> {
        [Self::InStore, Self::Checkout].into_iter().find(|payment| payment.as_str() == text)
    }
}

/// A row of a reservation's history.
struct Note<'a> {
    leg: u16,
    before: Option<State>,
    after: State,
    by: Actor,
    staff_id: Option<&'a str>,
    refusal: Option<Refusal>,
    /// What was proposed, or taken instead.
    sku: Option<&'a str>,
    at: UtcMs,
}

fn refusal_str(refusal: Refusal) -> &'static str {
    match refusal {
        Refusal::NotFound => "not_found",
        Refusal::Sold => "sold",
        Refusal::Damaged => "damaged",
        Refusal::NoTime => "no_time",
    }
}
