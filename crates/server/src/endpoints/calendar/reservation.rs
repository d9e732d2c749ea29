//! `GET /v1/reservations/{token}/calendar.ics`

use axum::{
    extract::{Path, State},
    response::Response,
};
use devanture_api::problem::Problem;
use devanture_domain::{civil::UtcMs, reservation::State as Stands};
use devanture_storage::{PrivateToken, Reservation};

use super::{Entry, attached};
use crate::{
    App,
    index::{Network, language},
    problem::ApiError,
};

/// For a reservation of which it is not known how long it can be fetched.
const HOUR_MS: UtcMs = 3_600_000;

/// The time in which a reservation can be fetched, as a calendar file; needs no key, so that a plain link works.
#[utoipa::path(get, path = "/v1/reservations/{token}/calendar.ics", tag = "stock",
    params(("token" = String, Path, description = "The private link's secret")), responses(
    (status = 200, description = "An iCalendar file", body = String, content_type = "text/calendar"),
    (status = 404, description = "There is none", body = Problem, content_type = "application/problem+json"),
    (status = 409, description = "No store has said yes, so that there is no time yet", body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn calendar(
    State(app): State<App>,
    Path(token): Path<String>,
) -> Result<Response, ApiError> {
    let token = PrivateToken::parse(&token).ok_or_else(ApiError::not_found)?;
    let found = app.database().read().await?.reservation_by_token(&token).await?;
    let found = found.ok_or_else(ApiError::not_found)?;
    let network = app.directory().load().network(&found.tenant).cloned().ok_or_else(ApiError::not_found)?;
    let file = file(&network, &found, app.now()).ok_or_else(|| ApiError::not_possible(found.state))?;
    Ok(attached(file, "attachment; filename=\"reservation.ics\""))
}

/// `None` before it is known when: a store has said yes, or has what a warehouse sends.
pub(crate) fn file(network: &Network, found: &Reservation, now: UtcMs) -> Option<String> {
    let is_on_its_way = found.state == Stands::Accepted && found.delivered_to.is_some();
    if is_on_its_way || matches!(found.state, Stands::AwaitingPayment | Stands::Requested) {
        return None;
    }
    let starts_at = found.ready_from.unwrap_or(found.changed_at);
    let store = network.find(found.fetched_at()).and_then(|index| network.store(index));
    let french = language(&found.locale) == "fr";
    let entry = Entry {
        known_by: &found.id,
        title: if french { "Réservation à retirer" } else { "Reservation to fetch" },
        store_name: store.as_ref().map_or(found.fetched_at(), |store| &store.name),
        store: store.as_ref(),
        starts_at,
        ends_at: found.due_at.filter(|due_at| *due_at > starts_at).unwrap_or(starts_at + HOUR_MS),
        cancelled: !found.state.holds() && found.state != Stands::Collected,
        note: Some(&found.pickup_code),
    };
    Some(entry.file(now))
}

#[cfg(test)]
mod tests {
    use devanture_api::reservation::Reservation;
    use devanture_domain::staff::Role;

    use crate::testing::{KEY, LOGIN, PASSWORD, TestApp};

    const ROBE: &str = r#"{"store_code":"FR-NTE","items":[{"sku":"ROBE-38"}],"name":"Zoé","phone":"06 12 34 56 78","locale":"fr-FR"}"#;

    #[tokio::test]
    async fn from_the_promise_to_the_last_day() {
        let app = TestApp::with_staff(Role::Seller, &["FR-NTE"]).await;
        app.count(&[("ROBE-38", "FR-NTE", 1)]).await;
        let made: Reservation = app.reserve("idempotency-0001", ROBE).await.json();
        let path = format!("/v1/reservations/{}/calendar.ics", made.token);
        app.get_plain(&path).await.problem(409, "not_possible");
        let cookie = app.sign_in(LOGIN, PASSWORD).await;
        let open = app.get_with(&cookie, "/admin/v1/reservations?store=FR-NTE").await;
        let id = open.json::<devanture_api::admin::StaffReservations>().items[0].id.clone();
        let act = format!("/admin/v1/reservations/{id}/actions");
        app.send_with(&cookie, "POST", &act, r#"{"action":"accept"}"#).await;
        let file = app.get_plain(&path).await;
        assert_eq!((file.status, &*file.header("content-type")), (200, "text/calendar; charset=utf-8"));
        assert_eq!(file.header("content-disposition"), "attachment; filename=\"reservation.ics\"");
        let text = file.text().replace("\r\n ", "");
        for line in [
            "DTSTART:20261121T110000Z",
            // Saturday, then the two next days on which the store opens.
            "DTEND:20261124T180000Z",
            "SUMMARY:Réservation à retirer – Maison Nantes",
            "STATUS:CONFIRMED",
        ] {
            assert!(text.lines().any(|known| known == line), "{line} in {text}");
        }
        assert!(text.contains(&made.pickup_code) && !text.contains(&made.token) && !text.contains("Zoé"));
        let uid = |text: &str| text.lines().find(|line| line.starts_with("UID:")).unwrap().to_owned();
        let link = format!("/v1/reservations/{}", made.token);
        app.send("DELETE", &link, &[("devanture-key", KEY)], "").await;
        let off = app.get_plain(&path).await.text();
        assert!(off.contains("STATUS:CANCELLED") && uid(&off) == uid(&text), "{off}");
        app.get_plain("/v1/reservations/AAAAAAAAAAAAAAAAAAAAAAAA/calendar.ics")
            .await
            .problem(404, "not_found");
    }
}
