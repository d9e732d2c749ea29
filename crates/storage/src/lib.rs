//! Everything that Devanture keeps, on SQLite or PostgreSQL, through one SQL text.
//!
//! A [`Repository`] is one transaction: what it wrote is there after [`Repository::save`] and was
//! never there if it is dropped. Absent rows are `Ok(None)`. Nothing here reads a clock or draws a
//! random number.

mod alert;
mod appointment;
mod catalogue;
mod claim;
mod database;
mod description;
mod error;
mod feed;
mod label;
mod live;
mod migrations;
mod outbox;
mod repository;
mod reservation;
mod review;
mod rows;
mod secret;
mod similar;
mod site;
mod size;
mod source;
mod staff;
mod stock;
mod store;
mod tenant;
#[cfg(feature = "test-support")]
pub mod test_support;
mod token;
mod warehouse;
mod webhook;

pub use alert::{Alert, AlertBounds, AlertCursor, AlertedSkus, Alerting, NewAlert, Waiting};
pub use appointment::{Appointment, Booking, Contact, NewAppointment};
pub use catalogue::{Price, Product, Variant};
pub use claim::{Claim, Earlier};
pub use database::{Database, Engine};
pub use error::StorageError;
pub use feed::{
    ABANDONED_AFTER, BAD_ROWS_KEPT, Began, Emptied, FeedBadRow, FeedCount, FeedKind, FeedRow, FeedRun,
    FeedState, Location, NewFeed, Offer, Pace,
};
pub use label::{Label, LabelKind};
pub use migrations::MigrationState;
pub use outbox::{
    Delivery, FactItem, FactProposal, FactRefund, Facts, Happened, Letter, LetterKind, ListedDelivery,
    OutboxEvent, Outcome, SourceEvent, SourceFacts, SourceNotice,
};
pub use repository::Repository;
pub use reservation::{
    Act, Acted, Contacts, Event, Line, NamedVariant, NewReservation, NextStore, Paid, PassedOn, Payment,
    PaymentReport, Person, Proposal, Reservation, Reserver, Reserving, StoreReservation, TakeProposal, Taken,
};
pub use review::{
    Answer, Collected, Door, Draft, Facet, ImportedReview, Importing, Invitation, Invited, Invitee, Judged,
    Judgement, Message as ReviewMessage, NewInvitation, NewMessage as NewReviewMessage, NewReview, OwnReview,
    PersonReviews, Photo, QueueFilter, QueueNarrow, QueuedReview, Report, Request as ReviewRequest,
    RequestState as ReviewRequestState, Review, ReviewCursor, ReviewFilter, Saying, Subjects, Summary,
    TrailEntry, TrailState, Writing,
};
pub use site::{Site, Tiles, is_publishable_key, publishable_key};
pub use size::{SizeChart, SizeCounts, SizeFigure, SizeHolder, SizeLeft, SizeMemory, SizeSales};
pub use source::{NewSource, Polled, STALE_AFTER, SecretHeader, Source};
pub use staff::{
    Actor, ApiKey, Attempt, AuditEntry, Deed, FORGOTTEN_AFTER_MS, Login, NewSession, OpenSession,
    SESSION_ABSOLUTE_MS, SESSION_IDLE_MS, SecretKey, SessionToken, StaffMember, TriedLogin, lock_out_ms,
};
pub use stock::{Count, Counted, CountedStock, Heard, Pieces, StaffCount, Stock, StockMove, Told};
pub use store::{Address, ImportAction, ImportOutcome, Ownership, Promotion, Store, StoreField};
pub use tenant::Tenant;
pub use token::PrivateToken;
pub use warehouse::{RemovedWarehouse, Warehouse};
pub use webhook::{Webhook, WebhookSecret, WebhookUse};
