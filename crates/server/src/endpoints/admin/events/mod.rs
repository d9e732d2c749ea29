//! `GET /admin/v1/events`

#[cfg(test)]
mod tests;

use std::convert::Infallible;

use axum::{
    extract::State,
    http::HeaderMap,
    response::{IntoResponse as _, Response, Sse, sse::Event},
};
use devanture_api::{admin::EventParams, problem::Problem};
use devanture_domain::staff::{Permission, may};
use devanture_storage::SessionToken;
use futures_util::{Stream, stream};
use tokio::{
    sync::broadcast::error::RecvError,
    time::{Interval, MissedTickBehavior, interval},
};

use crate::{
    App,
    extract::{Query, Session},
    live::Listener,
    problem::ApiError,
};

/// So long a browser waits that was cut off, in milliseconds; the console waits longer each time.
const RETRY_AFTER_S: u64 = 10;

/// Tells whenever something has changed at a store: a reservation, a count. What, has to be asked. It begins with `hello`,
/// says `beat` now and then, and ends with the session.
#[utoipa::path(get, path = "/admin/v1/events", tag = "admin", security(("session" = [])), params(EventParams), responses(
    (status = 200, description = "Events `hello`, `changed` and `beat`; the data of the first two is the store's counter", body = String, content_type = "text/event-stream"),
    (status = 403, description = "It is not one's own store", body = Problem, content_type = "application/problem+json"),
    (status = 429, description = "The session has as many streams as it may", body = Problem, content_type = "application/problem+json"),
    (status = "4XX", description = "Refused", body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn events(
    State(app): State<App>,
    Session(open): Session,
    headers: HeaderMap,
    Query(params): Query<EventParams>,
) -> Result<Response, ApiError> {
    let token = app.home().session_token(&headers).ok_or_else(ApiError::not_signed_in)?;
    if !may(open.staff.role, Permission::ServeShoppers) {
        return Err(ApiError::forbidden("The role does not include it."));
    }
    if !open.staff.scope().covers(&params.store) {
        return Err(ApiError::store_not_yours());
    }
    let tenant = open.staff.tenant;
    let network = app.directory().load().network(&tenant).cloned().ok_or_else(ApiError::internal)?;
    if network.find(&params.store).is_none() && !network.is_warehouse(&params.store) {
        return Err(ApiError::store_not_found());
    }
    let mut repository = app.database().read().await?;
    let revision = repository.store_revisions(&tenant, &[&params.store]).await?.remove(&params.store);
    drop(repository);
    let revision = revision.unwrap_or(0);
    let place = (tenant, params.store);
    let listener = app.live().listen(place, token.to_text(), revision);
    let listener = listener.ok_or_else(|| ApiError::rate_limited(RETRY_AFTER_S))?;
    let mut response = Sse::new(told(app, token, listener, revision)).into_response();
    // Proxies that keep answers back until they are whole are asked not to.
    response.headers_mut().insert("x-accel-buffering", axum::http::HeaderValue::from_static("no"));
    Ok(response)
}

/// A stream, between two events.
struct Telling {
    app: App,
    token: SessionToken,
    listener: Listener,
    beat: Interval,
    /// What is said first.
    first: Option<i64>,
}

fn told(
    app: App,
    token: SessionToken,
    listener: Listener,
    revision: i64,
) -> impl Stream<Item = Result<Event, Infallible>> {
    let mut beat = interval(app.config().heartbeat);
    beat.set_missed_tick_behavior(MissedTickBehavior::Delay);
    beat.reset();
    let telling = Telling { app, token, listener, beat, first: Some(revision) };
    stream::unfold(telling, async |mut telling| {
        let event = telling.next().await?;
        Some((Ok(event), telling))
    })
}

impl Telling {
    /// The next event; `None` when the stream ends.
    async fn next(&mut self) -> Option<Event> {
        if let Some(revision) = self.first.take() {
            return Some(event("hello", revision));
        }
        let event = loop {
            tokio::select! {
                _ = self.listener.closed.wait_for(|closed| *closed) => return None,
                change = self.listener.changes.recv() => match change {
                    Ok(change) if *change.place == self.listener.place => break event("changed", change.revision),
                    Ok(_) => {}
                    // Some were missed, and may have been of this place.
                    Err(RecvError::Lagged(_)) => break event("changed", 0),
                    Err(RecvError::Closed) => return None,
                },
                // Browsers keep an event without data to themselves.
                _ = self.beat.tick() => break Event::default().event("beat").data("0"),
            }
        };
        self.is_allowed().await.then_some(event)
    }

    /// Whether the session goes on, and the store is still theirs. Asking does not make the session last longer.
    async fn is_allowed(&self) -> bool {
        let found = match self.app.database().read().await {
            Ok(mut repository) => repository.session(&self.token, self.app.now()).await,
            Err(error) => Err(error),
        };
        match found {
            Ok(open) => open.is_some_and(|open| open.staff.scope().covers(&self.listener.place.1)),
            Err(error) => {
                tracing::error!(%error, "a stream ends, since its session cannot be looked at");
                false
            }
        }
    }
}

fn event(name: &str, revision: i64) -> Event {
    Event::default().event(name).data(revision.to_string())
}
