//! What the widget shows, as functions from its state: fewer types, less to download.

pub(crate) mod button;
pub(crate) mod filters;
pub(crate) mod links;
pub(crate) mod list;
pub(crate) mod map;
pub(crate) mod my_store;
pub(crate) mod opening;
pub(crate) mod panel;
