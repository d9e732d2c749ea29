//! Taking a feed in: a thread reads it, and what it has read is written batch by batch.

mod batches;
mod products;
mod run;
mod sales;
mod stock;
#[cfg(test)]
mod tests;
mod verdict;

use devanture_domain::civil::UtcMs;
use devanture_storage::{Database, Emptied};

pub use batches::from_async;
pub use devanture_storage::FeedBadRow as BadRow;
pub use products::import_products;
pub use sales::import_sales;
pub use stock::{StockFeed, import_stock};
pub use verdict::{DEFAULT_MAX_EMPTIED, FEW_ROWS, accept_feed, refuse_feed, resume_feed};

use crate::{Format, Mapping};

/// Where a feed goes and how it is read.
#[derive(Clone, Copy)]
pub struct Target<'a> {
    /// Where to.
    pub database: &'a Database,
    /// Whose.
    pub tenant: &'a str,
    /// Who says it: of one source, one feed at a time is taken in.
    pub source: &'a str,
    /// Which column is what.
    pub mapping: &'a Mapping,
    /// What the file's name says of its format.
    pub named: Option<Format>,
    /// Tells the time, in milliseconds since 1970 UTC.
    pub clock: &'a (dyn Fn() -> UtcMs + Sync),
}

/// What became of a feed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    /// The run's number.
    pub run: i64,
    /// Rows read, the bad ones among them.
    pub rows: u64,
    /// Rows left out.
    pub bad: u64,
    /// Bad rows of a full feed that could have meant any variant anywhere: where there is one, what the feed leaves out was not
    /// emptied.
    pub unplaced: u64,
    /// The file was not complete, or could not be read to its end.
    pub cut: bool,
    /// Of a full feed: what it has emptied, or would.
    pub emptied: Emptied,
    /// Why nothing was applied until somebody has looked; `None` when it was.
    pub held: Option<String>,
}
