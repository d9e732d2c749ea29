//! `POST /v1/reservations/{token}/proposal`

#[cfg(test)]
pub(crate) mod tests;

use axum::{
    extract::{Path, State},
    response::Response,
};
use devanture_api::{problem::Problem, reservation::Reservation};
use devanture_domain::civil::UtcMs;
use devanture_storage::{Repository, TakeProposal, Taken};

use super::reservation::{changed, opened};
use crate::{
    App,
    directory::SiteView,
    extract::Storefront,
    problem::ApiError,
    reservations::{asked_times, fetched_by},
};

/// Takes what the store proposed when it refused: it is held there, and the store has said yes. Doing so twice changes nothing.
/// What was paid in the checkout for the first pieces is paid back, and this is paid in the store.
#[utoipa::path(post, path = "/v1/reservations/{token}/proposal", tag = "stock", security(("key" = [])),
    params(("token" = String, Path, description = "The private link's secret")), responses(
    (status = 200, description = "The reservation, of what was proposed", body = Reservation),
    (status = 404, description = "There is none", body = Problem, content_type = "application/problem+json"),
    (status = 409, description = "`no_proposal`: nothing is proposed, or not any more; `not_enough`: it has gone meanwhile", body = Problem, content_type = "application/problem+json"),
    (status = "4XX", description = "Refused", body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn take(
    State(app): State<App>,
    Storefront(site): Storefront,
    Path(token): Path<String>,
) -> Result<Response, ApiError> {
    let mut repository = app.database().write().await?;
    let (token, found) = opened(&mut repository, &site, &token).await?;
    let accepted = taken(repository, &site, &found, app.now()).await?;
    changed(&app, &site, &token, accepted).await
}

/// The same for whoever has found the reservation.
pub(super) async fn taken(
    mut repository: Repository,
    site: &SiteView,
    found: &devanture_storage::Reservation,
    now: UtcMs,
) -> Result<devanture_storage::Reservation, ApiError> {
    let (_, ready_from) = asked_times(&site.network, &found.location_code, now);
    let take = TakeProposal {
        price_list: site.price_list(),
        due_at: fetched_by(&site.network, found.fetched_at(), ready_from.unwrap_or(now)),
        ready_from,
        at: now,
    };
    match repository.take_proposal(&found.tenant, &found.id, &take).await? {
        Some(Taken::Done(taken)) => {
            repository.save().await?;
            Ok(taken)
        }
        Some(Taken::Already(taken)) => Ok(taken),
        Some(Taken::Gone(sku)) => Err(ApiError::not_enough(sku)),
        Some(Taken::None) | None => Err(ApiError::no_proposal()),
    }
}
