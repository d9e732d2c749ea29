//! Whose turn it is. Stock is written without a thought of alerts; they are looked at every now and then, by the variants that somebody
//! waits for.

use devanture_domain::civil::UtcMs;
use sqlx::Row as _;

use super::{Alert, place, read, select};
use crate::{LetterKind, PrivateToken, Repository, StorageError};

/// Where a look through all variants has come to: SKU and tenant.
pub type AlertCursor = (String, String);

/// Some of the variants that somebody waits for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AlertedSkus {
    /// Tenants and SKUs of those of which there are pieces somewhere.
    pub there: Vec<(String, String)>,
    /// Where the next come after; `None` at the end.
    pub next: Option<AlertCursor>,
}

/// Somebody who waits for a variant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiting {
    /// The alert's id.
    pub id: String,
    /// At which store; `None` for any.
    pub location_code: Option<String>,
}

impl Repository {
    /// Looks at the next `limit` variants that somebody waits for, whether there are pieces of them that can be promised.
    pub async fn alerted_skus(
        &mut self,
        after: Option<&AlertCursor>,
        limit: u16,
    ) -> Result<AlertedSkus, StorageError> {
        let (sku, tenant) = after.map_or(("", ""), |(sku, tenant)| (sku, tenant));
        let rows = sqlx::query(
            "SELECT w.sku, w.tenant_id, CASE WHEN EXISTS (SELECT 1 FROM stock s WHERE s.tenant_id = w.tenant_id AND s.sku = w.sku \
             AND s.on_hand - s.reserved - s.safety > 0) THEN CAST(1 AS BIGINT) ELSE CAST(0 AS BIGINT) END \
             FROM (SELECT DISTINCT sku, tenant_id FROM alerts WHERE told_at IS NULL AND (sku, tenant_id) > ($1, $2) \
             ORDER BY sku, tenant_id LIMIT $3) AS w ORDER BY w.sku, w.tenant_id",
        )
        .bind(sku)
        .bind(tenant)
        .bind(i64::from(limit))
        .fetch_all(&mut *self.tx)
        .await?;
        let mut found = AlertedSkus { there: Vec::new(), next: None };
        for row in &rows {
            let (sku, tenant): (String, String) = (row.try_get(0)?, row.try_get(1)?);
            if row.try_get::<i64, _>(2)? > 0 {
                found.there.push((tenant.clone(), sku.clone()));
            }
            found.next = Some((sku, tenant));
        }
        found.next = found.next.filter(|_| rows.len() == usize::from(limit));
        Ok(found)
    }

    /// Keeps others from telling of a variant until the repository is saved: whoever comes second sees what the first has told.
    pub async fn take_alerted(&mut self, tenant: &str, sku: &str) -> Result<(), StorageError> {
        // SQLite has one writer anyway. The row is of the catalogue, which is hardly ever written.
        sqlx::query("UPDATE variants SET position = position WHERE tenant_id = $1 AND sku = $2")
            .bind(tenant)
            .bind(sku)
            .execute(&mut *self.tx)
            .await?;
        Ok(())
    }

    /// Those who wait for a variant where there are pieces of it, the oldest first; of each store, and of those who wait for any, at
    /// most `limit`, so that a crowd at one store hides nobody elsewhere.
    pub async fn waiting_alerts(
        &mut self,
        (tenant, sku): (&str, &str),
        now: UtcMs,
        limit: u16,
    ) -> Result<Vec<Waiting>, StorageError> {
        let rows = sqlx::query(
            "SELECT w.alert_id, w.location_code FROM (SELECT a.alert_id, a.location_code, a.created_at, \
             ROW_NUMBER() OVER (PARTITION BY a.location_code ORDER BY a.created_at, a.alert_id) AS place \
             FROM alerts a WHERE a.sku = $1 AND a.tenant_id = $2 AND a.told_at IS NULL AND a.expires_at > $3 \
             AND (a.location_code = '' OR EXISTS (SELECT 1 FROM stock s WHERE s.tenant_id = a.tenant_id AND s.sku = a.sku \
             AND s.location_code = a.location_code AND s.on_hand - s.reserved - s.safety > 0))) AS w \
             WHERE w.place <= $4 ORDER BY w.created_at, w.alert_id",
        )
        .bind(sku)
        .bind(tenant)
        .bind(now)
        .bind(i64::from(limit))
        .fetch_all(&mut *self.tx)
        .await?;
        rows.iter()
            .map(|row| Ok(Waiting { id: row.try_get(0)?, location_code: place(row.try_get(1)?) }))
            .collect()
    }

