//! `GET /v1/site`

use axum::{http::HeaderMap, response::Response};
use devanture_api::{
    problem::Problem,
    site::{Site, SiteParams},
};

use super::{A_WHILE, JSON};
use crate::extract::{Query, Storefront};

/// Settings that widgets need beyond their first request.
#[utoipa::path(get, path = "/v1/site", tag = "site", security(("key" = []), ("key_param" = [])),
    params(SiteParams), responses(
    (status = 200, description = "The site's settings", body = Site),
    (status = 304, description = "Unchanged"),
    (status = "4XX", description = "Refused", body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn site(
    Storefront(site): Storefront,
    Query(params): Query<SiteParams>,
    headers: HeaderMap,
) -> Response {
    site.texts(params.lang.as_deref()).settings.respond(&headers, JSON, A_WHILE)
}

#[cfg(test)]
mod tests {
    use crate::testing::{KEY, MINI_KEY, TestApp};

    #[tokio::test]
    async fn settings_in_the_sites_language() {
        let app = TestApp::new().await;
        let answer = app.get("/v1/site").await;
        assert_eq!(answer.status, 200);
        let site: devanture_api::site::Site = answer.json();
        assert_eq!((site.name.as_str(), site.locale.as_str()), ("Maison", "fr"));
        assert_eq!(site.appointment_subjects[0].name, "Conseil en style");
        assert_eq!(site.store_code, None);
        let mini: devanture_api::site::Site = app.get_as(MINI_KEY, "/v1/site").await.json();
        assert_eq!(mini.store_code.as_deref(), Some("FR-NTE"));
        assert_eq!(mini.appointment_subjects[0].name, "Styling advice");
        let french = "Conseil en style";
        for (lang, name) in
            [("en-GB", "Styling advice"), ("EN", "Styling advice"), ("de", french), ("", french)]
        {
            let site: devanture_api::site::Site = app.get(&format!("/v1/site?lang={lang}")).await.json();
            assert_eq!(site.appointment_subjects[0].name, name, "{lang}");
        }
    }

    #[tokio::test]
    async fn unchanged_is_304() {
        let app = TestApp::new().await;
        let tag = app.get("/v1/site").await.header("etag");
        let again = app.send("GET", "/v1/site", &[("devanture-key", KEY), ("if-none-match", &tag)], "").await;
        assert_eq!((again.status, again.body.len()), (304, 0));
        assert_eq!(again.header("etag"), tag);
        assert!(again.header("cache-control").contains("max-age=300"));
    }
}
