//! Whether the chain is whole, and reviews are as it says.

use devanture_domain::review::State;
use sqlx::{Row as _, any::AnyRow};

use super::{Linked, TrailState, said_digest};
use crate::{Repository, StorageError};

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

    /// The last entry of the first review that is not there any more, stands elsewhere, or says something else than it said when it was read.
    async fn first_forged(&mut self, tenant: &str) -> Result<Option<i64>, StorageError> {
        let mut after = 0_i64;
        loop {
            let rows = sqlx::query(
                "SELECT t.number, l.number, l.state_after, l.digest, r.number, r.state, r.rating, r.title, r.body, r.about, \
                 r.subject FROM review_trail t \
                 JOIN review_trail l ON l.tenant_id = t.tenant_id AND l.number = (SELECT MAX(m.number) FROM review_trail m \
                 WHERE m.tenant_id = t.tenant_id AND m.review_id = t.review_id) \
                 LEFT JOIN reviews r ON r.tenant_id = t.tenant_id AND r.review_id = t.review_id \
                 WHERE t.tenant_id = $1 AND t.number > $2 AND t.action = 'submit' ORDER BY t.number LIMIT 1000",
            )
            .bind(tenant)
            .bind(after)
            .fetch_all(&mut *self.tx)
            .await?;
            let Some(last) = rows.last() else { return Ok(None) };
            after = last.try_get(0)?;
            for row in &rows {
                if !is_as_noted(row)? {
                    return Ok(Some(row.try_get(1)?));
                }
            }
        }
    }
}

/// Whether a review is as the last entry about it says.
fn is_as_noted(row: &AnyRow) -> Result<bool, StorageError> {
    let (last, noted): (i64, String) = (row.try_get(1)?, row.try_get(2)?);
    let (number, state): (Option<i64>, Option<String>) = (row.try_get(4)?, row.try_get(5)?);
    if number != Some(last) || state.as_ref() != Some(&noted) {
        return Ok(false);
    }
    let rating = u8::try_from(row.try_get::<i64, _>(6)?).unwrap_or(0);
    let (title, body): (Option<String>, String) = (row.try_get(7)?, row.try_get(8)?);
    let said = said_digest((row.try_get(9)?, row.try_get(10)?), rating, title.as_deref(), &body);
    let is_erased = noted == State::Deleted.as_str() && title.is_none() && body.is_empty();
    Ok(is_erased || said == row.try_get::<&str, _>(3)?)
}

#[cfg(test)]
mod tests {
    use devanture_domain::review::{Action, Actor, Reason};

    use super::*;
    use crate::{
        Database, ImportedReview, Judgement,
        test_support::{PostgresServer, SqliteFile},
    };

    /// Three reviews that were taken over, of which the first was deleted.
    async fn noted(database: &Database) -> Repository {
        let mut repository = database.write().await.unwrap();
        repository.put_tenant("maison", "Maison").await.unwrap();
        let imported = ["1", "2", "3"].map(|id| ImportedReview::sample(id.to_owned()));
        repository.import_reviews("maison", "avis", &imported, 2).await.unwrap();
        let id: String = sqlx::query_scalar("SELECT review_id FROM reviews WHERE source_id = '1'")
            .fetch_one(&mut *repository.tx)
            .await
            .unwrap();
        let delete = Judgement {
            action: Action::Delete,
            by: Actor::Staff,
            staff_id: None,
            reason: Some(Reason::Unlawful),
            note: None,
            seen: None,
            at: 3,
        };
        repository.judge_review("maison", &id, &delete).await.unwrap();
        repository
    }

    /// What somebody with the database open could do, and what it says then.
    async fn what_is_taken_out_or_changed_shows(database: &Database) {
        for (statement, state) in [
            ("SELECT 1", TrailState::Whole(7)),
            ("DELETE FROM review_trail WHERE number = 7", TrailState::Broken(7)),
            ("DELETE FROM review_trail WHERE number IN (3, 4)", TrailState::Broken(3)),
            ("UPDATE review_trail SET reason = 'unlawful' WHERE number = 2", TrailState::Broken(2)),
            ("UPDATE review_trail SET happened_at = 7 WHERE number = 5", TrailState::Broken(5)),
            ("UPDATE reviews SET rating = 5 WHERE source_id = '2'", TrailState::Broken(4)),
            ("UPDATE reviews SET body = 'Wunderbar' WHERE source_id = '3'", TrailState::Broken(6)),
            ("DELETE FROM reviews WHERE source_id = '3'", TrailState::Broken(6)),
            ("UPDATE reviews SET subject = 'JUPE' WHERE source_id = '2'", TrailState::Broken(4)),
            ("UPDATE reviews SET about = 'store' WHERE source_id = '3'", TrailState::Broken(6)),
            ("UPDATE reviews SET state = 'deleted' WHERE source_id = '2'", TrailState::Broken(4)),
            ("UPDATE reviews SET state = 'refused' WHERE source_id = '3'", TrailState::Broken(6)),
            (
                "UPDATE reviews SET state = 'submitted', number = 5 WHERE source_id = '3'",
                TrailState::Broken(6),
            ),
            ("UPDATE reviews SET number = 3 WHERE source_id = '2'", TrailState::Broken(4)),
            (
                "UPDATE reviews SET state = 'published', number = 2 WHERE source_id = '1'",
                TrailState::Broken(7),
            ),
            ("UPDATE reviews SET body = 'Wunderbar' WHERE source_id = '1'", TrailState::Broken(7)),
            ("UPDATE reviews SET title = NULL, body = '' WHERE source_id = '1'", TrailState::Whole(7)),
            ("UPDATE reviews SET title = NULL, body = '' WHERE source_id = '2'", TrailState::Broken(4)),
        ] {
            // Never saved, so that the next one finds nothing of it.
            let mut repository = noted(database).await;
            sqlx::query(statement).execute(&mut *repository.tx).await.unwrap();
            assert_eq!(repository.check_review_trail("maison").await.unwrap(), state, "{statement}");
        }
    }

    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn tampering_shows_in_sqlite() {
        what_is_taken_out_or_changed_shows(&SqliteFile::new().await.database).await;
    }

    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn tampering_shows_in_postgres() {
        let server = PostgresServer::start();
        let database = server.database().await;
        what_is_taken_out_or_changed_shows(&database).await;
        database.close().await;
    }
}
