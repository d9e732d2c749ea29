//! What the widget shows, as functions from its state: fewer types, less to download.

pub(crate) mod button;
pub(crate) mod chip;
