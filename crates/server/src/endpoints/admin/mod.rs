//! The admin API: what staff and programs ask.

pub(crate) mod audit;
pub(crate) mod events;
pub(crate) mod feeds;
pub(crate) mod key;
pub(crate) mod orders;
pub(crate) mod password;
pub(crate) mod reservations;
pub(crate) mod reviews;
pub(crate) mod session;
pub(crate) mod sign_in;
pub(crate) mod sign_out;
pub(crate) mod size_charts;
pub(crate) mod size_figures;
pub(crate) mod sources;
pub(crate) mod stock;
pub(crate) mod stock_moves;
pub(crate) mod store;
pub(crate) mod stores;
mod trial;
