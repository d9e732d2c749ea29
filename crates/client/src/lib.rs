//! Typed client of the API for the browser.

pub mod decode;
mod error;
mod query;
mod transport;
mod upload;

pub mod appointments;
pub mod reviews;
pub mod size_memory;
pub mod sizes;
pub mod stock;
pub mod stores;

pub use error::ClientError;
pub use query::Query;
pub use transport::{Answer, Api};
pub use upload::Upload;
