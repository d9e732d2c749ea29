//! Types and rules of Devanture, for the server and for the browser.
//!
//! Nothing here does I/O, reads a clock or draws a random number: those come in as parameters.
//! What is here ends up in every shopper's download, so it formats nothing and stays off `std`'s
//! heavier parts.

pub mod alert;
pub mod appointment;
pub mod civil;
pub mod code;
pub mod geo;
pub mod hours;
pub mod place;
pub mod reservation;
pub mod review;
pub mod size;
pub mod staff;
pub mod stock;
