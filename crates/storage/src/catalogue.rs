//! What can be sold: products, their variants, their prices.

use sqlx::{Row as _, any::AnyRow};

use crate::{
    Repository, StorageError,
    rows::{ROWS_AT_ONCE, insert_rows, select_in},
};

/// A product: what a product page shows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Product {
    /// The retailer's own id, unique in the tenant.
    pub id: String,
    /// As shown.
    pub name: String,
    /// Brand's name.
    pub brand: Option<String>,
    /// The retailer's category.
    pub category: Option<String>,
    /// Its page.
    pub url: Option<String>,
    /// A picture of it.
    pub image_url: Option<String>,
}

/// What is on a price tag: one size of one colour.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Variant {
    /// The retailer's own stock keeping unit, unique in the tenant.
    pub sku: String,
    /// Of which product.
    pub product_id: String,
    /// Global Trade Item Number, 8 to 14 digits.
    pub gtin: Option<String>,
    /// As shown.
    pub size: Option<String>,
    /// As shown.
    pub colour: Option<String>,
    /// A picture of it.
    pub image_url: Option<String>,
    /// Order among the product's variants.
    pub position: i64,
}

/// What a variant costs in one price list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Price {
    /// Of what.
    pub sku: String,
    /// In minor units: cents.
    pub amount: i64,
    /// ISO 4217.
    pub currency: String,
}

macro_rules! products {
    ($where:literal) => {
        concat!(
            "SELECT product_id, name, brand, category, url, image_url FROM products WHERE tenant_id = $1 AND ",
            $where
        )
    };
}
macro_rules! variants {
    ($where:literal) => {
        concat!(
            "SELECT sku, product_id, gtin, size, colour, image_url, position FROM variants WHERE tenant_id = $1 AND ",
            $where
        )
    };
}

impl Repository {
    /// Creates the products or replaces all of each.
    pub async fn put_products(&mut self, tenant: &str, products: &[Product]) -> Result<(), StorageError> {
        for products in products.chunks(ROWS_AT_ONCE) {
            let mut insert = sqlx::query(insert_rows(
                "INSERT INTO products (tenant_id, product_id, name, brand, category, url, image_url)",
                (products.len(), 7),
                "ON CONFLICT (tenant_id, product_id) DO UPDATE SET name = excluded.name, brand = excluded.brand, \
                 category = excluded.category, url = excluded.url, image_url = excluded.image_url",
            ));
            for product in products {
                insert = insert
                    .bind(tenant)
                    .bind(product.id.as_str())
                    .bind(product.name.as_str())
                    .bind(product.brand.as_deref())
                    .bind(product.category.as_deref())
                    .bind(product.url.as_deref())
                    .bind(product.image_url.as_deref());
            }
            insert.execute(&mut *self.tx).await?;
        }
        self.put_product_words(tenant, products).await
    }

    /// Creates the variants or replaces all of each; their products are there already.
    pub async fn put_variants(&mut self, tenant: &str, variants: &[Variant]) -> Result<(), StorageError> {
        for variants in variants.chunks(ROWS_AT_ONCE) {
            let mut insert = sqlx::query(insert_rows(
                "INSERT INTO variants (tenant_id, sku, product_id, gtin, size, colour, image_url, position)",
                (variants.len(), 8),
                "ON CONFLICT (tenant_id, sku) DO UPDATE SET product_id = excluded.product_id, gtin = excluded.gtin, \
                 size = excluded.size, colour = excluded.colour, image_url = excluded.image_url, \
                 position = excluded.position",
            ));
            for variant in variants {
                insert = insert
                    .bind(tenant)
                    .bind(variant.sku.as_str())
                    .bind(variant.product_id.as_str())
                    .bind(variant.gtin.as_deref())
                    .bind(variant.size.as_deref())
                    .bind(variant.colour.as_deref())
                    .bind(variant.image_url.as_deref())
                    .bind(variant.position);
            }
            insert.execute(&mut *self.tx).await?;
        }
        Ok(())
    }

    /// Sets the prices in one list.
    pub async fn put_prices(
        &mut self,
        tenant: &str,
        list: &str,
        prices: &[Price],
    ) -> Result<(), StorageError> {
        for prices in prices.chunks(ROWS_AT_ONCE) {
            let mut insert = sqlx::query(insert_rows(
                "INSERT INTO prices (tenant_id, price_list, sku, amount, currency)",
                (prices.len(), 5),
                "ON CONFLICT (tenant_id, price_list, sku) DO UPDATE SET amount = excluded.amount, \
                 currency = excluded.currency",
            ));
            for price in prices {
                insert = insert
                    .bind(tenant)
                    .bind(list)
                    .bind(price.sku.as_str())
                    .bind(price.amount)
                    .bind(price.currency.as_str());
            }
            insert.execute(&mut *self.tx).await?;
        }
        Ok(())
    }

