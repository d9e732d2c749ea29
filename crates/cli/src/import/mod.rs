//! Bulk import of stores and of reviews from a CSV file of any layout, streamed: memory does not grow with the file.

mod convert;
mod hours;
mod mapping;
pub(crate) mod reviews;
mod rows;
#[cfg(test)]
mod tests;

use std::{collections::HashSet, hash::BuildHasher as _, io::Read};

use devanture_storage::{Database, ImportAction, StorageError, Store, StoreField};

pub(crate) use mapping::{Mapping, MappingError};
use rows::{Row, Rows};

/// Rows written per transaction: an interrupted import has lost at most these.
const BATCH: usize = 500;
/// More stores than any network has; what is kept of each code read is bounded by it.
const MOST_STORES: usize = 1_000_000;

/// Why a file could not be imported at all.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ImportError {
    #[error("the file is empty")]
    Empty,
    #[error("the file has no rows below its header")]
    NoRows,
    #[error(
        "this file seems to use {found} between columns and the mapping says {expected}; set delimiter = {found} in the mapping"
    )]
    Delimiter { found: String, expected: String },
    #[error("the file has no column {missing}; it has {present}. Correct the mapping")]
    MissingColumns { missing: String, present: String },
    #[error("the file is UTF-16; save it as UTF-8")]
    Utf16,
    #[error("line {line}: {reason}")]
    Unreadable { line: u64, reason: String },
    #[error("a file holds at most {MOST_STORES} stores")]
    TooMany,
    #[error("{0}")]
    Mapping(#[from] MappingError),
    #[error("{0}")]
    Storage(#[from] StorageError),
}

/// What happened to a row, for whoever watches.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Notice {
    /// It was left out.
    Bad { line: u64, reason: String },
    /// It was taken in, but the store's own words were kept in these fields.
    Kept { line: u64, code: String, fields: Vec<StoreField> },
}

/// What an import did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Summary {
    pub(crate) created: u64,
    pub(crate) updated: u64,
    pub(crate) unchanged: u64,
    pub(crate) bad: u64,
    /// Rows in which a store's own edits were kept.
    pub(crate) kept: u64,
}

/// Where and how to import.
pub(crate) struct Target<'a> {
    pub(crate) database: &'a Database,
    pub(crate) tenant: &'a str,
    pub(crate) overwrite_local_edits: bool,
}

/// Reads stores from `file` and writes them by their codes. Bad rows are told to `notice`, the good
/// ones are kept.
pub(crate) async fn import_stores(
    target: &Target<'_>,
    file: impl Read,
    mapping: &Mapping,
    mut notice: impl FnMut(Notice),
) -> Result<Summary, ImportError> {
    let mut stores = Stores::open(file, mapping)?;
    let supplied = mapping.supplied();
    let mut summary = Summary::default();
    let mut any = false;
    loop {
        let mut batch: Vec<(u64, Store)> = Vec::with_capacity(BATCH);
        while batch.len() < BATCH {
            let Some((line, store)) = stores.next()? else { break };
            any = true;
            match store {
                Ok(store) => batch.push((line, store)),
                Err(reason) => {
                    summary.bad += 1;
                    notice(Notice::Bad { line, reason });
                }
            }
        }
        if batch.is_empty() {
            break;
        }
        let mut repository = target.database.write().await?;
        for (line, store) in batch {
            let outcome = repository
                .import_store(target.tenant, &store, &supplied, target.overwrite_local_edits)
                .await?;
            match outcome.action {
                ImportAction::Created => summary.created += 1,
                ImportAction::Updated => summary.updated += 1,
                ImportAction::Unchanged => summary.unchanged += 1,
            }
            if !outcome.kept.is_empty() {
                summary.kept += 1;
                notice(Notice::Kept { line, code: store.code, fields: outcome.kept });
            }
        }
        repository.save().await?;
    }
    if any { Ok(summary) } else { Err(ImportError::NoRows) }
}

/// The line of a row, and its store or why there is none.
pub(crate) type Found = (u64, Result<Store, String>);

/// The stores of a file, before anything is written.
pub(crate) struct Stores<'a, R> {
    rows: Rows<'a, R>,
    mapping: &'a Mapping,
    /// Codes read so far, as hashes.
    seen: HashSet<u64>,
    hasher: std::hash::RandomState,
}

impl<'a, R: Read> Stores<'a, R> {
    /// Reads the header.
    pub(crate) fn open(file: R, mapping: &'a Mapping) -> Result<Self, ImportError> {
        let (seen, hasher) = Default::default();
        Ok(Self { rows: Rows::open(file, mapping)?, mapping, seen, hasher })
    }

    /// The next row; `Ok(None)` at the end.
    pub(crate) fn next(&mut self) -> Result<Option<Found>, ImportError> {
        let Some(row) = self.rows.next()? else { return Ok(None) };
        let store = self.read(&row);
        if self.seen.len() > MOST_STORES {
            return Err(ImportError::TooMany);
        }
        Ok(Some((row.line, store)))
    }

    fn read(&mut self, row: &Row) -> Result<Store, String> {
        let store = convert::store(row, self.mapping)?;
        if !self.seen.insert(self.hasher.hash_one(&store.code)) {
            return Err(format!("the code {} was on an earlier line; the first one counts", store.code));
        }
        Ok(store)
    }
}
