//! Everything that Devanture keeps, on SQLite or PostgreSQL, through one SQL text.
//!
//! A [`Repository`] is one transaction: what it wrote is there after [`Repository::save`] and was
//! never there if it is dropped. Absent rows are `Ok(None)`. Nothing here reads a clock or draws a
//! random number.

mod appointment;
mod catalogue;
mod claim;
mod database;
mod error;
mod feed;
mod label;
mod migrations;
mod repository;
mod reservation;
mod rows;
mod site;
mod stock;
mod store;
mod tenant;
#[cfg(feature = "test-support")]
pub mod test_support;
mod token;

pub use appointment::{Appointment, Booking, Contact, NewAppointment};
pub use catalogue::{Price, Product, Variant};
pub use claim::{Claim, Earlier};
pub use database::{Database, Engine};
pub use error::StorageError;
pub use feed::{
    ABANDONED_AFTER, Began, Emptied, FeedCount, FeedKind, FeedRow, FeedRun, FeedState, Location, NewFeed,
    Offer,
};
pub use label::{Label, LabelKind};
pub use migrations::MigrationState;
pub use repository::Repository;
pub use reservation::{
    Act, Acted, Contacts, Event, Line, NewReservation, NextStore, PassedOn, Payment, Reservation, Reserver,
    Reserving,
};
pub use site::{Site, Tiles, is_publishable_key, publishable_key};
pub use stock::{Count, Stock, StockMove};
pub use store::{Address, ImportAction, ImportOutcome, Ownership, Promotion, Store, StoreField};
pub use tenant::Tenant;
pub use token::PrivateToken;
