//! One file per command.

pub(crate) mod doctor;
pub(crate) mod export;
pub(crate) mod feed;
pub(crate) mod import;
pub(crate) mod migrate;
pub(crate) mod openapi;
pub(crate) mod seed;
pub(crate) mod serve;
pub(crate) mod site;

use devanture_storage::{Database, StorageError};

/// Why a command did not do what it was told.
#[derive(Debug, thiserror::Error)]
pub(crate) enum CommandError {
    #[error("{0}")]
    Storage(#[from] StorageError),
    #[error("{0}")]
    Io(#[from] std::io::Error),
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
