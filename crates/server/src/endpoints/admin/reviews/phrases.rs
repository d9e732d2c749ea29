//! `GET /admin/v1/reviews/phrases`

#[cfg(test)]
mod tests;

use axum::{Json, extract::State};
use devanture_api::{
    problem::Problem,
    staff_review::{PhraseParams, Phrases},
};
use devanture_domain::staff::Permission;
use devanture_storage::Subjects;

use crate::{
    App,
    endpoints::code,
    extract::{Query, Staff, short_name},
    phrases::{Speech, new_phrases},
    problem::ApiError,
};

/// The newest; older ones speak of older products.
const REVIEWS: u16 = 5_000;

/// Words that reviewers use for a product, or for those of a category, and that the catalogue does not: what shoppers search for.
#[utoipa::path(get, path = "/admin/v1/reviews/phrases", tag = "admin", security(("session" = []), ("secret_key" = [])),
    params(PhraseParams), responses(
    (status = 200, description = "Those that most use first, with reviews that they come from", body = Phrases),
    (status = 403, description = "The role does not include it", body = Problem, content_type = "application/problem+json"),
    (status = "4XX", description = "Refused", body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn phrases(
    State(app): State<App>,
    staff: Staff,
    Query(params): Query<PhraseParams>,
) -> Result<Json<Phrases>, ApiError> {
    staff.require(Permission::Moderate)?;
    let speech = Speech::of(&params.language)
        .ok_or_else(|| ApiError::invalid("language", "is fr or en: of others the words are not known"))?;
    let product =
        short_name("product", params.product.as_deref())?.map(|id| code("product", id)).transpose()?;
    let subjects = match (&product, short_name("category", params.category.as_deref())?) {
        (Some(product), None) => Subjects::Product(product),
        (None, Some(category)) => Subjects::Category(category),
        _ => return Err(ApiError::invalid("product", "one of product and category is needed")),
    };
    let mut repository = app.database().read().await?;
    let reviews = repository.review_texts(&staff.tenant, subjects, &params.language, REVIEWS).await?;
    let catalogue = repository.catalogue_texts(&staff.tenant, subjects).await?;
    drop(repository);
    let count = u32::try_from(reviews.len()).unwrap_or(u32::MAX);
    // Thousands of texts are some tenths of a second, for which others do not wait.
    let counted = tokio::task::spawn_blocking(move || new_phrases(speech, &reviews, &catalogue)).await;
    let items = counted.map_err(|error| {
        tracing::error!(%error, "phrases were not counted");
        ApiError::internal()
    })?;
    Ok(Json(Phrases { reviews: count, items }))
}
