//! `POST /admin/v1/feeds/{id}/accept` and `/refuse`

use axum::{
    Json,
    extract::{Path, State},
};
use devanture_api::{feed::FeedReport, problem::Problem};
use devanture_feeds::{accept_feed, refuse_feed};

use super::{find, record, report};
use crate::{App, extract::Feeder, problem::ApiError};

/// Applies a feed that is held. Counts and moves that came after it stay.
#[utoipa::path(post, path = "/admin/v1/feeds/{id}/accept", tag = "feeds", security(("session" = []), ("secret_key" = [])),
    params(("id" = i64, Path, description = "The feed's number")), responses(
    (status = 200, description = "It was applied", body = FeedReport),
    (status = 404, description = "There is none of this number", body = Problem, content_type = "application/problem+json"),
    (status = 409, description = "It is not held", body = Problem, content_type = "application/problem+json"),
    (status = "4XX", description = "Refused", body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn accept(
    State(app): State<App>,
    feeder: Feeder,
    Path(id): Path<String>,
) -> Result<Json<FeedReport>, ApiError> {
    decided(app, feeder, id, true).await
}

/// Refuses a feed that is held.
#[utoipa::path(post, path = "/admin/v1/feeds/{id}/refuse", tag = "feeds", security(("session" = []), ("secret_key" = [])),
    params(("id" = i64, Path, description = "The feed's number")), responses(
    (status = 200, description = "It was refused", body = FeedReport),
    (status = 404, description = "There is none of this number", body = Problem, content_type = "application/problem+json"),
    (status = 409, description = "It is not held", body = Problem, content_type = "application/problem+json"),
    (status = "4XX", description = "Refused", body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn refuse(
    State(app): State<App>,
    feeder: Feeder,
    Path(id): Path<String>,
) -> Result<Json<FeedReport>, ApiError> {
    decided(app, feeder, id, false).await
}

async fn decided(app: App, feeder: Feeder, id: String, accepted: bool) -> Result<Json<FeedReport>, ApiError> {
    let mut repository = app.database().write().await?;
    let run = find(&mut repository, &feeder, &id).await?;
    if run.state != devanture_storage::FeedState::Held {
        return Err(ApiError::feed_not_held(format!("It is {}.", run.state.as_str())));
    }
    // Before it is done: what is written down twice can be told apart, what is not written down is lost.
    let action = if accepted { "feed.accepted" } else { "feed.refused" };
    record(&app, &mut repository, &feeder, action, &run).await?;
    repository.save().await?;
    // A task of its own: a long feed is applied to its end though nobody waits for it any more.
    let done = tokio::spawn(async move {
        if accepted {
            accept_feed(app.database(), &run, &|| app.now()).await?;
        } else {
            refuse_feed(app.database(), &run, &|| app.now()).await?;
        }
        let mut repository = app.database().read().await?;
        let run = repository.feed_run(&run.tenant, run.id).await?.ok_or_else(ApiError::feed_not_found)?;
        Ok(Json(report(&mut repository, run).await?))
    });
    done.await.map_err(|error| {
        tracing::error!(%error, "a feed was not decided");
        ApiError::internal()
    })?
}
