//! Letters about reviews, and that something can be had again. They go the way of all that is told, but to one person by mail and to nobody
//! else, so that they need no spreading.

use devanture_domain::civil::UtcMs;
use sqlx::Row as _;

use super::{Outcome, deliver::corrupt};
use crate::{Repository, StorageError};

/// Whom they are delivered by; a delivery to anybody else is of a reservation.
pub(super) const LETTERS: &str = "letter";

/// What a letter is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LetterKind {
    /// Somebody is asked for a review; its subject is the invitation.
    Asked,
    /// A review was refused or deleted; its subject is the review.
    Judged,
    /// A review was answered in public; its subject is the review.
    Answered,
    /// The shop has said something to a review's author in private; its subject is the review.
    Messaged,
    /// What somebody waited for can be had again; its subject is the alert.
    Back,
}

/// A letter that is sent now. Others keep away from it until the lease is over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Letter {
    /// Whose network.
    pub tenant: String,
    /// The same however often it is sent.
    pub id: String,
    /// What it is about.
    pub kind: LetterKind,
    /// The invitation, the review or the alert.
    pub subject: String,
    /// When what it tells happened.
    pub at: UtcMs,
    /// Which attempt this is, counted from 1.
    pub attempt: u32,
}

impl LetterKind {
    fn as_str(self) -> &'static str {
        match self {
            Self::Asked => "review.asked",
            Self::Judged => "review.judged",
            Self::Answered => "review.answered",
            Self::Messaged => "review.messaged",
            Self::Back => "alert.back",
        }
    }

    fn parse(text: &str) -> Option<Self> {
        [Self::Asked, Self::Judged, Self::Answered, Self::Messaged, Self::Back]
            .into_iter()
            .find(|kind| kind.as_str() == text)
    }
}

impl Repository {
    /// Has a letter written, in the transaction that makes it true. Of one subject and number there is one.
    pub async fn put_letter(
        &mut self,
        tenant: &str,
        kind: LetterKind,
        (subject, number): (&str, i64),
        at: UtcMs,
    ) -> Result<(), StorageError> {
        let id = format!("{}_{subject}_{number}", kind.as_str().replace('.', "_"));
        let written = sqlx::query(
            "INSERT INTO outbox_events (tenant_id, event_id, kind, reservation_id, happened_at, data, spread_at) \
             VALUES ($1, $2, $3, $4, $5, '{}', $5) ON CONFLICT (tenant_id, event_id) DO NOTHING",
        )
        .bind(tenant)
        .bind(id.as_str())
        .bind(kind.as_str())
        .bind(subject)
        .bind(at)
        .execute(&mut *self.tx)
        .await?;
        if written.rows_affected() == 0 {
            return Ok(());
        }
        sqlx::query(
            "INSERT INTO outbox_deliveries (tenant_id, event_id, receiver, state, attempts, due_at) \
             VALUES ($1, $2, $3, 'waiting', 0, $4)",
        )
        .bind(tenant)
        .bind(id)
        .bind(LETTERS)
        .bind(at)
        .execute(&mut *self.tx)
        .await?;
        Ok(())
    }

    /// Takes letters that are due, at most `limit`, until `lease_until`, as deliveries are taken.
    pub async fn lease_letters(
        &mut self,
        now: UtcMs,
        lease_until: UtcMs,
        limit: u16,
    ) -> Result<Vec<Letter>, StorageError> {
        let mut letters = Vec::new();
        for (tenant, id, _, attempt) in self.lease(now, lease_until, limit, true).await? {
            let row = sqlx::query(
                "SELECT kind, reservation_id, happened_at FROM outbox_events WHERE tenant_id = $1 AND event_id = $2",
            )
            .bind(tenant.as_str())
            .bind(id.as_str())
            .fetch_one(&mut *self.tx)
            .await?;
            let kind: String = row.try_get(0)?;
            letters.push(Letter {
                kind: LetterKind::parse(&kind)
                    .ok_or_else(|| corrupt("kind", &id, format!("{kind:?} is no letter")))?,
                subject: row.try_get(1)?,
                at: row.try_get(2)?,
                tenant,
                id,
                attempt,
            });
        }
        Ok(letters)
    }

    /// Writes down how an attempt went. Whoever asked to be told once is forgotten by the same transaction.
    pub async fn end_letter(
        &mut self,
        letter: &Letter,
        outcome: &Outcome,
        now: UtcMs,
    ) -> Result<(), StorageError> {
        if letter.kind == LetterKind::Back && *outcome == Outcome::Done {
            self.erase_told(&letter.tenant, &letter.subject, letter.at).await?;
        }
        self.end((&letter.tenant, &letter.id, LETTERS), letter.attempt, outcome, now).await
    }
}
