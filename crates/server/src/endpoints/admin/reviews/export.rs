//! `GET /admin/v1/exports/google-product-reviews`

#[cfg(test)]
mod tests;

use axum::{
    body::Body,
    extract::State,
    http::{HeaderValue, header},
    response::Response,
};
use devanture_api::problem::Problem;
use devanture_domain::civil::UtcMs;
use devanture_feeds::{ExportError, ProductReviews, ReviewForms};
use futures_util::stream;

use crate::{App, NamedZone, endpoints::reviews::shown::photo_url, extract::Feeder, problem::ApiError};

/// All published reviews of products, as Google's product reviews feed 2.4: always full, with what is verified and what was rewarded marked.
#[utoipa::path(get, path = "/admin/v1/exports/google-product-reviews", tag = "feeds", security(("session" = []), ("secret_key" = [])),
    responses(
    (status = 200, description = "The feed", content_type = "application/xml"),
    (status = 403, description = "The role or the key's scope does not include it", body = Problem, content_type = "application/problem+json"),
    (status = "4XX", description = "Refused", body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn reviews(State(app): State<App>, feeder: Feeder) -> Result<Response, ApiError> {
    let site = app.directory().load().main_site(&feeder.tenant).cloned();
    let (name, home) = site.map_or_else(
        || (feeder.tenant.clone(), app.config().public_url.clone()),
        |site| (site.site.name.clone(), site.site.origins.first().cloned().unwrap_or_default()),
    );
    let photos = app.clone();
    let photo = Box::new(move |id: &str| photo_url(&photos, id, "large"));
    let feed = ProductReviews::new(&feeder.tenant, &name, ReviewForms { home, time: rfc3339, photo });
    let pieces = stream::try_unfold((app, feed), async |(app, mut feed)| {
        let piece = feed.next(app.database()).await;
        // The answer has begun, so that breaking it off is all that is left to say.
        let piece = piece.inspect_err(|error| tracing::error!(%error, "an export broke off"))?;
        Ok::<_, ExportError>(piece.map(|piece| (piece, (app, feed))))
    });
    let mut response = Response::new(Body::from_stream(pieces));
    response
        .headers_mut()
        .insert(header::CONTENT_TYPE, HeaderValue::from_static("application/xml; charset=utf-8"));
    Ok(response)
}

fn rfc3339(at: UtcMs) -> String {
    NamedZone::utc().rfc3339(at)
}
