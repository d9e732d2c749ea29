//! Taking in what was fetched, as a feed that is posted is.

use std::{io, path::Path};

use devanture_domain::civil::UtcMs;
use devanture_feeds::{
    DEFAULT_MAX_EMPTIED, Format, Incoming, Mapping, Outcome, StockFeed, Target, from_async, import_products,
    import_sales, import_stock, refuse_feed,
};
use devanture_storage::{FeedKind, FeedState, Source, StorageError};
use futures_util::stream;
use jiff::fmt::rfc2822::DateTimeParser;
use reqwest::{Url, header};
use tokio_util::io::StreamReader;

use super::fetch::{Answer, said};
use crate::{App, endpoints::admin::feeds::format_of};

/// Why what was taken in last is not what shoppers are told; `None` when it is.
pub(super) async fn held(app: &App, source: &Source) -> Result<Option<String>, StorageError> {
    let Some(run) = source.run else { return Ok(None) };
    let run = app.database().read().await?.feed_run(&source.new.tenant, run).await?;
    Ok(run.filter(|run| run.state != FeedState::Applied).map(|run| {
        let reason = run.reason.map_or(String::new(), |reason| format!(": {reason}"));
        format!("run {} is {}{reason}", run.id, run.state.as_str())
    }))
}

/// The run, and why it waits for somebody, if it does; an error when it is to be fetched again.
pub(super) async fn take_in(
    app: &App,
    source: &Source,
    answer: Answer,
    now: UtcMs,
) -> Result<(i64, Option<String>), String> {
    let new = &source.new;
    let mapping = if new.mapping.is_empty() { Ok(Mapping::default()) } else { Mapping::parse(&new.mapping) };
    let mapping = mapping.map_err(|error| error.to_string())?;
    let content_type =
        answer.response.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let named = content_type.and_then(format_of).or_else(|| {
        let url = Url::parse(&new.url).ok()?;
        Format::of_name(Path::new(url.path().trim_end_matches(".gz")))
    });
    // When it was made, if that is said: what was sold since is not in it.
    let made =
        answer.last_modified.as_deref().and_then(|text| DateTimeParser::new().parse_timestamp(text).ok());
    let counted_at = made.map_or(now, |made| made.as_millisecond().clamp(0, now));
    let bytes = stream::try_unfold(answer.response, async |mut response| {
        let chunk = response.chunk().await.map_err(|error| io::Error::other(said(&error)))?;
        Ok::<_, io::Error>(chunk.map(|chunk| (chunk, response)))
    });
    let file = Incoming::new(from_async(StreamReader::new(Box::pin(bytes))), app.config().max_feed_bytes);
    let clock = || app.now();
    let target = Target {
        database: app.database(),
        tenant: &new.tenant,
        source: &new.name,
        mapping: &mapping,
        named,
        clock: &clock,
    };
    let done = match new.kind {
        FeedKind::Products => import_products(target, file, &new.price_list, |_| ()).await,
        FeedKind::Sales => import_sales(target, file, |_| ()).await,
        FeedKind::StockDelta | FeedKind::StockFull => {
            let full = new.kind == FeedKind::StockFull;
            let feed = StockFeed { counted_at, full, max_emptied: DEFAULT_MAX_EMPTIED, accept: false };
            import_stock(target, file, feed, |_| ()).await
        }
    };
    let outcome = done.map_err(|error| error.to_string())?;
    ended(app, source, outcome).await.map_err(|error| error.to_string())?
}

async fn ended(
    app: &App,
    source: &Source,
    outcome: Outcome,
) -> Result<Result<(i64, Option<String>), String>, devanture_feeds::FeedError> {
    let mut repository = app.database().write().await?;
    let Some(run) = repository.feed_run(&source.new.tenant, outcome.run).await? else {
        return Ok(Err("its run is gone".to_owned()));
    };
    if outcome.cut {
        drop(repository);
        // It is fetched again: nobody needs to decide about half of it.
        if run.state == FeedState::Held {
            refuse_feed(app.database(), &run, &|| app.now()).await?;
        }
        return Ok(Err(format!("run {} was not complete", run.id)));
    }
    if outcome.held.is_some() {
        // One at a time is enough to decide about, and to keep.
        repository.refuse_older_feeds(&run, app.now()).await?;
        repository.save().await?;
    }
    let held = outcome.held.map(|reason| format!("run {} is held: {reason}", run.id));
    Ok(Ok((run.id, held)))
}
