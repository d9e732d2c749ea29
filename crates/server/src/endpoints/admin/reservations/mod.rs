//! `GET /admin/v1/reservations`

pub(crate) mod act;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use axum::{
    extract::{Request, State},
    response::Response,
};
use devanture_api::{
    admin::{Delivery, Person, StaffReservation, StaffReservationParams, StaffReservations},
    problem::Problem,
};
use devanture_domain::staff::Permission;
use devanture_storage::{Payment, Repository, Reservation, StoreReservation, Warehouse};

use crate::{
    App,
    cache::Tagged,
    endpoints::{JSON, NEVER},
    extract::{Query, Staff, short_text},
    index::Network,
    problem::ApiError,
    reservations::shown_items,
};

/// A store's reservations.
#[utoipa::path(get, path = "/admin/v1/reservations", tag = "admin", security(("session" = []), ("secret_key" = [])),
    params(StaffReservationParams), responses(
    (status = 200, description = "Those that hold pieces, the most urgent first; or those that have ended, the last first", body = StaffReservations),
    (status = 304, description = "Unchanged"),
    (status = 403, description = "It is not one's own store", body = Problem, content_type = "application/problem+json"),
    (status = "4XX", description = "Refused", body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn reservations(
    State(app): State<App>,
    staff: Staff,
    Query(params): Query<StaffReservationParams>,
    request: Request,
) -> Result<Response, ApiError> {
    staff.require(Permission::ServeShoppers)?;
    staff.require_store(&params.store)?;
    let limit = match params.limit {
        None => 100,
        Some(limit @ 1..=200) => limit,
        Some(_) => return Err(ApiError::invalid("limit", "is 1 to 200")),
    };
    let mut repository = app.database().read().await?;
    let mut found =
        repository.store_reservations(&staff.tenant, &params.store, (params.ended, limit)).await?;
    if let Some(code) = short_text("code", params.code.as_deref())? {
        found.retain(|one| is_code(&one.reservation.pickup_code, code));
    }
    let items = shown(&app, &mut repository, &staff.tenant, found).await?;
    let json = serde_json::to_string(&items).map_err(|_| ApiError::internal())?;
    // The clock goes on while nothing else changes.
    let body = format!("{{\"items\":{json},\"now\":{}}}", app.now());
    Ok(Tagged::of(body, json.as_bytes()).respond(request.headers(), JSON, NEVER))
}

/// Whether a code is the one that was given, however it was typed; takes as long for any code of that length.
fn is_code(given: &str, typed: &str) -> bool {
    let typed: Vec<u8> =
        typed.bytes().filter(u8::is_ascii_alphanumeric).map(|byte| byte.to_ascii_uppercase()).collect();
    typed.len() == given.len()
        && typed.iter().zip(given.bytes()).fold(0, |differs, (a, b)| differs | (a ^ b)) == 0
}

/// Reservations as the console shows them.
async fn shown(
    app: &App,
    repository: &mut Repository,
    tenant: &str,
    found: Vec<StoreReservation>,
) -> Result<Vec<StaffReservation>, ApiError> {
    let mut skus: Vec<&str> =
        found.iter().flat_map(|one| &one.reservation.lines).map(|line| line.sku.as_str()).collect();
    skus.sort_unstable();
    skus.dedup();
    let variants = repository.named_variants(tenant, &skus).await?;
    let deliveries = Deliveries::of(app, repository, tenant, &found).await?;
    Ok(found
        .into_iter()
        .map(|StoreReservation { reservation, person }| StaffReservation {
            store_code: reservation.fetched_at().to_owned(),
            delivery: deliveries.delivery(&reservation),
            id: reservation.id,
            state: reservation.state,
            paid: reservation.payment == Payment::Checkout,
            stores_asked: reservation.leg,
            items: shown_items(&variants, reservation.lines),
            person: person.map(|person| Person {
                name: person.name,
                email: person.email,
                phone: person.phone,
            }),
            locale: reservation.locale,
            due_at: reservation.due_at,
            created_at: reservation.created_at,
            changed_at: reservation.changed_at,
        })
        .collect())
}

/// What is needed to say who sends what to whom.
struct Deliveries {
    network: Arc<Network>,
    warehouses: Vec<Warehouse>,
}

impl Deliveries {
    async fn of(
        app: &App,
        repository: &mut Repository,
        tenant: &str,
        found: &[StoreReservation],
    ) -> Result<Self, ApiError> {
        let network = app.directory().load().network(tenant).cloned().ok_or_else(ApiError::internal)?;
        let is_any = found.iter().any(|one| one.reservation.delivered_to.is_some());
        let warehouses = if is_any { repository.warehouses(tenant).await? } else { Vec::new() };
        Ok(Self { network, warehouses })
    }

    fn delivery(&self, reservation: &Reservation) -> Option<Delivery> {
        let (from, to) = (&reservation.location_code, reservation.delivered_to.as_ref()?);
        let warehouse = self.warehouses.iter().find(|one| one.code == *from);
        let store = self.network.find(to).and_then(|index| self.network.store(index));
        Some(Delivery {
            from: warehouse.map_or(from, |one| &one.name).clone(),
            to: store.map_or_else(|| to.clone(), |store| store.name),
        })
    }
}
