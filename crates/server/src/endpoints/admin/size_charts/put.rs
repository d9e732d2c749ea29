//! `PUT /admin/v1/size-charts`

use axum::{Json as JsonBody, extract::State};
use devanture_api::{problem::Problem, size::SizeChart};
use devanture_domain::staff::Permission;
use devanture_storage::Deed;

use super::subject;
use crate::{
    App,
    extract::{Json, Staff, short_name},
    problem::ApiError,
};

/// Creates the chart of a brand and category, or replaces all of it. One with gaps or overlaps is refused, and everything that is
/// wrong with it is told at once.
#[utoipa::path(put, path = "/admin/v1/size-charts", tag = "admin", security(("session" = []), ("secret_key" = [])),
    request_body = SizeChart, responses(
    (status = 200, description = "The chart from now on", body = SizeChart),
    (status = 400, description = "The chart has gaps, overlaps, or what is no size", body = Problem, content_type = "application/problem+json"),
    (status = 403, description = "The role does not include it", body = Problem, content_type = "application/problem+json"),
    (status = "4XX", description = "Refused", body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn put(
    State(app): State<App>,
    staff: Staff,
    Json(sent): Json<SizeChart>,
) -> Result<JsonBody<SizeChart>, ApiError> {
    staff.require(Permission::ManageNetwork)?;
    let brand = short_name("brand", sent.brand.as_deref())?.map(ToOwned::to_owned);
    let category = short_name("category", sent.category.as_deref())?.map(ToOwned::to_owned);
    let chart = sent.checked().map_err(|wrong| ApiError::invalid("rows", wrong.join("; ")))?;
    let answer = SizeChart::new(brand.clone(), category.clone(), &chart);
    let kept = devanture_storage::SizeChart { brand, category, chart };
    let mut repository = app.database().write().await?;
    repository.put_size_chart(&staff.tenant, &kept).await?;
    let deed = Deed {
        tenant: &staff.tenant,
        actor: &staff.actor,
        action: "size_chart.put",
        subject: Some(&subject(kept.brand.as_deref(), kept.category.as_deref())),
        store_code: None,
        detail: &[],
    };
    repository.record(&deed, app.now(), app.random()?).await?;
    repository.save().await?;
    Ok(JsonBody(answer))
}
