//! `POST /v1/reservations`

pub(super) mod check;
#[cfg(test)]
mod tests;

use axum::{
    Json as JsonBody,
    extract::State,
    http::{StatusCode, header},
    response::{IntoResponse as _, Response},
};
use devanture_api::{
    problem::Problem,
    reservation::{Reservation as Shown, ReservationRequest},
};
use devanture_domain::reservation::{answer_by, promise};
use devanture_storage::{Payment, PrivateToken, Reservation, Reserving};

use super::{NEVER, reservation::shown};
use crate::{
    App, contact,
    desk::{Order, Ordered},
    directory::SiteView,
    extract::{IdempotencyKey, Json, Storefront},
    problem::ApiError,
};

/// So many pickup codes are drawn for an order.
const CODES: usize = 5;

/// Holds pieces in a store, which is asked whether it has them.
#[utoipa::path(post, path = "/v1/reservations", tag = "stock", security(("key" = [])),
    params(("Idempotency-Key" = String, Header, description = "A random UUID; sent again with the same body, it gives the same answer")),
    request_body = ReservationRequest, responses(
    (status = 201, description = "The pieces are held, now or before with the same idempotency key", body = Shown),
    (status = 400, description = "A field is not of the documented form", body = Problem, content_type = "application/problem+json"),
    (status = 403, description = "This person has too many reservations open, or did not come too often", body = Problem, content_type = "application/problem+json"),
    (status = 409, description = "There are not so many pieces any more", body = Problem, content_type = "application/problem+json"),
    (status = 422, description = "The idempotency key was used with another body", body = Problem, content_type = "application/problem+json"),
    (status = "4XX", description = "Refused", body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn reserve(
    State(app): State<App>,
    Storefront(site): Storefront,
    IdempotencyKey(key): IdempotencyKey,
    Json(request): Json<ReservationRequest>,
) -> Result<Response, ApiError> {
    let store = site.network.find(&request.store_code).ok_or_else(ApiError::store_not_found)?;
    let request = check::checked(request, site.network.reservation_rules())?;
    let order = order(&app, &site, (Some(store), store), (key, None), request)?;
    let drawn = order.token.clone();
    let written = written_down(&app, order).await?;
    let mut repository = app.database().read().await?;
    let (token, found) = match written {
        Written::Now(made) => (drawn, *made),
        Written::Before(token) => {
            let found = repository.reservation_by_token(&token).await?;
            (token, found.ok_or_else(ApiError::internal)?)
        }
    };
    let body = JsonBody(shown(&mut repository, &site, &token, found, app.now()).await?);
    Ok((StatusCode::CREATED, [(header::CACHE_CONTROL, NEVER)], body).into_response())
}

/// What is to be written down: by a shopper, or by a seller for them; at a store, or at a warehouse, which sends it to the other
/// store. Phone numbers without a country are of that store's.
pub(super) fn order(
    app: &App,
    site: &SiteView,
    (store, near): (Option<u32>, u32),
    (key, staff_id): (String, Option<String>),
    request: ReservationRequest,
) -> Result<Order, ApiError> {
    let body = serde_json::to_vec(&request).map_err(|_| ApiError::internal())?;
    let now = app.now();
    let rules = site.network.reservation_rules();
    let payment = if request.checkout { Payment::Checkout } else { Payment::InStore };
    let (answer_by, ready_from) = match store {
        Some(store) => {
            let (hours, zone) = (site.network.hours(store), site.network.zone(store));
            let promise = promise(hours, zone, rules, now);
            (answer_by(hours, zone, rules, now), promise.map(|promise| promise.ready_at))
        }
        // A warehouse has no opening hours that anybody knows of.
        None => (now + i64::from(rules.answer_minutes) * 60_000, None),
    };
    let due_at = match payment {
        Payment::Checkout => now + i64::from(rules.payment_minutes) * 60_000,
        Payment::InStore => answer_by,
    };
    let country = site.network.store(near).map(|store| store.address.country).unwrap_or_default();
    Ok(Order {
        pieces: request.items.into_iter().map(|item| (item.sku, item.quantity)).collect(),
        price_list: site.price_list().to_owned(),
        tenant: site.site.tenant.clone(),
        site_id: site.site.id.clone(),
        key,
        body,
        token: PrivateToken::from_random(app.random()?),
        id: app.ordered_id()?,
        pickup_code: app.legible::<8>()?,
        payment,
        delivered_to: store.is_none().then(|| site.network.code(near).to_owned()),
        location_code: request.store_code,
        due_at,
        ready_from,
        locale: request.locale,
        name: request.name,
        email: request.email.map(|email| (email.clone(), contact::email_key(&email))),
        phone: request.phone.map(|phone| (phone.clone(), contact::phone_key(&phone, &country))),
        staff_id,
        rules: *rules,
        at: now,
    })
}

/// An order that is safe.
pub(super) enum Written {
    Now(Box<Reservation>),
    /// With the same key and body; the token that was given then.
    Before(PrivateToken),
}

/// Has an order written down, or says why not. Where another reservation has its pickup code, which happens once in a
/// million million, it gets another.
pub(super) async fn written_down(app: &App, mut order: Order) -> Result<Written, ApiError> {
    for _ in 0..CODES {
        return match app.desk().order(app.database(), order.clone()).await? {
            Ordered::Reserving(Reserving::New(made)) => Ok(Written::Now(made)),
            Ordered::Reserving(Reserving::Again(token)) => Ok(Written::Before(token)),
            Ordered::Reserving(Reserving::KeyReused) => Err(ApiError::idempotency_mismatch()),
            Ordered::Reserving(Reserving::NotEnough(sku)) => Err(ApiError::not_enough(sku)),
            Ordered::Reserving(Reserving::CodeTaken) => {
                order.pickup_code = app.legible::<8>()?;
                continue;
            }
            Ordered::TooManyOpen => Err(ApiError::too_many_open()),
            Ordered::TooManyMissed => Err(ApiError::too_many_missed()),
        };
    }
    tracing::error!("every pickup code that was drawn is taken: the random numbers are not random");
    Err(ApiError::internal())
}
