//! Published reviews, page by page, in each order and narrowed down.

use std::fmt::Write as _;

use devanture_domain::{
    civil::UtcMs,
    review::{About, Rating, Sort},
};
use serde::{Deserialize, Serialize};
use sqlx::{Any, any::AnyArguments, query::Query};

use super::{
    Review,
    row::SELECT,
    words::{Found, looked_for, one_of_few},
};
use crate::{Repository, StorageError};

/// To what a list is narrowed down; all of it together.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReviewFilter {
    /// Of one of these numbers of stars; of any where there is none.
    pub stars: Vec<Rating>,
    /// About this size.
    pub size: Option<String>,
    /// With photos.
    pub photos: bool,
    /// In this language, `fr`.
    pub language: Option<String>,
    /// With words that begin so.
    pub words: Option<String>,
}

impl ReviewFilter {
    /// Those words in one form, in which the same that was typed otherwise is the same.
    pub fn looked_for(&self) -> Vec<String> {
        self.words.as_deref().map(looked_for).unwrap_or_default()
    }
}

/// Where a page ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReviewCursor {
    /// Stars or usefulness, by which the list is sorted before the time; nothing where it is sorted by time alone.
    pub rank: i64,
    /// When the last review was published.
    pub at: UtcMs,
    /// Its id.
    pub id: String,
}

impl ReviewCursor {
    /// The page that ends with this review.
    pub fn after(review: &Review, sort: Sort) -> Self {
        let rank = match sort {
            Sort::Newest => 0,
            Sort::Helpful => review.usefulness(),
            Sort::Highest | Sort::Lowest => i64::from(review.rating.stars()),
        };
        Self { rank, at: review.published_at.unwrap_or(0), id: review.id.clone() }
    }
}

/// What stands for a `$1`.
#[derive(Clone)]
pub(super) enum Value {
    Text(String),
    Number(i64),
    Bytes(Vec<u8>),
}

impl Value {
    pub(super) fn bind_all(values: Vec<Self>, sql: String) -> Query<'static, Any, AnyArguments> {
        let mut query = sqlx::query(sqlx::AssertSqlSafe(sql));
        for value in values {
            query = match value {
                Self::Text(text) => query.bind(text),
                Self::Number(number) => query.bind(number),
                Self::Bytes(bytes) => query.bind(bytes),
            };
        }
        query
    }
}

impl Repository {
    /// At most `limit` published reviews of a product or a store, those after `after` in this order.
    pub async fn published_reviews(
        &mut self,
        tenant: &str,
        (about, subject): (About, &str),
        filter: &ReviewFilter,
        (sort, after): (Sort, Option<&ReviewCursor>),
        limit: u16,
    ) -> Result<Vec<Review>, StorageError> {
        let mut values = [tenant, about.as_str(), subject].map(|text| Value::Text(text.to_owned())).to_vec();
        let words = filter.looked_for();
        let mut sql = match self.find_words(&values, &words).await? {
            Found::Nothing => return Ok(Vec::new()),
            Found::InOrder => format!(
                "{SELECT} WHERE r.tenant_id = $1 AND r.about = $2 AND r.subject = $3 AND r.state = 'published'"
            ),
            // As an expression, the state keeps both engines from reading every review in the order of the list.
            Found::By(word) => {
                let few = one_of_few(&word, &mut values);
                format!("{SELECT} WHERE r.tenant_id = $1 AND COALESCE(r.state, '') = 'published'{few}")
            }
        };
        narrow(&mut sql, &mut values, filter, words);
        let (column, way) = match sort {
            Sort::Newest => (None, ""),
            Sort::Helpful => (Some("r.usefulness"), "DESC"),
            Sort::Highest => (Some("r.rating"), "DESC"),
            Sort::Lowest => (Some("r.rating"), ""),
        };
        if let Some(after) = after {
            values.extend([Value::Number(after.at), Value::Text(after.id.clone())]);
            let (at, id) = (values.len() - 1, values.len());
            let later =
                format!("(r.published_at < ${at} OR (r.published_at = ${at} AND r.review_id < ${id}))");
            match column {
                None => {
                    // Writing to a string does not fail.
                    let _ = write!(sql, " AND {later}");
                }
                Some(column) => {
                    values.push(Value::Number(after.rank));
                    let (rank, sign) = (values.len(), if way == "DESC" { '<' } else { '>' });
                    let _ = write!(sql, " AND ({column} {sign} ${rank} OR ({column} = ${rank} AND {later}))");
                }
            }
        }
        sql.push_str(" ORDER BY ");
        if let Some(column) = column {
            let _ = write!(sql, "{column} {way}, ");
        }
        values.push(Value::Number(i64::from(limit)));
        let _ = write!(sql, "r.published_at DESC, r.review_id DESC LIMIT ${}", values.len());
        let rows = Value::bind_all(values, sql).fetch_all(&mut *self.tx).await?;
        self.filled(tenant, &rows).await
    }
}

fn narrow(sql: &mut String, values: &mut Vec<Value>, filter: &ReviewFilter, words: Vec<String>) {
    if !filter.stars.is_empty() {
        // Numbers of our own, 1 to 5.
        let stars: Vec<String> = filter.stars.iter().map(|rating| rating.stars().to_string()).collect();
        let _ = write!(sql, " AND r.rating IN ({})", stars.join(", "));
    }
    if filter.photos {
        sql.push_str(" AND r.photos > 0");
    }
    for (column, value) in [("size", &filter.size), ("language", &filter.language)] {
        if let Some(value) = value {
            values.push(Value::Text(value.clone()));
            let _ = write!(sql, " AND r.{column} = ${}", values.len());
        }
    }
    for word in words {
        // Of letters and digits alone, so that none of it is a sign of `LIKE`.
        values.push(Value::Text(format!("% {word}%")));
        let _ = write!(sql, " AND r.folded LIKE ${}", values.len());
    }
}
