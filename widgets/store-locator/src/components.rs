//! What the widget shows, as functions from its state: fewer types, less to download.

pub(crate) mod appointment;
pub(crate) mod details;
pub(crate) mod filters;
pub(crate) mod icon;
pub(crate) mod list;
pub(crate) mod map;
pub(crate) mod my_store;
pub(crate) mod opening;
pub(crate) mod search;
