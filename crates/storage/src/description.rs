//! What products' pages say of them.

use std::collections::BTreeSet;

use futures_util::{StreamExt as _, TryStreamExt as _};
use sqlx::{AssertSqlSafe, Row as _};

use crate::{
    Repository, StorageError, Subjects,
    rows::{ROWS_AT_ONCE, insert_rows, select_in},
};

impl Repository {
    /// Says what each of these products is, each once, or that nothing is said of it; they are there already.
    pub async fn put_product_descriptions(
        &mut self,
        tenant: &str,
        descriptions: &[(&str, Option<&str>)],
    ) -> Result<(), StorageError> {
        let said: Vec<_> = descriptions.iter().filter_map(|(id, text)| Some((*id, (*text)?))).collect();
        for said in said.chunks(ROWS_AT_ONCE) {
            let mut insert = sqlx::query(insert_rows(
                "INSERT INTO product_descriptions (tenant_id, product_id, description)",
                (said.len(), 3),
                // Files come every day and say the same.
                "ON CONFLICT (tenant_id, product_id) DO UPDATE SET description = excluded.description \
                 WHERE product_descriptions.description <> excluded.description",
            ));
            for (id, text) in said {
                insert = insert.bind(tenant).bind(*id).bind(*text);
            }
            insert.execute(&mut *self.tx).await?;
        }
        let nothing: Vec<_> =
            descriptions.iter().filter(|(_, text)| text.is_none()).map(|(id, _)| *id).collect();
        for ids in nothing.chunks(ROWS_AT_ONCE) {
            let delete = "DELETE FROM product_descriptions WHERE tenant_id = $1 AND product_id IN";
            let mut delete = sqlx::query(select_in(delete, (1, ids.len()), "")).bind(tenant);
            for id in ids {
                delete = delete.bind(*id);
            }
            delete.execute(&mut *self.tx).await?;
        }
        Ok(())
    }

    /// What a product's page says of it.
    pub async fn product_description(
        &mut self,
        tenant: &str,
        id: &str,
    ) -> Result<Option<String>, StorageError> {
        let query = "SELECT description FROM product_descriptions WHERE tenant_id = $1 AND product_id = $2";
        Ok(sqlx::query_scalar(query).bind(tenant).bind(id).fetch_optional(&mut *self.tx).await?)
    }

    /// The words of the descriptions, in lower case, each once: a category's texts together may be many megabytes.
    pub(crate) async fn described(
        &mut self,
        tenant: &str,
        of: Subjects<'_>,
    ) -> Result<BTreeSet<String>, StorageError> {
        let (which, value) = of.condition();
        let sql = format!(
            "SELECT d.description FROM products p JOIN product_descriptions d ON d.tenant_id = p.tenant_id \
             AND d.product_id = p.product_id WHERE p.tenant_id = $1 AND {which} = $2"
        );
        let mut rows = sqlx::query(AssertSqlSafe(sql)).bind(tenant).bind(value).fetch(&mut *self.tx).boxed();
        let mut words = BTreeSet::new();
        while let Some(row) = rows.try_next().await? {
            let text: String = row.try_get(0)?;
            words.extend(
                text.split(|sign: char| !sign.is_alphanumeric())
                    .filter(|word| !word.is_empty())
                    .map(str::to_lowercase),
            );
        }
        Ok(words)
    }
}
