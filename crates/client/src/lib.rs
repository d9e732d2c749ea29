//! Typed client of the API for the browser.

pub mod decode;
mod error;
mod query;
mod transport;

pub mod appointments;
pub mod sizes;
pub mod stock;
pub mod stores;

pub use error::ClientError;
pub use query::Query;
pub use transport::{Answer, Api};
