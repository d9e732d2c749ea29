//! `GET` and `DELETE /v1/reservations/{token}`

use axum::{
    Json,
    extract::{Path, State},
    http::header,
    response::{IntoResponse as _, Response},
};
use devanture_api::{
    problem::Problem,
    product::Money,
    reservation::{Proposal, Reservation},
};
use devanture_domain::{
    civil::UtcMs,
    reservation::{Action, Actor, NotPossible},
};
use devanture_storage::{Act, Acted, PrivateToken, Repository, StorageError};

use super::NEVER;
use crate::{
    App,
    directory::SiteView,
    extract::Storefront,
    problem::ApiError,
    reservations::{shown_item, shown_items},
};

/// The reservation that a private link opens.
#[utoipa::path(get, path = "/v1/reservations/{token}", tag = "stock", security(("key" = []), ("key_param" = [])),
    params(("token" = String, Path, description = "The private link's secret")), responses(
    (status = 200, description = "The reservation", body = Reservation),
    (status = 404, description = "There is none", body = Problem, content_type = "application/problem+json"),
    (status = "4XX", description = "Refused", body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn reservation(
    State(app): State<App>,
    Storefront(site): Storefront,
    Path(token): Path<String>,
) -> Result<Response, ApiError> {
    let mut repository = app.database().read().await?;
    let (token, found) = opened(&mut repository, &site, &token).await?;
    Ok(answer(shown(&mut repository, &site, &token, found, app.now()).await?))
}

/// Calls a reservation off and gives its pieces back; doing so twice changes nothing.
#[utoipa::path(delete, path = "/v1/reservations/{token}", tag = "stock", security(("key" = [])),
    params(("token" = String, Path, description = "The private link's secret")), responses(
    (status = 200, description = "The reservation, called off", body = Reservation),
    (status = 404, description = "There is none", body = Problem, content_type = "application/problem+json"),
    (status = 409, description = "It is past that", body = Problem, content_type = "application/problem+json"),
    (status = "4XX", description = "Refused", body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn cancel(
    State(app): State<App>,
    Storefront(site): Storefront,
    Path(token): Path<String>,
) -> Result<Response, ApiError> {
    let mut repository = app.database().write().await?;
    let (token, found) = opened(&mut repository, &site, &token).await?;
    let found = match repository.act(&found.tenant, &found.id, &called_off(app.now())).await? {
        Some(Acted::Done(found)) => {
            repository.save().await?;
            found
        }
        Some(Acted::Already(found)) => found,
        Some(Acted::NotPossible(NotPossible::State(state))) => return Err(ApiError::not_possible(state)),
        Some(Acted::NotPossible(NotPossible::Actor)) | None => return Err(ApiError::internal()),
    };
    changed(&app, &site, &token, found).await
}

/// The shopper does not want it any more, wherever it is.
pub(super) fn called_off(now: UtcMs) -> Act<'static> {
    Act {
        leg: None,
        action: Action::Cancel,
        by: Actor::Shopper,
        staff_id: None,
        refusal: None,
        due_at: None,
        at: now,
    }
}

/// What the store proposes instead, as long as it can be taken.
pub(crate) async fn proposal(
    repository: &mut Repository,
    site: &SiteView,
    found: &devanture_storage::Reservation,
    now: UtcMs,
) -> Result<Option<Proposal>, StorageError> {
    let Some(open) = repository.proposal(found).await?.filter(|proposal| now <= proposal.open_until) else {
        return Ok(None);
    };
    let variants = repository.named_variants(&found.tenant, &[&open.sku]).await?;
    let prices = repository.prices(&found.tenant, site.price_list(), &[&open.sku]).await?;
    let price = prices.into_iter().next();
    let price = price.map(|price| Money { amount: price.amount, currency: price.currency });
    let named = variants.get(&open.sku);
    let item = shown_item(named, open.sku.clone(), open.quantity, price);
    Ok(Some(Proposal { item, open_until: open.open_until }))
}

pub(super) async fn opened(
    repository: &mut Repository,
    site: &SiteView,
    token: &str,
) -> Result<(PrivateToken, devanture_storage::Reservation), ApiError> {
    let token = PrivateToken::parse(token).ok_or_else(ApiError::not_found)?;
    let found = repository.reservation_by_token(&token).await?;
    let found = found.filter(|found| found.tenant == site.site.tenant).ok_or_else(ApiError::not_found)?;
    Ok((token, found))
}

fn answer(shown: Reservation) -> Response {
    ([(header::CACHE_CONTROL, NEVER)], Json(shown)).into_response()
}

/// The answer to a change that is safe.
pub(super) async fn changed(
    app: &App,
    site: &SiteView,
    token: &PrivateToken,
    found: devanture_storage::Reservation,
) -> Result<Response, ApiError> {
    let mut repository = app.database().read().await?;
    Ok(answer(shown(&mut repository, site, token, found, app.now()).await?))
}

/// The reservation as its shopper sees it.
pub(super) async fn shown(
    repository: &mut Repository,
    site: &SiteView,
    token: &PrivateToken,
    found: devanture_storage::Reservation,
    now: UtcMs,
) -> Result<Reservation, StorageError> {
    let proposal = proposal(repository, site, &found, now).await?;
    let skus: Vec<&str> = found.lines.iter().map(|line| line.sku.as_str()).collect();
    let variants = repository.named_variants(&found.tenant, &skus).await?;
    let index = site.network.find(found.fetched_at());
    // A store may close for good: the code is then all there is.
    let store_name = index
        .and_then(|index| site.network.store(index))
        .map_or_else(|| found.fetched_at().to_owned(), |store| store.name);
    let store_code = found.fetched_at().to_owned();
    Ok(Reservation {
        id: Some(found.id),
        proposal,
        token: token.to_text(),
        pickup_code: found.pickup_code,
        state: found.state,
        store_name,
        time_zone: index.map_or("UTC", |index| site.network.zone_name(index)).to_owned(),
        store_code,
        sent_from: found.delivered_to.is_some().then_some(found.location_code),
        stores_asked: found.leg,
        items: shown_items(&variants, found.lines),
        due_at: found.due_at,
        ready_at: found.ready_from,
        created_at: found.created_at,
    })
}
