//! `GET /v1/appointments/{token}/calendar.ics`

use axum::{
    extract::{Path, State},
    http::header,
    response::{IntoResponse as _, Response},
};
use devanture_api::problem::Problem;
use devanture_domain::civil::UtcMs;
use devanture_storage::{Appointment, PrivateToken};
use icalendar::{Calendar, Component as _, Event, EventLike as _, EventStatus};
use xxhash_rust::xxh3::xxh3_128;

use super::NEVER;
use crate::{App, directory::Snapshot, problem::ApiError};

/// The appointment as a calendar file; needs no key, so that a plain link works.
#[utoipa::path(get, path = "/v1/appointments/{token}/calendar.ics", tag = "appointments",
    params(("token" = String, Path, description = "The private link's secret")), responses(
    (status = 200, description = "An iCalendar file", body = String, content_type = "text/calendar"),
    (status = 404, description = "There is none", body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn calendar(
    State(app): State<App>,
    Path(token): Path<String>,
) -> Result<Response, ApiError> {
    let token = PrivateToken::parse(&token).ok_or_else(ApiError::not_found)?;
    let found = app.database().read().await?.appointment(&token).await?.ok_or_else(ApiError::not_found)?;
    let event = event(&app.directory().load(), &token, &found, app.now());
    let file = Calendar::new().push(event).done().to_string();
    let headers = [
        (header::CONTENT_TYPE, "text/calendar; charset=utf-8"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"appointment.ics\""),
        (header::CACHE_CONTROL, NEVER),
        (header::REFERRER_POLICY, "no-referrer"),
    ];
    Ok((headers, file).into_response())
}

fn event(snapshot: &Snapshot, token: &PrivateToken, found: &Appointment, now: UtcMs) -> Event {
    let store = snapshot
        .network(&found.tenant)
        .and_then(|network| network.find(&found.store_code).and_then(|index| network.store(index)));
    let name = store.as_ref().map_or(found.store_code.as_str(), |store| store.name.as_str());
    let title = if found.locale.starts_with("fr") { "Rendez-vous" } else { "Appointment" };
    let mut event = Event::new();
    // The same in every download, so that a calendar updates its entry; it does not give the link away.
    event.uid(&format!("{:032x}@devanture", xxh3_128(token.to_text().as_bytes())));
    event.summary(&format!("{title} – {name}"));
    event.add_property("DTSTAMP", stamp(now));
    event.add_property("DTSTART", stamp(found.starts_at));
    event.add_property("DTEND", stamp(found.ends_at));
    let cancelled = found.cancelled_at.is_some();
    event.add_property("SEQUENCE", if cancelled { "1" } else { "0" });
    event.status(if cancelled { EventStatus::Cancelled } else { EventStatus::Confirmed });
    if let Some(store) = &store {
        let a = &store.address;
        event.location(&format!("{name}, {}, {} {}, {}", a.street, a.postcode, a.town, a.country));
        event.add_property("GEO", format!("{};{}", store.location.lat(), store.location.lng()));
        event.description(store.phone.as_deref().unwrap_or_default());
    }
    event.done()
}

/// `20261121T083000Z`
fn stamp(at: UtcMs) -> String {
    jiff::Timestamp::from_millisecond(at)
        .map_or_else(|_| String::new(), |at| at.strftime("%Y%m%dT%H%M%SZ").to_string())
}

#[cfg(test)]
mod tests {
    use devanture_api::appointment::Appointment;

    use crate::testing::{KEY, TestApp};

    #[tokio::test]
    async fn a_plain_link_to_a_calendar_file() {
        let app = TestApp::new().await;
        let booked: Appointment = app.book("FR-NTE", "0123456789abcdef", app.first_slot().await).await.json();
        let path = booked.calendar_url.strip_prefix("http://localhost:4870").unwrap();
        let file = app.get_plain(path).await;
        assert_eq!(
            (file.status, file.header("content-type").as_str()),
            (200, "text/calendar; charset=utf-8")
        );
        let text = file.text().replace("\r\n ", "");
        for line in [
            "BEGIN:VCALENDAR",
            "DTSTART:20261121T110000Z",
            "DTEND:20261121T113000Z",
            "SUMMARY:Rendez-vous – Maison Nantes",
            "STATUS:CONFIRMED",
        ] {
            assert!(text.lines().any(|l| l == line), "{line} in {text}");
        }
        assert!(
            text.contains("LOCATION:Maison Nantes\\, 12\\, rue Crébillon\\, 44000 Nantes\\, FR"),
            "{text}"
        );
        assert!(!text.contains(&booked.token), "the calendar may be shared");
        assert!(!text.contains("Zoé"), "no personal data");

        let link = format!("/v1/appointments/{}", booked.token);
        app.send("DELETE", &link, &[("devanture-key", KEY)], "").await;
        assert!(app.get_plain(path).await.text().contains("STATUS:CANCELLED"));
        app.get_plain("/v1/appointments/AAAAAAAAAAAAAAAAAAAAAAAA/calendar.ics")
            .await
            .problem(404, "not_found");
    }
}
