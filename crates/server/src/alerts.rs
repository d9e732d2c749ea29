//! Has those written to who wait for what can be had again.
//!
//! Stock is written by feeds, tills and reservations without a thought of them: once a minute those variants are looked at that somebody
//! waits for. Where many wait for few pieces, the oldest are told first, and no more of them than there are pieces; the next after a
//! pause (`devanture_domain::alert`).

use std::time::Duration;

use devanture_domain::alert::{PAUSE_MS, turns};
use devanture_storage::{AlertCursor, Repository, Stock, StorageError};
use tokio::time::{MissedTickBehavior, interval};

use crate::{App, index::Network};

/// How late somebody is told.
const TICK: Duration = Duration::from_mins(1);
/// Variants that one statement looks at, and how many statements there are at most each time; the next time goes on from there.
const SKUS_AT_ONCE: u16 = 200;
const LOOKS: usize = 25;
/// Letters written by one transaction: other writers of SQLite wait for it.
const TOLD_AT_ONCE: u16 = 100;

/// Looks until it is dropped.
pub(crate) async fn run(app: App) {
    let mut tick = interval(TICK);
    tick.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let (mut after, mut failing) = (None, false);
    loop {
        tick.tick().await;
        let told = tell_waiting(&app, &mut after).await;
        match &told {
            Ok(0) => {}
            Ok(told) => tracing::info!(told, "what they wait for can be had again"),
            Err(error) if !failing => tracing::error!(%error, "nobody can be told that something is back"),
            Err(_) => {}
        }
        failing = told.is_err();
    }
}

/// Looks at what is waited for from `after` on; returns how many are told.
pub(crate) async fn tell_waiting(app: &App, after: &mut Option<AlertCursor>) -> Result<usize, StorageError> {
    if app.config().mail.is_none() {
        return Ok(0);
    }
    let mut told = 0;
    for _ in 0..LOOKS {
        let found = app.database().read().await?.alerted_skus(after.as_ref(), SKUS_AT_ONCE).await?;
        for (tenant, sku) in &found.there {
            match tell(app, tenant, sku).await {
                Ok(count) => told += count,
                Err(error) if error.is_unavailable() => return Err(error),
                // The others are not kept waiting for one that cannot be read.
                Err(error) => tracing::error!(%error, sku, "whoever waits for it cannot be told"),
            }
        }
        *after = found.next;
        if after.is_none() {
            break;
        }
    }
    Ok(told)
}

async fn tell(app: &App, tenant: &str, sku: &str) -> Result<usize, StorageError> {
    let mut told = 0;
    loop {
        // Looked at first, since a transaction that may write keeps other writers waiting.
        if whose_turn(app, &mut app.database().read().await?, tenant, sku).await?.is_empty() {
            return Ok(told);
        }
        let mut repository = app.database().write().await?;
        repository.take_alerted(tenant, sku).await?;
        let now = app.now();
        for id in whose_turn(app, &mut repository, tenant, sku).await? {
            told += usize::from(repository.tell_alert(tenant, &id, now).await?);
        }
        repository.save().await?;
    }
}

async fn whose_turn(
    app: &App,
    repository: &mut Repository,
    tenant: &str,
    sku: &str,
) -> Result<Vec<String>, StorageError> {
    let Some(network) = app.directory().load().network(tenant).cloned() else { return Ok(Vec::new()) };
    let stock = repository.stock_of(tenant, sku).await?;
    let pieces: Vec<_> = stores_with(&network, &stock).collect();
    if pieces.is_empty() {
        return Ok(Vec::new());
    }
    let now = app.now();
    let waiting = repository.waiting_alerts((tenant, sku), now, TOLD_AT_ONCE).await?;
    let told = repository.told_alerts((tenant, sku), now - PAUSE_MS).await?;
    let told: Vec<_> = told.iter().map(Option::as_deref).collect();
    let places: Vec<_> = waiting.iter().map(|one| one.location_code.as_deref()).collect();
    let turns = turns(&pieces, &told, &places).into_iter().take(TOLD_AT_ONCE.into());
    Ok(turns.filter_map(|index| waiting.get(index)).map(|one| one.id.clone()).collect())
}

/// The network's stores that have pieces to promise, with how many. A warehouse is none: what it has can be ordered all along.
pub(crate) fn stores_with<'a>(
    network: &'a Network,
    stock: &'a [Stock],
) -> impl Iterator<Item = (&'a str, u32)> {
    let there = stock.iter().map(|one| (one.location_code.as_str(), one.level.available()));
    there.filter(|(code, pieces)| *pieces > 0 && network.find(code).is_some())
}
