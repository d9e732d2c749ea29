//! What programs tell piece by piece: whatever the order and however often, the same stock.

use std::collections::{BTreeMap, BTreeSet};

use devanture_domain::stock::StockSource;
use devanture_storage::{Database, Heard, Pieces, Told};
use proptest::{
    prelude::*,
    sample::Index,
    strategy::ValueTree as _,
    test_runner::{Config, RngAlgorithm, TestRng, TestRunner},
};

use super::{
    network::tenant,
    stock::{count, level, put},
};

fn told(sequence: i64, sku: &str, pieces: Pieces, at: i64) -> Told<'_> {
    Told { sequence, sku, location_code: "FR-1", pieces, at }
}

async fn tell(database: &Database, source: &str, told: &[Told<'_>]) -> Vec<Heard> {
    let mut repository = database.write().await.unwrap();
    let heard = repository.tell("maison", source, told).await.unwrap();
    repository.save().await.unwrap();
    heard
}

async fn missing(database: &Database, source: &str) -> Option<i64> {
    database.read().await.unwrap().missing_from("maison", source).await.unwrap()
}

pub(super) async fn says_what_came_of_it(database: &Database) {
    tenant(database).await;
    let known = devanture_storage::Count { on_order: 6, safety: Some(2), ..count("A", "FR-1", 10, 100) };
    put(database, &[known]).await;
    let batch = [
        told(11, "A", Pieces::Change(-1), 110),
        told(12, "A", Pieces::Change(-1), 90),
        told(11, "A", Pieces::Change(-1), 110),
        told(15, "B", Pieces::Counted(4), 120),
    ];
    let heard = tell(database, "till", &batch).await;
    assert_eq!(heard, [Heard::Applied, Heard::OlderThanCount, Heard::AlreadyKnown, Heard::Applied]);
    assert_eq!(tell(database, "till", &batch).await, [Heard::AlreadyKnown; 4]);
    assert_eq!(missing(database, "till").await, Some(13));
    let late = [told(14, "B", Pieces::Counted(9), 119), told(13, "B", Pieces::Change(2), 121)];
    assert_eq!(tell(database, "till", &late).await, [Heard::OlderThanCount, Heard::Applied]);
    assert_eq!((missing(database, "till").await, missing(database, "other").await), (None, None));
    let earlier = [told(3, "A", Pieces::Counted(20), 115)];
    assert_eq!(tell(database, "till", &earlier).await, [Heard::Applied]);
    assert_eq!(missing(database, "till").await, Some(4), "it began earlier than was known");
    assert_eq!(tell(database, "other", &[told(3, "A", Pieces::Change(1), 116)]).await, [Heard::Applied]);
    let a = level(database, "A", "FR-1").await;
    assert_eq!((a.on_hand, a.on_order, a.safety, a.counted_at), (21, 6, 2, 116));
    assert_eq!(a.source, StockSource::Till);
    assert_eq!(level(database, "B", "FR-1").await.on_hand, 6);
    assert!(tell(database, "till", &[]).await.is_empty());
}

/// At once, from four connections, each number several times.
pub(super) async fn told_at_once(database: &Database) {
    tenant(database).await;
    let tasks = (0..4).map(|task| {
        let database = database.clone();
        tokio::spawn(async move {
            let mut applied = 0;
            for start in 0..5 {
                // Some forwards, some backwards: nobody waits for somebody who waits for them.
                let mut batch: Vec<_> = (1..=10)
                    .map(|n| told(start * 10 + n, ["A", "B"][usize::from(n % 2 == 0)], Pieces::Change(1), n))
                    .collect();
                if task % 2 == 0 {
                    batch.reverse();
                }
                let heard = tell(&database, if task < 2 { "one" } else { "two" }, &batch).await;
                applied += heard.iter().filter(|heard| **heard == Heard::Applied).count();
            }
            applied
        })
    });
    let mut applied = 0;
    for task in tasks.collect::<Vec<_>>() {
        applied += task.await.unwrap();
    }
    assert_eq!(applied, 100, "each number of each source once");
    assert_eq!(
        (level(database, "A", "FR-1").await.on_hand, level(database, "B", "FR-1").await.on_hand),
        (50, 50)
    );
}

/// A source, a number, an SKU, what, and when.
type Delta = (usize, i64, usize, Pieces, i64);

const SOURCES: [&str; 2] = ["till", "erp"];
const SKUS: [&str; 2] = ["A", "B"];

fn deltas() -> impl Strategy<Value = Vec<(usize, Pieces, i64, bool)>> {
    let pieces = prop_oneof![
        3 => (-3i64..5).prop_map(Pieces::Change),
        1 => (0u32..20).prop_map(Pieces::Counted),
    ];
    // Few moments, so that several things are of the same one.
    proptest::collection::vec((0usize..2, pieces, 1i64..12, any::<bool>()), 1..30)
}

/// By the rule: the latest count, of the highest number, and what moved after it.
fn plainly(deltas: &[Delta], sku: usize) -> Option<(i64, i64)> {
    let of = || deltas.iter().filter(move |delta| delta.2 == sku);
    let counts = of().filter_map(|&(source, sequence, _, pieces, at)| match pieces {
        Pieces::Counted(count) => Some((at, sequence, SOURCES[source], i64::from(count))),
        Pieces::Change(_) => None,
    });
    let (based_at, base) = counts.max().map_or((0, 0), |(at, _, _, count)| (at, count));
    let moved = of().filter(|delta| delta.4 > based_at).map(|delta| match delta.3 {
        Pieces::Change(change) => change,
        Pieces::Counted(_) => 0,
    });
    of().map(|delta| delta.4).max().map(|last| ((base + moved.sum::<i64>()).max(0), last))
}

pub(super) async fn any_order_and_any_number_of_times(database: &Database) {
    tenant(database).await;
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &[11; 32]);
    let mut runner = TestRunner::new_with_rng(Config::default(), rng);
    let mut tenants = 0;
    for _ in 0..12 {
        let drawn = deltas().new_tree(&mut runner).unwrap().current();
        let mut sequences = [0, 0];
        let deltas: Vec<Delta> = drawn
            .into_iter()
            .map(|(sku, pieces, at, second)| {
                let source = usize::from(second);
                sequences[source] += 1;
                (source, sequences[source], sku, pieces, at)
            })
            .collect();
        let expected = [plainly(&deltas, 0), plainly(&deltas, 1)];
        let mut sources = BTreeMap::new();
        for _ in 0..4 {
            tenants += 1;
            let tenant = format!("t{tenants}");
            let shuffled = shuffled(&deltas, &mut runner);
            let mut repository = database.write().await.unwrap();
            repository.put_tenant(&tenant, "T").await.unwrap();
            let mut heard = BTreeSet::new();
            // In batches of whatever size, each of one source.
            for batch in shuffled.chunk_by(|a, b| a.0 == b.0) {
                let told: Vec<_> = batch.iter().map(|d| told(d.1, SKUS[d.2], d.3, d.4)).collect();
                let said = repository.tell(&tenant, SOURCES[batch[0].0], &told).await.unwrap();
                for (one, said) in told.iter().zip(said) {
                    assert_eq!(
                        said != Heard::AlreadyKnown,
                        heard.insert((batch[0].0, one.sequence)),
                        "{deltas:?}"
                    );
                }
            }
            for (sku, expected) in SKUS.into_iter().zip(expected) {
                let found = repository.stock_at(&tenant, sku, "FR-1").await.unwrap();
                let level = found.map(|stock| stock.level);
                let told = level.map(|level| (i64::from(level.on_hand), level.counted_at));
                assert_eq!(told, expected, "{sku} {shuffled:?}");
                if let Some(level) = level {
                    let first = *sources.entry(sku).or_insert(level.source);
                    assert_eq!(level.source, first, "{sku} {shuffled:?}");
                }
            }
            for source in SOURCES {
                assert_eq!(repository.missing_from(&tenant, source).await.unwrap(), None);
            }
            repository.save().await.unwrap();
        }
    }
}

/// All of them in another order, some twice.
fn shuffled(deltas: &[Delta], runner: &mut TestRunner) -> Vec<Delta> {
    let doubled = proptest::collection::vec(any::<Index>(), 0..10).new_tree(runner).unwrap().current();
    let mut all = deltas.to_vec();
    all.extend(doubled.iter().map(|index| *index.get(deltas)));
    Just(all).prop_shuffle().new_tree(runner).unwrap().current()
}
