//! `GET /v1/store-index`

use axum::{
    http::{HeaderMap, HeaderValue, header},
    response::Response,
};
use devanture_api::problem::Problem;

use crate::{extract::Storefront, problem::ApiError};

/// It is large, so a browser keeps it for a while and then asks whether it is still the same.
const REVALIDATED: &str = "public, max-age=300, stale-while-revalidate=86400";

/// The compact search index of all the site's stores, for instant search in the page itself.
#[utoipa::path(get, path = "/v1/store-index", tag = "stores", security(("key" = []), ("key_param" = [])), responses(
    (status = 200, description = "The index, in the form that the crate devanture-search reads", body = Vec<u8>, content_type = "application/octet-stream"),
    (status = 304, description = "Unchanged"),
    (status = "4XX", description = "Refused", body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn store_index(
    Storefront(site): Storefront,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let brotli = headers.get_all(header::ACCEPT_ENCODING).iter().any(accepts_brotli);
    let index = tokio::task::spawn_blocking(move || site.search_index()).await.map_err(|error| {
        tracing::error!(%error, "the store index cannot be built");
        ApiError::internal()
    })?;
    let index = index.map_err(|error| {
        tracing::error!(%error, "the store index cannot be encoded");
        ApiError::internal()
    })?;
    let mut response = index.plain.respond(&headers, "application/octet-stream", REVALIDATED);
    if brotli && response.status().is_success() {
        *response.body_mut() = index.brotli.clone().into();
        response.headers_mut().insert(header::CONTENT_ENCODING, HeaderValue::from_static("br"));
    }
    response.headers_mut().append(header::VARY, HeaderValue::from_static("accept-encoding"));
    Ok(response)
}

fn accepts_brotli(value: &HeaderValue) -> bool {
    value.to_str().is_ok_and(|value| {
        value.split(',').any(|one| {
            let mut parts = one.split(';').map(str::trim);
            parts.next() == Some("br")
                && parts.all(|part| !matches!(part, "q=0" | "q=0.0" | "q=0.00" | "q=0.000"))
        })
    })
}

#[cfg(test)]
mod tests {
    use devanture_search::Index;

    use crate::testing::{KEY, MINI_KEY, TestApp};

    #[tokio::test]
    async fn searches_as_the_page_will() {
        let app = TestApp::new().await;
        let answer = app.get("/v1/store-index").await;
        assert_eq!(answer.header("content-type"), "application/octet-stream");
        let index = Index::decode(&answer.body).unwrap();
        assert_eq!(index.len(), 4);
        let mini = app.get_as(MINI_KEY, "/v1/store-index").await;
        assert_eq!(
            Index::decode(&mini.body).unwrap().len(),
            1,
            "a mini-site gives its own store away, no other"
        );
    }

    #[tokio::test]
    async fn revalidated_by_content() {
        let app = TestApp::new().await;
        let first = app.get("/v1/store-index").await;
        assert!(first.header("cache-control").contains("max-age=300"));
        let headers = [("devanture-key", KEY), ("if-none-match", &first.header("etag"))];
        assert_eq!(app.send("GET", "/v1/store-index", &headers, "").await.status, 304);
    }

    #[tokio::test]
    async fn compressed_once() {
        let app = TestApp::new().await;
        let plain = app.get("/v1/store-index").await;
        for (accept, encoding) in [("gzip, br", "br"), ("br;q=0", ""), ("gzip", "gzip")] {
            let headers = [("devanture-key", KEY), ("accept-encoding", accept)];
            let answer = app.send("GET", "/v1/store-index", &headers, "").await;
            assert_eq!(answer.header("content-encoding"), encoding, "{accept}");
            if encoding == "br" {
                let mut out = Vec::new();
                brotli::BrotliDecompress(&mut answer.body.as_slice(), &mut out).unwrap();
                assert_eq!(out, plain.body);
            }
        }
    }
}
