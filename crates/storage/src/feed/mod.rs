//! Feeds: files and requests that say what many locations hold.
//!
//! A feed that says only what has changed is written as it is read. A full feed also says, by what it leaves out, where
//! nothing is left. So it is staged row by row, and applied once it has been read to its end: what was read by half changes
//! nothing.

mod apply;
mod bad;
mod locations;
mod offers;
mod pace;
mod run;
mod settle;
mod slices;
mod stage;

pub use apply::Emptied;
pub use bad::{BAD_ROWS_KEPT, FeedBadRow};
pub use locations::Location;
pub use offers::Offer;
pub use pace::Pace;
pub use run::{ABANDONED_AFTER, Began, FeedKind, FeedRun, FeedState, NewFeed};
pub use stage::{FeedCount, FeedRow};
