//! The shop's programs that are told of events, tell of payments, or say who a customer is, and the secrets by which each is believed.

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

/// What a program does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WebhookUse {
    /// It hears of events, at this address.
    Events(String),
    /// It tells of payments.
    Payments,
    /// It signs the ids of customers who have signed in.
    Customers,
}

/// A program of the shop's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Webhook {
    /// Whose network.
    pub tenant: String,
    /// By which it is listed and removed, and the address that takes payments is told; no secret.
    pub id: String,
    /// What it does.
    pub does: WebhookUse,
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

    /// Where it hears of events; `None` for one that hears of none.
    pub fn url(&self) -> Option<&str> {
        match &self.does {
            WebhookUse::Events(url) => Some(url),
            WebhookUse::Payments | WebhookUse::Customers => None,
        }
    }
}

impl Repository {
    /// Adds a program.
    pub async fn add_webhook(&mut self, webhook: &Webhook) -> Result<(), StorageError> {
        sqlx::query(
            "INSERT INTO webhooks (tenant_id, webhook_id, url, secret, created_at, customers) VALUES ($1, $2, $3, $4, $5, $6)",
        )
        .bind(webhook.tenant.as_str())
        .bind(webhook.id.as_str())
        .bind(webhook.url())
        .bind(webhook.secret.reveal())
        .bind(webhook.created_at)
        .bind(i64::from(webhook.does == WebhookUse::Customers))
        .execute(&mut *self.tx)
        .await?;
        Ok(())
    }

    /// Every program of every network, by network and age.
    pub async fn webhooks(&mut self) -> Result<Vec<Webhook>, StorageError> {
        let rows = sqlx::query(
            "SELECT tenant_id, webhook_id, url, secret, created_at, customers FROM webhooks ORDER BY tenant_id, created_at, webhook_id",
        );
        rows.fetch_all(&mut *self.tx).await?.iter().map(from_row).collect()
    }

    /// The program with this id, whosever it is.
    pub async fn webhook(&mut self, id: &str) -> Result<Option<Webhook>, StorageError> {
        let row = sqlx::query(
            "SELECT tenant_id, webhook_id, url, secret, created_at, customers FROM webhooks WHERE webhook_id = $1",
        );
        row.bind(id).fetch_optional(&mut *self.tx).await?.as_ref().map(from_row).transpose()
    }

    /// The secrets that a network's customers are signed with: several while it changes them.
    pub async fn customer_secrets(&mut self, tenant: &str) -> Result<Vec<WebhookSecret>, StorageError> {
        let rows = sqlx::query(
            "SELECT tenant_id, webhook_id, url, secret, created_at, customers FROM webhooks WHERE tenant_id = $1 AND customers = 1",
        );
        let rows = rows.bind(tenant).fetch_all(&mut *self.tx).await?;
        rows.iter().map(|row| from_row(row).map(|webhook| webhook.secret)).collect()
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
    let does = match (row.try_get(2)?, row.try_get::<i64, _>(5)?) {
        (Some(url), _) => WebhookUse::Events(url),
        (None, 0) => WebhookUse::Payments,
        (None, _) => WebhookUse::Customers,
    };
    Ok(Webhook { tenant: row.try_get(0)?, id, does, secret, created_at: row.try_get(4)? })
}
