//! `GET /admin/v1/exports/google-local-inventory`

use axum::{
    body::Body,
    extract::State,
    http::{HeaderValue, header},
    response::Response,
};
use devanture_api::{
    feed::{InventoryFormat, InventoryParams},
    problem::Problem,
};
use devanture_feeds::{GoogleFormat, LocalInventory};
use futures_util::stream;

use crate::{
    App,
    extract::{Feeder, Query, short_name},
    problem::ApiError,
};

/// What every store has, as Google's local product inventory; each line is true when it is sent. Pieces that are reserved or
/// spare are not offered.
#[utoipa::path(get, path = "/admin/v1/exports/google-local-inventory", tag = "feeds", security(("session" = []), ("secret_key" = [])),
    params(InventoryParams), responses(
    (status = 200, description = "The inventory", content((String = "text/tab-separated-values"), (String = "application/x-ndjson"))),
    (status = 403, description = "The role or the key's scope does not include it", body = Problem, content_type = "application/problem+json"),
    (status = "4XX", description = "Refused", body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn inventory(
    State(app): State<App>,
    feeder: Feeder,
    Query(params): Query<InventoryParams>,
) -> Result<Response, ApiError> {
    let price_list = short_name("price_list", params.price_list.as_deref())?.unwrap_or("default");
    let (format, content_type) = match params.format {
        InventoryFormat::Tsv => (GoogleFormat::Tsv, "text/tab-separated-values; charset=utf-8"),
        InventoryFormat::Jsonl => (GoogleFormat::JsonLines, "application/x-ndjson"),
    };
    let inventory = LocalInventory::new(&feeder.tenant, price_list, format);
    let lines = stream::try_unfold((app, inventory), async |(app, mut inventory)| {
        let lines = inventory.next(app.database()).await;
        // The answer has begun, so that breaking it off is all that is left to say.
        let lines = lines.inspect_err(|error| tracing::error!(%error, "an export broke off"))?;
        Ok::<_, devanture_feeds::ExportError>(lines.map(|lines| (lines, (app, inventory))))
    });
    let mut response = Response::new(Body::from_stream(lines));
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type));
    Ok(response)
}
