//! `GET /v1/ssr/reviews.css`: the widget's own styles, for the fragment in the page.

use std::sync::LazyLock;

use axum::{http::HeaderMap, response::Response};

use crate::cache::Tagged;

/// Beside the fragments.
pub(super) const SHEET: &str = devanture_api::routes::SSR_REVIEWS_SHEET;
const KEPT: &str = "public, max-age=3600, stale-while-revalidate=86400";

/// Nested into the element, so that they touch nothing else of the page, and `:host` is the element itself. The page's own rules do not reach in, as
/// they would not into the widget: what they say is taken back, and `:not(#_)` outweighs their classes. Pictures keep what their attributes say.
static STYLES: LazyLock<Tagged> = LazyLock::new(|| {
    let kit = include_str!("../../../../ui/styles/kit.css");
    let own = include_str!("../../../../../widgets/reviews/styles.css");
    let own = own.split_once(';').map_or(own, |(_, own)| own);
    let lines = kit.lines().chain(own.lines()).map(str::trim).filter(|line| !line.starts_with("@keyframes"));
    let nested = lines.collect::<Vec<_>>().join("\n").replace(":host", "&");
    Tagged::new(format!(
        "devanture-reviews:not(#_){{display:block;:where(:not(svg, svg *, img)){{all:revert}}{nested}}}\n"
    ))
});

/// Styles for what `/v1/ssr/reviews` draws. The fragment links to them.
#[utoipa::path(get, path = "/v1/ssr/reviews.css", tag = "reviews", responses(
    (status = 200, description = "A style sheet that touches nothing but <devanture-reviews>", body = String, content_type = "text/css"),
    (status = 304, description = "Unchanged"),
))]
pub(crate) async fn sheet(headers: HeaderMap) -> Response {
    STYLES.respond(&headers, "text/css; charset=utf-8", KEPT)
}
