//! `GET /admin/v1/feeds` and `/admin/v1/feeds/{id}`

pub(crate) mod decide;
pub(crate) mod export;
mod incoming;
pub(crate) mod receive;
#[cfg(test)]
mod tests;

pub(crate) use incoming::format_of;

use axum::{
    Json,
    extract::{Path, State},
};
use devanture_api::{
    feed::{EmptiedRow, Feed, FeedBadRow, FeedKind, FeedPage, FeedParams, FeedReport, FeedState},
    problem::Problem,
};
use devanture_feeds::FeedError;
use devanture_storage::{Deed, FeedRun, Repository, StorageError};

use crate::{
    App,
    extract::{Feeder, Query},
    problem::ApiError,
};

/// Rows that a held feed would empty, as many as are shown.
const SHOWN: u32 = 50;

/// Feeds that were taken in, held or refused, the latest first.
#[utoipa::path(get, path = "/admin/v1/feeds", tag = "feeds", security(("session" = []), ("secret_key" = [])),
    params(FeedParams), responses(
    (status = 200, description = "The feeds", body = FeedPage),
    (status = 403, description = "The role or the key's scope does not include it", body = Problem, content_type = "application/problem+json"),
    (status = "4XX", description = "Refused", body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn feeds(
    State(app): State<App>,
    feeder: Feeder,
    Query(params): Query<FeedParams>,
) -> Result<Json<FeedPage>, ApiError> {
    let limit = match params.limit {
        None => 50,
        Some(limit @ 1..=200) => usize::from(limit),
        Some(_) => return Err(ApiError::invalid("limit", "is 1 to 200")),
    };
    let mut repository = app.database().read().await?;
    // One more, to know whether there is a next page.
    let asked = u32::try_from(limit + 1).unwrap_or(u32::MAX);
    let mut runs = repository.feed_runs(&feeder.tenant, params.before, asked).await?;
    let more = runs.len() > limit;
    runs.truncate(limit);
    let next = runs.last().filter(|_| more).map(|run| run.id);
    Ok(Json(FeedPage { items: runs.into_iter().map(shown).collect(), next }))
}

/// A feed with its bad rows, and, while it is held, what it would empty.
#[utoipa::path(get, path = "/admin/v1/feeds/{id}", tag = "feeds", security(("session" = []), ("secret_key" = [])),
    params(("id" = i64, Path, description = "The feed's number")), responses(
    (status = 200, description = "The feed", body = FeedReport),
    (status = 404, description = "There is none of this number", body = Problem, content_type = "application/problem+json"),
    (status = "4XX", description = "Refused", body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn feed(
    State(app): State<App>,
    feeder: Feeder,
    Path(id): Path<String>,
) -> Result<Json<FeedReport>, ApiError> {
    let mut repository = app.database().read().await?;
    let run = find(&mut repository, &feeder, &id).await?;
    Ok(Json(report(&mut repository, run).await?))
}

async fn find(repository: &mut Repository, feeder: &Feeder, id: &str) -> Result<FeedRun, ApiError> {
    let id = id.parse().map_err(|_| ApiError::feed_not_found())?;
    repository.feed_run(&feeder.tenant, id).await?.ok_or_else(ApiError::feed_not_found)
}

async fn report(repository: &mut Repository, run: FeedRun) -> Result<FeedReport, StorageError> {
    let bad = repository.bad_rows(&run.tenant, run.id).await?;
    let held = run.state == devanture_storage::FeedState::Held;
    let emptied = if held { repository.emptied_by_feed(&run, SHOWN).await? } else { Vec::new() };
    let bad =
        bad.into_iter().map(|bad| FeedBadRow { line: bad.line, column: bad.column, reason: bad.reason });
    let would_empty =
        emptied.into_iter().map(|(sku, location, on_hand)| EmptiedRow { sku, location, on_hand });
    Ok(FeedReport { bad: bad.collect(), would_empty: would_empty.collect(), feed: shown(run) })
}

fn shown(run: FeedRun) -> Feed {
    use devanture_storage::{FeedKind as Kind, FeedState as Stands};
    Feed {
        id: run.id,
        kind: match run.kind {
            Kind::Products => FeedKind::Products,
            Kind::StockDelta => FeedKind::StockDelta,
            Kind::StockFull => FeedKind::StockFull,
            Kind::Sales => FeedKind::Sales,
        },
        source: run.source,
        state: match run.state {
            Stands::Staging => FeedState::Staging,
            Stands::Held => FeedState::Held,
            Stands::Applying => FeedState::Applying,
            Stands::Applied => FeedState::Applied,
            Stands::Refused => FeedState::Refused,
        },
        reason: run.reason,
        counted_at: run.counted_at,
        started_at: run.started_at,
        finished_at: run.finished_at,
        rows: run.rows,
        bad_rows: run.bad_rows,
        known_rows: run.known_rows,
        emptied_rows: run.emptied_rows,
    }
}

/// Writes down what became of a feed, and whose doing it was.
async fn record(
    app: &App,
    repository: &mut Repository,
    feeder: &Feeder,
    action: &str,
    run: &FeedRun,
) -> Result<(), ApiError> {
    let detail = [
        ("kind", run.kind.as_str()),
        ("source", run.source.as_str()),
        ("state", run.state.as_str()),
        ("rows", &run.rows.to_string()),
        ("bad_rows", &run.bad_rows.to_string()),
    ];
    let deed = Deed {
        tenant: &feeder.tenant,
        actor: &feeder.actor,
        action,
        subject: Some(&run.id.to_string()),
        store_code: None,
        detail: &detail,
    };
    Ok(repository.record(&deed, app.now(), app.random()?).await?)
}

impl From<FeedError> for ApiError {
    fn from(error: FeedError) -> Self {
        match error {
            FeedError::Busy { .. } => Self::feed_busy(error.to_string()),
            FeedError::Ended(_) | FeedError::Run(_) => Self::feed_not_held(error.to_string()),
            FeedError::Storage(error) => error.into(),
            FeedError::Broken(_) => {
                tracing::error!(%error, "a feed was not read");
                Self::internal()
            }
            FeedError::Empty
            | FeedError::NoRows
            | FeedError::Delimiter { .. }
            | FeedError::MissingColumns { .. }
            | FeedError::Twice(_)
            | FeedError::NotText(_)
            | FeedError::Unreadable { .. }
            | FeedError::Mapping(_) => Self::feed_unreadable(error.to_string()),
        }
    }
}
