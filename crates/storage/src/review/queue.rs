//! What staff go through, and what leaves for other services.

use std::fmt::Write as _;

use devanture_domain::{
    civil::UtcMs,
    review::{About, Rating, State},
};
use sqlx::Row as _;

use super::{
    Review,
    row::{REPORTS, SELECT, count},
};
use crate::{Repository, StorageError};

/// Whose author waits for the shop.
const WAITING: &str =
    "AND r.review_id IN (SELECT review_id FROM review_conversations_waiting WHERE tenant_id = $1)";

/// Which reviews staff see.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum QueueFilter {
    /// Those that stand there.
    State(State),
    /// Those that readers have reported.
    Reported,
    /// Those whose authors have said something to the shop and wait; among what is published, or among all that are not deleted.
    Waiting {
        /// Only what is shown.
        published: bool,
    },
}

/// To what the queue is narrowed down; all of it together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct QueueNarrow<'a> {
    /// Of products or of stores only.
    pub about: Option<About>,
    /// Of this product or store.
    pub subject: Option<&'a str>,
    /// Of one of these numbers of stars; of any where there is none.
    pub stars: &'a [Rating],
    /// With photos.
    pub photos: bool,
}

/// A product, or all of a category.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subjects<'a> {
    /// By its id.
    Product(&'a str),
    /// By its name in the catalogue.
    Category(&'a str),
}

impl<'a> Subjects<'a> {
    /// Which column of the products `p` is compared, and with what.
    pub(crate) fn condition(self) -> (&'static str, &'a str) {
        match self {
            Self::Product(id) => ("p.product_id", id),
            Self::Category(category) => ("p.category", category),
        }
    }

    /// What is joined, which column is compared, and with what.
    fn narrowed(self, subject: &'static str) -> (&'static str, &'static str, &'a str) {
        match self {
            Self::Product(id) => ("", subject, id),
            Self::Category(category) => (
                "JOIN products p ON p.tenant_id = r.tenant_id AND p.product_id = r.subject",
                "p.category",
                category,
            ),
        }
    }
}

/// A review with what staff have to know beside.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QueuedReview {
    /// As it stands.
    pub review: Review,
    /// How many reports nobody has dealt with.
    pub reports: u32,
}