    /// What those who were told of a variant since then had waited for: a store, or any.
    pub async fn told_alerts(
        &mut self,
        (tenant, sku): (&str, &str),
        since: UtcMs,
    ) -> Result<Vec<Option<String>>, StorageError> {
        let codes: Vec<String> = sqlx::query_scalar(
            "SELECT location_code FROM alerts WHERE sku = $1 AND tenant_id = $2 AND told_at IS NOT NULL AND told_at > $3",
        )
        .bind(sku)
        .bind(tenant)
        .bind(since)
        .fetch_all(&mut *self.tx)
        .await?;
        Ok(codes.into_iter().map(place).collect())
    }

    /// Has somebody written to, if they were not yet; returns whether they are now.
    pub async fn tell_alert(&mut self, tenant: &str, id: &str, at: UtcMs) -> Result<bool, StorageError> {
        let told = sqlx::query(
            "UPDATE alerts SET told_at = $3 WHERE tenant_id = $1 AND alert_id = $2 AND told_at IS NULL",
        )
        .bind(tenant)
        .bind(id)
        .bind(at)
        .execute(&mut *self.tx)
        .await?;
        if told.rows_affected() == 0 {
            return Ok(false);
        }
        self.put_letter(tenant, LetterKind::Back, (id, at), at).await?;
        Ok(true)
    }

    /// Has somebody wait again who was to be told at `told_at`, where nothing is left by the time that the letter goes; unless they
    /// have asked anew meanwhile.
    pub async fn reopen_alert(&mut self, tenant: &str, id: &str, told_at: UtcMs) -> Result<(), StorageError> {
        sqlx::query(
            "UPDATE alerts SET told_at = NULL WHERE tenant_id = $1 AND alert_id = $2 AND told_at = $3 \
             AND NOT EXISTS (SELECT 1 FROM alerts n WHERE n.person = alerts.person AND n.sku = alerts.sku \
             AND n.location_code = alerts.location_code AND n.tenant_id = alerts.tenant_id AND n.told_at IS NULL)",
        )
        .bind(tenant)
        .bind(id)
        .bind(told_at)
        .execute(&mut *self.tx)
        .await?;
        Ok(())
    }

    /// Has a freshly drawn token open an alert, beside those that were drawn for attempts before.
    pub async fn add_alert_link(
        &mut self,
        tenant: &str,
        id: &str,
        token: &PrivateToken,
    ) -> Result<(), StorageError> {
        sqlx::query("INSERT INTO alert_links (tenant_id, alert_id, token_hash) VALUES ($1, $2, $3)")
            .bind(tenant)
            .bind(id)
            .bind(token.hash())
            .execute(&mut *self.tx)
            .await?;
        Ok(())
    }

    /// The alert that a letter's link opens.
    pub async fn alert_by(&mut self, token: &PrivateToken) -> Result<Option<Alert>, StorageError> {
        let query = sqlx::query(select!(
            "JOIN alert_links l ON l.tenant_id = a.tenant_id AND l.alert_id = a.alert_id WHERE l.token_hash = $1"
        ));
        let row = query.bind(token.hash()).fetch_optional(&mut *self.tx).await?;
        row.as_ref().map(read).transpose()
    }
}
