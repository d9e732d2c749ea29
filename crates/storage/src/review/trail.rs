//! What was done with reviews, by whom and why: a chain that shows when something was taken out of it.

mod check;
mod said;

use devanture_domain::{
    civil::UtcMs,
    review::{Action, Actor, Reason, State},
};
use sqlx::{Row as _, any::AnyRow};

pub(super) use self::said::digest_of;
use super::{Review, corrupt};
use crate::{Repository, StorageError, secret::digest};

/// Something that was done with a review.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TrailEntry {
    /// Its place in the tenant's chain.
    pub number: i64,
    /// With which review.
    pub review_id: String,
    /// When.
    pub at: UtcMs,
    /// What.
    pub action: Action,
    /// Where it stood; `None` for the first entry.
    pub before: Option<State>,
    /// Where it stands since.
    pub after: State,
    /// By whom.
    pub by: Actor,
    /// Which member of staff, or which key.
    pub staff_id: Option<String>,
    /// Why.
    pub reason: Option<Reason>,
    /// Why, in words that its author is told.
    pub note: Option<String>,
    /// The text that was replaced, until its author is erased.
    pub replaced: Option<String>,
}

/// How a chain stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TrailState {
    /// All of it is there, with so many entries.
    Whole(i64),
    /// At this number an entry is missing or is another.
    Broken(i64),
}

/// An entry that is about to be written.
pub(super) struct Entry<'a> {
    pub(super) review_id: &'a str,
    pub(super) at: UtcMs,
    pub(super) action: Action,
    pub(super) before: Option<State>,
    pub(super) after: State,
    pub(super) by: Actor,
    pub(super) staff_id: Option<&'a str>,
    pub(super) reason: Option<Reason>,
    pub(super) note: Option<&'a str>,
    /// Of what it says from now on.
    pub(super) digest: String,
    pub(super) replaced: Option<String>,
}

/// A text that is kept in the trail after it was replaced.
pub(super) fn as_replaced(review: &Review) -> String {
    let title = review.title.as_deref().map(|title| format!("{title}\n")).unwrap_or_default();
    format!("{}/5\n{title}{}", review.rating.stars(), review.body)
}

/// What the link is made from, each as it is in the database.
struct Linked<'a> {
    number: i64,
    review_id: &'a str,
    at: i64,
    action: &'a str,
    before: Option<&'a str>,
    after: &'a str,
    actor: &'a str,
    staff_id: Option<&'a str>,
    reason: Option<&'a str>,
    note: Option<&'a str>,
    digest: &'a str,
}

impl Linked<'_> {
    fn after(&self, link: &str) -> String {
        let optional = |text: Option<&str>| text.map_or_else(|| "-".to_owned(), |text| format!("+{text}"));
        digest(&[
            b"trail",
            link.as_bytes(),
            &self.number.to_le_bytes(),
            self.review_id.as_bytes(),
            &self.at.to_le_bytes(),
            self.action.as_bytes(),
            optional(self.before).as_bytes(),
            self.after.as_bytes(),
            self.actor.as_bytes(),
            optional(self.staff_id).as_bytes(),
            optional(self.reason).as_bytes(),
            optional(self.note).as_bytes(),
            self.digest.as_bytes(),
        ])
    }
}

impl Repository {
    /// Has others who change this tenant's reviews wait until this transaction has ended.
    pub(super) async fn take_reviews(&mut self, tenant: &str) -> Result<(), StorageError> {
        sqlx::query(
            "INSERT INTO review_heads (tenant_id, number, link, revision) VALUES ($1, 0, '', 0) \
             ON CONFLICT (tenant_id) DO UPDATE SET number = review_heads.number",
        )
        .bind(tenant)
        .execute(&mut *self.tx)
        .await?;
        Ok(())
    }

    /// Writes an entry at the end of the chain, which was taken, and returns its number.
    pub(super) async fn add_to_trail(
        &mut self,
        tenant: &str,
        entry: &Entry<'_>,
    ) -> Result<i64, StorageError> {
        let head = sqlx::query("SELECT number, link FROM review_heads WHERE tenant_id = $1")
            .bind(tenant)
            .fetch_one(&mut *self.tx)
            .await?;
        let number = head.try_get::<i64, _>(0)? + 1;
        let linked = Linked {
            number,
            review_id: entry.review_id,
            at: entry.at,
            action: entry.action.as_str(),
            before: entry.before.map(State::as_str),
            after: entry.after.as_str(),
            actor: entry.by.as_str(),
            staff_id: entry.staff_id,
            reason: entry.reason.map(Reason::as_str),
            note: entry.note,
            digest: &entry.digest,
        };
        let link = linked.after(head.try_get(1)?);
        sqlx::query(
            "INSERT INTO review_trail (tenant_id, number, review_id, happened_at, action, state_before, state_after, actor, \
             staff_id, reason, note, digest, link, replaced) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)",
        )
        .bind(tenant)
        .bind(number)
        .bind(linked.review_id)
        .bind(linked.at)
        .bind(linked.action)
        .bind(linked.before)
        .bind(linked.after)
        .bind(linked.actor)
        .bind(linked.staff_id)
        .bind(linked.reason)
        .bind(linked.note)
        .bind(linked.digest)
        .bind(link.as_str())
        .bind(entry.replaced.as_deref())
        .execute(&mut *self.tx)
        .await?;
        sqlx::query("UPDATE review_heads SET number = $2, link = $3 WHERE tenant_id = $1")
            .bind(tenant)
            .bind(number)
            .bind(link)
            .execute(&mut *self.tx)
            .await?;
        Ok(number)
    }

    /// All that was done with a review, the first first.
    pub async fn review_trail(&mut self, tenant: &str, id: &str) -> Result<Vec<TrailEntry>, StorageError> {
        let rows = sqlx::query(
            "SELECT number, review_id, happened_at, action, state_before, state_after, actor, staff_id, reason, note, replaced \
             FROM review_trail WHERE tenant_id = $1 AND review_id = $2 ORDER BY number",
        );
        rows.bind(tenant).bind(id).fetch_all(&mut *self.tx).await?.iter().map(entry).collect()
    }
}

pub(super) fn entry(row: &AnyRow) -> Result<TrailEntry, StorageError> {
    let review_id: String = row.try_get(1)?;
    let (action, after, by): (String, String, String) = (row.try_get(3)?, row.try_get(5)?, row.try_get(6)?);
    let (before, reason): (Option<String>, Option<String>) = (row.try_get(4)?, row.try_get(8)?);
    let state = |text: &str| State::parse(text).ok_or_else(|| corrupt("state_after", &review_id, text));
    Ok(TrailEntry {
        number: row.try_get(0)?,
        at: row.try_get(2)?,
        action: Action::parse(&action).ok_or_else(|| corrupt("action", &review_id, &action))?,
        before: before.as_deref().map(state).transpose()?,
        after: state(&after)?,
        by: Actor::parse(&by).ok_or_else(|| corrupt("actor", &review_id, &by))?,
        staff_id: row.try_get(7)?,
        reason: reason
            .map(|reason| Reason::parse(&reason).ok_or_else(|| corrupt("reason", &review_id, &reason)))
            .transpose()?,
        note: row.try_get(9)?,
        replaced: row.try_get(10)?,
        review_id,
    })
}
