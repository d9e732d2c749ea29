//! Alerts that nobody waits for any more, and what goes with them.

use devanture_domain::civil::UtcMs;
use sqlx::{Any, query::Query};

use super::Alert;
use crate::{Repository, StorageError, reservation::person_hash};

/// Deletes alerts `a` that a condition holds for, and before them what leads to a person.
macro_rules! delete {
    ($where:literal) => {
        [
            concat!(
                "DELETE FROM alert_links WHERE EXISTS (SELECT 1 FROM alerts a WHERE a.tenant_id = alert_links.tenant_id \
                 AND a.alert_id = alert_links.alert_id AND ",
                $where,
                ")"
            ),
            concat!(
                "DELETE FROM alert_contacts WHERE EXISTS (SELECT 1 FROM alerts a WHERE a.tenant_id = alert_contacts.tenant_id \
                 AND a.alert_id = alert_contacts.alert_id AND ",
                $where,
                ")"
            ),
            concat!("DELETE FROM alerts AS a WHERE ", $where),
        ]
    };
}

impl Repository {
    /// Whether the person of an alert waits for anything in its network.
    pub async fn waits_for_anything(&mut self, alert: &Alert) -> Result<bool, StorageError> {
        let found = sqlx::query(
            "SELECT 1 FROM alerts t JOIN alerts a ON a.person = t.person AND a.tenant_id = t.tenant_id AND a.told_at IS NULL \
             WHERE t.tenant_id = $1 AND t.alert_id = $2 LIMIT 1",
        )
        .bind(alert.tenant.as_str())
        .bind(alert.id.as_str())
        .fetch_optional(&mut *self.tx)
        .await?;
        Ok(found.is_some())
    }

    /// Gives up all that the person of an alert waits for in its network.
    pub async fn give_up_alerts(&mut self, alert: &Alert) -> Result<u64, StorageError> {
        let person: Option<String> =
            sqlx::query_scalar("SELECT person FROM alerts WHERE tenant_id = $1 AND alert_id = $2")
                .bind(alert.tenant.as_str())
                .bind(alert.id.as_str())
                .fetch_optional(&mut *self.tx)
                .await?;
        let Some(person) = person else { return Ok(0) };
        self.delete(delete!("a.person = $1 AND a.tenant_id = $2 AND a.told_at IS NULL"), |query| {
            query.bind(person.clone()).bind(alert.tenant.clone())
        })
        .await
    }

    /// Deletes all alerts of whoever has this address, by its key; returns how many.
    pub async fn erase_alerts(&mut self, tenant: &str, email_key: &str) -> Result<u64, StorageError> {
        let person = person_hash(tenant, email_key);
        self.delete(delete!("a.person = $1 AND a.tenant_id = $2"), |query| {
            query.bind(person.clone()).bind(tenant.to_owned())
        })
        .await
    }

    /// Deletes alerts that were waited for too long, and those that were told before then; returns how many.
    pub async fn forget_alerts(&mut self, now: UtcMs, told_before: UtcMs) -> Result<u64, StorageError> {
        let which = delete!("((a.told_at IS NULL AND a.expires_at <= $1) OR a.told_at < $2)");
        self.delete(which, |query| query.bind(now).bind(told_before)).await
    }

    /// Erases the address of somebody who was written to at `told_at`.
    pub(crate) async fn erase_told(
        &mut self,
        tenant: &str,
        id: &str,
        told_at: UtcMs,
    ) -> Result<(), StorageError> {
        sqlx::query(
            "DELETE FROM alert_contacts WHERE tenant_id = $1 AND alert_id = $2 AND EXISTS (SELECT 1 FROM alerts a \
             WHERE a.tenant_id = $1 AND a.alert_id = $2 AND a.told_at = $3)",
        )
        .bind(tenant)
        .bind(id)
        .bind(told_at)
        .execute(&mut *self.tx)
        .await?;
        Ok(())
    }

    async fn delete<'q>(
        &mut self,
        statements: [&'static str; 3],
        bound: impl Fn(Query<'q, Any, sqlx::any::AnyArguments>) -> Query<'q, Any, sqlx::any::AnyArguments>,
    ) -> Result<u64, StorageError> {
        let mut deleted = 0;
        for statement in statements {
            deleted = bound(sqlx::query(statement)).execute(&mut *self.tx).await?.rows_affected();
        }
        Ok(deleted)
    }
}
