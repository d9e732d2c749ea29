//! Whether the chain is whole, and reviews are as it says.

use std::collections::HashMap;

use devanture_domain::review::State;
use sqlx::Row as _;

use super::{
    super::{
        Review,
        row::{SELECT, read},
    },
    Linked, TrailState,
    said::is_said,
};
use crate::{
    Repository, StorageError,
    rows::{ROWS_AT_ONCE, select_in},
};

impl Repository {
    /// Goes along the whole chain and says whether it is whole; texts that stand now are compared with what it says of them.
    pub async fn check_review_trail(&mut self, tenant: &str) -> Result<TrailState, StorageError> {
        let (mut seen, mut link) = (0_i64, String::new());
        loop {
            let rows = sqlx::query(
                "SELECT number, review_id, happened_at, action, state_before, state_after, actor, staff_id, reason, note, digest, link \
                 FROM review_trail WHERE tenant_id = $1 AND number > $2 ORDER BY number LIMIT 1000",
            )
            .bind(tenant)
            .bind(seen)
            .fetch_all(&mut *self.tx)
            .await?;
            if rows.is_empty() {
                break;
            }
            for row in rows {
                let linked = Linked {
                    number: row.try_get(0)?,
                    review_id: row.try_get(1)?,
                    at: row.try_get(2)?,
                    action: row.try_get(3)?,
                    before: row.try_get(4)?,
                    after: row.try_get(5)?,
                    actor: row.try_get(6)?,
                    staff_id: row.try_get(7)?,
                    reason: row.try_get(8)?,
                    note: row.try_get(9)?,
                    digest: row.try_get(10)?,
                };
                seen += 1;
                let next = linked.after(&link);
                if linked.number != seen || next != row.try_get::<&str, _>(11)? {
                    return Ok(TrailState::Broken(seen));
                }
                link = next;
            }
        }
        let head = sqlx::query("SELECT number, link FROM review_heads WHERE tenant_id = $1")
            .bind(tenant)
            .fetch_optional(&mut *self.tx)
            .await?;
        let (number, last) = match head {
            Some(head) => (head.try_get::<i64, _>(0)?, head.try_get::<String, _>(1)?),
            None => (0, String::new()),
        };
        if number != seen || last != link {
            return Ok(TrailState::Broken(seen + 1));
        }
        Ok(self.first_forged(tenant).await?.map_or(TrailState::Whole(seen), TrailState::Broken))
    }

    /// The last entry of the first review that is not there any more, stands elsewhere, or is otherwise than it was when it was written.
    async fn first_forged(&mut self, tenant: &str) -> Result<Option<i64>, StorageError> {
        let mut after = 0_i64;
        loop {
            let rows = sqlx::query(
                "SELECT t.number, l.number, l.state_after, l.digest, t.review_id FROM review_trail t \
                 JOIN review_trail l ON l.tenant_id = t.tenant_id AND l.number = (SELECT MAX(m.number) FROM review_trail m \
                 WHERE m.tenant_id = t.tenant_id AND m.review_id = t.review_id) \
                 WHERE t.tenant_id = $1 AND t.number > $2 AND t.action = 'submit' ORDER BY t.number LIMIT 500",
            )
            .bind(tenant)
            .bind(after)
            .fetch_all(&mut *self.tx)
            .await?;
            let Some(last) = rows.last() else { return Ok(None) };
            after = last.try_get(0)?;
            let noted = rows.iter().map(|row| {
                Ok(Noted {
                    number: row.try_get(1)?,
                    state: row.try_get(2)?,
                    digest: row.try_get(3)?,
                    review_id: row.try_get(4)?,
                })
            });
            let noted = noted.collect::<Result<Vec<_>, StorageError>>()?;
            let found = match self.reviews_as_they_are(tenant, &noted).await {
                // A word that is none in a review's row was not written by us.
                Err(StorageError::Corrupt { key, .. }) => {
                    let of = noted.iter().find(|one| one.review_id == key);
                    return Ok(Some(of.map_or(after, |one| one.number)));
                }
                found => found?,
            };
            for one in &noted {
                let is_as_noted =
                    found.get(&one.review_id).is_some_and(|(review, photos)| one.is_of(review, *photos));
                if !is_as_noted {
                    return Ok(Some(one.number));
                }
            }
        }
    }

    /// These reviews by their ids, with how many photos their rows say that they have.
    async fn reviews_as_they_are(
        &mut self,
        tenant: &str,
        noted: &[Noted],
    ) -> Result<HashMap<String, (Review, usize)>, StorageError> {
        let sql = format!("{SELECT} WHERE r.tenant_id = $1 AND r.review_id IN");
        let mut rows = Vec::with_capacity(noted.len());
        for noted in noted.chunks(ROWS_AT_ONCE) {
            let mut query = sqlx::query(select_in(&sql, (1, noted.len()), "")).bind(tenant);
            for one in noted {
                query = query.bind(one.review_id.as_str());
            }
            rows.extend(query.fetch_all(&mut *self.tx).await?);
        }
        let mut said = HashMap::with_capacity(rows.len());
        for row in &rows {
            let (review, photos) = read(row)?;
            said.insert(review.id, usize::try_from(photos).unwrap_or(usize::MAX));
        }
        let filled = self.filled(tenant, &rows).await?;
        let with_count = |review: Review| {
            let photos = said.get(&review.id).copied().unwrap_or_default();
            (review.id.clone(), (review, photos))
        };
        Ok(filled.into_iter().map(with_count).collect())
    }
}

/// What the last entry about a review says of it.
struct Noted {
    number: i64,
    state: String,
    digest: String,
    review_id: String,
}

impl Noted {
    fn is_of(&self, review: &Review, photos: usize) -> bool {
        if review.number != self.number || review.state.as_str() != self.state {
            return false;
        }
        if review.state == State::Deleted {
            let is_erased = review.title.is_none() && review.body.is_empty() && review.author.is_none();
            return is_erased || is_said(review, &self.digest);
        }
        // Of a count that is too small photos are hidden.
        review.photos.len() == photos && is_said(review, &self.digest)
    }
}

#[cfg(test)]
mod tests;
