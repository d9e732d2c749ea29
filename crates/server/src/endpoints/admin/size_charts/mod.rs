//! `GET`, `PUT` and `DELETE /admin/v1/size-charts`

pub(crate) mod put;
pub(crate) mod remove;
#[cfg(test)]
mod tests;

use axum::{Json, extract::State};
use devanture_api::{
    problem::Problem,
    staff_size::{KeptSizeChart, SizeCharts},
};
use devanture_domain::staff::Permission;

use crate::{App, extract::Staff, problem::ApiError};

/// All size charts of the network. For head office.
#[utoipa::path(get, path = "/admin/v1/size-charts", tag = "admin", security(("session" = []), ("secret_key" = [])), responses(
    (status = 200, description = "By brand, then category", body = SizeCharts),
    (status = 403, description = "The role does not include it", body = Problem, content_type = "application/problem+json"),
    (status = "4XX", description = "Refused", body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn size_charts(State(app): State<App>, staff: Staff) -> Result<Json<SizeCharts>, ApiError> {
    staff.require(Permission::ManageNetwork)?;
    let charts = app.database().read().await?.revised_size_charts(&staff.tenant).await?;
    let shown = |(one, revision): (devanture_storage::SizeChart, i64)| {
        KeptSizeChart::new(one.brand, one.category, &one.chart, Some(revision))
    };
    Ok(Json(SizeCharts { items: charts.into_iter().map(shown).collect() }))
}

/// What a chart is called in the audit log.
fn subject(brand: Option<&str>, category: Option<&str>) -> String {
    format!("{} / {}", brand.unwrap_or("*"), category.unwrap_or("*"))
}
