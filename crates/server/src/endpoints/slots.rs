//! `GET /v1/stores/{code}/slots`

use axum::{
    Json,
    extract::{Path, State},
    http::header,
    response::{IntoResponse as _, Response},
};
use devanture_api::{
    appointment::{SlotList, SlotParams},
    problem::Problem,
};
use devanture_domain::{
    appointment::free_slots,
    civil::{LocalMinute, Zone as _},
};

use super::NEVER;
use crate::{
    App,
    extract::{Query, Storefront},
    problem::ApiError,
};

/// Free times for an appointment with an adviser.
#[utoipa::path(get, path = "/v1/stores/{code}/slots", tag = "appointments", security(("key" = []), ("key_param" = [])),
    params(("code" = String, Path, description = "The store's code"), SlotParams), responses(
    (status = 200, description = "Free times; none when the store gives no appointments", body = SlotList),
    (status = 404, description = "The site shows no such store", body = Problem, content_type = "application/problem+json"),
    (status = "4XX", description = "Refused", body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn slots(
    State(app): State<App>,
    Storefront(site): Storefront,
    Path(code): Path<String>,
    Query(params): Query<SlotParams>,
) -> Result<Response, ApiError> {
    let index = site.find(&code).ok_or_else(ApiError::store_not_found)?;
    let days = match params.days {
        None => 7,
        Some(days @ 1..=31) => i32::from(days),
        Some(_) => return Err(ApiError::invalid("days", "is 1 to 31")),
    };
    let (zone, now) = (site.network.zone(index), app.now());
    let time_zone = site.network.zone_name(index).to_owned();
    let mut list = SlotList { items: Vec::new(), time_zone, next_free_at: None };
    if let Some(rules) = site.network.rules(index) {
        let from_date = params.from.unwrap_or_else(|| zone.to_local(now).date);
        let midnight = |date| zone.to_utc(LocalMinute { date, minute: 0 });
        let (from, until) = (midnight(from_date), midnight(from_date.plus(days)));
        let horizon = now + i64::from(rules.horizon_days) * 86_400_000;
        let mut repository = app.database().read().await?;
        let booked = repository.booked(&site.site.tenant, &code, (now.min(from), horizon.max(until))).await?;
        let free = |from, until| {
            let taken = |at| booked.get(&at).copied().unwrap_or(0);
            free_slots(site.network.hours(index), zone, rules, (from, until), now, taken)
        };
        list.items = free(from, until);
        if list.items.is_empty() {
            list.next_free_at = free(until, horizon).first().map(|slot| slot.starts_at);
        }
    }
    Ok(([(header::CACHE_CONTROL, NEVER)], Json(list)).into_response())
}

#[cfg(test)]
mod tests {
    use devanture_api::appointment::SlotList;

    use crate::testing::TestApp;

    #[tokio::test]
    async fn inside_opening_hours_from_the_notice_on() {
        let app = TestApp::new().await;
        // Saturday 21 November 2026, 11:00 in Paris; open 10:00 to 12:30 and 14:00 to 19:00, an hour's notice.
        let list: SlotList = app.get("/v1/stores/FR-NTE/slots?days=1").await.json();
        assert_eq!(list.time_zone, "Europe/Paris");
        let hours: Vec<i64> =
            list.items.iter().map(|slot| (slot.starts_at - app.clock.midnight()) / 60_000).collect();
        assert_eq!(hours[..3], [12 * 60, 14 * 60, 14 * 60 + 30], "local minutes");
        assert!(list.items.iter().all(|slot| slot.ends_at - slot.starts_at == 1_800_000 && slot.free == 2));
    }

    #[tokio::test]
    async fn nothing_free_says_when() {
        let app = TestApp::new().await;
        // Closed on Sundays.
        let list: SlotList = app.get("/v1/stores/FR-NTE/slots?from=2026-11-22&days=1").await.json();
        assert!(list.items.is_empty());
        assert_eq!(list.next_free_at, Some(app.clock.midnight() + (48 + 10) * 3_600_000), "Monday at ten");
        let none: SlotList = app.get("/v1/stores/FR-PAR/slots").await.json();
        assert_eq!((none.items.len(), none.next_free_at), (0, None), "gives no appointments");
        let past: SlotList = app.get("/v1/stores/FR-NTE/slots?from=1999-01-01&days=31").await.json();
        assert!(past.items.is_empty());
        let far: SlotList = app.get("/v1/stores/FR-NTE/slots?from=9999-12-31").await.json();
        assert!(far.items.is_empty());
    }

    #[tokio::test]
    async fn refused() {
        let app = TestApp::new().await;
        for (query, field) in
            [("days=0", "days"), ("days=32", "days"), ("days=x", "days"), ("from=tomorrow", "from")]
        {
            let problem =
                app.get(&format!("/v1/stores/FR-NTE/slots?{query}")).await.problem(400, "invalid_input");
            assert_eq!(problem.field.as_deref(), Some(field), "{query}");
        }
        app.get("/v1/stores/none/slots").await.problem(404, "store_not_found");
    }
}
