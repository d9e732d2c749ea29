//! The wire contract: what requests and responses look like.
//!
//! JSON, `snake_case`; instants are milliseconds since 1970 in UTC (`…_at`), dates `YYYY-MM-DD`,
//! coordinates WGS 84 degrees, distances metres. Lists are `items` with an opaque `next` cursor.
//! Errors are RFC 9457 problems with one of [`problem::code`]'s codes.

pub mod admin;
pub mod alert;
pub mod appointment;
pub mod availability;
pub mod event;
pub mod feed;
pub mod moves;
pub mod person;
pub mod problem;
pub mod product;
pub mod reservation;
pub mod review;
pub mod routes;
pub mod similar;
pub mod site;
pub mod size;
pub mod size_memory;
pub mod source;
pub mod staff;
pub mod staff_order;
pub mod staff_review;
pub mod staff_size;
pub mod staff_stock;
pub mod staff_store;
pub mod store;
pub mod suggest;
