//! Where stock is looked at for shoppers: those who ask while an answer is on its way are answered together by the next one,
//! since what costs is each trip to the database.
//!
//! There is no task of its own. A request leaves its question on the shelf and waits for a turn; who gets it asks everything
//! that lies there, their own question too unless somebody has done so.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use devanture_storage::{Database, Stock, StorageError};
use tokio::sync::{Semaphore, oneshot};

/// Trips at once: a slow one must not hold up everybody.
const TURNS: usize = 2;

/// A variant's pieces at each location; shared, as many may ask for the same.
pub(crate) type Pieces = Arc<[Stock]>;

struct Question {
    tenant: String,
    sku: String,
    answer: oneshot::Sender<Pieces>,
}

pub(crate) struct Shelf {
    waiting: Mutex<Vec<Question>>,
    turns: Semaphore,
}

impl Default for Shelf {
    fn default() -> Self {
        Self { waiting: Mutex::default(), turns: Semaphore::new(TURNS) }
    }
}

impl Shelf {
    /// A variant's pieces at every location that has ever had any.
    pub(crate) async fn look(
        &self,
        database: &Database,
        tenant: &str,
        sku: &str,
    ) -> Result<Pieces, StorageError> {
        loop {
            let (answer, mut receiver) = oneshot::channel();
            self.lock().push(Question { tenant: tenant.to_owned(), sku: sku.to_owned(), answer });
            let answered = tokio::select! {
                biased;
                answered = &mut receiver => answered,
                turn = self.turns.acquire() => {
                    // Ours is asked by the first trip, unless too many lie there, or somebody is on the way with it.
                    let mut is_answered = false;
                    while !is_answered && self.ask(database).await? {
                        is_answered = !receiver.is_empty();
                    }
                    drop(turn);
                    receiver.await
                }
            };
            if let Ok(pieces) = answered {
                return Ok(pieces);
            }
            // Whoever was to ask for us has gone away, or failed: then we ask ourselves.
        }
    }

    /// Asks what comes next and hands out the answers; whether there was anything.
    async fn ask(&self, database: &Database) -> Result<bool, StorageError> {
        let questions = next(&mut self.lock());
        let Some(first) = questions.first() else { return Ok(false) };
        let mut skus: Vec<&str> = questions.iter().map(|question| question.sku.as_str()).collect();
        skus.sort_unstable();
        skus.dedup();
        let found = database.look(&first.tenant, &skus).await?;
        let found: HashMap<String, Pieces> =
            found.into_iter().map(|(sku, stock)| (sku, Pieces::from(stock))).collect();
        for Question { sku, answer, .. } in questions {
            // Who has gone away needs none.
            let _ = answer.send(found.get(&sku).cloned().unwrap_or_default());
        }
        Ok(true)
    }

    fn lock(&self) -> MutexGuard<'_, Vec<Question>> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The questions that come next: of the network that has waited longest, as many as one trip takes.
fn next(waiting: &mut Vec<Question>) -> Vec<Question> {
    let Some(tenant) = waiting.first().map(|question| question.tenant.clone()) else { return Vec::new() };
    let mut count = 0;
    let is_next = |question: &mut Question| {
        let takes = count < Database::LOOK_AT_ONCE && question.tenant == tenant;
        count += usize::from(takes);
        takes
    };
    waiting.extract_if(.., is_next).collect()
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use futures_util::future::join_all;

    use crate::testing::TestApp;

    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn everybody_is_answered_also_when_some_go_away() {
        let app = TestApp::new().await;
        app.count(&[("A", "FR-NTE", 1), ("B", "FR-NTE", 2), ("B", "FR-PAR", 3)]).await;
        for round in 0..20 {
            let looks = (0..200_u64).map(|n| {
                let (app, sku) = (app.app().clone(), ["A", "B", "NONE"][usize::try_from(n % 3).unwrap()]);
                async move {
                    let look = app.stock("maison", sku);
                    if n % 5 == round % 5 {
                        // Goes away at whatever point it has come to.
                        let _ = tokio::time::timeout(Duration::from_micros(n * 20), look).await;
                    } else {
                        let pieces = look.await.unwrap();
                        let on_hand: Vec<u32> = pieces.iter().map(|one| one.level.on_hand).collect();
                        let expected: &[u32] = [&[1][..], &[2, 3], &[]][usize::try_from(n % 3).unwrap()];
                        assert_eq!(on_hand.len(), expected.len(), "{sku}");
                        assert_eq!(on_hand.iter().sum::<u32>(), expected.iter().sum::<u32>(), "{sku}");
                        assert!(pieces.iter().all(|one| one.sku == sku));
                    }
                }
            });
            let all = join_all(looks.map(tokio::spawn));
            for one in
                tokio::time::timeout(Duration::from_secs(20), all).await.expect("somebody waits for good")
            {
                one.unwrap();
            }
        }
    }

    #[tokio::test]
    async fn networks_do_not_see_each_other() {
        let app = TestApp::new().await;
        app.count(&[("A", "FR-NTE", 1)]).await;
        let (own, other) = tokio::join!(app.app().stock("maison", "A"), app.app().stock("other", "A"));
        assert_eq!((own.unwrap().len(), other.unwrap().len()), (1, 0));
    }
}
