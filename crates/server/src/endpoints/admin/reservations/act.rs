//! `POST /admin/v1/reservations/{id}/actions`

use axum::{
    Json as JsonBody,
    extract::{Path, State},
};
use devanture_api::{
    admin::{Proposing, StaffAction, StaffReservation},
    problem::Problem,
};
use devanture_domain::{
    civil::UtcMs,
    reservation::{self, Action, NotPossible, State as Stands},
    staff::Permission,
};
use devanture_storage::{Act, Acted, Proposal, Repository, Reservation, StoreReservation};

use super::{is_code, shown};
use crate::{
    App,
    endpoints::code,
    extract::{Json, Staff},
    index::Network,
    problem::ApiError,
    reservations::{Refused, ask_next, fetched_by},
};

/// What a warehouse sends and no store gets in so long is given up.
const ON_ITS_WAY_MS: UtcMs = 14 * 86_400_000;

/// Does something with a reservation. Sent again, it changes nothing. A request that is refused goes to the next store, unless the seller proposes something else.
#[utoipa::path(post, path = "/admin/v1/reservations/{id}/actions", tag = "admin", security(("session" = []), ("secret_key" = [])),
    params(("id" = String, Path, description = "The reservation's id")),
    request_body = StaffAction, responses(
    (status = 200, description = "As it stands at this store from now on", body = StaffReservation),
    (status = 403, description = "It is not one's own store, or not what the shopper was given", body = Problem, content_type = "application/problem+json"),
    (status = 404, description = "There is no such reservation", body = Problem, content_type = "application/problem+json"),
    (status = 409, description = "It is past that, or the store has not what it proposes", body = Problem, content_type = "application/problem+json"),
    (status = "4XX", description = "Refused", body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn act(
    State(app): State<App>,
    staff: Staff,
    Path(id): Path<String>,
    Json(wanted): Json<StaffAction>,
) -> Result<JsonBody<StaffReservation>, ApiError> {
    staff.require(Permission::ServeShoppers)?;
    if (wanted.action == Action::Refuse) != wanted.refusal.is_some() {
        return Err(ApiError::invalid("refusal", "says why, for refuse and nothing else"));
    }
    if wanted.propose.is_some() && wanted.action != Action::Refuse {
        return Err(ApiError::invalid("propose", "goes with refuse and nothing else"));
    }
    let now = app.now();
    let mut repository = app.database().write().await?;
    let found =
        repository.reservation(&staff.tenant, &id).await?.ok_or_else(ApiError::reservation_not_found)?;
    // What a warehouse sends is handed over by the store that gets it.
    let is_handed_over = matches!(wanted.action, Action::MarkReady | Action::Collect | Action::NoShow);
    let place = if is_handed_over { found.fetched_at() } else { &found.location_code };
    if let Err(error) = staff.require_store(place) {
        return once_more(&app, &mut repository, &staff, found, wanted.action).await?.ok_or(error);
    }
    if wanted.action == Action::Collect
        && !wanted.pickup_code.as_deref().is_some_and(|code| is_code(&found.pickup_code, code))
    {
        return Err(ApiError::wrong_pickup_code());
    }
    // Nobody can have failed to come for what is not there yet, or may still be fetched.
    let may_come = found.state == Stands::Accepted && found.due_at.is_none_or(|due_at| due_at > now);
    if wanted.action == Action::NoShow && (may_come || found.is_on_its_way()) {
        return Err(ApiError::not_possible(found.state));
    }
    let network = app.directory().load().network(&staff.tenant).cloned().ok_or_else(ApiError::internal)?;
    let staff_id = staff.id();
    if let Some(propose) = wanted.propose {
        // Refused already, it proposes what it did then.
        if matches!(found.state, Stands::Requested | Stands::Accepted) {
            let proposal = proposal(&mut repository, &network, &found, propose, now).await?;
            repository.propose(&found, &proposal, now).await?;
        }
    } else if let Some(refusal) = wanted.refusal
        && found.state == Stands::Requested
        && ask_next(&mut repository, &network, &found, Some(Refused { refusal, staff_id }), now).await?
    {
        let here = Reservation { state: Stands::Refused, due_at: None, changed_at: now, ..found };
        let answer = one(&app, &mut repository, here).await?;
        repository.save().await?;
        return Ok(JsonBody(answer));
    }
    let act = Act {
        leg: Some(found.leg),
        action: wanted.action,
        by: reservation::Actor::Staff,
        staff_id,
        refusal: wanted.refusal,
        due_at: Some(due_at(&network, &found, wanted.action, now)),
        at: now,
    };
    let (reservation, is_new) = match repository.act(&staff.tenant, &id, &act).await? {
        Some(Acted::Done(reservation)) => (reservation, true),
        Some(Acted::Already(reservation)) => (reservation, false),
        Some(Acted::NotPossible(NotPossible::State(state))) => return Err(ApiError::not_possible(state)),
        Some(Acted::NotPossible(NotPossible::Actor)) => {
            return Err(ApiError::invalid("action", "is not for staff to do"));
        }
        None => return Err(ApiError::reservation_not_found()),
    };
    let answer = one(&app, &mut repository, reservation).await?;
    if is_new {
        repository.save().await?;
    }
    Ok(JsonBody(answer))
}

/// A refusal sent again after it was passed on to a store that is another's: it is done already.
async fn once_more(
    app: &App,
    repository: &mut Repository,
    staff: &Staff,
    found: Reservation,
    action: Action,
) -> Result<Option<JsonBody<StaffReservation>>, ApiError> {
    if action != Action::Refuse {
        return Ok(None);
    }
    let asked = repository.asked_locations(&staff.tenant, &found.id).await?;
    let Some(own) = asked.into_iter().find(|code| staff.scope.covers(code)) else { return Ok(None) };
    let here =
        Reservation { state: Stands::Refused, due_at: None, location_code: own, delivered_to: None, ..found };
    let mut answer = one(app, repository, here).await?;
    answer.person = None;
    Ok(Some(JsonBody(answer)))
}

async fn one(
    app: &App,
    repository: &mut Repository,
    reservation: Reservation,
) -> Result<StaffReservation, ApiError> {
    let tenant = reservation.tenant.clone();
    let mut people = repository.people(&tenant, std::slice::from_ref(&reservation)).await?;
    let person = people.remove(&reservation.id);
    let mut shown = shown(app, repository, &tenant, vec![StoreReservation { reservation, person }]).await?;
    shown.pop().ok_or_else(ApiError::internal)
}

/// Until when what follows `action` has time: the shopper's, to come.
fn due_at(network: &Network, found: &Reservation, action: Action, now: UtcMs) -> UtcMs {
    let from = match action {
        Action::Accept if found.delivered_to.is_some() => return now + ON_ITS_WAY_MS,
        Action::Accept => found.ready_from.map_or(now, |ready_from| ready_from.max(now)),
        _ => now,
    };
    fetched_by(network, found.fetched_at(), from)
}

/// What the store proposes, if it has it.
async fn proposal(
    repository: &mut Repository,
    network: &Network,
    found: &Reservation,
    wanted: Proposing,
    now: UtcMs,
) -> Result<Proposal, ApiError> {
    let sku = code("propose.sku", &wanted.sku)?;
    if found.lines.iter().any(|line| line.sku == sku) {
        return Err(ApiError::invalid("propose.sku", "is what was asked for; propose something else"));
    }
    let asked = if let [line] = &found.lines[..] { line.quantity } else { 1 };
    let (quantity, most) =
        (wanted.quantity.unwrap_or(asked), u32::from(network.reservation_rules().max_units));
    if !(1..=most).contains(&quantity) {
        return Err(ApiError::invalid("propose.quantity", format!("is 1 to {most}")));
    }
    if repository.named_variants(&found.tenant, &[&sku]).await?.is_empty() {
        return Err(ApiError::product_not_found());
    }
    let stock = repository.stock_at(&found.tenant, &sku, &found.location_code).await?;
    if stock.is_none_or(|stock| stock.level.available() < quantity) {
        return Err(ApiError::not_enough(sku));
    }
    Ok(Proposal { sku, quantity, open_until: fetched_by(network, found.fetched_at(), now) })
}
