//! What readers find wrong with reviews.

use devanture_domain::{
    civil::UtcMs,
    review::{Reason, State},
};
use sqlx::Row as _;

use super::corrupt;
use crate::{Repository, StorageError, secret::id_digits};

/// A report that nobody has dealt with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// What is wrong.
    pub reason: Reason,
    /// The same in the reader's words.
    pub note: Option<String>,
    /// When.
    pub at: UtcMs,
}

impl Repository {
    /// Notes that a reader finds something wrong with a published review; `false` where no such review is shown.
    pub async fn report_review(
        &mut self,
        tenant: &str,
        id: &str,
        report: &Report,
        random: [u8; 16],
    ) -> Result<bool, StorageError> {
        self.take_reviews(tenant).await?;
        let noted = sqlx::query(
            "UPDATE reviews SET reports = reports + 1 WHERE tenant_id = $1 AND review_id = $2 AND state = $3",
        )
        .bind(tenant)
        .bind(id)
        .bind(State::Published.as_str())
        .execute(&mut *self.tx)
        .await?;
        if noted.rows_affected() == 0 {
            return Ok(false);
        }
        sqlx::query(
            "INSERT INTO review_reports (tenant_id, review_id, report_id, reason, note, reported_at) VALUES ($1, $2, $3, $4, $5, $6)",
        )
        .bind(tenant)
        .bind(id)
        .bind(id_digits(random))
        .bind(report.reason.as_str())
        .bind(report.note.as_deref())
        .bind(report.at)
        .execute(&mut *self.tx)
        .await?;
        Ok(true)
    }

    /// The open reports of a review, the oldest first; at most a hundred.
    pub async fn reports(&mut self, tenant: &str, id: &str) -> Result<Vec<Report>, StorageError> {
        let rows = sqlx::query(
            "SELECT reason, note, reported_at FROM review_reports WHERE tenant_id = $1 AND review_id = $2 AND closed_at IS NULL \
             ORDER BY reported_at, report_id LIMIT 100",
        )
        .bind(tenant)
        .bind(id)
        .fetch_all(&mut *self.tx)
        .await?;
        rows.iter()
            .map(|row| {
                let reason: String = row.try_get(0)?;
                Ok(Report {
                    reason: Reason::parse(&reason).ok_or_else(|| corrupt("reason", id, &reason))?,
                    note: row.try_get(1)?,
                    at: row.try_get(2)?,
                })
            })
            .collect()
    }

    /// Has looked at a review's reports and leaves it; their words go, since they may be about people.
    pub async fn dismiss_reports(&mut self, tenant: &str, id: &str, at: UtcMs) -> Result<(), StorageError> {
        self.take_reviews(tenant).await?;
        self.close_reports(tenant, id, at).await
    }

    pub(super) async fn close_reports(
        &mut self,
        tenant: &str,
        id: &str,
        at: UtcMs,
    ) -> Result<(), StorageError> {
        sqlx::query(
            "UPDATE review_reports SET closed_at = $3, note = NULL WHERE tenant_id = $1 AND review_id = $2 AND closed_at IS NULL",
        )
        .bind(tenant)
        .bind(id)
        .bind(at)
        .execute(&mut *self.tx)
        .await?;
        sqlx::query("UPDATE reviews SET reports = 0 WHERE tenant_id = $1 AND review_id = $2")
            .bind(tenant)
            .bind(id)
            .execute(&mut *self.tx)
            .await?;
        Ok(())
    }
}
