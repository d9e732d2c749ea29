//! A full feed that has been read: applied, or held until somebody has looked.

use devanture_domain::civil::UtcMs;
use devanture_storage::{Database, Emptied, FeedRun, FeedState};

use super::{BadRow, Outcome, run::Run, stock::StockFeed};
use crate::FeedError;

/// What a full feed may empty without being asked, in percent of what has something on hand.
pub const DEFAULT_MAX_EMPTIED: u8 = 30;
/// So few rows never make a feed be held: a small store sells out.
pub const FEW_ROWS: u64 = 20;

/// Applies what was staged, or holds it.
pub(super) async fn passed<N: FnMut(BadRow)>(
    mut run: Run<'_, N>,
    feed: StockFeed,
) -> Result<Outcome, FeedError> {
    let (database, tenant, clock) = (run.target.database, run.target.tenant, run.target.clock);
    run.told().await?;
    if !database.settle_feed(tenant, run.id, clock).await? {
        return Err(FeedError::Ended(run.id));
    }
    // What is known is looked through while others write.
    let mut repository = database.read().await?;
    let kept = repository.feed_run(tenant, run.id).await?.ok_or(FeedError::Ended(run.id))?;
    run.outcome.emptied = repository.weigh_feed(&kept).await?;
    drop(repository);
    run.outcome.held = if run.outcome.cut {
        Some("it was not complete".to_owned())
    } else if feed.accept {
        None
    } else {
        too_much(run.outcome.emptied, feed.max_emptied)
    };
    let mut repository = database.write().await?;
    run.touch(&mut repository).await?;
    repository.note_weight(&kept, run.outcome.emptied).await?;
    if let Some(reason) = &run.outcome.held {
        let held = (FeedState::Held, Some(reason.as_str()));
        if !repository.put_feed_state(tenant, run.id, held, clock()).await? {
            return Err(FeedError::Ended(run.id));
        }
    }
    repository.save().await?;
    if run.outcome.held.is_none() && !database.apply_feed(&kept, clock).await? {
        return Err(FeedError::Ended(run.id));
    }
    database.clear_feeds(tenant, clock).await?;
    run.looked_over().await?;
    Ok(run.outcome)
}

/// Why so much may not go at once.
fn too_much(Emptied { known, emptied }: Emptied, percent: u8) -> Option<String> {
    let over = emptied >= FEW_ROWS && u128::from(emptied) * 100 > u128::from(known) * u128::from(percent);
    over.then(|| {
        format!("it would empty {emptied} of {known} rows with something on hand, more than {percent} %")
    })
}

/// Applies a run that is held, or goes on where applying it broke off. Counts and moves that came after it stay.
pub async fn accept_feed(
    database: &Database,
    run: &FeedRun,
    clock: &(dyn Fn() -> UtcMs + Sync),
) -> Result<(), FeedError> {
    let applying = run.state == FeedState::Applying;
    if !(applying || is_held(run)) || !database.apply_feed(run, clock).await? {
        return Err(not_held(run));
    }
    Ok(database.clear_feeds(&run.tenant, clock).await?)
}

/// Refuses a run that is held.
pub async fn refuse_feed(
    database: &Database,
    run: &FeedRun,
    clock: &(dyn Fn() -> UtcMs + Sync),
) -> Result<(), FeedError> {
    let mut repository = database.write().await?;
    let refused = (FeedState::Refused, Some("somebody looked and refused it"));
    if !is_held(run) || !repository.put_feed_state(&run.tenant, run.id, refused, clock()).await? {
        return Err(not_held(run));
    }
    repository.save().await?;
    Ok(database.clear_feeds(&run.tenant, clock).await?)
}

/// Goes on with a full feed that was being applied when its program ended; returns whether there was one.
pub async fn resume_feed(
    database: &Database,
    clock: &(dyn Fn() -> UtcMs + Sync),
) -> Result<Option<FeedRun>, FeedError> {
    let mut repository = database.write().await?;
    let Some(run) = repository.take_unfinished_feed(clock()).await? else { return Ok(None) };
    repository.save().await?;
    database.apply_feed(&run, clock).await?;
    database.clear_feeds(&run.tenant, clock).await?;
    Ok(Some(run))
}

fn is_held(run: &FeedRun) -> bool {
    run.state == FeedState::Held
}

fn not_held(run: &FeedRun) -> FeedError {
    FeedError::Run(format!("run {} of {} is not held any more", run.id, run.tenant))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_third_of_many_and_never_a_few() {
        let held = |known, emptied, percent| too_much(Emptied { known, emptied }, percent).is_some();
        assert!(!held(19, 19, 30) && held(20, 20, 30));
        assert!(!held(100, 30, 30) && held(100, 31, 30));
        assert!(!held(100, 100, 100) && held(2_000_000, 20, 0));
    }
}
