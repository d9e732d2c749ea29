//! What sizes products are made in, which of them are left, and how many of each were kept.

use devanture_domain::size::Sales;
use sqlx::{AssertSqlSafe, Row as _};

use super::sales::sales;
use crate::{
    Repository, StorageError,
    rows::{ROWS_AT_ONCE, select_in},
};

/// A size of a product.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SizeLeft {
    /// Of which product.
    pub product_id: String,
    /// As shown.
    pub size: String,
    /// Whether a piece is left, in any colour.
    pub left: bool,
    /// What was sold of it and came back, in any colour; nothing where that is not known.
    pub sales: Sales,
}

/// Summed up here, since a row costs more on its way through a driver for any engine than the engine's finding it.
macro_rules! sizes {
    ($where:literal) => {
        concat!(
            "SELECT v.product_id, v.size, MAX(CASE WHEN EXISTS (SELECT 1 FROM stock s WHERE s.tenant_id = v.tenant_id AND \
             s.sku = v.sku AND s.on_hand - s.reserved - s.safety > 0",
            $where,
            ") THEN 1 ELSE 0 END), COALESCE(MAX(k.sold), 0), COALESCE(MAX(k.returned), 0), COALESCE(MAX(k.too_small), 0), \
             COALESCE(MAX(k.too_large), 0), MIN(v.position) FROM variants v LEFT JOIN size_sales k ON \
             k.tenant_id = v.tenant_id AND k.product_id = v.product_id AND k.size = v.size \
             WHERE v.tenant_id = $1 AND v.size IS NOT NULL AND v.product_id IN"
        )
    };
}

impl Repository {
    /// The sizes of products, each product's in their order; `location` narrows what is left to one store.
    pub async fn sizes_left(
        &mut self,
        tenant: &str,
        products: &[&str],
        location: Option<&str>,
    ) -> Result<Vec<SizeLeft>, StorageError> {
        const GROUP: &str = "GROUP BY v.product_id, v.size ORDER BY v.product_id, MIN(v.position), v.size";
        let mut out = Vec::new();
        for products in products.chunks(ROWS_AT_ONCE) {
            // Few different statements, so that each is prepared once.
            let asked = products.len().next_power_of_two();
            let sql: AssertSqlSafe<String> = match location {
                Some(_) => select_in(sizes!(" AND s.location_code = $2"), (2, asked), GROUP),
                None => select_in(sizes!(""), (1, asked), GROUP),
            };
            let mut query = sqlx::query(sql).bind(tenant);
            if let Some(location) = location {
                query = query.bind(location);
            }
            for at in 0..asked {
                query = query.bind(*products.get(at).or(products.last()).unwrap_or(&""));
            }
            for row in query.fetch_all(&mut *self.tx).await? {
                out.push(SizeLeft {
                    product_id: row.try_get(0)?,
                    size: row.try_get(1)?,
                    left: number(&row, 2)? > 0,
                    sales: sales(|at| number(&row, at + 3))?,
                });
            }
        }
        Ok(out)
    }
}

/// SQLite's literals are of 64 bits, PostgreSQL's of 32.
fn number(row: &sqlx::any::AnyRow, at: usize) -> Result<i64, sqlx::Error> {
    row.try_get::<i64, _>(at).or_else(|_| row.try_get::<i32, _>(at).map(i64::from))
}
