//! Long work in short transactions: SQLite has one writer, and whoever waits for it looks now and then whether it is free.

use std::time::Duration;

use devanture_domain::civil::UtcMs;

use crate::Engine;

/// A transaction is to take about so long, in milliseconds.
const AIM: UtcMs = 80;
const MOST_ROWS: usize = 10_000;
const FEWEST_ROWS: usize = 100;

/// Says how many rows go into the next transaction, and pauses between them.
pub struct Pace<'a> {
    clock: &'a (dyn Fn() -> UtcMs + Sync),
    one_writer: bool,
    rows: usize,
    began: UtcMs,
}

impl<'a> Pace<'a> {
    /// Time is told by `clock`, in milliseconds since 1970 UTC.
    pub fn new(engine: Engine, clock: &'a (dyn Fn() -> UtcMs + Sync)) -> Self {
        Self { clock, one_writer: engine == Engine::Sqlite, rows: 1_000, began: 0 }
    }

    /// Now.
    pub fn now(&self) -> UtcMs {
        (self.clock)()
    }

    /// How many rows should go into a transaction.
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// A transaction has begun; to be called when the writer's place is ours. Returns [`Self::rows`].
    pub fn begin(&mut self) -> usize {
        self.began = self.now();
        self.rows
    }

    /// It has ended. On SQLite others get a third of its time: whoever waits looks after ever longer pauses, up to a tenth of
    /// a second, and would hardly ever find the place free that is taken again at once.
    pub async fn end(&mut self) {
        let took = (self.now() - self.began).max(0);
        if took > 2 * AIM {
            self.rows = (self.rows / 2).max(FEWEST_ROWS);
        } else if took < AIM / 2 {
            self.rows = (self.rows * 2).min(MOST_ROWS);
        }
        let pause = u64::try_from(took / 3).unwrap_or(0).min(1_000);
        if self.one_writer && pause > 0 {
            tokio::time::sleep(Duration::from_millis(pause)).await;
        }
    }
}

impl std::fmt::Debug for Pace<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Pace").field("rows", &self.rows).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicI64, Ordering};

    use super::*;

    #[tokio::test]
    async fn as_many_rows_as_there_is_time_for() {
        let now = AtomicI64::new(0);
        let clock = || now.load(Ordering::Relaxed);
        let mut pace = Pace::new(Engine::Postgres, &clock);
        let mut step = async |took| {
            let rows = pace.begin();
            now.fetch_add(took, Ordering::Relaxed);
            pace.end().await;
            rows
        };
        let mut rows = Vec::new();
        for took in [10, 10, 80, 200, 200, -50, 0, 0, 0] {
            rows.push(step(took).await);
        }
        assert_eq!(rows, [1_000, 2_000, 4_000, 4_000, 2_000, 1_000, 2_000, 4_000, 8_000]);
        for _ in 0..20 {
            step(1_000).await;
        }
        assert_eq!(step(1).await, FEWEST_ROWS);
    }
}
