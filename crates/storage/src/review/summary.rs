//! Counts of what is published, kept as it is published, so that a product of 20,000 reviews costs no more than one of three.

use std::collections::BTreeMap;

use devanture_domain::review::{About, Counts, CriterionCount, Fit, FitCounts};
use sqlx::{Row as _, any::AnyRow};

use super::{
    Review,
    row::{count, scale},
};
use crate::{
    Repository, StorageError,
    rows::{ROWS_AT_ONCE, select_in},
};

/// What all reviews of something say together.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Stars, fit, criteria.
    pub counts: Counts,
    /// Sizes that were reviewed, the most frequent first.
    pub sizes: Vec<Facet>,
    /// Languages, the most frequent first.
    pub languages: Vec<Facet>,
    /// Of the last change to it.
    pub revision: i64,
}

/// Something that lists can be narrowed to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facet {
    /// The size or the language.
    pub value: String,
    /// In how many reviews.
    pub count: u32,
}

const COLUMNS: &str = "stars_1, stars_2, stars_3, stars_4, stars_5, fit_small, fit_true, fit_large, with_photos, verified, incentivised";

impl Repository {
    /// Counts a review in (1) or out (−1).
    pub(super) async fn tally(&mut self, review: &Review, sign: i64) -> Result<(), StorageError> {
        let stars = |n: u8| if review.rating.stars() == n { sign } else { 0 };
        let fit = |fit: Fit| if review.fit == Some(fit) { sign } else { 0 };
        let when = |is: bool| if is { sign } else { 0 };
        let columns = COLUMNS.split(", ");
        let set: Vec<String> = columns
            .map(|column| format!("{column} = review_summaries.{column} + excluded.{column}"))
            .collect();
        let sql = format!(
            "INSERT INTO review_summaries (tenant_id, about, subject, {COLUMNS}, revision) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, 0) \
             ON CONFLICT (tenant_id, about, subject) DO UPDATE SET {}",
            set.join(", ")
        );
        sqlx::query(sqlx::AssertSqlSafe(sql))
            .bind(review.tenant.as_str())
            .bind(review.about.as_str())
            .bind(review.subject.as_str())
            .bind(stars(1))
            .bind(stars(2))
            .bind(stars(3))
            .bind(stars(4))
            .bind(stars(5))
            .bind(fit(Fit::Small))
            .bind(fit(Fit::True))
            .bind(fit(Fit::Large))
            .bind(when(!review.photos.is_empty()))
            .bind(when(review.checked.is_verified()))
            .bind(when(review.incentive.is_some()))
            .execute(&mut *self.tx)
            .await?;
        let mut facets = vec![("language", review.language.as_str(), 0, 0)];
        facets.extend(review.size.as_deref().map(|size| ("size", size, 0, 0)));
        facets.extend(review.points.iter().map(|(given, scale)| {
            ("criterion", given.code.as_str(), i64::from(scale.most()), i64::from(given.points))
        }));
        for (kind, value, scale, points) in facets {
            sqlx::query(
                "INSERT INTO review_facets (tenant_id, about, subject, kind, value, scale, reviews, total) \
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (tenant_id, about, subject, kind, value, scale) \
                 DO UPDATE SET reviews = review_facets.reviews + excluded.reviews, total = review_facets.total + excluded.total",
            )
            .bind(review.tenant.as_str())
            .bind(review.about.as_str())
            .bind(review.subject.as_str())
            .bind(kind)
            .bind(value)
            .bind(scale)
            .bind(sign)
            .bind(sign * points)
            .execute(&mut *self.tx)
            .await?;
        }
        Ok(())
    }

    /// Notes that what is shown of a subject is something else from now on. The tenant's reviews were taken, so revisions are saved in
    /// their order.
    pub(super) async fn stir_reviews(
        &mut self,
        tenant: &str,
        about: About,
        subject: &str,
    ) -> Result<(), StorageError> {
        let revision: i64 = sqlx::query_scalar(
            "UPDATE review_heads SET revision = revision + 1 WHERE tenant_id = $1 RETURNING revision",
        )
        .bind(tenant)
        .fetch_one(&mut *self.tx)
        .await?;
        sqlx::query(
            "UPDATE review_summaries SET revision = $4 WHERE tenant_id = $1 AND about = $2 AND subject = $3",
        )
        .bind(tenant)
        .bind(about.as_str())
        .bind(subject)
        .bind(revision)
        .execute(&mut *self.tx)
        .await?;
        Ok(())
    }

