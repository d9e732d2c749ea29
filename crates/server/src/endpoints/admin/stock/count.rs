//! `POST /admin/v1/stock/counts`

use axum::{Json as JsonBody, extract::State};
use devanture_api::{
    problem::Problem,
    staff_stock::{CountedStock, StockCount},
};
use devanture_domain::{civil::UtcMs, staff::Permission};
use devanture_storage::{Counted, Deed, StaffCount};

use super::figures;
use crate::{
    App,
    endpoints::code,
    extract::{Json, Staff},
    problem::ApiError,
};

/// What was counted longer ago is counted again.
const LATEST_MS: UtcMs = 86_400_000;
/// By so much may the sender's idea of our clock be ahead.
const AHEAD_MS: UtcMs = 60_000;

/// Corrects how many pieces a store has. What moved after the count comes on top of it. Sent again, it changes nothing.
#[utoipa::path(post, path = "/admin/v1/stock/counts", tag = "admin", security(("session" = []), ("secret_key" = [])),
    request_body = StockCount, responses(
    (status = 200, description = "The figures from now on", body = CountedStock),
    (status = 400, description = "A field is not of the documented form", body = Problem, content_type = "application/problem+json"),
    (status = 403, description = "It is not one's own store", body = Problem, content_type = "application/problem+json"),
    (status = 404, description = "No store has this code, or no variant this SKU", body = Problem, content_type = "application/problem+json"),
    (status = 409, description = "Somebody else has counted since the figure was looked at", body = Problem, content_type = "application/problem+json"),
    (status = 422, description = "The id was used for another count", body = Problem, content_type = "application/problem+json"),
    (status = "4XX", description = "Refused", body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn count(
    State(app): State<App>,
    staff: Staff,
    Json(body): Json<StockCount>,
) -> Result<JsonBody<CountedStock>, ApiError> {
    staff.require(Permission::ServeShoppers)?;
    staff.require_store(&body.store_code)?;
    let network = app.directory().load().network(&staff.tenant).cloned().ok_or_else(ApiError::internal)?;
    if network.find(&body.store_code).is_none() && !network.is_warehouse(&body.store_code) {
        return Err(ApiError::store_not_found());
    }
    if !(16..=64).contains(&body.id.len()) || !body.id.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Err(ApiError::invalid("id", "is 16 to 64 visible ASCII characters"));
    }
    let sku = code("sku", &body.sku)?;
    let now = app.now();
    if body.counted_at > now + AHEAD_MS || body.counted_at < now - LATEST_MS {
        return Err(ApiError::invalid("counted_at", "is within the last day; count again"));
    }
    let mut repository = app.database().write().await?;
    if repository.variant(&staff.tenant, &sku).await?.is_none() {
        return Err(ApiError::product_not_found());
    }
    let count = StaffCount {
        id: &body.id,
        sku: &sku,
        location_code: &body.store_code,
        on_hand: body.on_hand,
        seen: body.seen.map(|seen| (seen.on_hand, seen.based_at)),
        reason: body.reason.as_str(),
        counted_at: body.counted_at.min(now),
        heard_at: now,
    };
    let after = match repository.count_by_staff(&staff.tenant, &count).await? {
        Counted::Done(before, after) => {
            let before = before.map_or_else(String::new, |before| before.stock.level.on_hand.to_string());
            let deed = Deed {
                tenant: &staff.tenant,
                actor: &staff.actor,
                action: "stock.counted",
                subject: Some(&sku),
                store_code: Some(&body.store_code),
                detail: &[
                    ("before", &before),
                    ("counted", &body.on_hand.to_string()),
                    ("reason", body.reason.as_str()),
                ],
            };
            repository.record(&deed, now, app.random()?).await?;
            repository.save().await?;
            after
        }
        Counted::Again(after) => after,
        Counted::Changed => return Err(ApiError::changed_meanwhile()),
        Counted::IdReused => return Err(ApiError::idempotency_mismatch()),
    };
    Ok(JsonBody(CountedStock { store_code: body.store_code, sku, figures: figures(after) }))
}