    /// The names of the lists that have a price.
    pub async fn price_lists(&mut self, tenant: &str) -> Result<Vec<String>, StorageError> {
        let mut lists: Vec<String> = Vec::new();
        // One search of the index each: a list may have a million prices.
        loop {
            let after = lists.last().map_or("", String::as_str);
            let query = "SELECT MIN(price_list) FROM prices WHERE tenant_id = $1 AND price_list > $2";
            let query = sqlx::query_scalar(query).bind(tenant).bind(after);
            match query.fetch_one(&mut *self.tx).await? {
                Some(next) => lists.push(next),
                None => return Ok(lists),
            }
        }
    }

    /// The product with this id.
    pub async fn product(&mut self, tenant: &str, id: &str) -> Result<Option<Product>, StorageError> {
        let query = sqlx::query(products!("product_id = $2")).bind(tenant).bind(id);
        query.fetch_optional(&mut *self.tx).await?.as_ref().map(product).transpose()
    }

    /// The products with these ids, as far as there are such, in no order.
    pub async fn products(&mut self, tenant: &str, ids: &[&str]) -> Result<Vec<Product>, StorageError> {
        let mut products = Vec::with_capacity(ids.len());
        for ids in ids.chunks(ROWS_AT_ONCE) {
            let mut query = sqlx::query(select_in(products!("product_id IN"), (1, ids.len()), ""));
            query = query.bind(tenant);
            for id in ids {
                query = query.bind(*id);
            }
            for row in query.fetch_all(&mut *self.tx).await? {
                products.push(product(&row)?);
            }
        }
        Ok(products)
    }

    /// The variants with these SKUs, as far as there are such, in no order.
    pub async fn variants(&mut self, tenant: &str, skus: &[&str]) -> Result<Vec<Variant>, StorageError> {
        let mut variants = Vec::with_capacity(skus.len());
        for skus in skus.chunks(ROWS_AT_ONCE) {
            let mut query = sqlx::query(select_in(variants!("sku IN"), (1, skus.len()), ""));
            query = query.bind(tenant);
            for sku in skus {
                query = query.bind(*sku);
            }
            for row in query.fetch_all(&mut *self.tx).await? {
                variants.push(variant(&row)?);
            }
        }
        Ok(variants)
    }

    /// The variants of a product, in their order.
    pub async fn variants_of(&mut self, tenant: &str, product: &str) -> Result<Vec<Variant>, StorageError> {
        let query =
            sqlx::query(variants!("product_id = $2 ORDER BY position, sku")).bind(tenant).bind(product);
        query.fetch_all(&mut *self.tx).await?.iter().map(variant).collect()
    }

    /// The variant with this SKU.
    pub async fn variant(&mut self, tenant: &str, sku: &str) -> Result<Option<Variant>, StorageError> {
        let query = sqlx::query(variants!("sku = $2")).bind(tenant).bind(sku);
        query.fetch_optional(&mut *self.tx).await?.as_ref().map(variant).transpose()
    }

    /// The variant with this GTIN; of several, the one with the first SKU.
    pub async fn variant_by_gtin(
        &mut self,
        tenant: &str,
        gtin: &str,
    ) -> Result<Option<Variant>, StorageError> {
        let query = sqlx::query(variants!("gtin = $2 ORDER BY sku LIMIT 1")).bind(tenant).bind(gtin);
        query.fetch_optional(&mut *self.tx).await?.as_ref().map(variant).transpose()
    }

    /// What these SKUs cost in a list; those without a price there are left out.
    pub async fn prices(
        &mut self,
        tenant: &str,
        list: &str,
        skus: &[&str],
    ) -> Result<Vec<Price>, StorageError> {
        let mut prices = Vec::with_capacity(skus.len());
        for skus in skus.chunks(ROWS_AT_ONCE) {
            let mut query = sqlx::query(select_in(
                "SELECT sku, amount, currency FROM prices WHERE tenant_id = $1 AND price_list = $2 AND sku IN",
                (2, skus.len()),
                "ORDER BY sku",
            ));
            query = query.bind(tenant).bind(list);
            for sku in skus {
                query = query.bind(*sku);
            }
            for row in query.fetch_all(&mut *self.tx).await? {
                prices.push(Price {
                    sku: row.try_get(0)?,
                    amount: row.try_get(1)?,
                    currency: row.try_get(2)?,
                });
            }
        }
        Ok(prices)
    }
}

/// A product from the columns of [`products!`].
pub(crate) fn product(row: &AnyRow) -> Result<Product, StorageError> {
    Ok(Product {
        id: row.try_get(0)?,
        name: row.try_get(1)?,
        brand: row.try_get(2)?,
        category: row.try_get(3)?,
        url: row.try_get(4)?,
        image_url: row.try_get(5)?,
    })
}

/// A variant from the columns of [`variants!`].
pub(crate) fn variant(row: &AnyRow) -> Result<Variant, StorageError> {
    Ok(Variant {
        sku: row.try_get(0)?,
        product_id: row.try_get(1)?,
        gtin: row.try_get(2)?,
        size: row.try_get(3)?,
        colour: row.try_get(4)?,
        image_url: row.try_get(5)?,
        position: row.try_get(6)?,
    })
}
