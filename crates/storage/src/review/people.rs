//! What is known of one person, for them to have or to have erased.

use devanture_domain::{
    civil::UtcMs,
    review::{Action, Actor, Reason},
};
use sqlx::Row as _;

use super::{Invitation, Judgement, Review};
use crate::{Repository, StorageError};

/// Everything that leads to a person.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PersonReviews {
    /// What they have written, deleted or not.
    pub reviews: Vec<Review>,
    /// What they were asked for.
    pub invitations: Vec<Invitation>,
}

impl Repository {
    /// What is known of whoever has this address, by its key.
    pub async fn person_reviews(
        &mut self,
        tenant: &str,
        email_key: &str,
    ) -> Result<PersonReviews, StorageError> {
        let mut found = PersonReviews::default();
        for id in self.ids_of(tenant, email_key, "review_id FROM review_authors").await? {
            found.reviews.extend(self.review(tenant, &id).await?);
        }
        for id in self.ids_of(tenant, email_key, "invitation_id FROM review_invitation_contacts").await? {
            found.invitations.extend(self.invitation(tenant, &id).await?);
        }
        Ok(found)
    }

    async fn ids_of(
        &mut self,
        tenant: &str,
        email_key: &str,
        what: &'static str,
    ) -> Result<Vec<String>, StorageError> {
        let sql = format!("SELECT {what} WHERE tenant_id = $1 AND email_key = $2 ORDER BY 1");
        let rows = sqlx::query(sqlx::AssertSqlSafe(sql))
            .bind(tenant)
            .bind(email_key)
            .fetch_all(&mut *self.tx)
            .await?;
        rows.iter().map(|row| Ok(row.try_get(0)?)).collect()
    }

    /// Deletes what a person has written, with every text of it, and whatever leads to them; returns how many reviews. That something was
    /// deleted, when and at whose wish stays in the trail.
    pub async fn erase_reviewer(
        &mut self,
        tenant: &str,
        email_key: &str,
        (staff_id, at): (Option<&str>, UtcMs),
    ) -> Result<usize, StorageError> {
        self.take_reviews(tenant).await?;
        let ids = self.ids_of(tenant, email_key, "review_id FROM review_authors").await?;
        for id in &ids {
            let judgement = Judgement {
                action: Action::Delete,
                by: Actor::Staff,
                staff_id,
                reason: Some(Reason::AuthorAsked),
                note: None,
                seen: None,
                at,
            };
            self.judge_review(tenant, id, &judgement).await?;
            self.erase_texts(tenant, id).await?;
        }
        for invitation in
            self.ids_of(tenant, email_key, "invitation_id FROM review_invitation_contacts").await?
        {
            for table in ["review_invitation_contacts", "review_invitation_links"] {
                let sql = format!("DELETE FROM {table} WHERE tenant_id = $1 AND invitation_id = $2");
                sqlx::query(sqlx::AssertSqlSafe(sql))
                    .bind(tenant)
                    .bind(invitation.as_str())
                    .execute(&mut *self.tx)
                    .await?;
            }
        }
        Ok(ids.len())
    }

    /// Takes the texts of a deleted review away, and who wrote it.
    async fn erase_texts(&mut self, tenant: &str, id: &str) -> Result<(), StorageError> {
        for statement in [
            "UPDATE reviews SET title = NULL, body = '', folded = '', usual_size = NULL WHERE tenant_id = $1 AND review_id = $2",
            "UPDATE review_trail SET replaced = NULL WHERE tenant_id = $1 AND review_id = $2",
            "DELETE FROM review_answers WHERE tenant_id = $1 AND review_id = $2",
            "DELETE FROM review_messages WHERE tenant_id = $1 AND review_id = $2",
            "DELETE FROM review_conversations_waiting WHERE tenant_id = $1 AND review_id = $2",
            "DELETE FROM review_author_links WHERE tenant_id = $1 AND review_id = $2",
            "DELETE FROM review_authors WHERE tenant_id = $1 AND review_id = $2",
        ] {
            sqlx::query(statement).bind(tenant).bind(id).execute(&mut *self.tx).await?;
        }
        Ok(())
    }

    /// Forgets the addresses of authors whose reviews were written before then, and with whom nothing was said in private since: nobody asks
    /// them any more. What was said until then goes as well; their names stay, as they gave them to be shown. Returns how many.
    pub async fn forget_reviewers(&mut self, before: UtcMs) -> Result<u64, StorageError> {
        let erased = sqlx::query(
            "UPDATE review_authors SET email = NULL, email_key = NULL WHERE email IS NOT NULL AND EXISTS (SELECT 1 FROM reviews r \
             WHERE r.tenant_id = review_authors.tenant_id AND r.review_id = review_authors.review_id \
             AND COALESCE(r.edited_at, r.written_at) < $1) AND NOT EXISTS (SELECT 1 FROM review_messages m \
             WHERE m.tenant_id = review_authors.tenant_id AND m.review_id = review_authors.review_id AND m.said_at >= $1)",
        )
        .bind(before)
        .execute(&mut *self.tx)
        .await?;
        sqlx::query(
            "DELETE FROM review_messages WHERE NOT EXISTS (SELECT 1 FROM review_messages m \
             WHERE m.tenant_id = review_messages.tenant_id AND m.review_id = review_messages.review_id AND m.said_at >= $1)",
        )
        .bind(before)
        .execute(&mut *self.tx)
        .await?;
        sqlx::query(
            "DELETE FROM review_conversations_waiting WHERE NOT EXISTS (SELECT 1 FROM review_messages m \
             WHERE m.tenant_id = review_conversations_waiting.tenant_id AND m.review_id = review_conversations_waiting.review_id)",
        )
        .execute(&mut *self.tx)
        .await?;
        Ok(erased.rows_affected())
    }
}
