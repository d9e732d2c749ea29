//! What a shop and a review's author say to each other in private.

use devanture_domain::{
    civil::UtcMs,
    review::{About, Actor, Silence, State, may_say},
};
use sqlx::Row as _;

use super::{corrupt, row::count};
use crate::{Repository, StorageError};

/// Something that was said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// Its place, from 1.
    pub number: u32,
    /// Who.
    pub by: Actor,
    /// Which member of staff, or which key.
    pub staff_id: Option<String>,
    /// The words.
    pub body: String,
    /// When.
    pub at: UtcMs,
}

/// Something that is to be said.
#[derive(Clone, Copy, Debug)]
pub struct NewMessage<'a> {
    /// What its sender has drawn: sent again, it is one message.
    pub sent_as: &'a str,
    /// Who.
    pub by: Actor,
    /// Which member of staff, or which key.
    pub staff_id: Option<&'a str>,
    /// The words, in the form that is kept.
    pub body: &'a str,
    /// Now.
    pub at: UtcMs,
}

/// What came of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Saying {
    /// It was said, as the message of this number.
    Said(u32),
    /// It was said before.
    Again,
    /// Something else was said under the same name.
    Other,
    /// It cannot be said.
    Refused(Silence),
}

impl Repository {
    /// All that was said, the first first.
    pub async fn conversation(&mut self, tenant: &str, id: &str) -> Result<Vec<Message>, StorageError> {
        let rows = sqlx::query(
            "SELECT number, said_by, staff_id, body, said_at FROM review_messages WHERE tenant_id = $1 AND review_id = $2 ORDER BY number",
        )
        .bind(tenant)
        .bind(id)
        .fetch_all(&mut *self.tx)
        .await?;
        let read = |row: &sqlx::any::AnyRow| {
            let by: String = row.try_get(1)?;
            Ok(Message {
                number: count(row.try_get(0)?),
                by: Actor::parse(&by).ok_or_else(|| corrupt("said_by", id, &by))?,
                staff_id: row.try_get(2)?,
                body: row.try_get(3)?,
                at: row.try_get(4)?,
            })
        };
        rows.iter().map(read).collect()
    }

    /// Says something; `None` where there is no such review. What an author says waits for the shop, whose answer ends that.
    pub async fn say(
        &mut self,
        tenant: &str,
        id: &str,
        new: &NewMessage<'_>,
    ) -> Result<Option<Saying>, StorageError> {
        self.take_reviews(tenant).await?;
        let Some(review) = self.review(tenant, id).await? else { return Ok(None) };
        let known = sqlx::query(
            "SELECT body, said_by FROM review_messages WHERE tenant_id = $1 AND review_id = $2 AND sent_as = $3",
        )
        .bind(tenant)
        .bind(id)
        .bind(new.sent_as)
        .fetch_optional(&mut *self.tx)
        .await?;
        if let Some(known) = known {
            let (body, by): (String, String) = (known.try_get(0)?, known.try_get(1)?);
            let same = body == new.body && by == new.by.as_str();
            return Ok(Some(if same { Saying::Again } else { Saying::Other }));
        }
        let said: Vec<Actor> = self.conversation(tenant, id).await?.iter().map(|one| one.by).collect();
        if let Err(silence) = may_say(new.by, review.state, review.answer.is_some(), &said) {
            return Ok(Some(Saying::Refused(silence)));
        }
        let number = u32::try_from(said.len() + 1).unwrap_or(u32::MAX);
        sqlx::query(
            "INSERT INTO review_messages (tenant_id, review_id, number, sent_as, said_by, staff_id, body, said_at) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        )
        .bind(tenant)
        .bind(id)
        .bind(i64::from(number))
        .bind(new.sent_as)
        .bind(new.by.as_str())
        .bind(new.staff_id)
        .bind(new.body)
        .bind(new.at)
        .execute(&mut *self.tx)
        .await?;
        if new.by == Actor::Author {
            sqlx::query(
                "INSERT INTO review_conversations_waiting (tenant_id, review_id, since) VALUES ($1, $2, $3) \
                 ON CONFLICT (tenant_id, review_id) DO NOTHING",
            )
            .bind(tenant)
            .bind(id)
            .bind(new.at)
            .execute(&mut *self.tx)
            .await?;
        } else {
            self.put_aside(tenant, id).await?;
        }
        Ok(Some(Saying::Said(number)))
    }

    /// What a review's author has said waits no longer.
    pub async fn put_aside(&mut self, tenant: &str, id: &str) -> Result<(), StorageError> {
        sqlx::query("DELETE FROM review_conversations_waiting WHERE tenant_id = $1 AND review_id = $2")
            .bind(tenant)
            .bind(id)
            .execute(&mut *self.tx)
            .await?;
        Ok(())
    }

    /// Since when a review's author waits for the shop, if they do.
    pub async fn waits_since(&mut self, tenant: &str, id: &str) -> Result<Option<UtcMs>, StorageError> {
        let row = sqlx::query(
            "SELECT since FROM review_conversations_waiting WHERE tenant_id = $1 AND review_id = $2",
        )
        .bind(tenant)
        .bind(id)
        .fetch_optional(&mut *self.tx)
        .await?;
        Ok(row.map(|row| row.try_get(0)).transpose()?)
    }

    /// How many authors wait for the shop; of reviews of a store, only of what is published.
    pub async fn authors_waiting(&mut self, tenant: &str, store: Option<&str>) -> Result<u32, StorageError> {
        let which = match store {
            Some(_) => "r.state = $2 AND r.about = $3 AND r.subject = $4",
            None => "r.state <> $2",
        };
        let sql = format!(
            "SELECT COUNT(*) FROM review_conversations_waiting c JOIN reviews r ON r.tenant_id = c.tenant_id AND r.review_id = c.review_id \
             WHERE c.tenant_id = $1 AND {which}"
        );
        let mut query = sqlx::query(sqlx::AssertSqlSafe(sql)).bind(tenant);
        query = match store {
            Some(store) => query.bind(State::Published.as_str()).bind(About::Store.as_str()).bind(store),
            None => query.bind(State::Deleted.as_str()),
        };
        Ok(count(query.fetch_one(&mut *self.tx).await?.try_get(0)?))
    }
}
