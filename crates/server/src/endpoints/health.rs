//! `GET /healthz` and `GET /readyz`, for whatever watches over the process.

use std::time::Duration;

use axum::{
    extract::State,
    http::header,
    response::{IntoResponse as _, Response},
};

use super::NEVER;
use crate::{App, problem::ApiError};

/// A database that takes longer than this is as good as away.
const PATIENCE: Duration = Duration::from_secs(2);

/// The process answers.
#[utoipa::path(get, path = "/healthz", tag = "operation", responses((status = 200, description = "Alive", body = String)))]
pub(crate) async fn healthz() -> Response {
    ([(header::CACHE_CONTROL, NEVER)], "ok\n").into_response()
}

/// The process and its database answer.
#[utoipa::path(get, path = "/readyz", tag = "operation", responses(
    (status = 200, description = "Ready", body = String),
    (status = 503, description = "The database does not answer", body = devanture_api::problem::Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn readyz(State(app): State<App>) -> Result<Response, ApiError> {
    match tokio::time::timeout(PATIENCE, app.database().ping()).await {
        Ok(Ok(())) => Ok(([(header::CACHE_CONTROL, NEVER)], "ready\n").into_response()),
        Ok(Err(error)) => {
            tracing::warn!(%error, "not ready");
            Err(ApiError::unavailable())
        }
        Err(_) => Err(ApiError::unavailable()),
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::TestApp;

    #[tokio::test]
    async fn ready_until_the_database_is_gone() {
        let app = TestApp::new().await;
        assert_eq!(app.get_plain("/healthz").await.status, 200);
        assert_eq!(app.get_plain("/readyz").await.status, 200);
        app.database().close().await;
        app.get_plain("/readyz").await.problem(503, "unavailable");
        assert_eq!(app.get_plain("/healthz").await.status, 200);
        assert_eq!(app.get("/v1/stores").await.status, 200, "lists come from memory");
        app.get("/v1/stores/FR-NTE/slots").await.problem(503, "unavailable");
    }
}
