//! The headless API, the store pages and the widget files, over HTTP.
//!
//! [`App::new`] with a database, a clock and a source of randomness, [`App::refresh`] to load the
//! networks, [`router`] to answer, [`jobs::run`] to stay up to date.

mod alerts;
mod app;
mod assets;
mod cache;
mod clock;
mod console;
mod contact;
mod customer;
mod desk;
mod directory;
mod endpoints;
mod extract;
pub mod geocode;
mod home;
mod id;
mod index;
pub mod jobs;
mod layers;
mod limit;
mod live;
mod mail;
mod media;
mod openapi;
mod outbox;
mod pages;
mod password;
mod phrases;
mod problem;
mod reservations;
mod reviews;
mod router;
mod shelf;
pub mod sources;
mod ssr;
#[cfg(test)]
mod testing;
mod webhooks;
mod zone;

pub use app::{App, Config};
pub use clock::{Clock, Entropy, EntropyError, SystemClock, SystemEntropy};
pub use home::takes_sign_ins;
pub use limit::LimitConfig;
pub use mail::{MailError, Mailer};
pub use openapi::openapi_json;
pub use password::{HashError, PasswordCost, hash_password};
pub use problem::ApiError;
pub use router::router;
pub use webhooks::check_webhook_url;
pub use zone::NamedZone;
