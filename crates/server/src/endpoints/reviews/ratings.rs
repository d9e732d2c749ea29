//! `GET /v1/ratings`

use axum::{extract::State, http::HeaderMap, response::Response};
use devanture_api::{
    problem::Problem,
    review::{RatingLine, RatingList, RatingParams},
};
use devanture_domain::review::About;

use super::super::{BRIEFLY, JSON, code};
use crate::{
    App,
    cache::Tagged,
    extract::{Query, Storefront, parts},
    problem::ApiError,
};

/// A listing's cards.
const MOST: usize = 500;

/// Stars of many products and stores at once, for cards.
#[utoipa::path(get, path = "/v1/ratings", tag = "reviews", security(("key" = []), ("key_param" = [])),
    params(RatingParams), responses(
    (status = 200, description = "Those that somebody has reviewed", body = RatingList),
    (status = 304, description = "Unchanged"),
    (status = "4XX", description = "Refused", body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn ratings(
    State(app): State<App>,
    Storefront(site): Storefront,
    Query(params): Query<RatingParams>,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let split = |list: Option<&str>| -> Vec<String> { parts(list).map(str::to_owned).collect() };
    let (products, mut stores) = (split(params.products.as_deref()), split(params.stores.as_deref()));
    if products.is_empty() && stores.is_empty() {
        return Err(ApiError::invalid("products", "products or stores are needed, set apart by commas"));
    }
    if products.len() + stores.len() > MOST {
        return Err(ApiError::invalid("products", format!("at most {MOST} at once")));
    }
    let products = products.iter().map(|id| code("products", id)).collect::<Result<Vec<_>, _>>()?;
    // Those that the site does not show have no stars here.
    stores.retain(|code| site.find(code).is_some());
    let mut repository = app.database().read().await?;
    let mut items = Vec::new();
    for (about, ids) in [(About::Product, products), (About::Store, stores)] {
        let found = repository.review_ratings(&site.site.tenant, about, &ids).await?;
        items.extend(found.into_iter().filter_map(|(id, counts)| {
            let average_hundredths = counts.average()?;
            Some(RatingLine { about, id, count: counts.total(), average_hundredths })
        }));
    }
    let body = serde_json::to_vec(&RatingList { items }).map_err(|_| ApiError::internal())?;
    Ok(Tagged::new(body).respond(&headers, JSON, BRIEFLY))
}
