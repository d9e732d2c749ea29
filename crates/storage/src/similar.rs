//! What may be sold instead of a product: others of its category, and where they are.

use sqlx::Row as _;

use crate::{Product, Repository, StorageError, catalogue::product, rows::select_in};

/// So many SKUs are looked for at once, each at so many locations: every pair is one look into the primary key, however large
/// the catalogue and the network are.
const SKUS_AT_ONCE: usize = 32;

macro_rules! others {
    ($where:literal) => {
        concat!(
            "SELECT product_id, name, brand, category, url, image_url FROM products WHERE tenant_id = $1 AND category = $2 \
             AND product_id <> $3",
            $where
        )
    };
}

impl Repository {
    /// Other products of a product's category: at most `limit` of its brand, then at most `limit` of any.
    pub async fn products_like(
        &mut self,
        tenant: &str,
        like: &Product,
        limit: u16,
    ) -> Result<Vec<Product>, StorageError> {
        let Some(category) = like.category.as_deref() else { return Ok(Vec::new()) };
        let mut found: Vec<Product> = Vec::new();
        if let Some(brand) = like.brand.as_deref() {
            let query = sqlx::query(others!(" AND brand = $4 ORDER BY product_id LIMIT $5"));
            let query = query.bind(tenant).bind(category).bind(like.id.as_str()).bind(brand);
            for row in query.bind(i64::from(limit)).fetch_all(&mut *self.tx).await? {
                found.push(product(&row)?);
            }
        }
        let own = found.len();
        let query = sqlx::query(others!(" ORDER BY brand, product_id LIMIT $4"));
        let query = query.bind(tenant).bind(category).bind(like.id.as_str()).bind(i64::from(limit));
        for row in query.fetch_all(&mut *self.tx).await? {
            let other = product(&row)?;
            if !found[..own].iter().any(|known| known.id == other.id) {
                found.push(other);
            }
        }
        Ok(found)
    }

    /// Which of these SKUs can be had at which of these locations, as SKU and location, in no order.
    pub async fn to_be_had(
        &mut self,
        tenant: &str,
        skus: &[&str],
        locations: &[&str],
    ) -> Result<Vec<(String, String)>, StorageError> {
        let mut found = Vec::new();
        let Some(last) = locations.last() else { return Ok(found) };
        for skus in skus.chunks(SKUS_AT_ONCE) {
            // Few different statements, so that each is prepared once.
            let (of, at) = (skus.len().next_power_of_two(), locations.len().next_power_of_two());
            let skus_in = select_in(
                "SELECT sku, location_code FROM stock WHERE tenant_id = $1 AND on_hand - reserved - safety > 0 AND sku IN",
                (1, of),
                "AND location_code IN",
            );
            let mut query = sqlx::query(select_in(&skus_in.0, (1 + of, at), "")).bind(tenant);
            for index in 0..of {
                query = query.bind(*skus.get(index).unwrap_or(&skus[0]));
            }
            for index in 0..at {
                query = query.bind(*locations.get(index).unwrap_or(last));
            }
            for row in query.fetch_all(&mut *self.tx).await? {
                found.push((row.try_get(0)?, row.try_get(1)?));
            }
        }
        Ok(found)
    }
}
