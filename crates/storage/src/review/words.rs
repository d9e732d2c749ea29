//! By which words published reviews are found.
//!
//! A word that few reviews have leads to these, and all else that was asked is compared in them. Where every word is frequent the list
//! itself is read in its order, of which a page's worth is soon found.

use std::{collections::BTreeSet, fmt::Write as _};

use sqlx::Row as _;

use super::{Review, list::Value};
use crate::{
    Database, Repository, StorageError,
    rows::{ROWS_AT_ONCE, insert_rows, select_in},
    stock::words::words,
};

/// So many words of what was typed are looked for.
const MOST_TYPED: usize = 6;
/// With more entries than these a word is frequent: of 20,000 reviews a page is found sooner by reading them in order.
const FEW: i64 = 500;
/// Reviews of before there were words, in one transaction.
const AT_ONCE: i64 = 200;

/// What is looked for of what was typed: lower case, without accents, each once, the longest first.
pub(super) fn looked_for(typed: &str) -> Vec<String> {
    let mut all: Vec<String> = words(typed).into_iter().collect::<BTreeSet<_>>().into_iter().collect();
    all.sort_by_key(|word| std::cmp::Reverse(word.len()));
    all.truncate(MOST_TYPED);
    all
}

/// A condition on `column` that holds for words which begin so; where two values stand in the statement.
fn begins(column: &str, word: &str, values: &mut Vec<Value>) -> String {
    let mut end = word.as_bytes().to_vec();
    // No UTF-8 has this byte, so it is behind every word that begins so.
    end.push(0xff);
    values.extend([Value::Bytes(word.as_bytes().to_vec()), Value::Bytes(end)]);
    format!("{column} >= ${} AND {column} < ${}", values.len() - 1, values.len())
}

/// `review_words` of what `$1` to `$3` say.
const OF: &str = "FROM review_words WHERE tenant_id = $1 AND about = $2 AND subject = $3";

/// How the words narrow a list down.
pub(super) enum Found {
    /// No review has them all.
    Nothing,
    /// By reading the list.
    InOrder,
    /// By this word, which few have.
    By(String),
}

/// The condition that a review has the word, of which there are few.
pub(super) fn one_of_few(word: &str, values: &mut Vec<Value>) -> String {
    let begins = begins("word", word, values);
    // The limit is never reached; it tells PostgreSQL that these are few.
    format!(" AND r.review_id IN (SELECT review_id {OF} AND {begins} LIMIT {})", 2 * FEW)
}

impl Repository {
    /// How these words are best found among the published reviews of what the first three values say.
    pub(super) async fn find_words(&mut self, of: &[Value], words: &[String]) -> Result<Found, StorageError> {
        if words.is_empty() {
            return Ok(Found::InOrder);
        }
        let mut values = of.to_vec();
        let mut sql = String::from("SELECT ");
        for (at, word) in words.iter().enumerate() {
            let begins = begins("word", word, &mut values);
            let comma = if at == 0 { "" } else { ", " };
            // Writing to a string does not fail.
            let _ = write!(
                sql,
                "{comma}(SELECT COUNT(*) FROM (SELECT 1 {OF} AND {begins} LIMIT {}) AS w{at})",
                FEW + 1
            );
        }
        let row = Value::bind_all(values, sql).fetch_one(&mut *self.tx).await?;
        let mut rarest = (FEW + 1, 0);
        for at in 0..words.len() {
            rarest = rarest.min((row.try_get::<i64, _>(at)?, at));
        }
        Ok(match rarest {
            (0, _) => Found::Nothing,
            (count, at) if count <= FEW => Found::By(words[at].clone()),
            _ => Found::InOrder,
        })
    }

    /// Counts a review that is shown from now on, and has it found by its words.
    pub(super) async fn list_review(&mut self, review: &Review) -> Result<(), StorageError> {
        self.tally(review, 1).await?;
        self.put_review_words(review).await
    }

    /// Undoes [`Self::list_review`].
    pub(super) async fn unlist_review(&mut self, review: &Review) -> Result<(), StorageError> {
        self.tally(review, -1).await?;
        let words: Vec<_> = of(review).into_iter().collect();
        for words in words.chunks(ROWS_AT_ONCE) {
            let mut query = sqlx::query(select_in(
                "DELETE FROM review_words WHERE tenant_id = $1 AND about = $2 AND subject = $3 AND review_id = $4 AND word IN",
                (4, words.len()),
                "",
            ))
            .bind(review.tenant.as_str())
            .bind(review.about.as_str())
            .bind(review.subject.as_str())
            .bind(review.id.as_str());
            for word in words {
                query = query.bind(word.as_bytes().to_vec());
            }
            query.execute(&mut *self.tx).await?;
        }
        Ok(())
    }

