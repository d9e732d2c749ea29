//! Reviews of another service's, from its CSV file.

mod convert;
#[cfg(test)]
mod tests;

use std::io::Read;

use devanture_domain::civil::UtcMs;
use devanture_storage::{Database, ImportedReview, Importing};
use serde::Deserialize;

use super::{ImportError, Mapping, mapping::Fields, rows::Rows};

/// Rows written per transaction: each goes into the trail, for which others wait.
const BATCH: usize = 200;

/// What a review is made of, one cell each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Field {
    /// The service's own; without it, a review is known by its words.
    Id,
    /// The retailer's product id; or a store.
    Product,
    /// A store's code.
    Store,
    /// 1 to 5; other scales are mapped.
    Rating,
    Title,
    Body,
    /// BCP 47.
    Language,
    Author,
    /// `2026-11-22`, `22/11/2026`, or either with a time behind.
    PublishedOn,
    ExperiencedOn,
    Size,
    /// `small`, `true` or `large`.
    Fit,
    /// `yes` or `no`: whether the service knows that its author had it.
    Verified,
    /// What was given for it.
    Incentive,
    Helpful,
    Unhelpful,
    /// What the brand said.
    Answer,
    AnsweredOn,
}

impl Fields for Field {
    const NEEDED: &'static [(Self, &'static str)] = &[
        (Self::Rating, "rating"),
        (Self::Body, "body"),
        (Self::PublishedOn, "published_on"),
        (Self::Language, "language"),
        (Self::Verified, "verified"),
    ];
    const ROW: &'static str = "review";
}

/// What an import did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Summary {
    pub(crate) new: u64,
    /// Taken over before.
    pub(crate) known: u64,
    pub(crate) bad: u64,
}

/// Reads reviews from `file` and publishes those that are not known yet. Bad rows are told to `bad` by their lines, the good ones go in.
pub(crate) async fn import_reviews(
    (database, tenant, source): (&Database, &str, &str),
    file: impl Read,
    mapping: &Mapping<Field>,
    now: UtcMs,
    mut bad: impl FnMut(u64, String),
) -> Result<Summary, ImportError> {
    let mut rows = Rows::open(file, mapping)?;
    let mut summary = Summary::default();
    loop {
        let mut batch: Vec<ImportedReview> = Vec::with_capacity(BATCH);
        let mut ended = false;
        while batch.len() < BATCH {
            let Some(row) = rows.next()? else {
                ended = true;
                break;
            };
            match row.cells.and_then(|cells| convert::review(&cells, now)) {
                Ok(review) => batch.push(review),
                Err(reason) => {
                    summary.bad += 1;
                    bad(row.line, reason);
                }
            }
        }
        if !batch.is_empty() {
            let mut repository = database.write().await?;
            for done in repository.import_reviews(tenant, source, &batch, now).await? {
                match done {
                    Importing::New => summary.new += 1,
                    Importing::Known => summary.known += 1,
                }
            }
            repository.save().await?;
        }
        if ended {
            break;
        }
    }
    if summary == Summary::default() { Err(ImportError::NoRows) } else { Ok(summary) }
}
