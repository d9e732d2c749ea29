//! Tells the outside what happened to reservations and to feeds that are fetched: at least once, and by one instance at a time.

mod letters;
mod story;
#[cfg(test)]
mod tests;

use std::{collections::HashMap, sync::Arc, time::Duration};

use devanture_domain::{civil::UtcMs, reservation::Notice};
use devanture_storage::{Delivery, Outcome, StorageError, Webhook};
use tokio::{
    task::JoinSet,
    time::{MissedTickBehavior, interval},
};

pub(crate) use story::Story;

use crate::{App, clock::EntropyError, mail, webhooks};

/// The receiver of what goes to shoppers by mail; webhooks' ids begin otherwise.
const MAIL: &str = "mail";
/// How late something is told at most, while all goes well.
const TICK: Duration = Duration::from_secs(1);
/// Events that are spread at once, and deliveries that are under way at once.
const SPREAD_AT_ONCE: u16 = 500;
const SENT_AT_ONCE: u16 = 16;
/// Longer than any attempt takes.
const LEASE_MS: UtcMs = 2 * 60_000;
const FIRST_WAIT_MS: UtcMs = 10_000;
const LONGEST_WAIT_MS: UtcMs = 6 * 3_600_000;
const GIVEN_UP_AFTER_MS: UtcMs = 3 * 86_400_000;

/// Why somebody was not told; without personal data, since the operator reads it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Failed {
    reason: String,
    for_good: bool,
}

impl Failed {
    /// It may succeed later.
    pub(crate) fn new(reason: impl Into<String>) -> Self {
        Self { reason: reason.into(), for_good: false }
    }

    /// It never will.
    pub(crate) fn for_good(reason: impl Into<String>) -> Self {
        Self { reason: reason.into(), for_good: true }
    }
}

impl From<StorageError> for Failed {
    fn from(error: StorageError) -> Self {
        Self::new(error.to_string())
    }
}

impl From<EntropyError> for Failed {
    fn from(error: EntropyError) -> Self {
        Self::new(error.to_string())
    }
}

/// Tells what is to be told until it is dropped.
pub(crate) async fn run(app: App) {
    let mut tick = interval(TICK);
    tick.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut failing = false;
    loop {
        tick.tick().await;
        let told = deliver_due(&app).await;
        if let Err(error) = &told
            && !failing
        {
            tracing::error!(%error, "the outbox cannot be emptied");
        }
        failing = told.is_err();
    }
}

/// Tells whatever is due; returns how many attempts were made.
pub(crate) async fn deliver_due(app: &App) -> Result<usize, StorageError> {
    let mut attempts = 0;
    loop {
        let now = app.now();
        // Asked first, since a transaction that may write keeps other writers waiting.
        if !app.database().read().await?.outbox_waits(now).await? {
            return Ok(attempts);
        }
        let mut repository = app.database().write().await?;
        let mut hooks: HashMap<String, Arc<Webhook>> = HashMap::new();
        for webhook in repository.webhooks().await?.into_iter().filter(|webhook| webhook.url().is_some()) {
            hooks.insert(webhook.id.clone(), Arc::new(webhook));
        }
        let receivers = |tenant: &str, notice: Option<Notice>| {
            let by_mail = app.config().mail.is_some() && notice.is_some_and(mail::is_mailed);
            let hooks = hooks.values().filter(|webhook| webhook.tenant == tenant);
            by_mail
                .then(|| MAIL.to_owned())
                .into_iter()
                .chain(hooks.map(|webhook| webhook.id.clone()))
                .collect()
        };
        let spread = repository.spread_events(now, SPREAD_AT_ONCE, receivers).await?;
        let leased = repository.lease_deliveries(now, now + LEASE_MS, SENT_AT_ONCE).await?;
        let letters = repository.lease_letters(now, now + LEASE_MS, SENT_AT_ONCE).await?;
        repository.save().await?;
        let full = usize::from(SENT_AT_ONCE);
        let is_more = spread == usize::from(SPREAD_AT_ONCE) || leased.len() == full || letters.len() == full;
        attempts += leased.len() + letters.len();
        deliver(app, &hooks, leased).await?;
        letters::send(app, letters).await?;
        // What comes meanwhile waits for the next time: under load one transaction after the other would keep all other
        // writers of SQLite from theirs.
        if !is_more {
            return Ok(attempts);
        }
    }
}

/// Makes attempts at once, and writes down how each went as soon as it is known.
async fn deliver(
    app: &App,
    hooks: &HashMap<String, Arc<Webhook>>,
    leased: Vec<Delivery>,
) -> Result<(), StorageError> {
    let mut under_way = JoinSet::new();
    for delivery in leased {
        let (app, webhook) = (app.clone(), hooks.get(&delivery.receiver).cloned());
        under_way.spawn(async move {
            let told = match (webhook, delivery.event.reservation()) {
                (Some(webhook), _) => webhooks::tell(&app, &webhook, &delivery.event).await,
                (None, Some(event)) if delivery.receiver == MAIL => mail::tell(&app, event).await,
                // It was removed.
                (None, _) => Ok(()),
            };
            (delivery, told)
        });
    }
    let mut trouble = Ok(());
    while let Some(ended) = under_way.join_next().await {
        // What has panicked is tried again when its lease is over.
        let Ok((delivery, told)) = ended else { continue };
        let now = app.now();
        let outcome = outcome((delivery.event.at(), delivery.attempt), told, now);
        if let Outcome::Dead { failure } = &outcome {
            let (event, receiver) = (delivery.event.id(), &delivery.receiver);
            tracing::error!(event, receiver, failure, "given up; see `devanture outbox list`");
        }
        // The others' ends are written all the same.
        if let Err(error) = write_down(app, &delivery, &outcome, now).await {
            trouble = Err(error);
        }
    }
    trouble
}

async fn write_down(
    app: &App,
    delivery: &Delivery,
    outcome: &Outcome,
    now: UtcMs,
) -> Result<(), StorageError> {
    let mut repository = app.database().write().await?;
    repository.end_delivery(delivery, outcome, now).await?;
    repository.save().await
}

/// What comes of an attempt, by when its event was and which attempt it is.
fn outcome((at, attempt): (UtcMs, u32), told: Result<(), Failed>, now: UtcMs) -> Outcome {
    let Err(Failed { reason: failure, for_good }) = told else { return Outcome::Done };
    let due_at = now + wait_ms(attempt);
    if for_good || due_at > at + GIVEN_UP_AFTER_MS {
        Outcome::Dead { failure }
    } else {
        Outcome::Again { due_at, failure }
    }
}

/// How long to wait after so many attempts: three times as long each time.
fn wait_ms(attempts: u32) -> UtcMs {
    let factor = 3_i64.saturating_pow(attempts.saturating_sub(1));
    FIRST_WAIT_MS.saturating_mul(factor).min(LONGEST_WAIT_MS)
}
