//! `POST /v1/stores/{code}/appointments`

mod check;
#[cfg(test)]
mod tests;

use axum::{
    extract::{Path, State},
    http::{StatusCode, header},
    response::{IntoResponse as _, Response},
};
use devanture_api::{
    appointment::{Appointment, BookingRequest},
    problem::Problem,
};
use devanture_domain::{
    appointment::{AppointmentRules, Slot, free_slots},
    civil::UtcMs,
};
use devanture_storage::{Booking, Contact, NewAppointment, PrivateToken, Repository};

use super::{NEVER, appointment::shown};
use crate::{
    App,
    directory::SiteView,
    extract::{IdempotencyKey, Json, Storefront},
    problem::ApiError,
};

/// Books a time with an adviser.
#[utoipa::path(post, path = "/v1/stores/{code}/appointments", tag = "appointments", security(("key" = [])),
    params(("code" = String, Path, description = "The store's code"),
        ("Idempotency-Key" = String, Header, description = "A random UUID; sent again with the same body, it gives the same answer")),
    request_body = BookingRequest, responses(
    (status = 201, description = "Booked, now or before with the same idempotency key", body = Appointment),
    (status = 400, description = "A field is not of the documented form", body = Problem, content_type = "application/problem+json"),
    (status = 409, description = "The time is not free", body = Problem, content_type = "application/problem+json"),
    (status = 422, description = "The idempotency key was used with another body", body = Problem, content_type = "application/problem+json"),
    (status = "4XX", description = "Refused", body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn book(
    State(app): State<App>,
    Storefront(site): Storefront,
    Path(code): Path<String>,
    IdempotencyKey(idempotency_key): IdempotencyKey,
    Json(request): Json<BookingRequest>,
) -> Result<Response, ApiError> {
    let index = site.find(&code).ok_or_else(ApiError::store_not_found)?;
    let request = check::checked(request, &site.texts(None).subjects)?;
    let body =
        serde_json::to_vec(&(&code, &request)).map_err(|error| ApiError::invalid_body(error.to_string()))?;
    let random = app.random()?;
    let now = app.now();
    let mut new = NewAppointment {
        tenant: &site.site.tenant,
        site_id: &site.site.id,
        store_code: &code,
        starts_at: request.starts_at,
        ends_at: request.starts_at,
        capacity: 0,
        subject: request.subject.as_deref(),
        locale: &request.locale,
        contact: Contact {
            name: &request.name,
            email: request.email.as_deref(),
            phone: request.phone.as_deref(),
            note: request.note.as_deref(),
        },
        created_at: now,
        token: PrivateToken::from_random(random),
        idempotency_key: &idempotency_key,
        body: &body,
    };
    let mut repository = app.database().write().await?;
    // A repeated request gets its answer even when the time has gone by since.
    let booking = match repository.earlier_booking(&new).await? {
        Some(earlier) => earlier,
        None => match site.network.rules(index).and_then(|rules| offered(&site, index, rules, &new, now)) {
            Some((slot, capacity)) => {
                (new.ends_at, new.capacity) = (slot.ends_at, capacity);
                repository.book(&new).await?
            }
            None => Booking::Taken,
        },
    };
    match booking {
        Booking::New => answer(&app, &site, repository, &new.token, true).await,
        Booking::Again(token) => answer(&app, &site, repository, &token, false).await,
        Booking::Taken => Err(ApiError::slot_taken()),
        Booking::KeyReused => Err(ApiError::idempotency_mismatch()),
    }
}

/// The slot as it is offered to someone who comes first, and how many it takes.
fn offered(
    site: &SiteView,
    index: u32,
    rules: AppointmentRules,
    new: &NewAppointment<'_>,
    now: UtcMs,
) -> Option<(Slot, u16)> {
    // Far from now nothing is offered, and sums with it could overflow.
    let horizon = now + i64::from(rules.horizon_days) * 86_400_000;
    if !(now..horizon).contains(&new.starts_at) {
        return None;
    }
    let at = (new.starts_at, new.starts_at + 1);
    // Slots are counted from each opening, so those of the day before are asked for too.
    let slots = free_slots(site.network.hours(index), site.network.zone(index), rules, at, now, |_| 0);
    slots.into_iter().find(|slot| slot.starts_at == new.starts_at).map(|slot| (slot, rules.capacity))
}

async fn answer(
    app: &App,
    site: &SiteView,
    mut repository: Repository,
    token: &PrivateToken,
    is_new: bool,
) -> Result<Response, ApiError> {
    let found = repository.appointment(token).await?.ok_or_else(ApiError::internal)?;
    if is_new {
        repository.save().await?;
    }
    let body = axum::Json(shown(app, site, token, found));
    Ok((StatusCode::CREATED, [(header::CACHE_CONTROL, NEVER)], body).into_response())
}
