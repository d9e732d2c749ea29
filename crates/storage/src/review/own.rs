//! What an author may do with their own review, by their private link.

use devanture_domain::{
    civil::UtcMs,
    review::{Action, Actor, Fit, NotPossible, Reason, State},
};
use sqlx::Row as _;

use super::{Draft, Judged, Judgement, Message, Review, trail::as_replaced, write::folded};
use crate::{PrivateToken, Repository, StorageError};

/// A review as its author sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnReview {
    /// As it stands.
    pub review: Review,
    /// Why it was refused or deleted, if it was.
    pub reason: Option<Reason>,
    /// The same in words, where some were added.
    pub note: Option<String>,
    /// Where its author is written to.
    pub email: Option<String>,
    /// BCP 47 language in which they are.
    pub locale: String,
    /// What was said with them in private.
    pub messages: Vec<Message>,
}

impl Repository {
    /// The review that an author's link opens.
    pub async fn own_review(&mut self, token: &PrivateToken) -> Result<Option<OwnReview>, StorageError> {
        let row = sqlx::query(
            "SELECT tenant_id, review_id FROM review_authors WHERE token_hash = $1 \
             UNION SELECT tenant_id, review_id FROM review_author_links WHERE token_hash = $1",
        )
        .bind(token.hash())
        .fetch_optional(&mut *self.tx)
        .await?;
        match row {
            Some(row) => {
                let (tenant, id): (String, String) = (row.try_get(0)?, row.try_get(1)?);
                self.review_of_author(&tenant, &id).await
            }
            None => Ok(None),
        }
    }

    /// A review with what its author is told; `None` also once they are erased.
    pub async fn review_of_author(
        &mut self,
        tenant: &str,
        id: &str,
    ) -> Result<Option<OwnReview>, StorageError> {
        let author =
            sqlx::query("SELECT email, locale FROM review_authors WHERE tenant_id = $1 AND review_id = $2")
                .bind(tenant)
                .bind(id)
                .fetch_optional(&mut *self.tx)
                .await?;
        let Some(author) = author else { return Ok(None) };
        let Some(review) = self.review(tenant, id).await? else { return Ok(None) };
        let last = self.review_trail(tenant, id).await?.pop();
        let (reason, note) = last.map_or((None, None), |last| (last.reason, last.note));
        let messages = self.conversation(tenant, id).await?;
        let (email, locale) = (author.try_get(0)?, author.try_get(1)?);
        Ok(Some(OwnReview { review, reason, note, email, locale, messages }))
    }

    /// Has another link open a review: each letter has its own, and those before go on.
    pub async fn add_own_link(
        &mut self,
        tenant: &str,
        id: &str,
        token: &PrivateToken,
    ) -> Result<(), StorageError> {
        sqlx::query("INSERT INTO review_author_links (tenant_id, review_id, token_hash) VALUES ($1, $2, $3)")
            .bind(tenant)
            .bind(id)
            .bind(token.hash())
            .execute(&mut *self.tx)
            .await?;
        Ok(())
    }

    /// Writes a review anew, which waits to be read again; its author keeps name and address. The photos that the draft names stay or come, all
    /// others go. `Err` names a photo that is not there.
    pub async fn edit_review(
        &mut self,
        review: &Review,
        draft: &Draft,
        at: UtcMs,
    ) -> Result<Result<Judged, String>, StorageError> {
        let (tenant, id) = (review.tenant.as_str(), review.id.as_str());
        self.take_reviews(tenant).await?;
        let Some(before) = self.review(tenant, id).await? else {
            return Ok(Ok(Judged::NotPossible(NotPossible::State(State::Deleted))));
        };
        let state = match before.state.after(Action::Edit, Actor::Author, None) {
            Ok(state) => state,
            Err(refused) => return Ok(Ok(Judged::NotPossible(refused))),
        };
        let mut now = Review {
            state,
            rating: draft.rating,
            title: draft.title.clone(),
            body: draft.body.clone(),
            language: draft.language.clone(),
            fit: draft.fit,
            usual_size: draft.usual_size.clone(),
            size: draft.size.clone().or_else(|| before.size.clone()),
            points: draft.points.clone(),
            edited_at: Some(at),
            ..before.clone()
        };
        sqlx::query(
            "UPDATE reviews SET rating = $3, title = $4, body = $5, folded = $6, language = $7, fit = $8, usual_size = $9, \
             size = $10, edited_at = $11 WHERE tenant_id = $1 AND review_id = $2",
        )
        .bind(tenant)
        .bind(id)
        .bind(i64::from(now.rating.stars()))
        .bind(now.title.as_deref())
        .bind(now.body.as_str())
        .bind(folded(now.title.as_deref(), &now.body))
        .bind(now.language.as_str())
        .bind(now.fit.map(Fit::as_str))
        .bind(now.usual_size.as_deref())
        .bind(now.size.as_deref())
        .bind(at)
        .execute(&mut *self.tx)
        .await?;
        sqlx::query("DELETE FROM review_points WHERE tenant_id = $1 AND review_id = $2")
            .bind(tenant)
            .bind(id)
            .execute(&mut *self.tx)
            .await?;
        self.put_points(&now).await?;
        if let Err(missing) = self.take_photos(&mut now, &draft.photos).await? {
            return Ok(Err(missing));
        }
        let judgement = Judgement {
            action: Action::Edit,
            by: Actor::Author,
            staff_id: None,
            reason: None,
            note: None,
            seen: None,
            at,
        };
        self.moved(&before, &mut now, &judgement, Some(as_replaced(&before))).await?;
        Ok(Ok(Judged::Done(Box::new(now))))
    }
}
