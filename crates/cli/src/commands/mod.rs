//! One file per command.

pub(crate) mod doctor;
pub(crate) mod export;
pub(crate) mod feed;
pub(crate) mod import;
pub(crate) mod key;
pub(crate) mod migrate;
pub(crate) mod openapi;
pub(crate) mod outbox;
mod password;
pub(crate) mod reservations;
pub(crate) mod reviews;
mod rules;
pub(crate) mod seed;
pub(crate) mod serve;
pub(crate) mod site;
pub(crate) mod source;
pub(crate) mod staff;
pub(crate) mod warehouse;
pub(crate) mod webhook;

use devanture_server::{Clock as _, Entropy as _, EntropyError, HashError, SystemClock, SystemEntropy};
use devanture_storage::{Actor, Database, Deed, Repository, StorageError};

/// Why a command did not do what it was told.
#[derive(Debug, thiserror::Error)]
pub(crate) enum CommandError {
    #[error("{0}")]
    Storage(#[from] StorageError),
    #[error("{0}")]
    Io(#[from] std::io::Error),
    #[error("{0}")]
    Entropy(#[from] EntropyError),
    #[error("{0}")]
    Hash(#[from] HashError),
    #[error("{0}")]
    Said(String),
}

impl CommandError {
    pub(crate) fn said(text: impl Into<String>) -> Self {
        Self::Said(text.into())
    }
}

/// Opens the database with its schema up to date.
pub(crate) async fn open(location: &str) -> Result<Database, CommandError> {
    let database = Database::open(location).await?;
    database.migrate().await?;
    Ok(database)
}

fn random<const N: usize>() -> Result<[u8; N], EntropyError> {
    let mut bytes = [0; N];
    SystemEntropy.fill(&mut bytes)?;
    Ok(bytes)
}

/// Refuses the name of a network that is not there.
async fn require_tenant(repository: &mut Repository, tenant: &str) -> Result<(), CommandError> {
    if repository.tenants().await?.iter().any(|known| known.id == tenant) {
        return Ok(());
    }
    Err(CommandError::said(format!("there is no network {tenant}; `devanture site add` makes one")))
}

/// A name as people give it, which lists show between tabs.
fn name(text: &str) -> Result<String, String> {
    let name = text.trim();
    let fits = (1..=100).contains(&name.chars().count()) && !name.contains(char::is_control);
    if fits { Ok(name.to_owned()) } else { Err("1 to 100 characters on one line".to_owned()) }
}

/// Writes down that the operator did something.
async fn record(
    repository: &mut Repository,
    tenant: &str,
    action: &str,
    subject: &str,
    detail: &[(&str, &str)],
) -> Result<(), CommandError> {
    let actor = &Actor::System;
    let deed = Deed { tenant, actor, action, subject: Some(subject), store_code: None, detail };
    repository.record(&deed, SystemClock.now(), random()?).await?;
    Ok(())
}
