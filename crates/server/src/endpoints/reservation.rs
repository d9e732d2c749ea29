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
    reservation::{Reservation, ReservedItem},
};
use devanture_domain::reservation::{Action, Actor, NotPossible};
use devanture_storage::{Act, Acted, PrivateToken, Repository};

use super::NEVER;
use crate::{App, directory::SiteView, extract::Storefront, problem::ApiError};

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
    let (token, found) = opened(&mut app.database().read().await?, &site, &token).await?;
    Ok(answer(&site, &token, found))
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
    let act = Act {
        leg: None,
        action: Action::Cancel,
        by: Actor::Shopper,
        staff_id: None,
        refusal: None,
        due_at: None,
        at: app.now(),
    };
    match repository.act(&found.tenant, &found.id, &act).await? {
        Some(Acted::Done(found)) => {
            repository.save().await?;
            Ok(answer(&site, &token, found))
        }
        Some(Acted::Already(found)) => Ok(answer(&site, &token, found)),
        Some(Acted::NotPossible(NotPossible::State(state))) => Err(ApiError::not_possible(state)),
        Some(Acted::NotPossible(NotPossible::Actor)) | None => Err(ApiError::internal()),
    }
}

async fn opened(
    repository: &mut Repository,
    site: &SiteView,
    token: &str,
) -> Result<(PrivateToken, devanture_storage::Reservation), ApiError> {
    let token = PrivateToken::parse(token).ok_or_else(ApiError::not_found)?;
    let found = repository.reservation_by_token(&token).await?;
    let found = found.filter(|found| found.tenant == site.site.tenant).ok_or_else(ApiError::not_found)?;
    Ok((token, found))
}

fn answer(site: &SiteView, token: &PrivateToken, found: devanture_storage::Reservation) -> Response {
    ([(header::CACHE_CONTROL, NEVER)], Json(shown(site, token, found))).into_response()
}

/// The reservation as its shopper sees it.
pub(super) fn shown(
    site: &SiteView,
    token: &PrivateToken,
    found: devanture_storage::Reservation,
) -> Reservation {
    let index = site.network.find(&found.location_code);
    // A store may close for good, and a warehouse is none: the code is then all there is.
    let store_name = index
        .and_then(|index| site.network.store(index))
        .map_or_else(|| found.location_code.clone(), |store| store.name);
    Reservation {
        token: token.to_text(),
        pickup_code: found.pickup_code,
        state: found.state,
        store_name,
        time_zone: index.map_or("UTC", |index| site.network.zone_name(index)).to_owned(),
        store_code: found.location_code,
        stores_asked: found.leg,
        items: found
            .lines
            .into_iter()
            .map(|line| ReservedItem {
                sku: line.sku,
                quantity: line.quantity,
                price: line.price.map(|(amount, currency)| Money { amount, currency }),
            })
            .collect(),
        due_at: found.due_at,
        ready_at: found.ready_from,
        created_at: found.created_at,
    }
}
