//! `DELETE /v1/appointments/{token}`

use axum::{
    Json,
    extract::{Path, State},
    http::header,
    response::{IntoResponse as _, Response},
};
use devanture_api::{appointment::Appointment, problem::Problem};
use devanture_storage::PrivateToken;

use super::{NEVER, appointment::shown};
use crate::{App, extract::Storefront, problem::ApiError};

/// Calls an appointment off and frees its time; doing so twice changes nothing.
#[utoipa::path(delete, path = "/v1/appointments/{token}", tag = "appointments", security(("key" = [])),
    params(("token" = String, Path, description = "The private link's secret")), responses(
    (status = 200, description = "The appointment, called off", body = Appointment),
    (status = 404, description = "There is none", body = Problem, content_type = "application/problem+json"),
    (status = "4XX", description = "Refused", body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn cancel(
    State(app): State<App>,
    Storefront(site): Storefront,
    Path(token): Path<String>,
) -> Result<Response, ApiError> {
    let token = PrivateToken::parse(&token).ok_or_else(ApiError::not_found)?;
    let mut repository = app.database().write().await?;
    let found = repository.cancel_appointment(&site.site.tenant, &token, app.now()).await?;
    let found = found.ok_or_else(ApiError::not_found)?;
    repository.save().await?;
    Ok(([(header::CACHE_CONTROL, NEVER)], Json(shown(&app, &site, &token, found))).into_response())
}

#[cfg(test)]
mod tests {
    use devanture_api::appointment::{Appointment, SlotList};

    use crate::testing::{KEY, OTHER_KEY, TestApp};

    #[tokio::test]
    async fn frees_the_time() {
        let app = TestApp::new().await;
        let slot = app.first_slot().await;
        let booked: Appointment = app.book("FR-NTE", "0123456789abcdef", slot).await.json();
        let free = async || app.get("/v1/stores/FR-NTE/slots").await.json::<SlotList>().items[0].free;
        assert_eq!(free().await, 1);
        let path = format!("/v1/appointments/{}", booked.token);
        let delete = async |key| app.send("DELETE", &path, &[("devanture-key", key)], "").await;
        delete(OTHER_KEY).await.problem(404, "not_found");
        assert_eq!(free().await, 1);
        assert!(delete(KEY).await.json::<Appointment>().cancelled);
        assert!(delete(KEY).await.json::<Appointment>().cancelled);
        assert_eq!(free().await, 2);
        assert!(app.get(&path).await.json::<Appointment>().cancelled);
    }

    #[tokio::test]
    async fn needs_the_key_in_the_header() {
        let app = TestApp::new().await;
        let path = format!("/v1/appointments/AAAAAAAAAAAAAAAAAAAAAAAA?key={KEY}");
        app.send("DELETE", &path, &[], "").await.problem(401, "key_missing");
    }
}
