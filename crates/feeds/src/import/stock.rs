//! Stock: changes that are written as they are read, and full feeds that are staged first.

use std::{collections::HashSet, io::Read};

use devanture_domain::{civil::UtcMs, stock::StockSource};
use devanture_storage::{Count, FeedKind, FeedRow, Repository};

use super::{
    BadRow, Outcome, Target,
    batches::Batches,
    run::{Run, settled},
    verdict,
};
use crate::{
    FeedError, Row, Subject,
    convert::{Places, Reading, StockLine},
    layout::Layout,
};

/// What kind of feed it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StockFeed {
    /// As of when it was true, in milliseconds since 1970 UTC.
    pub counted_at: UtcMs,
    /// Whether what it leaves out, at the locations that it speaks of, is not there.
    pub full: bool,
    /// A full feed that empties more than this share of what is known, in percent, is held; see
    /// [`super::DEFAULT_MAX_EMPTIED`] and [`super::FEW_ROWS`].
    pub max_emptied: u8,
    /// Apply it however much it empties. One that was cut off is held all the same.
    pub accept: bool,
}

/// Reads stock from `file` and writes it by SKU and store. Bad rows are told to `notice` and the others go in; of a full
/// feed, what a bad row may have meant stays as it is.
pub async fn import_stock(
    target: Target<'_>,
    file: impl Read + Send + 'static,
    feed: StockFeed,
    notice: impl FnMut(BadRow),
) -> Result<Outcome, FeedError> {
    let kind = if feed.full { FeedKind::StockFull } else { FeedKind::StockDelta };
    let run = Run::begin(target, kind, feed.counted_at, notice).await?;
    let id = run.id;
    let done = taken_in(run, file, feed).await;
    settled(target, id, done).await
}

async fn taken_in<N: FnMut(BadRow)>(
    mut run: Run<'_, N>,
    file: impl Read + Send + 'static,
    feed: StockFeed,
) -> Result<Outcome, FeedError> {
    let target = run.target;
    let places = Places::new(target.database.read().await?.locations(target.tenant).await?);
    let reading = Reading::new(target.mapping);
    let mut batches = Batches::read(&target, file, Subject::Stock, move |row, layout| {
        converted(row, layout, &reading, &places)
    });
    while let Some(lines) = run.batch(&mut batches).await? {
        let mut repository = run.writing().await?;
        let lines = known(&mut repository, target.tenant, lines).await?;
        if feed.full {
            let rows = lines.into_iter().map(|line| line.staged(&mut run)).collect::<Vec<_>>();
            repository.stage_feed(target.tenant, run.id, &rows).await?;
        } else {
            let counts = lines.into_iter().filter_map(|line| line.counted(&mut run, feed.counted_at));
            repository.put_counts(target.tenant, &counts.collect::<Vec<_>>()).await?;
        }
        run.written(repository).await?;
    }
    run.ended(batches.end().await?)?;
    if feed.full { verdict::passed(run, feed).await } else { run.applied().await }
}

/// A row with its place in the file.
struct Line {
    at: u64,
    ordinal: u64,
    stock: StockLine,
    /// Why the row as a whole could not be read.
    unread: Option<String>,
}

fn converted(row: Row, layout: &Layout, reading: &Reading, places: &Places) -> Line {
    let Row { line, ordinal, cells } = row;
    match cells {
        Ok(cells) => Line { at: line, ordinal, stock: reading.stock((&cells, layout), places), unread: None },
        Err(reason) => {
            let bad = crate::BadCell { column: String::new(), reason: String::new() };
            let stock = StockLine { sku: String::new(), location: String::new(), count: Err(bad) };
            Line { at: line, ordinal, stock, unread: Some(reason) }
        }
    }
}

/// Makes an error of every row whose SKU nobody knows.
async fn known(
    repository: &mut Repository,
    tenant: &str,
    mut lines: Vec<Line>,
) -> Result<Vec<Line>, FeedError> {
    let mut skus: Vec<&str> =
        lines.iter().filter(|line| line.stock.count.is_ok()).map(|line| line.stock.sku.as_str()).collect();
    skus.sort_unstable();
    skus.dedup();
    let known: HashSet<String> = repository.known_skus(tenant, &skus).await?.into_iter().collect();
    for Line { stock, .. } in &mut lines {
        if stock.count.is_ok() && !known.contains(&stock.sku) {
            let reason = format!("there is no variant {}; import its product first", stock.sku);
            stock.count = Err(crate::BadCell { column: "sku".to_owned(), reason });
        }
    }
    Ok(lines)
}

impl Line {
    /// Tells what is wrong with it, if anything.
    fn checked<N: FnMut(BadRow)>(self, run: &mut Run<'_, N>) -> Self {
        if let Some(reason) = &self.unread {
            run.bad(BadRow { line: self.at, column: None, reason: reason.clone() });
        } else if let Err(bad) = &self.stock.count {
            let (column, reason) = (Some(bad.column.clone()), bad.reason.clone());
            run.bad(BadRow { line: self.at, column, reason });
        }
        self
    }

    fn staged<N: FnMut(BadRow)>(self, run: &mut Run<'_, N>) -> FeedRow {
        let Self { ordinal, stock, .. } = self.checked(run);
        run.outcome.unplaced += u64::from(stock.sku.is_empty() && stock.location.is_empty());
        FeedRow { ordinal, sku: stock.sku, location_code: stock.location, count: stock.count.ok() }
    }

    fn counted<N: FnMut(BadRow)>(self, run: &mut Run<'_, N>, counted_at: UtcMs) -> Option<Count> {
        let StockLine { sku, location, count } = self.checked(run).stock;
        let count = count.ok()?;
        Some(Count {
            sku,
            location_code: location,
            on_hand: count.on_hand,
            safety: count.safety,
            on_order: count.on_order,
            expected_on: count.expected_on,
            source: StockSource::Feed,
            counted_at,
        })
    }
}
