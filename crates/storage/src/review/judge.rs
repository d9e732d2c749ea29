//! Publishing, refusing and deleting.

use devanture_domain::{
    civil::UtcMs,
    review::{Action, Actor, NotPossible, Reason, State},
};

use super::{
    Review,
    trail::{Entry, digest_of},
};
use crate::{Repository, StorageError};

/// What is decided.
#[derive(Clone, Copy, Debug)]
pub struct Judgement<'a> {
    /// Publish, refuse or delete.
    pub action: Action,
    /// Who decides.
    pub by: Actor,
    /// Which member of staff, or which key.
    pub staff_id: Option<&'a str>,
    /// Why.
    pub reason: Option<Reason>,
    /// Why, in words that its author is told.
    pub note: Option<&'a str>,
    /// The number of the last entry that who decides has seen; what was written anew since has not been read.
    pub seen: Option<i64>,
    /// Now.
    pub at: UtcMs,
}

/// What came of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Judged {
    /// It stands like this now.
    Done(Box<Review>),
    /// It stood so already.
    Already(Box<Review>),
    /// Something was done with it since it was looked at.
    Changed(Box<Review>),
    /// It cannot be done.
    NotPossible(NotPossible),
}

impl Repository {
    /// Decides about a review; `None` where there is none.
    pub async fn judge_review(
        &mut self,
        tenant: &str,
        id: &str,
        judgement: &Judgement<'_>,
    ) -> Result<Option<Judged>, StorageError> {
        self.take_reviews(tenant).await?;
        let Some(review) = self.review(tenant, id).await? else { return Ok(None) };
        let after = match review.state.after(judgement.action, judgement.by, judgement.reason) {
            Ok(after) => after,
            Err(refused) => return Ok(Some(Judged::NotPossible(refused))),
        };
        if after == review.state {
            return Ok(Some(Judged::Already(Box::new(review))));
        }
        if judgement.seen.is_some_and(|seen| seen != review.number) {
            return Ok(Some(Judged::Changed(Box::new(review))));
        }
        let mut now = review.clone();
        now.state = after;
        match after {
            // One that is shown again after it was written anew keeps the day on which it was first shown.
            State::Published => now.published_at = now.published_at.or(Some(judgement.at)),
            State::Deleted | State::Refused => self.close_reports(tenant, id, judgement.at).await?,
            State::Submitted => {}
        }
        self.moved(&review, &mut now, judgement, None).await?;
        Ok(Some(Judged::Done(Box::new(now))))
    }

    /// Writes down that a review stands elsewhere, or says something else, with what follows from that.
    pub(super) async fn moved(
        &mut self,
        before: &Review,
        now: &mut Review,
        judgement: &Judgement<'_>,
        replaced: Option<String>,
    ) -> Result<(), StorageError> {
        now.number = self
            .add_to_trail(
                &before.tenant,
                &Entry {
                    review_id: &before.id,
                    at: judgement.at,
                    action: judgement.action,
                    before: Some(before.state),
                    after: now.state,
                    by: judgement.by,
                    staff_id: judgement.staff_id,
                    reason: judgement.reason,
                    note: judgement.note,
                    digest: digest_of(now),
                    replaced,
                },
            )
            .await?;
        self.put_place(now).await?;
        if before.state == State::Published {
            self.unlist_review(before).await?;
        }
        if now.state == State::Published {
            self.list_review(now).await?;
        }
        if before.state == State::Published || now.state == State::Published {
            self.stir_reviews(&before.tenant, before.about, &before.subject).await?;
        }
        Ok(())
    }
}
