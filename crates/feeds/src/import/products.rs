//! Products, their variants and what these cost. What a file does not speak of stays as it is, and nothing is taken away.

use std::{collections::BTreeMap, io::Read};

use devanture_storage::{FeedKind, Price, Product, Repository, Variant};

use super::{
    BadRow, Outcome, Target,
    batches::Batches,
    run::{Run, settled},
};
use crate::{
    BadCell, FeedError, Subject,
    convert::{ProductLine, Reading, Said},
};

/// Reads products from `file` and writes them by their SKUs, with the prices into one list. A row without a name changes
/// only a variant that is known.
pub async fn import_products(
    target: Target<'_>,
    file: impl Read + Send + 'static,
    price_list: &str,
    notice: impl FnMut(BadRow),
) -> Result<Outcome, FeedError> {
    let run = Run::begin(target, FeedKind::Products, (target.clock)(), notice).await?;
    let id = run.id;
    let done = taken_in(run, file, price_list).await;
    settled(target, id, done).await
}

async fn taken_in<N: FnMut(BadRow)>(
    mut run: Run<'_, N>,
    file: impl Read + Send + 'static,
    price_list: &str,
) -> Result<Outcome, FeedError> {
    let target = run.target;
    let reading = Reading::new(target.mapping);
    let mut batches = Batches::read(&target, file, Subject::Products, move |row, layout| {
        let line = match row.cells {
            Ok(cells) => reading.product((&cells, layout)).map_err(|bad| (Some(bad.column), bad.reason)),
            Err(reason) => Err((None, reason)),
        };
        (row.line, row.ordinal, line)
    });
    while let Some(rows) = run.batch(&mut batches).await? {
        let mut lines = Vec::with_capacity(rows.len());
        for (line, ordinal, read) in rows {
            match read {
                Ok(product) => lines.push((line, ordinal, product)),
                Err((column, reason)) => run.bad(BadRow { line, column, reason }),
            }
        }
        let mut repository = run.writing().await?;
        let mut shelf = Shelf::of(&mut repository, target.tenant, &lines).await?;
        for (line, ordinal, product) in lines {
            if let Err(BadCell { column, reason }) = shelf.put(product, ordinal) {
                run.bad(BadRow { line, column: Some(column), reason });
            }
        }
        shelf.write(&mut repository, target.tenant, price_list).await?;
        run.written(repository).await?;
    }
    run.ended(batches.end().await?)?;
    run.applied().await
}

/// What a batch speaks of, as it was and as it becomes. In the order of their keys, so that two feeds at once wait for each
/// other instead of both giving up.
struct Shelf {
    products: BTreeMap<String, Product>,
    variants: BTreeMap<String, Variant>,
    prices: BTreeMap<String, Price>,
    /// Of the products whose rows speak of it.
    descriptions: BTreeMap<String, Option<String>>,
}

impl Shelf {
    async fn of(
        repository: &mut Repository,
        tenant: &str,
        lines: &[(u64, u64, ProductLine)],
    ) -> Result<Self, FeedError> {
        let mut skus: Vec<&str> = lines.iter().map(|(.., line)| line.sku.as_str()).collect();
        skus.sort_unstable();
        skus.dedup();
        let variants = repository.variants(tenant, &skus).await?;
        let named = lines.iter().map(|(.., line)| line.product_id.as_deref().unwrap_or(&line.sku));
        let mut ids: Vec<&str> =
            named.chain(variants.iter().map(|variant| variant.product_id.as_str())).collect();
        ids.sort_unstable();
        ids.dedup();
        let products = repository.products(tenant, &ids).await?;
        Ok(Self {
            products: products.into_iter().map(|product| (product.id.clone(), product)).collect(),
            variants: variants.into_iter().map(|variant| (variant.sku.clone(), variant)).collect(),
            prices: BTreeMap::new(),
            descriptions: BTreeMap::new(),
        })
    }

    fn put(&mut self, line: ProductLine, ordinal: u64) -> Result<(), BadCell> {
        let known = self.variants.get(&line.sku);
        let product_id = match (&line.product_id, known) {
            (Some(id), _) => id.clone(),
            (None, Some(known)) => known.product_id.clone(),
            (None, None) => line.sku.clone(),
        };
        let product = match (self.products.get(&product_id), &line.name) {
            (Some(known), None) => known.clone(),
            (Some(known), Some(name)) => Product { name: name.clone(), ..known.clone() },
            (None, Some(name)) => {
                Product { id: product_id.clone(), name: name.clone(), ..Product::default() }
            }
            (None, None) => {
                let reason = format!("is empty, and there is no product {product_id} yet");
                return Err(BadCell { column: "name".to_owned(), reason });
            }
        };
        let variant = known.cloned().unwrap_or_else(|| Variant {
            sku: line.sku.clone(),
            // Sizes stand in a file as they should in a list.
            position: i64::try_from(ordinal).unwrap_or(i64::MAX),
            ..Variant::default()
        });
        if let Some(price) = line.price {
            let price = Price { sku: line.sku.clone(), amount: price.amount, currency: price.currency };
            self.prices.insert(line.sku.clone(), price);
        }
        if !matches!(line.description, Said::Not) {
            self.descriptions.insert(product_id.clone(), line.description.or(None));
        }
        let product = Product {
            brand: line.brand.or(product.brand),
            category: line.category.or(product.category),
            url: line.url.or(product.url),
            image_url: line.image_url.clone().or(product.image_url),
            ..product
        };
        let variant = Variant {
            product_id: product_id.clone(),
            gtin: line.gtin.or(variant.gtin),
            size: line.size.or(variant.size),
            colour: line.colour.or(variant.colour),
            image_url: line.image_url.or(variant.image_url),
            position: line.position.unwrap_or(variant.position),
            ..variant
        };
        self.products.insert(product_id, product);
        self.variants.insert(line.sku, variant);
        Ok(())
    }

    async fn write(self, repository: &mut Repository, tenant: &str, list: &str) -> Result<(), FeedError> {
        repository.put_products(tenant, &self.products.into_values().collect::<Vec<_>>()).await?;
        let descriptions = self.descriptions.iter().map(|(id, text)| (id.as_str(), text.as_deref()));
        repository.put_product_descriptions(tenant, &descriptions.collect::<Vec<_>>()).await?;
        repository.put_variants(tenant, &self.variants.into_values().collect::<Vec<_>>()).await?;
        repository.put_prices(tenant, list, &self.prices.into_values().collect::<Vec<_>>()).await?;
        Ok(())
    }
}
