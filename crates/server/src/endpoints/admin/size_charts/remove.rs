//! `DELETE /admin/v1/size-charts`

use axum::{extract::State, http::StatusCode};
use devanture_api::{problem::Problem, staff_size::SizeChartName};
use devanture_domain::staff::Permission;
use devanture_storage::Deed;

use super::subject;
use crate::{
    App,
    extract::{Query, Staff, short_name},
    problem::ApiError,
};

/// Takes out the chart of a brand and category; with the `revision` that was read, only as it was then.
#[utoipa::path(delete, path = "/admin/v1/size-charts", tag = "admin", security(("session" = []), ("secret_key" = [])),
    params(SizeChartName), responses(
    (status = 204, description = "Gone"),
    (status = 403, description = "The role does not include it", body = Problem, content_type = "application/problem+json"),
    (status = 409, description = "It has another revision by now", body = Problem, content_type = "application/problem+json"),
    (status = 404, description = "There is none of this brand and category", body = Problem, content_type = "application/problem+json"),
    (status = "4XX", description = "Refused", body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn remove(
    State(app): State<App>,
    staff: Staff,
    Query(name): Query<SizeChartName>,
) -> Result<StatusCode, ApiError> {
    staff.require(Permission::ManageNetwork)?;
    let brand = short_name("brand", name.brand.as_deref())?;
    let category = short_name("category", name.category.as_deref())?;
    let mut repository = app.database().write().await?;
    if !repository.remove_size_chart(&staff.tenant, (brand, category), name.revision).await? {
        let is_there = repository.has_size_chart(&staff.tenant, brand, category).await?;
        return Err(if is_there { ApiError::changed_meanwhile() } else { ApiError::size_chart_not_found() });
    }
    let deed = Deed {
        tenant: &staff.tenant,
        actor: &staff.actor,
        action: "size_chart.removed",
        subject: Some(&subject(brand, category)),
        store_code: None,
        detail: &[],
    };
    repository.record(&deed, app.now(), app.random()?).await?;
    repository.save().await?;
    Ok(StatusCode::NO_CONTENT)
}