    /// What all reviews of a product or a store say together; nothing, where there are none.
    pub async fn review_summary(
        &mut self,
        tenant: &str,
        about: About,
        subject: &str,
    ) -> Result<Summary, StorageError> {
        let sql = format!(
            "SELECT {COLUMNS}, subject, revision FROM review_summaries WHERE tenant_id = $1 AND about = $2 AND subject = $3"
        );
        let row = sqlx::query(sqlx::AssertSqlSafe(sql))
            .bind(tenant)
            .bind(about.as_str())
            .bind(subject)
            .fetch_optional(&mut *self.tx)
            .await?;
        let Some(row) = row else { return Ok(Summary::default()) };
        let mut summary = Summary { counts: counts(&row)?, revision: row.try_get(12)?, ..Summary::default() };
        let rows = sqlx::query(
            "SELECT kind, value, scale, reviews, total FROM review_facets WHERE tenant_id = $1 AND about = $2 AND subject = $3 \
             AND reviews > 0 ORDER BY reviews DESC, value",
        )
        .bind(tenant)
        .bind(about.as_str())
        .bind(subject)
        .fetch_all(&mut *self.tx)
        .await?;
        for row in rows {
            let (kind, value): (String, String) = (row.try_get(0)?, row.try_get(1)?);
            let reviews = count(row.try_get(3)?);
            match kind.as_str() {
                "size" => summary.sizes.push(Facet { value, count: reviews }),
                "language" => summary.languages.push(Facet { value, count: reviews }),
                _ => summary.counts.criteria.push(CriterionCount {
                    scale: scale(row.try_get(2)?, subject)?,
                    code: value,
                    count: reviews,
                    sum: count(row.try_get(4)?),
                }),
            }
        }
        summary.counts.criteria.sort_by(|a, b| a.code.cmp(&b.code));
        Ok(summary)
    }

    /// Stars of many products or stores, by their ids; without those that nobody has reviewed, and without criteria.
    pub async fn review_ratings(
        &mut self,
        tenant: &str,
        about: About,
        subjects: &[String],
    ) -> Result<BTreeMap<String, Counts>, StorageError> {
        let mut found = BTreeMap::new();
        let select = format!(
            "SELECT {COLUMNS}, subject FROM review_summaries WHERE tenant_id = $1 AND about = $2 AND subject IN"
        );
        for subjects in subjects.chunks(ROWS_AT_ONCE) {
            let mut query =
                sqlx::query(select_in(&select, (2, subjects.len()), "")).bind(tenant).bind(about.as_str());
            for subject in subjects {
                query = query.bind(subject.as_str());
            }
            for row in query.fetch_all(&mut *self.tx).await? {
                let counts = counts(&row)?;
                if counts.total() > 0 {
                    found.insert(row.try_get(11)?, counts);
                }
            }
        }
        Ok(found)
    }

    /// Of each tenant that ever had a review, the counter of changes to what is shown.
    pub async fn review_revisions(&mut self) -> Result<Vec<(String, i64)>, StorageError> {
        Ok(sqlx::query_as("SELECT tenant_id, revision FROM review_heads").fetch_all(&mut *self.tx).await?)
    }

    /// What was changed after a revision.
    pub async fn reviews_changed_since(
        &mut self,
        tenant: &str,
        revision: i64,
    ) -> Result<Vec<(About, String)>, StorageError> {
        let rows: Vec<(String, String)> = sqlx::query_as(
            "SELECT about, subject FROM review_summaries WHERE tenant_id = $1 AND revision > $2",
        )
        .bind(tenant)
        .bind(revision)
        .fetch_all(&mut *self.tx)
        .await?;
        Ok(rows.into_iter().filter_map(|(about, subject)| Some((About::parse(&about)?, subject))).collect())
    }
}

fn counts(row: &AnyRow) -> Result<Counts, StorageError> {
    let at = |column: usize| row.try_get::<i64, _>(column).map(count);
    Ok(Counts {
        stars: [at(0)?, at(1)?, at(2)?, at(3)?, at(4)?],
        fit: FitCounts { small: at(5)?, true_to_size: at(6)?, large: at(7)? },
        criteria: Vec::new(),
        with_photos: at(8)?,
        verified: at(9)?,
        incentivised: at(10)?,
    })
}
