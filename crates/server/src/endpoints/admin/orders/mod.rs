//! `POST /admin/v1/orders`

#[cfg(test)]
mod tests;

use axum::{Json as JsonBody, extract::State, http::StatusCode};
use devanture_api::{
    problem::Problem,
    reservation::{ReservationRequest, WantedItem},
    staff_order::{StaffOrder, StaffOrderRequest},
};
use devanture_domain::staff::Permission;
use devanture_storage::{Actor, Deed, Reservation};

use crate::{
    App,
    endpoints::reserve::{Written, check, order as written, written_down},
    extract::{IdempotencyKey, Json, Staff},
    index::Network,
    problem::ApiError,
};

/// Reserves pieces at another store, or a warehouse, for a shopper who stands before the seller. It is a reservation like
/// those that shoppers make: the place has to answer, and its limits hold. It is fetched at that store; a warehouse sends it to
/// the seller's.
#[utoipa::path(post, path = "/admin/v1/orders", tag = "admin", security(("session" = []), ("secret_key" = [])),
    params(("Idempotency-Key" = String, Header, description = "A random UUID; sent again with the same body, it gives the same answer")),
    request_body = StaffOrderRequest, responses(
    (status = 201, description = "The pieces are held, now or before with the same idempotency key", body = StaffOrder),
    (status = 400, description = "A field is not of the documented form", body = Problem, content_type = "application/problem+json"),
    (status = 403, description = "It is not one's own store, or this person has too many reservations open, or did not come too often", body = Problem, content_type = "application/problem+json"),
    (status = 404, description = "There is no such store or warehouse", body = Problem, content_type = "application/problem+json"),
    (status = 409, description = "There are not so many pieces any more", body = Problem, content_type = "application/problem+json"),
    (status = 422, description = "The idempotency key was used with another body", body = Problem, content_type = "application/problem+json"),
    (status = "4XX", description = "Refused", body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn order(
    State(app): State<App>,
    staff: Staff,
    IdempotencyKey(key): IdempotencyKey,
    Json(wanted): Json<StaffOrderRequest>,
) -> Result<(StatusCode, JsonBody<StaffOrder>), ApiError> {
    staff.require(Permission::ServeShoppers)?;
    staff.require_store(&wanted.store_code)?;
    if !wanted.consent {
        return Err(ApiError::invalid("consent", "is needed: read the line to the shopper and ask"));
    }
    let directory = app.directory().load();
    let site = directory.main_site(&staff.tenant).cloned();
    let site = site.ok_or_else(|| ApiError::invalid("store_code", "is of a network without a site"))?;
    drop(directory);
    let network = &site.network;
    let near = network.find(&wanted.store_code).ok_or_else(ApiError::store_not_found)?;
    let from = network.find(&wanted.from);
    if from.is_none() && !network.is_warehouse(&wanted.from) {
        return Err(ApiError::store_not_found());
    }
    let request = ReservationRequest {
        store_code: wanted.from.clone(),
        items: vec![WantedItem { sku: wanted.sku, quantity: wanted.quantity }],
        name: wanted.name,
        email: wanted.email,
        phone: wanted.phone,
        locale: wanted.locale,
        checkout: false,
    };
    let request = check::checked(request, network.reservation_rules())?;
    let (Actor::Staff(id) | Actor::Key(id)) = &staff.actor else { return Err(ApiError::internal()) };
    let order = written(&app, &site, (from, near), (key, Some(id.clone())), request)?;
    let found = match written_down(&app, order).await? {
        Written::Now(made) => {
            placed(&app, &staff, &made, &wanted.store_code).await?;
            *made
        }
        Written::Before(token) => {
            let found = app.database().read().await?.reservation_by_token(&token).await?;
            found.ok_or_else(ApiError::internal)?
        }
    };
    let name = warehouse_name(&app, &staff.tenant, &found.location_code).await?;
    Ok((StatusCode::CREATED, JsonBody(shown(network, found, name))))
}

/// Writes down who did it and from where; that somebody of staff did stands with the reservation too.
async fn placed(app: &App, staff: &Staff, made: &Reservation, store: &str) -> Result<(), ApiError> {
    let mut repository = app.database().write().await?;
    let deed = Deed {
        tenant: &staff.tenant,
        actor: &staff.actor,
        action: "order.placed",
        subject: Some(&made.id),
        store_code: Some(store),
        detail: &[("from", &made.location_code)],
    };
    repository.record(&deed, app.now(), app.random()?).await?;
    repository.save().await?;
    Ok(())
}

async fn warehouse_name(app: &App, tenant: &str, code: &str) -> Result<Option<String>, ApiError> {
    let all = app.database().read().await?.warehouses(tenant).await?;
    Ok(all.into_iter().find(|one| one.code == code).map(|one| one.name))
}

fn shown(network: &Network, found: Reservation, warehouse: Option<String>) -> StaffOrder {
    let index = network.find(&found.location_code);
    let name = index.and_then(|index| network.store(index)).map(|store| store.name).or(warehouse);
    let zone = network.find(found.fetched_at());
    StaffOrder {
        id: found.id,
        pickup_code: found.pickup_code,
        from_name: name.unwrap_or_else(|| found.location_code.clone()),
        time_zone: zone.map_or("UTC", |index| network.zone_name(index)).to_owned(),
        from: found.location_code,
        answer_by: found.due_at,
        ready_at: found.ready_from,
    }
}
