//! The shop's programs that are told of events, or tell of payments, and the secrets by which either is believed.

use std::fmt;

use base64::{Engine as _, prelude::BASE64_STANDARD};
use devanture_domain::civil::UtcMs;
use sqlx::{Row as _, any::AnyRow};

use crate::{Repository, StorageError, secret::id_digits};

const PREFIX: &str = "whsec_";

/// 256 random bits, shared with one program. As Standard Webhooks writes it: `whsec_` and base64.
#[derive(Clone, PartialEq, Eq)]
pub struct WebhookSecret([u8; 32]);

impl WebhookSecret {
    /// Takes 32 random bytes.
    pub fn from_random(random: [u8; 32]) -> Self {
        Self(random)
    }

    /// Reads what [`Self::reveal`] wrote.
    pub fn parse(text: &str) -> Option<Self> {
        let bytes = BASE64_STANDARD.decode(text.strip_prefix(PREFIX)?).ok()?;
        bytes.try_into().ok().map(Self)
    }

    /// The secret itself, to be shown once.
    pub fn reveal(&self) -> String {
        format!("{PREFIX}{}", BASE64_STANDARD.encode(self.0))
    }

    /// What signatures are made with.
    pub fn key(&self) -> &[u8] {
        &self.0
    }
}

impl fmt::Debug for WebhookSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("WebhookSecret(..)")
    }
}

/// A program of the shop's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Webhook {
    /// Whose network.
    pub tenant: String,
    /// By which it is listed and removed, and the address that takes payments is told; no secret.
    pub id: String,
    /// Where it hears of events; `None` for one that tells of payments.
    pub url: Option<String>,
    /// Shared with it alone.
    pub secret: WebhookSecret,
    /// Since when.
    pub created_at: UtcMs,
}

impl Webhook {
    /// An id from 16 random bytes: `wh_` and 16 base-62 digits.
    pub fn fresh_id(random: [u8; 16]) -> String {
        format!("wh_{}", id_digits(random))
    }
}

impl Repository {
    /// Adds a program.
    pub async fn add_webhook(&mut self, webhook: &Webhook) -> Result<(), StorageError> {
        sqlx::query(
            "INSERT INTO webhooks (tenant_id, webhook_id, url, secret, created_at) VALUES ($1, $2, $3, $4, $5)",
        )
        .bind(webhook.tenant.as_str())
        .bind(webhook.id.as_str())
        .bind(webhook.url.as_deref())
        .bind(webhook.secret.reveal())
        .bind(webhook.created_at)
        .execute(&mut *self.tx)
        .await?;
        Ok(())
    }

    /// Every program of every network, by network and age.
    pub async fn webhooks(&mut self) -> Result<Vec<Webhook>, StorageError> {
        let rows = sqlx::query(
            "SELECT tenant_id, webhook_id, url, secret, created_at FROM webhooks ORDER BY tenant_id, created_at, webhook_id",
        );
        rows.fetch_all(&mut *self.tx).await?.iter().map(from_row).collect()
    }

    /// The program with this id, whosever it is.
    pub async fn webhook(&mut self, id: &str) -> Result<Option<Webhook>, StorageError> {
        let row = sqlx::query(
            "SELECT tenant_id, webhook_id, url, secret, created_at FROM webhooks WHERE webhook_id = $1",
        );
        row.bind(id).fetch_optional(&mut *self.tx).await?.as_ref().map(from_row).transpose()
    }

    /// Removes a program, which hears nothing any more, not even what was waiting for it; returns whether there was one.
    pub async fn remove_webhook(&mut self, tenant: &str, id: &str) -> Result<bool, StorageError> {
        let removed = sqlx::query("DELETE FROM webhooks WHERE tenant_id = $1 AND webhook_id = $2")
            .bind(tenant)
            .bind(id)
            .execute(&mut *self.tx)
            .await?;
        sqlx::query("DELETE FROM outbox_deliveries WHERE tenant_id = $1 AND receiver = $2")
            .bind(tenant)
            .bind(id)
            .execute(&mut *self.tx)
            .await?;
        Ok(removed.rows_affected() > 0)
    }
}

fn from_row(row: &AnyRow) -> Result<Webhook, StorageError> {
    let id: String = row.try_get(1)?;
    let secret = WebhookSecret::parse(row.try_get(3)?).ok_or_else(|| StorageError::Corrupt {
        table: "webhooks",
        column: "secret",
        key: id.clone(),
        reason: "not a secret".to_owned(),
    })?;
    Ok(Webhook { tenant: row.try_get(0)?, id, url: row.try_get(2)?, secret, created_at: row.try_get(4)? })
}
