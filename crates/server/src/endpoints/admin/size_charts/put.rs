//! `PUT /admin/v1/size-charts`

use axum::{Json as JsonBody, extract::State};
use devanture_api::{problem::Problem, staff_size::KeptSizeChart};
use devanture_domain::staff::Permission;
use devanture_storage::Deed;

use super::subject;
use crate::{
    App,
    extract::{Json, Staff, short_name},
    problem::ApiError,
};

/// Creates the chart of a brand and category, or replaces all of it. One with gaps or overlaps is refused, and everything that is
/// wrong with it is told at once. With the `revision` that was read, a change that somebody else has made since is not overwritten.
#[utoipa::path(put, path = "/admin/v1/size-charts", tag = "admin", security(("session" = []), ("secret_key" = [])),
    request_body = KeptSizeChart, responses(
    (status = 200, description = "The chart from now on", body = KeptSizeChart),
    (status = 400, description = "The chart has gaps, overlaps, or what is no size", body = Problem, content_type = "application/problem+json"),
    (status = 403, description = "The role does not include it", body = Problem, content_type = "application/problem+json"),
    (status = 409, description = "It has another revision by now", body = Problem, content_type = "application/problem+json"),
    (status = "4XX", description = "Refused", body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn put(
    State(app): State<App>,
    staff: Staff,
    Json(sent): Json<KeptSizeChart>,
) -> Result<JsonBody<KeptSizeChart>, ApiError> {
    staff.require(Permission::ManageNetwork)?;
    let brand = short_name("brand", sent.brand.as_deref())?.map(ToOwned::to_owned);
    let category = short_name("category", sent.category.as_deref())?.map(ToOwned::to_owned);
    let seen = sent.revision;
    let chart = sent.into_chart().checked().map_err(|wrong| ApiError::invalid("rows", wrong.join("; ")))?;
    let kept = devanture_storage::SizeChart { brand, category, chart };
    let mut repository = app.database().write().await?;
    let now = app.now();
    let revision = match seen {
        None => Some(repository.put_size_chart(&staff.tenant, &kept, now).await?),
        Some(seen) => repository.replace_size_chart(&staff.tenant, &kept, (seen, now)).await?,
    };
    let Some(revision) = revision else { return Err(ApiError::changed_meanwhile()) };
    let deed = Deed {
        tenant: &staff.tenant,
        actor: &staff.actor,
        action: "size_chart.put",
        subject: Some(&subject(kept.brand.as_deref(), kept.category.as_deref())),
        store_code: None,
        detail: &[],
    };
    repository.record(&deed, now, app.random()?).await?;
    repository.save().await?;
    Ok(JsonBody(KeptSizeChart::new(kept.brand, kept.category, &kept.chart, Some(revision))))
}
