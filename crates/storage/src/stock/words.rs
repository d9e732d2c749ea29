//! By which words products are found, whatever accents and case they are typed with.

use std::{collections::BTreeSet, fmt::Write as _};

use unicode_normalization::UnicodeNormalization as _;

use crate::{
    Product, Repository, StorageError,
    rows::{ROWS_AT_ONCE, insert_rows, select_in},
};

/// Longer words are cut: nobody types more to find something.
const LONGEST: usize = 24;
/// So many words of what was typed are looked at.
const MOST_TYPED: usize = 6;

impl Repository {
    /// Keeps by which words these products are found.
    pub(crate) async fn put_product_words(
        &mut self,
        tenant: &str,
        products: &[Product],
    ) -> Result<(), StorageError> {
        for products in products.chunks(ROWS_AT_ONCE) {
            let mut forget = sqlx::query(select_in(
                "DELETE FROM product_words WHERE tenant_id = $1 AND product_id IN",
                (1, products.len()),
                "",
            ))
            .bind(tenant);
            for product in products {
                forget = forget.bind(product.id.as_str());
            }
            forget.execute(&mut *self.tx).await?;
            // A product may stand in the list twice; the later one holds, and a word too many finds it all the same.
            let all: BTreeSet<(String, &str)> = products
                .iter()
                .flat_map(|one| of(one).into_iter().map(|word| (word, one.id.as_str())))
                .collect();
            let all: Vec<_> = all.into_iter().collect();
            for words in all.chunks(ROWS_AT_ONCE) {
                let mut insert = sqlx::query(insert_rows(
                    "INSERT INTO product_words (tenant_id, word, product_id)",
                    (words.len(), 3),
                    "ON CONFLICT (tenant_id, word, product_id) DO NOTHING",
                ));
                for (word, id) in words {
                    insert = insert.bind(tenant).bind(word.as_bytes().to_vec()).bind(*id);
                }
                insert.execute(&mut *self.tx).await?;
            }
        }
        Ok(())
    }

    /// Ids of the products of which every typed word begins a word, by name; at most `limit`.
    pub async fn products_named(
        &mut self,
        tenant: &str,
        typed: &str,
        limit: u16,
    ) -> Result<Vec<String>, StorageError> {
        let mut words: Vec<String> = folded(typed).into_iter().collect();
        // The longest first: they leave the fewest.
        words.sort_by_key(|word| std::cmp::Reverse(word.len()));
        words.truncate(MOST_TYPED);
        if words.is_empty() {
            return Ok(Vec::new());
        }
        let mut sql = String::from("SELECT product_id FROM products WHERE tenant_id = $1");
        for place in 0..words.len() {
            let (from, to) = (3 + 2 * place, 4 + 2 * place);
            // Writing to a string does not fail.
            let _ = write!(
                sql,
                " AND product_id IN (SELECT product_id FROM product_words \
                 WHERE tenant_id = $1 AND word >= ${from} AND word < ${to})"
            );
        }
        sql.push_str(" ORDER BY name, product_id LIMIT $2");
        let mut query = sqlx::query_scalar(sqlx::AssertSqlSafe(sql)).bind(tenant).bind(i64::from(limit));
        for word in words {
            let mut end = word.clone().into_bytes();
            // No UTF-8 has this byte, so it is behind every word that begins so.
            end.push(0xff);
            query = query.bind(word.into_bytes()).bind(end);
        }
        Ok(query.fetch_all(&mut *self.tx).await?)
    }
}

fn of(product: &Product) -> BTreeSet<String> {
    let mut words = folded(&product.name);
    // An id is often what the SKUs begin with, or a name in plain letters.
    words.extend(folded(&product.id));
    for text in [&product.brand, &product.category].into_iter().flatten() {
        words.extend(folded(text));
    }
    words
}

/// The words of a text, each once.
fn folded(text: &str) -> BTreeSet<String> {
    words(text).into_iter().collect()
}

/// The words of a text in their order: lower case, without accents.
pub(crate) fn words(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word = String::new();
    for sign in text.chars().flat_map(char::to_lowercase).nfkd().chain([' ']) {
        match sign {
            'œ' => word.push_str("oe"),
            'æ' => word.push_str("ae"),
            'ß' => word.push_str("ss"),
            'ø' => word.push('o'),
            'ł' => word.push('l'),
            'đ' => word.push('d'),
            // An accent belongs to its letter.
            '\u{300}'..='\u{36f}' => {}
            sign if sign.is_alphanumeric() => word.push(sign),
            _ if word.is_empty() => {}
            _ => {
                words.push(word.chars().take(LONGEST).collect());
                word.clear();
            }
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_however_they_are_written() {
        let is = |text: &str| folded(text).into_iter().collect::<Vec<_>>().join(" ");
        assert_eq!(is("Écharpe—ŒUVRE écharpe"), "echarpe oeuvre");
        assert_eq!(is("e\u{301}te\u{301} ½ ﬁn"), "1 2 ete fin");
        assert_eq!(is(" '; DROP TABLE--"), "drop table");
        assert_eq!(is(&"x".repeat(10_000)), "x".repeat(LONGEST));
        assert_eq!(is("—"), "");
    }
}
