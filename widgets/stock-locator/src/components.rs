//! What the widget shows, as functions from its state: fewer types, less to download.

pub(crate) mod button;
pub(crate) mod card;
pub(crate) mod head;
pub(crate) mod list;
pub(crate) mod panel;
pub(crate) mod product;
