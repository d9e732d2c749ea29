//! `GET /admin/v1/sources`

use axum::{Json, extract::State};
use devanture_api::{
    feed::FeedKind,
    problem::Problem,
    source::{Source, SourceState, Sources},
};
use devanture_domain::civil::UtcMs;

use crate::{App, extract::Feeder, problem::ApiError};

/// Feeds that the server fetches, and how that goes. They are added with `devanture source add`.
#[utoipa::path(get, path = "/admin/v1/sources", tag = "feeds", security(("session" = []), ("secret_key" = [])), responses(
    (status = 200, description = "The sources", body = Sources),
    (status = 403, description = "The role or the key's scope does not include it", body = Problem, content_type = "application/problem+json"),
    (status = "4XX", description = "Refused", body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn sources(State(app): State<App>, feeder: Feeder) -> Result<Json<Sources>, ApiError> {
    let now = app.now();
    let sources = app.database().read().await?.sources(&feeder.tenant).await?;
    Ok(Json(Sources { items: sources.into_iter().map(|source| shown(source, now)).collect(), now }))
}

fn shown(source: devanture_storage::Source, now: UtcMs) -> Source {
    use devanture_storage::FeedKind as Kind;
    let state = match source.fresh_at {
        _ if source.is_stale(now) => SourceState::Stale,
        Some(_) => SourceState::Fresh,
        None => SourceState::New,
    };
    Source {
        state,
        kind: match source.new.kind {
            Kind::Products => FeedKind::Products,
            Kind::StockDelta => FeedKind::StockDelta,
            Kind::StockFull => FeedKind::StockFull,
            Kind::Sales => FeedKind::Sales,
        },
        url: source.new.url.split(['?', '#']).next().unwrap_or_default().to_owned(),
        name: source.new.name,
        interval_s: source.new.interval_ms / 1000,
        fresh_at: source.fresh_at,
        polled_at: source.polled_at,
        due_at: source.due_at,
        failures: source.failures,
        reason: source.reason,
        feed: source.run,
    }
}
