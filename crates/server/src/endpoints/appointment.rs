//! `GET /v1/appointments/{token}`

use axum::{
    Json,
    extract::{Path, State},
    http::header,
    response::{IntoResponse as _, Response},
};
use devanture_api::{appointment::Appointment, problem::Problem};
use devanture_storage::PrivateToken;

use super::NEVER;
use crate::{App, directory::SiteView, extract::Storefront, problem::ApiError};

/// The appointment that a private link opens.
#[utoipa::path(get, path = "/v1/appointments/{token}", tag = "appointments", security(("key" = []), ("key_param" = [])),
    params(("token" = String, Path, description = "The private link's secret")), responses(
    (status = 200, description = "The appointment", body = Appointment),
    (status = 404, description = "There is none", body = Problem, content_type = "application/problem+json"),
    (status = "4XX", description = "Refused", body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn appointment(
    State(app): State<App>,
    Storefront(site): Storefront,
    Path(token): Path<String>,
) -> Result<Response, ApiError> {
    let token = PrivateToken::parse(&token).ok_or_else(ApiError::not_found)?;
    let found = app.database().read().await?.appointment(&token).await?;
    let found = found.filter(|found| found.tenant == site.site.tenant).ok_or_else(ApiError::not_found)?;
    Ok(([(header::CACHE_CONTROL, NEVER)], Json(shown(&app, &site, &token, found))).into_response())
}

/// The appointment as its shopper sees it.
pub(super) fn shown(
    app: &App,
    site: &SiteView,
    token: &PrivateToken,
    found: devanture_storage::Appointment,
) -> Appointment {
    let token = token.to_text();
    let index = site.network.find(&found.store_code);
    // A store may close for good before an appointment in it: its code is then all that is left.
    let store_name = index
        .and_then(|index| site.network.store(index))
        .map_or_else(|| found.store_code.clone(), |store| store.name);
    Appointment {
        calendar_url: format!("{}/v1/appointments/{token}/calendar.ics", app.config().public_url),
        token,
        store_name,
        time_zone: index.map_or("UTC", |index| site.network.zone_name(index)).to_owned(),
        store_code: found.store_code,
        starts_at: found.starts_at,
        ends_at: found.ends_at,
        subject: found.subject,
        cancelled: found.cancelled_at.is_some(),
    }
}

#[cfg(test)]
mod tests {
    use devanture_api::appointment::Appointment;

    use crate::testing::{MINI_KEY, OTHER_KEY, TestApp};

    #[tokio::test]
    async fn opened_by_its_link_only() {
        let app = TestApp::new().await;
        let booked: Appointment = app.book("FR-NTE", "0123456789abcdef", app.first_slot().await).await.json();
        let path = format!("/v1/appointments/{}", booked.token);
        let answer = app.get(&path).await;
        assert_eq!(answer.header("cache-control"), "no-store");
        assert_eq!(answer.json::<Appointment>(), booked);
        assert_eq!(app.get_as(MINI_KEY, &path).await.status, 200, "another site of the same network");
        app.get_as(OTHER_KEY, &path).await.problem(404, "not_found");
        app.get("/v1/appointments/AAAAAAAAAAAAAAAAAAAAAAAA").await.problem(404, "not_found");
        app.get("/v1/appointments/short").await.problem(404, "not_found");
    }
}
