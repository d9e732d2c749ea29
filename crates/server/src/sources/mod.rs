//! Feeds that are fetched: what is due is found in the database and taken by one instance at a time. What broke off while it was
//! applied is found there, too.

mod fetch;
mod reach;
mod take_in;
#[cfg(test)]
mod tests;

use std::time::Duration;

use devanture_domain::civil::UtcMs;
use devanture_feeds::resume_feed;
use devanture_storage::{Polled, Source, StorageError};
use tokio::{
    task::JoinSet,
    time::{MissedTickBehavior, interval},
};

use crate::App;
use fetch::Fetched;

pub use reach::{Reach, ReachError, check_url};

/// So soon after its time a source is asked.
pub(crate) const TICK: Duration = Duration::from_secs(5);
/// An instance that was not heard of for so long has lost the source that it took.
const LEASE_MS: UtcMs = 2 * 60_000;
const BEAT: Duration = Duration::from_secs(30);
/// Sources that one instance fetches at once.
const AT_ONCE: usize = 4;
/// A source that fails is asked at least this often.
const LONGEST_MS: UtcMs = 60 * 60_000;

/// How sources are fetched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SourceConfig {
    /// Where they may be.
    pub reach: Reach,
    /// How long the other end may be silent.
    pub silence: Duration,
}

impl Default for SourceConfig {
    fn default() -> Self {
        Self { reach: Reach::default(), silence: Duration::from_secs(30) }
    }
}

/// Fetches what is due, until it is dropped; looks for it so often.
pub(crate) async fn run(app: App, every: Duration) {
    let mut tick = interval(every);
    tick.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut polls = JoinSet::new();
    // A database that stays away is one line in the log.
    let mut failing = false;
    loop {
        tick.tick().await;
        while polls.try_join_next().is_some() {}
        let done = async {
            tell_stale(&app).await?;
            for (tenant, name) in due(&app, AT_ONCE.saturating_sub(polls.len())).await? {
                let app = app.clone();
                polls.spawn(async move {
                    if let Err(error) = poll(&app, (&tenant, &name), app.now()).await {
                        tracing::error!(%error, tenant, source = name, "a source cannot be asked");
                    }
                });
            }
            if let Some(run) = app.database().read().await?.unfinished_feed(app.now()).await? {
                let app = app.clone();
                tracing::info!(
                    tenant = run.tenant,
                    run = run.id,
                    "a feed that broke off is applied to its end"
                );
                polls.spawn(async move {
                    if let Err(error) = resume_feed(app.database(), &|| app.now()).await {
                        tracing::error!(%error, "a feed that broke off cannot be applied to its end");
                    }
                });
            }
            Ok::<_, StorageError>(())
        };
        match done.await {
            Ok(()) => failing = false,
            Err(error) => {
                if !std::mem::replace(&mut failing, true) {
                    tracing::error!(%error, "what is due cannot be found out");
                }
            }
        }
    }
}

async fn due(app: &App, most: usize) -> Result<Vec<(String, String)>, StorageError> {
    let most = u16::try_from(most).unwrap_or(u16::MAX);
    if most == 0 { Ok(Vec::new()) } else { app.database().read().await?.due_sources(app.now(), most).await }
}

/// Says of each source once that it has become stale.
async fn tell_stale(app: &App) -> Result<usize, StorageError> {
    let now = app.now();
    if !app.database().read().await?.has_newly_stale(now).await? {
        return Ok(0);
    }
    let mut repository = app.database().write().await?;
    let stale = repository.newly_stale(now).await?;
    repository.save().await?;
    for (tenant, name) in &stale {
        tracing::warn!(tenant, source = name, "a source is stale: what it says was not heard for too long");
    }
    Ok(stale.len())
}

/// Fetches a source now, though it may not be due; `None` when it is being fetched already, or there is none.
pub async fn poll_now(app: &App, tenant: &str, name: &str) -> Result<Option<Polled>, StorageError> {
    poll(app, (tenant, name), UtcMs::MAX).await
}

async fn poll(app: &App, whose: (&str, &str), by: UtcMs) -> Result<Option<Polled>, StorageError> {
    let now = app.now();
    let mut repository = app.database().write().await?;
    let taken = repository.take_source(whose, (now, by, now + LEASE_MS)).await?;
    repository.save().await?;
    let Some(source) = taken else { return Ok(None) };
    let asked = asked(app, &source, now);
    let mut asked = std::pin::pin!(asked);
    let mut beat = interval(BEAT);
    beat.tick().await;
    let polled = loop {
        tokio::select! {
            polled = &mut asked => break polled,
            _ = beat.tick() => {
                let mut repository = app.database().write().await?;
                // Whoever has taken it meanwhile is not disturbed by what we do: the feed's run is one at a time as well.
                repository.keep_source(&source, app.now() + LEASE_MS).await?;
                repository.save().await?;
            }
        }
    };
    let mut repository = app.database().write().await?;
    repository.put_polled(&source, &polled).await?;
    repository.save().await?;
    if polled.failed && source.failures == 0 {
        let reason = polled.reason.as_deref().unwrap_or_default();
        tracing::warn!(tenant = whose.0, source = whose.1, reason, "a source could not be taken in");
    }
    Ok(Some(polled))
}

/// Asks, takes in what has changed, and says when to ask again.
async fn asked(app: &App, source: &Source, now: UtcMs) -> Polled {
    let interval_ms = source.new.interval_ms;
    let polled = Polled {
        due_at: now.saturating_add(interval_ms),
        at: now,
        etag: source.etag.clone(),
        last_modified: source.last_modified.clone(),
        ..Polled::default()
    };
    let failed = |reason: String| {
        let wait = wait_ms(interval_ms, source.failures, app.random().unwrap_or_default());
        Polled { due_at: now.saturating_add(wait), reason: Some(reason), failed: true, ..polled.clone() }
    };
    match fetch::fetch(app, source).await {
        Err(reason) => failed(reason),
        Ok(Fetched::Unchanged) => match take_in::held(app, source).await {
            Ok(None) => Polled { fresh: true, ..polled },
            Ok(reason) => Polled { reason, ..polled },
            Err(error) => failed(error.to_string()),
        },
        Ok(Fetched::Changed(answer)) => {
            let (etag, last_modified) = (answer.etag.clone(), answer.last_modified.clone());
            match take_in::take_in(app, source, *answer, now).await {
                Ok((run, None)) => Polled { fresh: true, etag, last_modified, run: Some(run), ..polled },
                // It was heard, and waits for somebody: asking more often, or for the same again, does not help.
                Ok((run, reason)) => Polled { etag, last_modified, run: Some(run), reason, ..polled },
                Err(reason) => failed(reason),
            }
        }
    }
}

/// Twice as long each time, up to an hour or the interval if that is longer; a fifth more or less, so that what failed
/// together does not come back together.
fn wait_ms(interval_ms: i64, failures: i64, random: [u8; 2]) -> i64 {
    let times = 1_i64 << (failures + 1).clamp(0, 20);
    let wait = interval_ms.saturating_mul(times).min(LONGEST_MS.max(interval_ms));
    let fifth = wait / 5;
    wait - fifth + 2 * fifth * i64::from(u16::from_le_bytes(random)) / i64::from(u16::MAX)
}
