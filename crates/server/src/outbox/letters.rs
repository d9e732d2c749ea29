//! Sends letters: about reviews, and to those who wait for something.

use devanture_storage::{Letter, Outcome, StorageError};
use tokio::task::JoinSet;

use super::outcome;
use crate::{App, mail};

/// Makes attempts at once, and writes down how each went as soon as it is known.
pub(super) async fn send(app: &App, letters: Vec<Letter>) -> Result<(), StorageError> {
    let mut under_way = JoinSet::new();
    for letter in letters {
        let app = app.clone();
        under_way.spawn(async move {
            let told = mail::write(&app, &letter).await;
            (letter, told)
        });
    }
    while let Some(ended) = under_way.join_next().await {
        // What has panicked is tried again when its lease is over.
        let Ok((letter, told)) = ended else { continue };
        let now = app.now();
        let outcome = outcome((letter.at, letter.attempt), told, now);
        if let Outcome::Dead { failure } = &outcome {
            tracing::error!(event = letter.id, failure, "given up; see `devanture outbox list`");
        }
        let mut repository = app.database().write().await?;
        repository.end_letter(&letter, &outcome, now).await?;
        repository.save().await?;
    }
    Ok(())
}
