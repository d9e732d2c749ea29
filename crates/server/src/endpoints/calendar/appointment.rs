//! `GET /v1/appointments/{token}/calendar.ics`

use axum::{
    extract::{Path, State},
    response::Response,
};
use devanture_api::problem::Problem;
use devanture_domain::civil::UtcMs;
use devanture_storage::{Appointment, PrivateToken};

use super::{Entry, attached};
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
    let file = file(&app.directory().load(), &token, &found, app.now());
    Ok(attached(file, "attachment; filename=\"appointment.ics\""))
}

fn file(snapshot: &Snapshot, token: &PrivateToken, found: &Appointment, now: UtcMs) -> String {
    let store = snapshot
        .network(&found.tenant)
        .and_then(|network| network.find(&found.store_code).and_then(|index| network.store(index)));
    let entry = Entry {
        known_by: &token.to_text(),
        title: if found.locale.starts_with("fr") { "Rendez-vous" } else { "Appointment" },
        store_name: store.as_ref().map_or(&found.store_code, |store| &store.name),
        store: store.as_ref(),
        starts_at: found.starts_at,
        ends_at: found.ends_at,
        cancelled: found.cancelled_at.is_some(),
        note: None,
    };
    entry.file(now)
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
