//! A run from its beginning: what all kinds have in common.

use std::time::Duration;

use devanture_domain::civil::UtcMs;
use devanture_storage::{
    ABANDONED_AFTER, BAD_ROWS_KEPT, Began, FeedKind, FeedState, NewFeed, Pace, Repository,
};

use super::{BadRow, Outcome, Target, batches::Batches};
use crate::{Cut, FeedError};

/// So often a run whose file comes slowly says that it is there.
const BEAT: Duration = Duration::from_secs(20);
/// So many rows change how the database is best asked.
const MANY: u64 = 10_000;

/// A run that has begun.
pub(super) struct Run<'a, N> {
    pub(super) target: Target<'a>,
    pub(super) id: i64,
    pub(super) outcome: Outcome,
    pace: Pace<'a>,
    notice: N,
    /// Bad rows that are yet to be kept, and how many are.
    bad: Vec<BadRow>,
    kept: usize,
}

impl<'a, N: FnMut(BadRow)> Run<'a, N> {
    pub(super) async fn begin(
        target: Target<'a>,
        kind: FeedKind,
        counted_at: UtcMs,
        notice: N,
    ) -> Result<Self, FeedError> {
        let now = (target.clock)();
        let new = NewFeed { tenant: target.tenant, kind, source: target.source, counted_at, now };
        loop {
            let mut repository = target.database.write().await?;
            match repository.begin_feed(&new).await? {
                Began::Run(id) => {
                    repository.save().await?;
                    target.database.clear_feeds(target.tenant, target.clock).await?;
                    let outcome = Outcome { run: id, ..Outcome::default() };
                    let pace = Pace::new(target.database.engine(), target.clock);
                    return Ok(Self { target, id, outcome, pace, notice, bad: Vec::new(), kept: 0 });
                }
                // Its rows are older than ours, and are not to come after them.
                Began::Unfinished(other) => {
                    drop(repository);
                    target.database.apply_feed(&other, target.clock).await?;
                }
                Began::Busy(other) => {
                    return Err(FeedError::Busy {
                        run: other.id,
                        of: other.source,
                        seconds: now.saturating_sub(other.touched_at).max(0) / 1000,
                        abandoned_after: ABANDONED_AFTER / 1000,
                    });
                }
            }
        }
    }

    /// A transaction that writes what was read; [`Self::written`] ends it.
    pub(super) async fn writing(&mut self) -> Result<Repository, FeedError> {
        let repository = self.target.database.write().await?;
        self.pace.begin();
        Ok(repository)
    }

    /// Saves it, with how far the run has come.
    pub(super) async fn written(&mut self, mut repository: Repository) -> Result<(), FeedError> {
        self.touch(&mut repository).await?;
        repository.save().await?;
        self.pace.end().await;
        Ok(())
    }

    /// Says how far it has come.
    pub(super) async fn told(&mut self) -> Result<(), FeedError> {
        let repository = self.writing().await?;
        self.written(repository).await
    }

    /// Counts and tells a row that is left out.
    pub(super) fn bad(&mut self, bad: BadRow) {
        self.outcome.bad += 1;
        if self.kept + self.bad.len() < BAD_ROWS_KEPT {
            self.bad.push(bad.clone());
        }
        (self.notice)(bad);
    }

    /// The next rows, saying now and then that we are there while they do not come.
    pub(super) async fn batch<T: Send + 'static>(
        &mut self,
        batches: &mut Batches<T>,
    ) -> Result<Option<Vec<T>>, FeedError> {
        loop {
            match tokio::time::timeout(BEAT, batches.next()).await {
                Ok(Some(batch)) => {
                    self.outcome.rows += batch.len() as u64;
                    return Ok(Some(batch));
                }
                Ok(None) => return Ok(None),
                Err(_) => {
                    self.told().await?;
                }
            }
        }
    }

    /// Notes how far it has come, as part of what is being written.
    pub(super) async fn touch(&mut self, repository: &mut Repository) -> Result<(), FeedError> {
        repository.keep_bad_rows(self.target.tenant, self.id, self.kept, &self.bad).await?;
        self.kept += self.bad.len();
        self.bad.clear();
        let counts = (self.outcome.rows, self.outcome.bad);
        let ours = repository.touch_feed(self.target.tenant, self.id, counts, (self.target.clock)()).await?;
        if ours { Ok(()) } else { Err(FeedError::Ended(self.id)) }
    }

    /// After the last row.
    pub(super) fn ended(&mut self, cut: Option<Cut>) -> Result<(), FeedError> {
        if let Some(Cut { line, reason }) = cut {
            self.outcome.cut = true;
            self.bad(BadRow { line, column: None, reason: format!("the file ends here: {reason}") });
        } else if self.outcome.rows == 0 {
            return Err(FeedError::NoRows);
        }
        Ok(())
    }

    /// Ends a run that wrote as it read.
    pub(super) async fn applied(mut self) -> Result<Outcome, FeedError> {
        let mut repository = self.target.database.write().await?;
        self.touch(&mut repository).await?;
        let (tenant, now) = (self.target.tenant, (self.target.clock)());
        repository.put_feed_state(tenant, self.id, (FeedState::Applied, None), now).await?;
        repository.save().await?;
        self.looked_over().await?;
        Ok(self.outcome)
    }

    /// After a run that may have made the tables much longer.
    pub(super) async fn looked_over(&self) -> Result<(), FeedError> {
        if self.outcome.rows >= MANY {
            self.target.database.look_over().await?;
        }
        Ok(())
    }
}

/// Writes down why a run failed, so that the next one of its source need not wait for it.
pub(super) async fn settled(
    target: Target<'_>,
    id: i64,
    done: Result<Outcome, FeedError>,
) -> Result<Outcome, FeedError> {
    if let Err(error) = &done
        && let Ok(mut repository) = target.database.write().await
    {
        let (reason, now) = (error.to_string(), (target.clock)());
        // What failed already is the error to tell; a run that cannot be ended now is found abandoned later.
        let refused =
            repository.put_feed_state(target.tenant, id, (FeedState::Refused, Some(&reason)), now).await;
        if refused.is_ok() && repository.save().await.is_ok() {
            let _ = target.database.clear_feeds(target.tenant, target.clock).await;
        }
    }
    done
}
