//! `GET /admin/v1/reviews/figures`

use axum::{Json, extract::State};
use devanture_api::{problem::Problem, review::ReviewSummary, staff_review::FigureParams};
use devanture_domain::{review::About, staff::Permission};

use super::network;
use crate::{
    App,
    endpoints::reviews::{one_subject, shown},
    extract::{Query, Staff, short_name},
    problem::ApiError,
};

/// Stars, fit and criteria of a product, or of a store: its manager may see these too.
#[utoipa::path(get, path = "/admin/v1/reviews/figures", tag = "admin", security(("session" = []), ("secret_key" = [])),
    params(FigureParams), responses(
    (status = 200, description = "The figures", body = ReviewSummary),
    (status = 403, description = "The role does not include it, or it is not one's own store", body = Problem, content_type = "application/problem+json"),
    (status = "4XX", description = "Refused", body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn figures(
    State(app): State<App>,
    staff: Staff,
    Query(params): Query<FigureParams>,
) -> Result<Json<ReviewSummary>, ApiError> {
    staff.require(Permission::ReadFigures)?;
    let (about, subject) = one_subject(params.product.as_deref(), params.store.as_deref())?;
    if about == About::Store {
        staff.require_store(&subject)?;
    }
    let lang = short_name("lang", params.lang.as_deref())?.unwrap_or("fr");
    let summary = app.database().read().await?.review_summary(&staff.tenant, about, &subject).await?;
    Ok(Json(shown::summary(summary, &network(&app, &staff)?.criteria(about, lang))))
}
