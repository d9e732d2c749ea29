//! `GET /v1/stores/{code}`

use axum::{extract::Path, http::HeaderMap, response::Response};
use devanture_api::{problem::Problem, store::Store};

use super::{BRIEFLY, JSON};
use crate::{cache::Tagged, extract::Storefront, problem::ApiError};

/// One store.
#[utoipa::path(get, path = "/v1/stores/{code}", tag = "stores", security(("key" = []), ("key_param" = [])),
    params(("code" = String, Path, description = "The store's code")), responses(
    (status = 200, description = "The store", body = Store),
    (status = 304, description = "Unchanged"),
    (status = 404, description = "The site shows no such store", body = Problem, content_type = "application/problem+json"),
    (status = "4XX", description = "Refused", body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn store(
    Storefront(site): Storefront,
    Path(code): Path<String>,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let index = site.find(&code).ok_or_else(ApiError::store_not_found)?;
    let mut body = Vec::with_capacity(1024);
    site.network.write_json(index, None, &mut body);
    Ok(Tagged::new(body).respond(&headers, JSON, BRIEFLY))
}

#[cfg(test)]
mod tests {
    use devanture_api::store::Store;
    use devanture_domain::civil::Date;

    use crate::testing::{MINI_KEY, TestApp};

    #[tokio::test]
    async fn whole_and_without_what_is_past() {
        let app = TestApp::new().await;
        let store: Store = app.get("/v1/stores/FR-NTE").await.json();
        assert_eq!((store.name.as_str(), store.address.town.as_str()), ("Maison Nantes", "Nantes"));
        assert_eq!(store.distance_m, None);
        let promotions: Vec<&str> = store.promotions.iter().map(|p| p.id.as_str()).collect();
        assert_eq!(promotions, ["now", "later"], "the one that ended yesterday is gone");
        let days: Vec<Date> = store.hours.special.iter().map(|day| day.date).collect();
        assert_eq!(days, ["2026-11-20", "2026-12-25"].map(|d| Date::parse(d).unwrap()));
    }

    #[tokio::test]
    async fn a_new_day_ends_promotions() {
        let app = TestApp::new().await;
        assert!(!app.refresh().await, "nothing changed");
        app.clock.advance_hours(48);
        assert!(app.refresh().await);
        let store: Store = app.get("/v1/stores/FR-NTE").await.json();
        assert_eq!(store.promotions.len(), 1);
    }

    #[tokio::test]
    async fn unknown_or_out_of_scope_is_404() {
        let app = TestApp::new().await;
        app.get("/v1/stores/none").await.problem(404, "store_not_found");
        app.get("/v1/stores/%00%F0%9F%91%97").await.problem(404, "store_not_found");
        assert_eq!(app.get_as(MINI_KEY, "/v1/stores/FR-NTE").await.status, 200);
        app.get_as(MINI_KEY, "/v1/stores/FR-PAR").await.problem(404, "store_not_found");
    }
}
