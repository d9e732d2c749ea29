//! What the brand says to a review.

use devanture_domain::{civil::UtcMs, review::State};

use super::{Answer, Review};
use crate::{Repository, StorageError};

impl Repository {
    /// Answers a published review in public, instead of what was answered before; `None` takes the answer away. Nothing comes of it where no
    /// such review is shown.
    pub async fn answer_review(
        &mut self,
        tenant: &str,
        id: &str,
        (body, staff_id): (Option<&str>, Option<&str>),
        at: UtcMs,
    ) -> Result<Option<Review>, StorageError> {
        self.take_reviews(tenant).await?;
        let Some(mut review) = self.review(tenant, id).await?.filter(|found| found.state == State::Published)
        else {
            return Ok(None);
        };
        review.answer = body.map(|body| Answer { body: body.to_owned(), at });
        match &review.answer {
            Some(answer) => self.put_answer((tenant, id), answer, staff_id).await?,
            None => {
                sqlx::query("DELETE FROM review_answers WHERE tenant_id = $1 AND review_id = $2")
                    .bind(tenant)
                    .bind(id)
                    .execute(&mut *self.tx)
                    .await?;
            }
        }
        self.stir_reviews(tenant, review.about, &review.subject).await?;
        Ok(Some(review))
    }

    /// Writes an answer down, in place of the one before.
    pub(super) async fn put_answer(
        &mut self,
        (tenant, id): (&str, &str),
        answer: &Answer,
        staff_id: Option<&str>,
    ) -> Result<(), StorageError> {
        sqlx::query(
            "INSERT INTO review_answers (tenant_id, review_id, body, staff_id, answered_at) VALUES ($1, $2, $3, $4, $5) \
             ON CONFLICT (tenant_id, review_id) DO UPDATE SET body = excluded.body, staff_id = excluded.staff_id, \
             answered_at = excluded.answered_at",
        )
        .bind(tenant)
        .bind(id)
        .bind(answer.body.as_str())
        .bind(staff_id)
        .bind(answer.at)
        .execute(&mut *self.tx)
        .await?;
        Ok(())
    }
}
