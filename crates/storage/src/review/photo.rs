//! Photos: what is known of them; their bytes are kept elsewhere.

use devanture_domain::{civil::UtcMs, review::State};
use sqlx::Row as _;

use super::{Judged, Judgement, Review, corrupt, row::count};
use crate::{Repository, StorageError};

/// A photo that belongs to a review.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Photo {
    /// Under which its bytes are kept; cannot be guessed.
    pub id: String,
    /// In pixels.
    pub width: u32,
    /// In pixels.
    pub height: u32,
}

impl Repository {
    /// Notes a photo that was uploaded and belongs to no review yet.
    pub async fn add_photo(&mut self, tenant: &str, photo: &Photo, at: UtcMs) -> Result<(), StorageError> {
        sqlx::query(
            "INSERT INTO review_photos (tenant_id, photo_id, position, width, height, uploaded_at) VALUES ($1, $2, 0, $3, $4, $5)",
        )
        .bind(tenant)
        .bind(photo.id.as_str())
        .bind(i64::from(photo.width))
        .bind(i64::from(photo.height))
        .bind(at)
        .execute(&mut *self.tx)
        .await?;
        Ok(())
    }

    /// Gives a review these photos and no others; `Err` names one that is not there or is another review's.
    pub(super) async fn take_photos(
        &mut self,
        review: &mut Review,
        ids: &[String],
    ) -> Result<Result<(), String>, StorageError> {
        sqlx::query("UPDATE review_photos SET review_id = NULL WHERE tenant_id = $1 AND review_id = $2")
            .bind(review.tenant.as_str())
            .bind(review.id.as_str())
            .execute(&mut *self.tx)
            .await?;
        review.photos.clear();
        for (position, id) in (0_i64..).zip(ids) {
            let taken = sqlx::query(
                "UPDATE review_photos SET review_id = $3, position = $4 WHERE tenant_id = $1 AND photo_id = $2 AND review_id IS NULL AND uploaded_at > 0 \
                 RETURNING width, height",
            )
            .bind(review.tenant.as_str())
            .bind(id.as_str())
            .bind(review.id.as_str())
            .bind(position)
            .fetch_optional(&mut *self.tx)
            .await?;
            let Some(row) = taken else { return Ok(Err(id.clone())) };
            let photo =
                Photo { id: id.clone(), width: count(row.try_get(0)?), height: count(row.try_get(1)?) };
            review.photos.push(photo);
        }
        Ok(Ok(()))
    }

    /// Takes a photo away from a review for good; `None` where the review or the photo is not there.
    pub async fn refuse_photo(
        &mut self,
        (tenant, id, photo): (&str, &str, &str),
        judgement: &Judgement<'_>,
    ) -> Result<Option<Judged>, StorageError> {
        self.take_reviews(tenant).await?;
        let Some(review) = self.review(tenant, id).await? else { return Ok(None) };
        if !review.photos.iter().any(|one| one.id == photo) {
            return Ok(None);
        }
        if let Err(refused) = review.state.after(judgement.action, judgement.by, judgement.reason) {
            return Ok(Some(Judged::NotPossible(refused)));
        }
        if judgement.seen.is_some_and(|seen| seen != review.number) {
            return Ok(Some(Judged::Changed(Box::new(review))));
        }
        let mut now = review.clone();
        now.photos.retain(|one| one.id != photo);
        // As old as can be, so that its bytes are the next to go, and no author takes it up again.
        sqlx::query(
            "UPDATE review_photos SET review_id = NULL, uploaded_at = 0 WHERE tenant_id = $1 AND photo_id = $2",
        )
        .bind(tenant)
        .bind(photo)
        .execute(&mut *self.tx)
        .await?;
        self.moved(&review, &mut now, judgement, None).await?;
        Ok(Some(Judged::Done(Box::new(now))))
    }

    /// Whose a photo is, and where its review stands; no state where no review has taken it yet.
    pub async fn photo_place(&mut self, id: &str) -> Result<Option<(String, Option<State>)>, StorageError> {
        let row = sqlx::query(
            "SELECT p.tenant_id, r.state FROM review_photos p LEFT JOIN reviews r \
             ON r.tenant_id = p.tenant_id AND r.review_id = p.review_id WHERE p.photo_id = $1",
        )
        .bind(id)
        .fetch_optional(&mut *self.tx)
        .await?;
        let Some(row) = row else { return Ok(None) };
        let state: Option<String> = row.try_get(1)?;
        let state = state
            .map(|state| State::parse(&state).ok_or_else(|| corrupt("state", id, &state)))
            .transpose()?;
        Ok(Some((row.try_get(0)?, state)))
    }

    /// Forgets photos that no review has, and that were uploaded before then or belonged to one that was deleted; returns them, at most
    /// a hundred, for their bytes to go first: save afterwards.
    pub async fn forget_photos(&mut self, before: UtcMs) -> Result<Vec<String>, StorageError> {
        let rows = sqlx::query_scalar(
            "DELETE FROM review_photos WHERE photo_id IN (SELECT p.photo_id FROM review_photos p LEFT JOIN reviews r \
             ON r.tenant_id = p.tenant_id AND r.review_id = p.review_id \
             WHERE (p.review_id IS NULL AND p.uploaded_at < $1) OR r.state = 'deleted' LIMIT 100) RETURNING photo_id",
        );
        Ok(rows.bind(before).fetch_all(&mut *self.tx).await?)
    }
}
