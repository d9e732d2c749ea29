//! `GET /v1/size-chart`

use axum::{
    extract::{Request, State},
    response::Response,
};
use devanture_api::{
    problem::Problem,
    size::{SizeChart, SizeChartParams},
};

use super::{A_WHILE, JSON};
use crate::{
    App,
    cache::Tagged,
    extract::{Query, Storefront, short_text},
    problem::ApiError,
};

/// The size chart for a product: that of its brand and category, else of its brand, else of its category, else the one for everything.
#[utoipa::path(get, path = "/v1/size-chart", tag = "stock", security(("key" = []), ("key_param" = [])),
    params(SizeChartParams), responses(
    (status = 200, description = "The chart", body = SizeChart),
    (status = 304, description = "Unchanged"),
    (status = 404, description = "The network sells no such product, or has no chart for it", body = Problem, content_type = "application/problem+json"),
    (status = "4XX", description = "Refused", body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn size_chart(
    State(app): State<App>,
    Storefront(site): Storefront,
    Query(params): Query<SizeChartParams>,
    request: Request,
) -> Result<Response, ApiError> {
    let tenant = &site.site.tenant;
    let mut repository = app.database().read().await?;
    let asked =
        (short_text("product", params.product.as_deref())?, short_text("sku", params.sku.as_deref())?);
    let id = match asked {
        (Some(id), None) => super::code("product", id)?,
        (None, Some(sku)) => {
            let variant = repository.variant(tenant, &super::code("sku", sku)?).await?;
            variant.ok_or_else(ApiError::product_not_found)?.product_id
        }
        _ => return Err(ApiError::invalid("product", "one of product and sku is needed")),
    };
    let product = repository.product(tenant, &id).await?.ok_or_else(ApiError::product_not_found)?;
    let chart = repository
        .size_chart_for(tenant, product.brand.as_deref(), product.category.as_deref())
        .await?
        .ok_or_else(ApiError::size_chart_not_found)?;
    let chart = SizeChart::new(chart.brand, chart.category, &chart.chart);
    let body = serde_json::to_vec(&chart).map_err(|_| ApiError::internal())?;
    Ok(Tagged::new(body).respond(request.headers(), JSON, A_WHILE))
}

#[cfg(test)]
mod tests {
    use devanture_api::size::SizeChart;
    use devanture_domain::staff::KeyScope;

    use crate::testing::{OTHER_KEY, TestApp};

    #[tokio::test]
    async fn the_charts_that_were_put() {
        let app = TestApp::new().await;
        app.sell_dress().await;
        app.get("/v1/size-chart?product=ROBE").await.problem(404, "size_chart_not_found");
        let secret = app.add_key(&[KeyScope::Admin]).await;
        let body = r#"{"rows":[{"size":"38","body":[{"dimension":"chest","from_mm":840,"to_mm":880}]}]}"#;
        let headers = [("authorization", &*format!("Bearer {secret}")), ("content-type", "application/json")];
        assert_eq!(app.send("PUT", "/admin/v1/size-charts", &headers, body).await.status, 200);
        for query in ["product=robe", "sku=ROBE-38"] {
            let chart: SizeChart = app.get(&format!("/v1/size-chart?{query}")).await.json();
            assert_eq!((chart.rows[0].size.as_str(), chart.rows[0].body[0].from_mm), ("38", 840));
        }
        app.get("/v1/size-chart?product=NOTHING").await.problem(404, "product_not_found");
        app.get_as(OTHER_KEY, "/v1/size-chart?product=ROBE").await.problem(404, "product_not_found");
        app.get("/v1/size-chart").await.problem(400, "invalid_input");
    }
}