    async fn put_review_words(&mut self, review: &Review) -> Result<(), StorageError> {
        let words: Vec<_> = of(review).into_iter().collect();
        for words in words.chunks(ROWS_AT_ONCE) {
            let mut insert = sqlx::query(insert_rows(
                "INSERT INTO review_words (tenant_id, about, subject, word, review_id)",
                (words.len(), 5),
                "ON CONFLICT (tenant_id, about, subject, word, review_id) DO NOTHING",
            ));
            for word in words {
                insert = insert
                    .bind(review.tenant.as_str())
                    .bind(review.about.as_str())
                    .bind(review.subject.as_str())
                    .bind(word.as_bytes().to_vec())
                    .bind(review.id.as_str());
            }
            insert.execute(&mut *self.tx).await?;
        }
        Ok(())
    }

    /// Writes down the words of some reviews that were published before there were words; `false` when none is left.
    async fn put_older_words(&mut self) -> Result<bool, StorageError> {
        let Some(tenant): Option<String> =
            sqlx::query_scalar("SELECT tenant_id FROM review_heads WHERE unworded_after IS NOT NULL LIMIT 1")
                .fetch_optional(&mut *self.tx)
                .await?
        else {
            return Ok(false);
        };
        self.take_reviews(&tenant).await?;
        let ids: Vec<String> = sqlx::query_scalar(
            "SELECT review_id FROM reviews WHERE tenant_id = $1 AND state = 'published' AND review_id > \
             (SELECT COALESCE(unworded_after, '') FROM review_heads WHERE tenant_id = $1) ORDER BY review_id LIMIT $2",
        )
        .bind(tenant.as_str())
        .bind(AT_ONCE)
        .fetch_all(&mut *self.tx)
        .await?;
        for id in &ids {
            if let Some(review) = self.review(&tenant, id).await? {
                self.put_review_words(&review).await?;
            }
        }
        sqlx::query("UPDATE review_heads SET unworded_after = $2 WHERE tenant_id = $1")
            .bind(tenant.as_str())
            .bind(ids.last().map(String::as_str))
            .execute(&mut *self.tx)
            .await?;
        Ok(true)
    }
}

impl Database {
    /// Has reviews of before there were words found by theirs. A later migration goes on where this is ended.
    pub(crate) async fn put_older_review_words(&self) -> Result<(), StorageError> {
        loop {
            let mut repository = self.write().await?;
            if !repository.put_older_words().await? {
                return Ok(());
            }
            repository.save().await?;
        }
    }
}

fn of(review: &Review) -> BTreeSet<String> {
    review.title.iter().map(String::as_str).chain([review.body.as_str()]).flat_map(words).collect()
}

#[cfg(test)]
mod tests {
    use devanture_domain::review::{About, Sort};

    use super::*;
    use crate::{ImportedReview, ReviewFilter};

    /// A database as the step before left it.
    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn older_reviews_are_found_after_migrating() {
        let directory = tempfile::tempdir().unwrap();
        let database = Database::open(directory.path().join("t.db").to_str().unwrap()).await.unwrap();
        database.migrate().await.unwrap();
        let mut repository = database.write().await.unwrap();
        repository.put_tenant("maison", "Maison").await.unwrap();
        let imported: Vec<_> = (0..=AT_ONCE)
            .map(|n| ImportedReview { body: "Étoffe".to_owned(), ..ImportedReview::sample(n.to_string()) })
            .collect();
        repository.import_reviews("maison", "avis", &imported, 2).await.unwrap();
        for before in ["DELETE FROM review_words", "UPDATE review_heads SET unworded_after = ''"] {
            sqlx::query(before).execute(&mut *repository.tx).await.unwrap();
        }
        repository.save().await.unwrap();
        let filter = ReviewFilter { words: Some("etoffe".to_owned()), ..ReviewFilter::default() };
        let found = async || {
            let mut repository = database.read().await.unwrap();
            let of = (About::Product, "ROBE");
            repository
                .published_reviews("maison", of, &filter, (Sort::Newest, None), 500)
                .await
                .unwrap()
                .len()
        };
        assert_eq!(found().await, 0);
        database.migrate().await.unwrap();
        assert_eq!(found().await, imported.len());
    }
}
