//! `POST /v1/size-figures`

use axum::{extract::State, http::StatusCode};
use devanture_api::{problem::Problem, size::SizeCounts};
use devanture_domain::civil::Date;

use crate::{
    App,
    extract::{Query, Storefront},
    problem::ApiError,
};

/// More than this a page does not see.
const MAX_AT_ONCE: u32 = 100;
const DAY_MS: i64 = 86_400_000;

/// Adds to the site's sums of today. Nothing is kept of who it was, so it needs nobody's consent.
#[utoipa::path(post, path = "/v1/size-figures", tag = "stock", security(("key" = []), ("key_param" = [])),
    params(SizeCounts), responses(
    (status = 204, description = "Added"),
    (status = 400, description = "A parameter is not of the documented form", body = Problem, content_type = "application/problem+json"),
    (status = "4XX", description = "Refused", body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn count(
    State(app): State<App>,
    Storefront(site): Storefront,
    Query(counts): Query<SizeCounts>,
) -> Result<StatusCode, ApiError> {
    let all = [
        ("seen", counts.seen),
        ("preselected", counts.preselected),
        ("kept", counts.kept),
        ("changed", counts.changed),
    ];
    if let Some((field, _)) = all.into_iter().find(|(_, count)| *count > MAX_AT_ONCE) {
        return Err(ApiError::invalid(field, format!("at most {MAX_AT_ONCE}")));
    }
    if all.iter().any(|(_, count)| *count > 0) {
        let counts = devanture_storage::SizeCounts {
            seen: counts.seen,
            preselected: counts.preselected,
            kept: counts.kept,
            changed: counts.changed,
        };
        let mut repository = app.database().write().await?;
        repository.add_size_counts(&site.site.tenant, &site.site.id, day(app.now()), counts).await?;
        repository.save().await?;
    }
    Ok(StatusCode::NO_CONTENT)
}

/// The day of an instant, in UTC.
pub(super) fn day(now: i64) -> Date {
    Date(i32::try_from(now.div_euclid(DAY_MS)).unwrap_or(0))
}
