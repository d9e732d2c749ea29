//! Whether readers find a review helpful.

use devanture_domain::{civil::UtcMs, review::State};

use super::Review;
use crate::{Repository, StorageError, secret::digest};

impl Repository {
    /// Counts what a reader says of a published review: each once, and what they say last. `voter` is what their browser has drawn. `None` where
    /// no such review is shown.
    pub async fn vote_review(
        &mut self,
        tenant: &str,
        id: &str,
        (voter, helpful): (&str, bool),
        at: UtcMs,
    ) -> Result<Option<Review>, StorageError> {
        self.take_reviews(tenant).await?;
        let Some(mut review) = self.review(tenant, id).await?.filter(|found| found.state == State::Published)
        else {
            return Ok(None);
        };
        let voter = digest(&[b"voter", tenant.as_bytes(), id.as_bytes(), voter.as_bytes()]);
        let before: Option<i64> = sqlx::query_scalar(
            "SELECT helpful FROM review_votes WHERE tenant_id = $1 AND review_id = $2 AND voter = $3",
        )
        .bind(tenant)
        .bind(id)
        .bind(voter.as_str())
        .fetch_optional(&mut *self.tx)
        .await?;
        if before == Some(i64::from(helpful)) {
            return Ok(Some(review));
        }
        sqlx::query(
            "INSERT INTO review_votes (tenant_id, review_id, voter, helpful, voted_at) VALUES ($1, $2, $3, $4, $5) \
             ON CONFLICT (tenant_id, review_id, voter) DO UPDATE SET helpful = excluded.helpful, voted_at = excluded.voted_at",
        )
        .bind(tenant)
        .bind(id)
        .bind(voter)
        .bind(i64::from(helpful))
        .bind(at)
        .execute(&mut *self.tx)
        .await?;
        match before {
            Some(0) => review.unhelpful = review.unhelpful.saturating_sub(1),
            Some(_) => review.helpful = review.helpful.saturating_sub(1),
            None => {}
        }
        if helpful {
            review.helpful += 1;
        } else {
            review.unhelpful += 1;
        }
        sqlx::query(
            "UPDATE reviews SET helpful = $3, unhelpful = $4, usefulness = $5 WHERE tenant_id = $1 AND review_id = $2",
        )
        .bind(tenant)
        .bind(id)
        .bind(i64::from(review.helpful))
        .bind(i64::from(review.unhelpful))
        .bind(review.usefulness())
        .execute(&mut *self.tx)
        .await?;
        self.stir_reviews(tenant, review.about, &review.subject).await?;
        Ok(Some(review))
    }
}
