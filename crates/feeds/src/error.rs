//! Why a feed was not taken in.

use devanture_domain::civil::UtcMs;
use devanture_storage::StorageError;

use crate::MappingError;

/// Why nothing of a feed, or nothing more, was taken in.
#[derive(Debug, thiserror::Error)]
pub enum FeedError {
    /// Not a byte.
    #[error("the file is empty")]
    Empty,
    /// A header, an empty list.
    #[error("the file has no rows")]
    NoRows,
    /// The mapping names a sign between columns that the file does not have.
    #[error(
        "this file seems to use {found} between columns and not {expected}; set delimiter = {found} in the mapping"
    )]
    Delimiter {
        /// As TOML writes it.
        found: String,
        /// As TOML writes it.
        expected: String,
    },
    /// Columns that it cannot be read without.
    #[error("the file has no column {missing}; it has {present}. Name its columns in a mapping")]
    MissingColumns {
        /// What is missing.
        missing: String,
        /// What there is.
        present: String,
    },
    /// A column that is read, twice.
    #[error("the file has two columns {0:?}; which one counts?")]
    Twice(String),
    /// Not text that can be read.
    #[error("{0}")]
    NotText(&'static str),
    /// It cannot be read from this line on.
    #[error("line {line}: {reason}")]
    Unreadable {
        /// From 1.
        line: u64,
        /// Why.
        reason: String,
    },
    /// The mapping does not fit.
    #[error("{0}")]
    Mapping(#[from] MappingError),
    /// The database failed.
    #[error("{0}")]
    Storage(#[from] StorageError),
    /// Another feed of the same source is being taken in.
    #[error(
        "run {run} of the source {of:?} has not ended: it was heard of {seconds} s ago, and counts as abandoned after \
         {abandoned_after} s. Wait for it, or give this feed a source of its own"
    )]
    Busy {
        /// The other's number.
        run: i64,
        /// The source.
        of: String,
        /// Since it was heard of.
        seconds: UtcMs,
        /// When it need not be waited for any more.
        abandoned_after: UtcMs,
    },
    /// Another took this run for abandoned, or somebody ended it.
    #[error("run {0} was ended by somebody else; nothing of a full feed was applied")]
    Ended(i64),
    /// There is no such run, or it is not held.
    #[error("{0}")]
    Run(String),
    /// What reads the file broke off.
    #[error("reading broke off: {0}")]
    Broken(String),
}