impl Repository {
    /// At most `limit` reviews, the oldest first, after the `written_at` and id of the last one seen.
    pub async fn review_queue(
        &mut self,
        tenant: &str,
        (filter, narrow): (QueueFilter, &QueueNarrow<'_>),
        after: Option<(UtcMs, &str)>,
        limit: u16,
    ) -> Result<Vec<QueuedReview>, StorageError> {
        let (at, id) = after.unwrap_or((UtcMs::MIN, ""));
        let (which, mut of, state) = match filter {
            QueueFilter::State(state) => ("r.state = $5", String::new(), state),
            QueueFilter::Reported => ("r.reports > 0 AND r.state <> $5", String::new(), State::Deleted),
            QueueFilter::Waiting { published: true } => {
                ("r.state = $5", WAITING.to_owned(), State::Published)
            }
            QueueFilter::Waiting { .. } => ("r.state <> $5", WAITING.to_owned(), State::Deleted),
        };
        let mut texts = Vec::new();
        for (column, text) in [("about", narrow.about.map(About::as_str)), ("subject", narrow.subject)] {
            if let Some(text) = text {
                texts.push(text);
                // Writing to a string does not fail.
                let _ = write!(of, " AND r.{column} = ${}", 5 + texts.len());
            }
        }
        if !narrow.stars.is_empty() {
            // Numbers of our own, 1 to 5.
            let stars: Vec<String> = narrow.stars.iter().map(|rating| rating.stars().to_string()).collect();
            let _ = write!(of, " AND r.rating IN ({})", stars.join(", "));
        }
        if narrow.photos {
            of.push_str(" AND r.photos > 0");
        }
        let sql = format!(
            "{SELECT} WHERE r.tenant_id = $1 AND {which} {of} AND (r.written_at > $2 OR (r.written_at = $2 AND r.review_id > $3)) \
             ORDER BY r.written_at, r.review_id LIMIT $4"
        );
        let mut query = sqlx::query(sqlx::AssertSqlSafe(sql))
            .bind(tenant)
            .bind(at)
            .bind(id)
            .bind(i64::from(limit))
            .bind(state.as_str());
        for text in texts {
            query = query.bind(text);
        }
        let rows = query.fetch_all(&mut *self.tx).await?;
        let mut reports = Vec::with_capacity(rows.len());
        for row in &rows {
            reports.push(count(row.try_get(REPORTS)?));
        }
        let reviews = self.filled(tenant, &rows).await?;
        Ok(reviews
            .into_iter()
            .zip(reports)
            .map(|(review, reports)| QueuedReview { review, reports })
            .collect())
    }

    /// How many reviews wait to be read, and how many were reported.
    pub async fn review_backlog(&mut self, tenant: &str) -> Result<(u32, u32), StorageError> {
        let row = sqlx::query(
            "SELECT (SELECT COUNT(*) FROM reviews WHERE tenant_id = $1 AND state = 'submitted'), \
             (SELECT COUNT(*) FROM reviews WHERE tenant_id = $1 AND reports > 0)",
        )
        .bind(tenant)
        .fetch_one(&mut *self.tx)
        .await?;
        Ok((count(row.try_get(0)?), count(row.try_get(1)?)))
    }

    /// At most `limit` published reviews of all products or all stores, by subject and id, after the last one seen.
    pub async fn all_published(
        &mut self,
        tenant: &str,
        about: About,
        after: (&str, &str),
        limit: u16,
    ) -> Result<Vec<Review>, StorageError> {
        let sql = format!(
            "{SELECT} WHERE r.tenant_id = $1 AND r.about = $2 AND r.state = 'published' \
             AND (r.subject > $3 OR (r.subject = $3 AND r.review_id > $4)) ORDER BY r.subject, r.review_id LIMIT $5"
        );
        let rows = sqlx::query(sqlx::AssertSqlSafe(sql))
            .bind(tenant)
            .bind(about.as_str())
            .bind(after.0)
            .bind(after.1)
            .bind(i64::from(limit))
            .fetch_all(&mut *self.tx)
            .await?;
        self.filled(tenant, &rows).await
    }

    /// Ids and texts of published reviews of a product, or of all products of a category, in a language; the newest first, at most `limit`.
    pub async fn review_texts(
        &mut self,
        tenant: &str,
        of: Subjects<'_>,
        language: &str,
        limit: u16,
    ) -> Result<Vec<(String, String)>, StorageError> {
        let (join, which, value) = of.narrowed("r.subject");
        let sql = format!(
            "SELECT r.review_id, COALESCE(r.title, ''), r.body FROM reviews r {join} WHERE r.tenant_id = $1 AND r.about = 'product' \
             AND r.state = 'published' AND {which} = $2 AND r.language = $3 ORDER BY r.published_at DESC, r.review_id LIMIT $4"
        );
        let rows = sqlx::query(sqlx::AssertSqlSafe(sql))
            .bind(tenant)
            .bind(value)
            .bind(language)
            .bind(i64::from(limit))
            .fetch_all(&mut *self.tx)
            .await?;
        rows.iter()
            .map(|row| {
                let title: String = row.try_get(1)?;
                Ok((row.try_get(0)?, format!("{title}\n{}", row.try_get::<String, _>(2)?)))
            })
            .collect()
    }

    /// What the catalogue says of the same: names, brands, categories, sizes and colours, and the words of descriptions.
    pub async fn catalogue_texts(
        &mut self,
        tenant: &str,
        of: Subjects<'_>,
    ) -> Result<Vec<String>, StorageError> {
        let (which, value) = of.condition();
        let sql = format!(
            "SELECT DISTINCT p.name, COALESCE(p.brand, ''), COALESCE(p.category, ''), COALESCE(v.colour, ''), COALESCE(v.size, '') \
             FROM products p LEFT JOIN variants v ON v.tenant_id = p.tenant_id AND v.product_id = p.product_id \
             WHERE p.tenant_id = $1 AND {which} = $2"
        );
        let rows =
            sqlx::query(sqlx::AssertSqlSafe(sql)).bind(tenant).bind(value).fetch_all(&mut *self.tx).await?;
        let mut texts = Vec::with_capacity(rows.len() * 5);
        for row in &rows {
            for column in 0..5 {
                texts.push(row.try_get(column)?);
            }
        }
        texts.extend(self.described(tenant, of).await?);
        texts.sort_unstable();
        texts.dedup();
        Ok(texts)
    }
}
