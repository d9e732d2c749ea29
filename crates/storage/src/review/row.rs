//! Reading reviews.

use std::collections::HashMap;

use devanture_domain::{
    civil::Date,
    review::{About, Checked, Fit, Points, Rating, Scale, State},
};
use sqlx::{Row as _, any::AnyRow};

use super::{Answer, Photo, Review, corrupt};
use crate::{
    Repository, StorageError,
    rows::{ROWS_AT_ONCE, select_in},
};

/// What [`read`] reads, of the tables `reviews r`, `review_authors a` and `review_answers w`.
pub(super) const SELECT: &str = "SELECT r.tenant_id, r.review_id, r.about, r.subject, r.site_id, r.state, r.rating, r.title, r.body, \
     r.language, r.fit, r.usual_size, r.size, r.checked, r.incentive, r.experienced_on, r.written_at, r.edited_at, r.published_at, \
     r.helpful, r.unhelpful, r.number, a.name, w.body, w.answered_at, r.photos, r.reports FROM reviews r \
     LEFT JOIN review_authors a ON a.tenant_id = r.tenant_id AND a.review_id = r.review_id \
     LEFT JOIN review_answers w ON w.tenant_id = r.tenant_id AND w.review_id = r.review_id ";

/// Column of how many reports are open, behind those of [`read`].
pub(super) const REPORTS: usize = 26;

/// A review without points and photos, and how many photos it has.
pub(super) fn read(row: &AnyRow) -> Result<(Review, i64), StorageError> {
    let id: String = row.try_get(1)?;
    let (about, state, checked): (String, String, String) =
        (row.try_get(2)?, row.try_get(5)?, row.try_get(13)?);
    let stars: i64 = row.try_get(6)?;
    let fit: Option<String> = row.try_get(10)?;
    let answer: Option<String> = row.try_get(23)?;
    let review = Review {
        tenant: row.try_get(0)?,
        about: About::parse(&about).ok_or_else(|| corrupt("about", &id, &about))?,
        subject: row.try_get(3)?,
        site_id: row.try_get(4)?,
        state: State::parse(&state).ok_or_else(|| corrupt("state", &id, &state))?,
        rating: u8::try_from(stars)
            .ok()
            .and_then(Rating::new)
            .ok_or_else(|| corrupt("rating", &id, &stars.to_string()))?,
        title: row.try_get(7)?,
        body: row.try_get(8)?,
        language: row.try_get(9)?,
        fit: fit.map(|fit| Fit::parse(&fit).ok_or_else(|| corrupt("fit", &id, &fit))).transpose()?,
        usual_size: row.try_get(11)?,
        size: row.try_get(12)?,
        checked: Checked::parse(&checked).ok_or_else(|| corrupt("checked", &id, &checked))?,
        incentive: row.try_get(14)?,
        experienced_on: date(row.try_get(15)?),
        written_at: row.try_get(16)?,
        edited_at: row.try_get(17)?,
        published_at: row.try_get(18)?,
        helpful: count(row.try_get(19)?),
        unhelpful: count(row.try_get(20)?),
        number: row.try_get(21)?,
        author: row.try_get(22)?,
        points: Vec::new(),
        photos: Vec::new(),
        answer: match answer {
            Some(body) => Some(Answer { body, at: row.try_get(24)? }),
            None => None,
        },
        id,
    };
    Ok((review, row.try_get(25)?))
}

pub(super) fn date(days: Option<i64>) -> Option<Date> {
    days.and_then(|days| i32::try_from(days).ok()).map(Date)
}

pub(super) fn count(number: i64) -> u32 {
    u32::try_from(number.max(0)).unwrap_or(u32::MAX)
}

impl Repository {
    /// The review with this id.
    pub async fn review(&mut self, tenant: &str, id: &str) -> Result<Option<Review>, StorageError> {
        let sql = format!("{SELECT} WHERE r.tenant_id = $1 AND r.review_id = $2");
        let rows =
            sqlx::query(sqlx::AssertSqlSafe(sql)).bind(tenant).bind(id).fetch_all(&mut *self.tx).await?;
        Ok(self.filled(tenant, &rows).await?.pop())
    }

    /// The reviews of these rows, with their points and photos.
    pub(super) async fn filled(
        &mut self,
        tenant: &str,
        rows: &[AnyRow],
    ) -> Result<Vec<Review>, StorageError> {
        let mut reviews = Vec::with_capacity(rows.len());
        let mut pictured = Vec::new();
        for row in rows {
            let (review, photos) = read(row)?;
            if photos > 0 {
                pictured.push(review.id.clone());
            }
            reviews.push(review);
        }
        let ids: Vec<String> = reviews.iter().map(|review| review.id.clone()).collect();
        let mut points = self.points_of(tenant, &ids).await?;
        let mut photos = self.photos_of(tenant, &pictured).await?;
        for review in &mut reviews {
            review.points = points.remove(&review.id).unwrap_or_default();
            review.photos = photos.remove(&review.id).unwrap_or_default();
        }
        Ok(reviews)
    }

    async fn points_of(
        &mut self,
        tenant: &str,
        ids: &[String],
    ) -> Result<HashMap<String, Vec<(Points, Scale)>>, StorageError> {
        let mut points: HashMap<_, Vec<_>> = HashMap::new();
        for ids in ids.chunks(ROWS_AT_ONCE) {
            let mut query = sqlx::query(select_in(
                "SELECT review_id, code, scale, points FROM review_points WHERE tenant_id = $1 AND review_id IN",
                (1, ids.len()),
                "ORDER BY code",
            ))
            .bind(tenant);
            for id in ids {
                query = query.bind(id.as_str());
            }
            for row in query.fetch_all(&mut *self.tx).await? {
                let id: String = row.try_get(0)?;
                let given = Points {
                    code: row.try_get(1)?,
                    points: u8::try_from(row.try_get::<i64, _>(3)?).unwrap_or(0),
                };
                let scale = scale(row.try_get(2)?, &id)?;
                points.entry(id).or_default().push((given, scale));
            }
        }
        Ok(points)
    }

    async fn photos_of(
        &mut self,
        tenant: &str,
        ids: &[String],
    ) -> Result<HashMap<String, Vec<Photo>>, StorageError> {
        let mut photos: HashMap<_, Vec<_>> = HashMap::new();
        for ids in ids.chunks(ROWS_AT_ONCE) {
            let mut query = sqlx::query(select_in(
                "SELECT review_id, photo_id, width, height FROM review_photos WHERE tenant_id = $1 AND review_id IN",
                (1, ids.len()),
                "ORDER BY position",
            ))
            .bind(tenant);
            for id in ids {
                query = query.bind(id.as_str());
            }
            for row in query.fetch_all(&mut *self.tx).await? {
                let photo = Photo {
                    id: row.try_get(1)?,
                    width: count(row.try_get(2)?),
                    height: count(row.try_get(3)?),
                };
                photos.entry(row.try_get(0)?).or_default().push(photo);
            }
        }
        Ok(photos)
    }
}

pub(super) fn scale(most: i64, key: &str) -> Result<Scale, StorageError> {
    u8::try_from(most)
        .ok()
        .and_then(|most| Scale::try_from(most).ok())
        .ok_or_else(|| corrupt("scale", key, &most.to_string()))
}
