//! What the demo sells, what its stores hold of it, and what was sold.

use devanture_demo::{
    Network, Origins,
    catalogue::products,
    charts::{category, charts},
    sales::sold,
    stock::{DemoStock, WAREHOUSE, stock, variants},
};
use devanture_domain::{civil::UtcMs, stock::StockSource};
use devanture_storage::{
    Count, Price, Product, Repository, SizeChart, SizeSales, StorageError, Variant, Warehouse,
};

use super::TENANT;

/// Prices of the shop and of the mini-site.
const PRICE_LIST: &str = "default";
const MINUTE_MS: UtcMs = 60_000;

pub(super) async fn write(
    repository: &mut Repository,
    network: &Network,
    origins: &Origins,
    now: UtcMs,
) -> Result<(), StorageError> {
    let (mut all, mut of_each, mut prices, mut sales) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for product in products() {
        let brand = network.brands.iter().find(|brand| brand.code == product.brand);
        all.push(Product {
            id: product.slug.to_uppercase(),
            name: product.name.fr.to_owned(),
            brand: brand.map(|brand| brand.name.clone()),
            category: Some(category(product)),
            url: Some(format!("{}/produit/{}", origins.shop, product.slug)),
            image_url: product
                .colours
                .first()
                .map(|colour| format!("{}/img/{}.{}.svg", origins.shop, product.slug, colour.code)),
        });
        sales.extend(sold(product).map(|(size, sales)| SizeSales {
            product_id: product.slug.to_uppercase(),
            size: size.to_owned(),
            sales,
        }));
        for (position, (colour, size, sku)) in (0..).zip(variants(product)) {
            prices.push(Price {
                sku: sku.clone(),
                amount: product.price_cents.into(),
                currency: "EUR".to_owned(),
            });
            of_each.push(Variant {
                sku,
                product_id: product.slug.to_uppercase(),
                gtin: None,
                size: Some(size.to_owned()),
                colour: Some(colour.name.fr.to_owned()),
                image_url: Some(format!("{}/img/{}.{}.svg", origins.shop, product.slug, colour.code)),
                position,
            });
        }
    }
    repository.put_products(TENANT, &all).await?;
    let descriptions: Vec<String> =
        products().map(|one| format!("{}\n{}", one.about.fr, one.material.fr)).collect();
    let described: Vec<_> =
        all.iter().zip(&descriptions).map(|(one, text)| (one.id.as_str(), Some(text.as_str()))).collect();
    repository.put_product_descriptions(TENANT, &described).await?;
    repository.put_variants(TENANT, &of_each).await?;
    repository.put_prices(TENANT, PRICE_LIST, &prices).await?;
    let ids: Vec<&str> = all.iter().map(|product| product.id.as_str()).collect();
    repository.put_size_sales(TENANT, &ids, &sales).await?;
    for (category, chart) in charts() {
        let chart = SizeChart { brand: None, category: Some(category), chart };
        repository.put_size_chart(TENANT, &chart, now).await?;
    }
    let warehouse = Warehouse { code: WAREHOUSE.to_owned(), name: "Entrepôt du web".to_owned() };
    repository.put_warehouse(TENANT, &warehouse).await?;
    let counts: Vec<Count> = stock(&network.stores).map(|one| counted(one, now)).collect();
    repository.put_counts(TENANT, &counts).await
}

fn counted(one: DemoStock, now: UtcMs) -> Count {
    Count {
        sku: one.sku,
        location_code: one.location,
        on_hand: one.on_hand,
        safety: None,
        on_order: one.on_order,
        expected_on: None,
        source: StockSource::Feed,
        counted_at: now - i64::from(one.minutes_ago) * MINUTE_MS,
    }
}
