//! Reviews as HTML: what crawlers, assistants and browsers without script read.
//!
//! The shop's server puts the fragment into the widget's element. It ends with the page's data, so that the widget goes on from it without
//! another request.

mod draw;
mod linked;
#[cfg(test)]
mod tests;

use axum::{extract::State, http::HeaderMap, response::Response};
use devanture_api::{
    problem::Problem,
    review::{ReviewParams, ReviewViewParams},
};
use devanture_domain::review::About;

use super::HTML;
use crate::{
    App,
    cache::Tagged,
    directory::SiteView,
    endpoints::{BRIEFLY, reviews::Asked},
    extract::{Query, Storefront, short_name},
    problem::ApiError,
    reviews::Key,
};

/// Summary and first page, drawn, with the linked data of a product's reviews; those of stores have none, since a shop's stars about itself are
/// against the engines' rules.
#[utoipa::path(get, path = "/v1/ssr/reviews", tag = "reviews", security(("key" = []), ("key_param" = [])),
    params(ReviewParams, ReviewViewParams), responses(
    (status = 200, description = "A fragment, to be put inside <devanture-reviews>", body = String, content_type = "text/html"),
    (status = 304, description = "Unchanged"),
    (status = 404, description = "The site shows no such store", body = Problem, content_type = "application/problem+json"),
    (status = "4XX", description = "Refused", body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn reviews(
    State(app): State<App>,
    Storefront(site): Storefront,
    Query(params): Query<ReviewParams>,
    Query(view): Query<ReviewViewParams>,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    if params.cursor.is_some() || params.q.is_some() {
        return Err(ApiError::invalid("cursor", "only first pages are drawn, and nothing that was typed"));
    }
    let item_id = short_name("item_id", view.item_id.as_deref())?;
    let linked = view.linked_data.unwrap_or(true);
    let asked = Asked::of(&site, &params)?;
    let key = Key {
        tenant: site.site.tenant.clone(),
        about: asked.about,
        subject: asked.subject.clone(),
        rest: format!("html {linked} {item_id:?} {}", asked.key(&site)),
    };
    let drawn =
        app.gallery().get(key, async || draw(&app, &site, &asked, item_id.filter(|_| linked), linked).await);
    Ok(drawn.await?.respond(&headers, HTML, BRIEFLY))
}

async fn draw(
    app: &App,
    site: &SiteView,
    asked: &Asked,
    item_id: Option<&str>,
    linked: bool,
) -> Result<Tagged, ApiError> {
    let page = asked.page(app, site).await?;
    let mut data = None;
    if linked && asked.about == About::Product {
        let mut repository = app.database().read().await?;
        if let Some(product) = repository.product(&site.site.tenant, &asked.subject).await? {
            data = linked::product(&product, &page, item_id);
        }
    }
    Ok(Tagged::new(draw::fragment(&page, asked.lang(), data.as_ref())?.into_string()))
}
