//! The staff console's files, at the API's own origin, whose cookie its session is.

use std::path::Path;

use axum::{
    Router,
    extract::Request,
    http::{HeaderValue, header},
    middleware::{Next, from_fn},
    response::{Redirect, Response},
    routing::get,
};
use tower_http::services::{ServeDir, ServeFile};

use crate::App;

const PAGE: &str = "/console/";

/// Nothing but what was built with the console, and the pictures of the catalogue, which may be anywhere: by plain
/// http too, where the retailer's pictures are on the developer's own machine.
const POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; connect-src 'self'; \
    img-src 'self' https: http://127.0.0.1:* http://localhost:*; base-uri 'none'; form-action 'none'; \
    frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'";

/// Serves `folder/console/index.html` and the folder beside it that it names, each file from its `.br` or `.gz`
/// sibling when the browser takes it.
pub(crate) fn router(folder: &Path) -> Router<App> {
    let page = ServeFile::new(folder.join("console/index.html"));
    // The path is not stripped: `/console/…` lies in `folder/console`.
    let files =
        ServeDir::new(folder).precompressed_br().precompressed_gzip().append_index_html_on_directories(false);
    Router::new()
        .route("/console", get(async || Redirect::permanent(PAGE)))
        .route_service(PAGE, page)
        .route_service("/console/{build}/{file}", files)
        .layer(from_fn(headers))
}

async fn headers(request: Request, next: Next) -> Response {
    // A build's folder is named by its content, so what is in it never changes; the page names the folder.
    let is_file = request.uri().path().matches('/').count() > 2;
    let mut response = next.run(request).await;
    let cache = if is_file && response.status().is_success() {
        "public, max-age=31536000, immutable"
    } else {
        "no-store"
    };
    let headers = response.headers_mut();
    for (name, value) in [
        ("cache-control", cache),
        ("content-security-policy", POLICY),
        ("cross-origin-opener-policy", "same-origin"),
        ("cross-origin-resource-policy", "same-origin"),
        ("permissions-policy", "camera=(self), microphone=(), geolocation=()"),
        ("referrer-policy", "no-referrer"),
        ("x-content-type-options", "nosniff"),
        ("x-frame-options", "DENY"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    // The page is always sent whole: its text is the only thing that names the build.
    headers.remove(header::LAST_MODIFIED);
    response
}

#[cfg(test)]
mod tests {
    use std::fs;

    use crate::{Config, testing::TestApp};

    async fn app() -> (TestApp, tempfile::TempDir) {
        let folder = tempfile::tempdir().unwrap();
        let build = folder.path().join("console/0123abcd");
        fs::create_dir_all(&build).unwrap();
        for (path, text) in [
            ("console/index.html", "page"),
            ("console/0123abcd/console.js", "script"),
            ("console/0123abcd/console.js.br", "script in brotli"),
            ("console/0123abcd/console.wasm", "wasm"),
            ("secret.txt", "not the console's"),
        ] {
            fs::write(folder.path().join(path), text).unwrap();
        }
        let config = Config { assets: Some(folder.path().to_owned()), ..Config::default() };
        (TestApp::with_config(config).await, folder)
    }

    #[tokio::test]
    async fn the_page_is_never_kept_and_its_files_for_ever() {
        let (app, _folder) = app().await;
        for (path, kind, cache, text) in [
            ("/console/", "text/html", "no-store", "page"),
            (
                "/console/0123abcd/console.js",
                "text/javascript",
                "public, max-age=31536000, immutable",
                "script",
            ),
            (
                "/console/0123abcd/console.wasm",
                "application/wasm",
                "public, max-age=31536000, immutable",
                "wasm",
            ),
        ] {
            let answer = app.get_plain(path).await;
            assert_eq!((answer.status, answer.header("content-type").as_str()), (200, kind), "{path}");
            assert_eq!(
                (answer.header("cache-control").as_str(), answer.text().as_str()),
                (cache, text),
                "{path}"
            );
            let policy = answer.header("content-security-policy");
            assert!(policy.contains("script-src 'self' 'wasm-unsafe-eval';"), "{policy}");
            assert!(policy.contains("style-src 'self';") && !policy.contains("unsafe-inline"), "{policy}");
            assert_eq!(answer.header("x-content-type-options"), "nosniff");
            assert_eq!(
                answer.header("access-control-allow-origin"),
                "",
                "no page of another origin reads it"
            );
        }
        let small = app.send("GET", "/console/0123abcd/console.js", &[("accept-encoding", "br")], "").await;
        assert_eq!(
            (small.header("content-encoding").as_str(), small.text().as_str()),
            ("br", "script in brotli")
        );
    }

    #[tokio::test]
    async fn without_the_slash_it_is_shown_the_way() {
        let (app, _folder) = app().await;
        let answer = app.get_plain("/console").await;
        assert_eq!((answer.status, answer.header("location").as_str()), (308, "/console/"));
    }

    #[tokio::test]
    async fn nothing_else() {
        let (app, _folder) = app().await;
        for path in [
            "/console/index.html",
            "/console/0123abcd/",
            "/console/none/console.js",
            "/console/../secret.txt",
            "/console/%2e%2e/secret.txt",
            "/console/..%2f/secret.txt",
            "/console/0123abcd/..%2f..%2f..%2fsecret.txt",
        ] {
            let answer = app.get_plain(path).await;
            answer.problem(404, "not_found");
            assert!(!answer.header("cache-control").contains("immutable"), "{path}");
        }
    }
}
