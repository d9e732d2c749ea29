//! The widgets' files, for pages of any origin: the evergreen loader for minutes, builds for ever.

use std::path::Path;

use axum::{
    Router,
    extract::Request,
    http::{HeaderValue, header},
    middleware::{Next, from_fn},
    response::Response,
};
use tower_http::services::{ServeDir, ServeFile};

use crate::App;

const LOADER: &str = "/devanture.js";

/// Serves `folder/devanture.js` and `folder/build/…`, each from its `.br` or `.gz` sibling when the
/// browser takes it.
pub(crate) fn router(folder: &Path) -> Router<App> {
    let loader = ServeFile::new(folder.join("devanture.js")).precompressed_br().precompressed_gzip();
    let builds = ServeDir::new(folder.join("build"))
        .precompressed_br()
        .precompressed_gzip()
        .append_index_html_on_directories(false);
    Router::new().route_service(LOADER, loader).nest_service("/build", builds).layer(from_fn(headers))
}

async fn headers(request: Request, next: Next) -> Response {
    // A build's folder is named by its content, so what is in it never changes.
    let is_loader = request.uri().path() == LOADER;
    let mut response = next.run(request).await;
    let found = response.status().is_success() || response.status().is_redirection();
    let headers = response.headers_mut();
    headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert("cross-origin-resource-policy", HeaderValue::from_static("cross-origin"));
    headers.insert("timing-allow-origin", HeaderValue::from_static("*"));
    if found {
        let cache = if is_loader { "public, max-age=300" } else { "public, max-age=31536000, immutable" };
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(cache));
    }
    response
}

#[cfg(test)]
mod tests {
    use std::fs;

    use crate::{Config, testing::TestApp};

    async fn app() -> (TestApp, tempfile::TempDir) {
        let folder = tempfile::tempdir().unwrap();
        let build = folder.path().join("build/0123abcd");
        fs::create_dir_all(&build).unwrap();
        for (path, text) in [
            ("devanture.js", "loader"),
            ("devanture.js.br", "loader in brotli"),
            ("devanture.js.gz", "loader in gzip"),
            ("build/0123abcd/core.wasm", "wasm"),
            ("build/0123abcd/core.wasm.br", "wasm in brotli"),
            ("build/0123abcd/glue.js", "glue"),
            ("build/0123abcd/fr.json", "{}"),
            ("build/0123abcd/style.css", "css"),
            ("secret.txt", "not in build"),
        ] {
            fs::write(folder.path().join(path), text).unwrap();
        }
        let config = Config { assets: Some(folder.path().to_owned()), ..Config::default() };
        (TestApp::with_config(config).await, folder)
    }

    #[tokio::test]
    async fn types_and_headers_for_any_origin() {
        let (app, _folder) = app().await;
        for (path, kind, cache) in [
            ("/devanture.js", "text/javascript", "public, max-age=300"),
            ("/build/0123abcd/core.wasm", "application/wasm", "public, max-age=31536000, immutable"),
            ("/build/0123abcd/glue.js", "text/javascript", "public, max-age=31536000, immutable"),
            ("/build/0123abcd/fr.json", "application/json", "public, max-age=31536000, immutable"),
            ("/build/0123abcd/style.css", "text/css", "public, max-age=31536000, immutable"),
        ] {
            let file = app.send("GET", path, &[("origin", "https://any.example")], "").await;
            assert_eq!((file.status, file.header("content-type").as_str()), (200, kind), "{path}");
            assert_eq!(file.header("cache-control"), cache, "{path}");
            assert_eq!(file.header("access-control-allow-origin"), "*");
            assert_eq!(file.header("cross-origin-resource-policy"), "cross-origin");
            assert_eq!(file.header("timing-allow-origin"), "*");
            assert_eq!(file.header("x-content-type-options"), "nosniff");
        }
    }

    #[tokio::test]
    async fn compressed_siblings() {
        let (app, _folder) = app().await;
        for (path, accept, encoding, body) in [
            ("/devanture.js", "gzip, br", "br", "loader in brotli"),
            ("/devanture.js", "gzip", "gzip", "loader in gzip"),
            ("/devanture.js", "identity", "", "loader"),
            ("/build/0123abcd/core.wasm", "br", "br", "wasm in brotli"),
            ("/build/0123abcd/core.wasm", "gzip", "", "wasm"),
        ] {
            let file = app.send("GET", path, &[("accept-encoding", accept)], "").await;
            assert_eq!(
                (file.header("content-encoding").as_str(), file.text().as_str()),
                (encoding, body),
                "{path}"
            );
        }
        let wasm = app.send("GET", "/build/0123abcd/core.wasm", &[("accept-encoding", "br")], "").await;
        assert_eq!(wasm.header("content-type"), "application/wasm");
    }

    #[tokio::test]
    async fn nothing_else() {
        let (app, _folder) = app().await;
        for path in [
            "/build/none/core.wasm",
            "/build/0123abcd/",
            "/build/0123abcd",
            "/build/../secret.txt",
            "/build/%2e%2e/secret.txt",
            "/build/..%2fsecret.txt",
            "/secret.txt",
        ] {
            let answer = app.get_plain(path).await;
            answer.problem(404, "not_found");
            assert!(!answer.header("cache-control").contains("immutable"));
        }
    }
}
