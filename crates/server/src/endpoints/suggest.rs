//! `GET /v1/suggest`

use axum::{extract::State, http::HeaderMap, response::Response};
use devanture_api::{
    problem::Problem,
    suggest::{SuggestParams, Suggestions},
};

use super::{A_WHILE, JSON};
use crate::{
    App,
    cache::Tagged,
    extract::{Query, Storefront, short_text},
    geocode,
    problem::ApiError,
};

/// Places and stores that match what was typed so far.
#[utoipa::path(get, path = "/v1/suggest", tag = "stores", security(("key" = []), ("key_param" = [])),
    params(SuggestParams), responses(
    (status = 200, description = "Places, best first", body = Suggestions),
    (status = 304, description = "Unchanged"),
    (status = 400, description = "A parameter is not of the documented form", body = Problem, content_type = "application/problem+json"),
    (status = "4XX", description = "Refused", body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn suggest(
    State(app): State<App>,
    Storefront(site): Storefront,
    Query(params): Query<SuggestParams>,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let limit = match params.limit {
        None => 8,
        Some(limit @ 1..=20) => usize::from(limit),
        Some(_) => return Err(ApiError::invalid("limit", "is 1 to 20")),
    };
    let items = match short_text("q", Some(&params.q))? {
        Some(typed) => geocode::suggest(&app, &site, typed, limit).await,
        None => Vec::new(),
    };
    let body = serde_json::to_vec(&Suggestions { items }).map_err(|error| {
        tracing::error!(%error, "suggestions cannot be written");
        ApiError::internal()
    })?;
    Ok(Tagged::new(body).respond(&headers, JSON, A_WHILE))
}

#[cfg(test)]
mod tests {
    use devanture_api::suggest::{PlaceKind, Suggestions};

    use crate::testing::{MINI_KEY, TestApp};

    #[tokio::test]
    async fn towns_then_stores_accents_or_not() {
        let app = TestApp::new().await;
        for typed in ["nant", "NANTES", "Nant%C3%A8s"] {
            let found: Suggestions = app.get(&format!("/v1/suggest?q={typed}")).await.json();
            let labels: Vec<_> = found.items.iter().map(|s| (s.kind, s.label.as_str())).collect();
            assert_eq!(labels[0], (PlaceKind::Town, "Nantes"), "{typed}");
            assert!(labels.contains(&(PlaceKind::Store, "Maison Nantes")), "{typed}: {labels:?}");
        }
        let found: Suggestions = app.get("/v1/suggest?q=fr-par&limit=1").await.json();
        assert_eq!(found.items[0].store_code.as_deref(), Some("FR-PAR"));
    }

    #[tokio::test]
    async fn a_mini_site_suggests_no_other_store() {
        let app = TestApp::new().await;
        let found: Suggestions = app.get_as(MINI_KEY, "/v1/suggest?q=maison").await.json();
        assert!(!found.items.is_empty());
        assert!(found.items.iter().all(|s| s.store_code.as_deref().is_none_or(|code| code == "FR-NTE")));
    }

    #[tokio::test]
    async fn odd_input() {
        let app = TestApp::new().await;
        let none: Suggestions = app.get("/v1/suggest?q=%20").await.json();
        assert!(none.items.is_empty());
        for typed in [
            "%F0%9F%91%97",
            "%27%3B%20DROP%20TABLE%20stores%3B--",
            "%3Cscript%3Ealert(1)%3C%2Fscript%3E",
            "%00",
        ] {
            assert_eq!(app.get(&format!("/v1/suggest?q={typed}")).await.status, 200, "{typed}");
        }
        let problem =
            app.get(&format!("/v1/suggest?q={}", "a".repeat(10_000))).await.problem(400, "invalid_input");
        assert_eq!(problem.field.as_deref(), Some("q"));
        assert!(problem.detail.unwrap().contains("200"));
        let problem = app.get("/v1/suggest").await.problem(400, "invalid_input");
        assert_eq!(problem.field.as_deref(), Some("q"));
        app.get("/v1/suggest?q=a&limit=0").await.problem(400, "invalid_input");
    }
}
