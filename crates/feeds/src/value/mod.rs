//! What is in a cell: prices, quantities, numbers of trade items, words.

mod availability;
mod gtin;
mod money;
mod quantity;
mod text;

pub(crate) use availability::Availability;
pub(crate) use gtin::gtin;
pub use money::{Money, PriceStyle, price_text};
pub(crate) use quantity::{position, quantity, total};
pub(crate) use text::{address, date, description, words};
