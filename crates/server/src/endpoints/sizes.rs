//! `GET /v1/sizes`

use std::collections::HashMap;

use axum::{
    extract::{Request, State},
    response::Response,
};
use devanture_api::{
    problem::Problem,
    size::{MAX_PRODUCTS, ProductSizes, SizesPage, SizesParams},
};
use devanture_domain::{
    code::normalised,
    review::About,
    size::{Sales, Share},
};
use devanture_storage::SizeLeft;

use super::{BRIEFLY, JSON};
use crate::{
    App,
    cache::Tagged,
    directory::Scope,
    extract::{Query, Storefront, parts},
    problem::ApiError,
};

/// The sizes of the products of a page, and which of them are left on this site. The answer is the same for every shopper.
#[utoipa::path(get, path = "/v1/sizes", tag = "stock", security(("key" = []), ("key_param" = [])),
    params(SizesParams), responses(
    (status = 200, description = "The products that are known, in the order asked for", body = SizesPage),
    (status = 304, description = "Unchanged"),
    (status = "4XX", description = "Refused", body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn sizes(
    State(app): State<App>,
    Storefront(site): Storefront,
    Query(params): Query<SizesParams>,
    request: Request,
) -> Result<Response, ApiError> {
    let (by_id, by_sku) = (codes(params.products.as_deref()), codes(params.skus.as_deref()));
    if by_id.is_empty() && by_sku.is_empty() {
        return Err(ApiError::invalid("products", "name products by their ids, or by skus"));
    }
    if by_id.len() + by_sku.len() > MAX_PRODUCTS {
        return Err(ApiError::invalid("products", format!("at most {MAX_PRODUCTS}, with skus")));
    }
    let tenant = &site.site.tenant;
    let mut repository = app.database().read().await?;
    let variants = repository.variants(tenant, &texts(&by_sku)).await?;
    let of_sku: HashMap<&str, &str> =
        variants.iter().map(|variant| (&*variant.sku, &*variant.product_id)).collect();
    let asked: Vec<(&str, &str)> = by_id
        .iter()
        .map(|id| (&**id, &**id))
        .chain(by_sku.iter().filter_map(|sku| Some((&**sku, *of_sku.get(&**sku)?))))
        .collect();
    let mut ids: Vec<&str> = asked.iter().map(|(_, id)| *id).collect();
    ids.sort_unstable();
    ids.dedup();
    let products = repository.products(tenant, &ids).await?;
    let products: HashMap<&str, _> = products.iter().map(|product| (&*product.id, product)).collect();
    let own = match site.scope {
        Scope::Network => None,
        Scope::Store(store) => Some(site.network.code(store)),
        // Of a store that is not there nothing is left: no location has an empty code.
        Scope::Nothing => Some(""),
    };
    let mut sizes: HashMap<String, Made> = HashMap::new();
    for one in repository.sizes_left(tenant, &ids, own).await? {
        sizes.entry(one.product_id.clone()).or_default().push(one);
    }
    let subjects: Vec<String> = ids.iter().map(|id| (*id).to_owned()).collect();
    let reviews = repository.review_ratings(tenant, About::Product, &subjects).await?;
    let item = |(key, id): (&str, &str)| {
        let product = products.get(id)?;
        let Made { sizes, gone, kept, sales } = sizes.get(id).cloned().unwrap_or_default();
        Some(ProductSizes {
            key: key.to_owned(),
            brand: product.brand.clone(),
            category: product.category.clone(),
            sizes,
            gone,
            fit: reviews.get(id).map(|reviews| reviews.fit).filter(|fit| fit.verdict().is_some()),
            kept: if kept.iter().any(Option::is_some) { kept } else { Vec::new() },
            returned: sales.verdict(),
        })
    };
    let items = asked.into_iter().filter_map(item).collect();
    let page = SizesPage { items, locale: site.site.locale.clone() };
    let body = serde_json::to_vec(&page).map_err(|_| ApiError::internal())?;
    Ok(Tagged::new(body).respond(request.headers(), JSON, BRIEFLY))
}

/// What a product is made in.
#[derive(Clone, Default)]
struct Made {
    sizes: Vec<String>,
    gone: Vec<String>,
    kept: Vec<Option<Share>>,
    /// Of all sizes together.
    sales: Sales,
}

impl Made {
    fn push(&mut self, one: SizeLeft) {
        if !one.left {
            self.gone.push(one.size.clone());
        }
        self.sizes.push(one.size);
        self.kept.push(one.sales.share());
        self.sales = self.sales.and(one.sales);
    }
}

/// What is in a list, each once; what is no code is of no product, and one such card is no reason to mark none.
fn codes(list: Option<&str>) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for code in parts(list).filter_map(|code| normalised(code).ok()) {
        // More are refused anyway.
        if out.len() <= MAX_PRODUCTS && !out.contains(&code) {
            out.push(code);
        }
    }
    out
}

fn texts(all: &[String]) -> Vec<&str> {
    all.iter().map(String::as_str).collect()
}

#[cfg(test)]
mod tests {
    use devanture_api::size::SizesPage;
    use devanture_domain::{
        review::{Fit, FitCounts},
        size::{Sales, Share},
    };
    use devanture_storage::SizeSales;
    use serde_json::json;

    use crate::{
        endpoints::reviews::tests::{open_to_all, published},
        testing::{KEY, MINI_KEY, OTHER_KEY, TestApp},
    };

    async fn stocked() -> TestApp {
        let app = TestApp::new().await;
        app.sell_dress().await;
        app.count(&[("ROBE-38", "FR-PAR", 2), ("ROBE-40", "FR-NTE", 0)]).await;
        app
    }

    fn told(page: &SizesPage) -> Vec<(String, Vec<(String, bool)>)> {
        let sizes = |one: &devanture_api::size::ProductSizes| {
            one.sizes.iter().map(|size| (size.clone(), !one.gone.contains(size))).collect()
        };
        page.items.iter().map(|one| (one.key.clone(), sizes(one))).collect()
    }

    #[tokio::test]
    async fn in_the_order_asked_for_by_id_or_sku() {
        let app = stocked().await;
        let page: SizesPage = app.get("/v1/sizes?products=unknown,robe&skus=robe-40").await.json();
        let keys: Vec<&str> = page.items.iter().map(|one| &*one.key).collect();
        assert_eq!((&keys[..], &*page.locale), (&["ROBE", "ROBE-40"][..], "fr"));
        assert_eq!(page.items[0].sizes, page.items[1].sizes);
        let sizes = &told(&page)[0].1;
        assert!(
            sizes.contains(&("38".to_owned(), true)) && sizes.contains(&("40".to_owned(), false)),
            "{sizes:?}"
        );
    }

    #[tokio::test]
    async fn a_mini_site_has_what_its_store_has() {
        let app = stocked().await;
        let page: SizesPage = app.get_as(MINI_KEY, "/v1/sizes?products=ROBE").await.json();
        assert_eq!(page.items[0].sizes, page.items[0].gone);
        assert!(!page.items[0].gone.is_empty());
        let other: SizesPage = app.get_as(OTHER_KEY, "/v1/sizes?products=ROBE").await.json();
        assert_eq!(other.items, [], "another network's");
    }

    #[tokio::test]
    async fn what_reviewers_say_of_the_fit_once_enough_do() {
        let app = open_to_all().await;
        for n in 1..=5 {
            let before: SizesPage = app.get("/v1/sizes?products=ROBE").await.json();
            assert_eq!(before.items[0].fit, None, "{n}");
            let review = json!({
                "product": "ROBE", "rating": 4, "title": "Belle", "body": format!("Une robe légère, mais petite. {n}"), "fit": "small",
                "author": "Zoé", "email": format!("zoe{n}@example.com"), "experienced_on": "2026-11-03", "locale": "fr",
                "criteria": [],
            });
            published(&app, n, &review).await;
        }
        let page: SizesPage = app.get("/v1/sizes?products=ROBE").await.json();
        assert_eq!(page.items[0].fit, Some(FitCounts { small: 5, true_to_size: 0, large: 0 }));
    }

    #[tokio::test]
    async fn how_many_were_kept_where_enough_were_sold() {
        let app = stocked().await;
        let put = async |size: &str, sales: Sales| {
            let one = SizeSales { product_id: "ROBE".to_owned(), size: size.to_owned(), sales };
            let mut repository = app.database().write().await.unwrap();
            repository.put_size_sales("maison", &["ROBE"], &[one]).await.unwrap();
            repository.save().await.unwrap();
            app.get("/v1/sizes?products=ROBE").await
        };
        for sold in [0, 19] {
            let answer = put("38", Sales { sold, ..Sales::default() }).await;
            assert!(
                !answer.text().contains("kept") && !answer.text().contains("returned"),
                "{}",
                answer.text()
            );
        }
        let page: SizesPage = put("38", Sales { sold: 20, returned: 3, ..Sales::default() }).await.json();
        let dress = &page.items[0];
        let at = dress.sizes.iter().position(|size| size == "38").unwrap();
        assert_eq!(dress.kept.len(), dress.sizes.len());
        assert_eq!(dress.kept[at].map(Share::to_text).as_deref(), Some("17/20"));
        assert_eq!((dress.kept.iter().flatten().count(), dress.returned), (1, None));
        let back = Sales { sold: 1_000, returned: 200, too_small: 150, too_large: 10 };
        let answer = put("38", back).await;
        assert!(!answer.text().contains("1000") && !answer.text().contains("150"), "{}", answer.text());
        let page: SizesPage = answer.json();
        assert_eq!(page.items[0].kept[at].map(Share::to_text).as_deref(), Some("80/100"));
        assert_eq!(page.items[0].returned, Some(Fit::Small));
        let other: SizesPage = app.get_as(OTHER_KEY, "/v1/sizes?products=ROBE").await.json();
        assert_eq!(other.items, [], "another network's");
    }

    #[tokio::test]
    async fn kept_for_a_moment_and_sent_when_changed() {
        let app = stocked().await;
        let first = app.get("/v1/sizes?products=ROBE").await;
        assert!(first.header("cache-control").contains("public"));
        let headers = [("devanture-key", KEY), ("if-none-match", &first.header("etag"))];
        assert_eq!(app.send("GET", "/v1/sizes?products=ROBE", &headers, "").await.status, 304);
    }

    #[tokio::test]
    async fn refuses_nothing_and_too_much() {
        let app = stocked().await;
        let many: Vec<String> = (0..501).map(|at| format!("P{at}")).collect();
        let long = format!("?products={}", many.join(","));
        for query in ["", "?products=", "?skus=,,", "?products=%00", &long] {
            let problem = app.get(&format!("/v1/sizes{query}")).await.problem(400, "invalid_input");
            assert_eq!(problem.field.as_deref(), Some("products"), "{query}");
        }
        let page: SizesPage = app.get(&format!("/v1/sizes?products={}", many[1..].join(","))).await.json();
        assert_eq!(page.items, []);
    }
}
