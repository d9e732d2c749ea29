//! What was sold of each size of a product, and what of it came back. It is read with what is left ([`super::SizeLeft`]).

use devanture_domain::size::Sales;
use sqlx::Row as _;

use crate::{
    Repository, StorageError,
    rows::{ROWS_AT_ONCE, insert_rows, select_in},
};

/// A size of a product.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SizeSales {
    /// Of which product.
    pub product_id: String,
    /// As shown.
    pub size: String,
    /// All colours together.
    pub sales: Sales,
}

impl Repository {
    /// Replaces all that is known of these products: of sizes that are left out nothing is known any more. Each of `sizes` is of one of
    /// the products, and there once.
    pub async fn put_size_sales(
        &mut self,
        tenant: &str,
        products: &[&str],
        sizes: &[SizeSales],
    ) -> Result<(), StorageError> {
        // Another instance may be at it.
        const THEN: &str = "ON CONFLICT (tenant_id, product_id, size) DO UPDATE SET sold = excluded.sold, \
            returned = excluded.returned, too_small = excluded.too_small, too_large = excluded.too_large";
        for products in products.chunks(ROWS_AT_ONCE) {
            let sql = "DELETE FROM size_sales WHERE tenant_id = $1 AND product_id IN";
            let mut delete = sqlx::query(select_in(sql, (1, products.len()), "")).bind(tenant);
            for product in products {
                delete = delete.bind(*product);
            }
            delete.execute(&mut *self.tx).await?;
        }
        for sizes in sizes.chunks(ROWS_AT_ONCE) {
            let sql =
                "INSERT INTO size_sales (tenant_id, product_id, size, sold, returned, too_small, too_large)";
            let mut insert = sqlx::query(insert_rows(sql, (sizes.len(), 7), THEN));
            for SizeSales { product_id, size, sales } in sizes {
                insert = insert.bind(tenant).bind(product_id.as_str()).bind(size.as_str());
                for count in [sales.sold, sales.returned, sales.too_small, sales.too_large] {
                    insert = insert.bind(i64::from(count));
                }
            }
            insert.execute(&mut *self.tx).await?;
        }
        Ok(())
    }

    /// What is known of these products, by product and size.
    pub async fn size_sales(
        &mut self,
        tenant: &str,
        products: &[&str],
    ) -> Result<Vec<SizeSales>, StorageError> {
        let mut out = Vec::new();
        for products in products.chunks(ROWS_AT_ONCE) {
            let mut query = sqlx::query(select_in(
                "SELECT product_id, size, sold, returned, too_small, too_large FROM size_sales \
                 WHERE tenant_id = $1 AND product_id IN",
                (1, products.len()),
                "ORDER BY product_id, size",
            ));
            query = query.bind(tenant);
            for product in products {
                query = query.bind(*product);
            }
            for row in query.fetch_all(&mut *self.tx).await? {
                let sales = sales(|at| row.try_get(at + 2))?;
                out.push(SizeSales { product_id: row.try_get(0)?, size: row.try_get(1)?, sales });
            }
        }
        Ok(out)
    }
}

/// From four columns, in the order of the table.
pub(super) fn sales(column: impl Fn(usize) -> Result<i64, sqlx::Error>) -> Result<Sales, sqlx::Error> {
    let count = |at| column(at).map(|count| u32::try_from(count).unwrap_or(u32::MAX));
    Ok(Sales { sold: count(0)?, returned: count(1)?, too_small: count(2)?, too_large: count(3)? })
}
