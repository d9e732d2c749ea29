//! What the widget shows, as functions from its state. The server draws the same boxes (`crates/server/src/ssr/reviews`), so that nothing moves
//! when these take their place.

pub(crate) mod card;
pub(crate) mod draw;
pub(crate) mod list;
pub(crate) mod panel;
pub(crate) mod press;
pub(crate) mod summary;
pub(crate) mod tools;
