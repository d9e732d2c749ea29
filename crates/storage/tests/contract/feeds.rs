//! Full feeds: staged, weighed, applied at once or not at all.

use std::time::Duration;

use devanture_domain::{civil::UtcMs, geo::LatLng};
use devanture_storage::{
    ABANDONED_AFTER, Began, Database, Emptied, FeedCount, FeedKind, FeedRow, FeedRun, FeedState, NewFeed,
    Offer, Price, Product, StockMove, Store, Variant,
};

use super::{
    network::tenant,
    reservations::{reserve, wish},
    stock::{count, level, put},
};

fn new(source: &str, counted_at: UtcMs, now: UtcMs) -> NewFeed<'_> {
    NewFeed { tenant: "maison", kind: FeedKind::StockFull, source, counted_at, now }
}

async fn begun(database: &Database, source: &str, counted_at: UtcMs) -> i64 {
    let mut repository = database.write().await.unwrap();
    let Began::Run(id) = repository.begin_feed(&new(source, counted_at, counted_at)).await.unwrap() else {
        panic!("busy")
    };
    repository.save().await.unwrap();
    id
}

pub(super) fn said(sku: &str, location: &str, on_hand: u32) -> FeedRow {
    let said = FeedCount { on_hand, safety: None, on_order: 0, expected_on: None };
    FeedRow { ordinal: 0, sku: sku.to_owned(), location_code: location.to_owned(), count: Some(said) }
}

pub(super) fn unread(sku: &str, location: &str) -> FeedRow {
    FeedRow { count: None, ..said(sku, location, 0) }
}

/// Stages the rows, in their order, and settles them.
pub(super) async fn staged(database: &Database, counted_at: UtcMs, rows: &[FeedRow]) -> FeedRun {
    let id = begun(database, "erp", counted_at).await;
    let rows: Vec<FeedRow> =
        rows.iter().zip(1..).map(|(row, ordinal)| FeedRow { ordinal, ..row.clone() }).collect();
    let mut repository = database.write().await.unwrap();
    repository.stage_feed("maison", id, &rows).await.unwrap();
    repository.save().await.unwrap();
    assert!(database.settle_feed("maison", id, &|| counted_at).await.unwrap());
    database.read().await.unwrap().feed_run("maison", id).await.unwrap().unwrap()
}

async fn apply(database: &Database, run: &FeedRun) -> (Emptied, bool) {
    let emptied = database.read().await.unwrap().weigh_feed(run).await.unwrap();
    (emptied, began(database, run).await && applied_by(database, run, 1).await)
}

/// Says that it is being applied, and writes down what it leaves out.
pub(super) async fn began(database: &Database, run: &FeedRun) -> bool {
    let mut repository = database.write().await.unwrap();
    let began = repository.begin_applying(run, run.counted_at).await.unwrap();
    repository.save().await.unwrap();
    began && database.list_left_out(run, &|| run.counted_at).await.unwrap()
}

/// One slice of so many rows; whether there are more.
pub(super) async fn slice(database: &Database, run: &FeedRun, most: usize) -> Option<bool> {
    let mut repository = database.write().await.unwrap();
    let more = repository.apply_slice(run, most, run.counted_at).await.unwrap();
    repository.save().await.unwrap();
    more
}

async fn applied_by(database: &Database, run: &FeedRun, most: usize) -> bool {
    loop {
        match slice(database, run, most).await {
            Some(true) => {}
            Some(false) => return true,
            None => return false,
        }
    }
}

async fn moved(database: &Database, sku: &str, sequence: &str, delta: i64, moved_at: UtcMs) {
    let one = StockMove { source: "till", sequence, sku, location_code: "FR-1", delta, moved_at };
    let mut repository = database.write().await.unwrap();
    repository.put_move("maison", &one).await.unwrap();
    repository.save().await.unwrap();
}

async fn on_hand(database: &Database, sku: &str, location: &str) -> u32 {
    level(database, sku, location).await.on_hand
}

pub(super) async fn applied_as_counts_are(database: &Database) {
    tenant(database).await;
    put(database, &[count("A", "FR-1", 5, 50), count("B", "FR-1", 6, 50), count("C", "FR-1", 7, 150)]).await;
    put(database, &[count("D", "FR-1", 8, 100), count("A", "FR-2", 9, 50)]).await;
    moved(database, "A", "a1", -1, 60).await;
    moved(database, "A", "a2", -1, 120).await;
    moved(database, "B", "b1", 2, 130).await;
    moved(database, "new", "n1", -1, 140).await;
    let run =
        staged(database, 100, &[said("A", "FR-1", 9), said("A", "FR-1", 20), said("new", "FR-1", 3)]).await;
    assert_eq!(on_hand(database, "A", "FR-1").await, 3, "staged is not applied");
    let (emptied, applied) = apply(database, &run).await;
    // B and D; C was counted later.
    assert_eq!((emptied, applied), (Emptied { known: 4, emptied: 2 }, true));
    assert_eq!(on_hand(database, "A", "FR-1").await, 19, "the last row, and what moved since");
    assert_eq!(on_hand(database, "new", "FR-1").await, 2, "a move before its count");
    assert_eq!(on_hand(database, "B", "FR-1").await, 2, "nothing, and what came since");
    assert_eq!(on_hand(database, "C", "FR-1").await, 7, "counted later");
    assert_eq!(on_hand(database, "D", "FR-1").await, 0, "counted at the same time, and the feed said last");
    assert_eq!(on_hand(database, "A", "FR-2").await, 9, "not spoken of");
    moved(database, "D", "d1", 4, 90).await;
    assert_eq!(on_hand(database, "D", "FR-1").await, 0, "heard late, and included");
    moved(database, "D", "d2", 4, 110).await;
    assert_eq!(on_hand(database, "D", "FR-1").await, 4);
    let (_, again) = apply(database, &run).await;
    assert!(!again, "once");
    assert_eq!(on_hand(database, "D", "FR-1").await, 4);
}

pub(super) async fn what_a_feed_does_not_say_stays(database: &Database) {
    tenant(database).await;
    let safe = devanture_storage::Count { safety: Some(2), on_order: 6, ..count("A", "FR-1", 5, 1) };
    put(database, &[safe.clone(), devanture_storage::Count { sku: "B".to_owned(), ..safe.clone() }]).await;
    put(database, &[devanture_storage::Count { sku: "C".to_owned(), ..safe }]).await;
    let mut with_safety = said("B", "FR-1", 3);
    with_safety.count = with_safety.count.map(|said| FeedCount { safety: Some(1), on_order: 2, ..said });
    let run = staged(database, 10, &[said("A", "FR-1", 4), with_safety]).await;
    apply(database, &run).await;
    let told = |level: devanture_domain::stock::StockLevel| {
        (level.on_hand, level.safety, level.on_order, level.counted_at)
    };
    assert_eq!(told(level(database, "A", "FR-1").await), (4, 2, 0, 10));
    assert_eq!(told(level(database, "B", "FR-1").await), (3, 1, 2, 10));
    assert_eq!(told(level(database, "C", "FR-1").await), (0, 2, 6, 10), "only what is there is gone");
}

pub(super) async fn what_could_not_be_read_is_not_emptied(database: &Database) {
    tenant(database).await;
    let skus = ["A", "B", "C"];
    let cases: [(&[FeedRow], [u32; 6]); 6] = [
        (&[unread("B", "FR-1")], [1, 5, 0, 1, 0, 0]),
        (&[unread("B", "")], [1, 5, 0, 1, 5, 0]),
        (&[unread("", "FR-2")], [1, 0, 0, 1, 5, 5]),
        (&[unread("", "")], [1, 5, 5, 1, 5, 5]),
        (&[unread("A", "FR-1"), said("B", "FR-1", 0)], [1, 0, 0, 1, 0, 0]),
        (&[unread("A", "FR-3")], [1, 0, 0, 1, 0, 0]),
    ];
    for (at, (more, expected)) in cases.into_iter().enumerate() {
        let at = 100 * (1 + UtcMs::try_from(at).unwrap());
        let known =
            skus.iter().flat_map(|sku| ["FR-1", "FR-2", "FR-3"].map(|place| count(sku, place, 5, at)));
        put(database, &known.collect::<Vec<_>>()).await;
        let rows = [&[said("A", "FR-1", 1), said("A", "FR-2", 1)], more].concat();
        let run = staged(database, at + 1, &rows).await;
        let (emptied, _) = apply(database, &run).await;
        let mut found = Vec::new();
        for place in ["FR-1", "FR-2"] {
            for sku in skus {
                found.push(on_hand(database, sku, place).await);
            }
        }
        assert_eq!(found, expected, "{more:?}");
        assert_eq!(emptied.emptied, expected.iter().filter(|on_hand| **on_hand == 0).count() as u64);
        assert_eq!(on_hand(database, "C", "FR-3").await, 5, "only rows that cannot be read speak of it");
    }
}

pub(super) async fn held_and_decided(database: &Database) {
    tenant(database).await;
    put(database, &[count("A", "FR-1", 5, 50), count("B", "FR-1", 6, 50)]).await;
    let hold = async |run: &FeedRun| {
        let mut repository = database.write().await.unwrap();
        assert!(
            repository.put_feed_state("maison", run.id, (FeedState::Held, Some("why")), 1).await.unwrap()
        );
        repository.save().await.unwrap();
    };
    let first = staged(database, 100, &[said("A", "FR-1", 1)]).await;
    hold(&first).await;
    let second = staged(database, 110, &[said("A", "FR-1", 2)]).await;
    hold(&second).await;
    let third = staged(database, 120, &[said("A", "FR-1", 3)]).await;
    assert_eq!((first.id, second.id, third.id), (1, 2, 3));
    assert_eq!(on_hand(database, "B", "FR-1").await, 6);
    // Accepted later, it still knows its rows; what is older and held is out of date then.
    put(database, &[count("B", "FR-1", 4, 130)]).await;
    assert!(apply(database, &second).await.1);
    assert_eq!((on_hand(database, "A", "FR-1").await, on_hand(database, "B", "FR-1").await), (2, 4));
    database.clear_feeds("maison", &|| 1).await.unwrap();
    let mut repository = database.write().await.unwrap();
    let runs = repository.feed_runs("maison", None, 9).await.unwrap();
    let states: Vec<FeedState> = runs.iter().map(|run| run.state).collect();
    assert_eq!(states, [FeedState::Staging, FeedState::Applied, FeedState::Refused]);
    assert!(repository.emptied_by_feed(&second, 9).await.unwrap().is_empty(), "cleared");
    assert!(repository.touch_feed("maison", third.id, (7, 1), 5).await.unwrap());
    assert!(!repository.touch_feed("maison", second.id, (7, 1), 5).await.unwrap());
    assert_eq!(repository.feed_runs_numbered(2).await.unwrap().len(), 1);
    assert_eq!(repository.feed_run("maison", 4).await.unwrap(), None);
}

pub(super) async fn one_of_a_source_at_a_time(database: &Database) {
    tenant(database).await;
    // At once: one begins, the others are told so.
    let begins = (0..4).map(|_| {
        let database = database.clone();
        tokio::spawn(async move {
            let mut repository = database.write().await.unwrap();
            let began = repository.begin_feed(&new("erp", 1, 1000)).await.unwrap();
            repository.save().await.unwrap();
            matches!(began, Began::Run(_))
        })
    });
    let mut began = 0;
    for one in begins.collect::<Vec<_>>() {
        began += u32::from(one.await.unwrap());
    }
    assert_eq!(began, 1);
    let mut repository = database.write().await.unwrap();
    repository.stage_feed("maison", 1, &[said("A", "FR-1", 1)]).await.unwrap();
    assert!(matches!(repository.begin_feed(&new("other", 1, 1000)).await.unwrap(), Began::Run(2)));
    let soon = repository.begin_feed(&new("erp", 1, 1000 + ABANDONED_AFTER)).await.unwrap();
    assert!(matches!(soon, Began::Busy(run) if run.id == 1));
    let late = repository.begin_feed(&new("erp", 1, 1001 + ABANDONED_AFTER)).await.unwrap();
    assert_eq!(late, Began::Run(3));
    assert!(!repository.touch_feed("maison", 1, (9, 0), 2000).await.unwrap(), "it is no longer theirs");
    let abandoned = repository.feed_run("maison", 1).await.unwrap().unwrap();
    assert!(abandoned.state == FeedState::Refused && abandoned.reason.is_some());
    // What it had staged went with it.
    repository.save().await.unwrap();
    database.clear_feeds("maison", &|| 3000).await.unwrap();
    assert!(!database.settle_feed("maison", 1, &|| 3000).await.unwrap());
    assert!(!database.apply_feed(&abandoned, &|| 3000).await.unwrap());
    assert!(database.read().await.unwrap().stock_of("maison", "A").await.unwrap().is_empty());
}

/// What was applied stays, and it goes on from there; nothing is done twice.
pub(super) async fn goes_on_after_a_crash(database: &Database) {
    tenant(database).await;
    let known: Vec<_> = ["A", "B", "C", "D"].iter().map(|sku| count(sku, "FR-1", 5, 50)).collect();
    put(database, &known).await;
    let run =
        staged(database, 100, &[said("A", "FR-1", 7), said("B", "FR-1", 8), said("E", "FR-1", 9)]).await;
    // It ends before all that is left out is written down.
    let mut repository = database.write().await.unwrap();
    assert!(repository.begin_applying(&run, 100).await.unwrap());
    repository.save().await.unwrap();
    assert!(database.list_left_out(&run, &|| 100).await.unwrap());
    assert_eq!(slice(database, &run, 2).await, Some(true));
    let mut repository = database.write().await.unwrap();
    assert_eq!(repository.apply_slice(&run, 2, 100).await.unwrap(), Some(true));
    drop(repository);
    let mut found = Vec::new();
    for sku in ["A", "B", "C", "D"] {
        found.push(on_hand(database, sku, "FR-1").await);
    }
    assert_eq!(found, [7, 8, 5, 5], "what was not saved is not done");
    moved(database, "A", "a1", -1, 110).await;
    moved(database, "D", "d1", -1, 90).await;
    moved(database, "D", "d2", 2, 120).await;

    // It is nobody else's while it may be alive, cannot be refused, and nothing comes before it.
    let mut repository = database.write().await.unwrap();
    assert_eq!(repository.take_unfinished_feed(100 + ABANDONED_AFTER).await.unwrap(), None);
    assert!(!repository.put_feed_state("maison", run.id, (FeedState::Refused, None), 1).await.unwrap());
    let soon = repository.begin_feed(&new("erp", 1, 100 + ABANDONED_AFTER)).await.unwrap();
    assert!(matches!(soon, Began::Busy(other) if other.id == run.id));
    let late = repository.begin_feed(&new("erp", 1, 101 + ABANDONED_AFTER)).await.unwrap();
    assert!(matches!(late, Began::Unfinished(other) if other.id == run.id));
    let taken = repository.take_unfinished_feed(101 + ABANDONED_AFTER).await.unwrap();
    assert_eq!(taken.as_ref().map(|run| (run.id, run.state)), Some((run.id, FeedState::Applying)));
    assert_eq!(repository.take_unfinished_feed(101 + ABANDONED_AFTER).await.unwrap(), None, "once");
    repository.save().await.unwrap();
    assert!(database.apply_feed(&taken.unwrap(), &|| 200).await.unwrap());
    let mut found = Vec::new();
    for sku in ["A", "B", "C", "D", "E"] {
        found.push(on_hand(database, sku, "FR-1").await);
    }
    assert_eq!(found, [6, 8, 0, 2, 9]);
    let ended = database.read().await.unwrap().feed_run("maison", run.id).await.unwrap().unwrap();
    assert_eq!((ended.state, ended.finished_at), (FeedState::Applied, Some(200)));
    assert_eq!(slice(database, &run, 9).await, None, "whoever was paused finds it done");
    assert!(database.apply_feed(&run, &|| 300).await.is_ok_and(|applied| !applied));
    database.clear_feeds("maison", &|| 300).await.unwrap();
    let mut repository = database.write().await.unwrap();
    assert!(matches!(repository.begin_feed(&new("erp", 1, 400)).await.unwrap(), Began::Run(2)));
}

/// A piece that is being sold while a count or a feed is written is neither lost nor counted twice.
pub(super) async fn sold_meanwhile(database: &Database) {
    tenant(database).await;
    put(database, &[count("A", "FR-1", 10, 1), count("B", "FR-1", 10, 1)]).await;
    // By a count, by a feed that says it, by one that leaves it out.
    let feeds = [None, Some(None), Some(Some("other"))];
    for (at, sku) in [(10, "A"), (50, "B"), (90, "new")] {
        for (step, feed) in (0..).zip(feeds) {
            let at = at + step * 10;
            let run = match feed {
                Some(other) => Some(staged(database, at, &[said(other.unwrap_or(sku), "FR-1", 10)]).await),
                None => None,
            };
            let mut sale = database.write().await.unwrap();
            let sequence = at.to_string();
            let (source, moved_at) = ("till", at + 1);
            let sold =
                StockMove { source, sequence: &sequence, sku, location_code: "FR-1", delta: -1, moved_at };
            sale.put_move("maison", &sold).await.unwrap();
            let mut writing = {
                let database = database.clone();
                tokio::spawn(async move {
                    match run {
                        Some(run) => drop(apply(&database, &run).await),
                        None => put(&database, &[count(sku, "FR-1", 10, at)]).await,
                    }
                })
            };
            let early = tokio::time::timeout(Duration::from_millis(100), &mut writing).await;
            assert!(early.is_err(), "it waits for the sale");
            sale.save().await.unwrap();
            writing.await.unwrap();
            let expected = if feed.is_some_and(|other| other.is_some()) { 0 } else { 9 };
            assert_eq!(on_hand(database, sku, "FR-1").await, expected, "{sku}, {feed:?}");
        }
    }
}

/// A feed that leaves out a reserved piece does not give it to anybody else, and handing it over counts once.
pub(super) async fn reserved_pieces_stay_reserved(database: &Database) {
    tenant(database).await;
    put(database, &[count("ROBE-38", "FR-1", 3, 50), count("ROBE-40", "FR-1", 3, 50)]).await;
    for (number, sku) in [(1, "ROBE-38"), (2, "ROBE-40")] {
        reserve(database, &wish(number, &[(sku, 1)])).await;
    }
    let run = staged(database, 100, &[said("ROBE-40", "FR-1", 5)]).await;
    apply(database, &run).await;
    let gone = level(database, "ROBE-38", "FR-1").await;
    assert_eq!((gone.on_hand, gone.reserved, gone.available()), (0, 1, 0));
    let there = level(database, "ROBE-40", "FR-1").await;
    assert_eq!((there.on_hand, there.reserved, there.available()), (5, 1, 4));
}

pub(super) async fn offers_of_stores(database: &Database) {
    tenant(database).await;
    let mut repository = database.write().await.unwrap();
    let store = Store::new("fr-1", "Nantes", LatLng::new(47.2, -1.5).unwrap(), "Europe/Paris");
    repository.put_store("maison", &store).await.unwrap();
    let product = Product { id: "P".to_owned(), name: "P".to_owned(), ..Product::default() };
    repository.put_products("maison", &[product]).await.unwrap();
    let variant =
        |sku: &str| Variant { sku: sku.to_owned(), product_id: "P".to_owned(), ..Variant::default() };
    repository.put_variants("maison", &[variant("A"), variant("B")]).await.unwrap();
    let price = Price { sku: "A".to_owned(), amount: 8900, currency: "EUR".to_owned() };
    repository.put_prices("maison", "web", std::slice::from_ref(&price)).await.unwrap();
    repository.save().await.unwrap();
    put(
        database,
        &[
            count("A", "fr-1", 3, 1),
            count("B", "fr-1", 4, 1),
            count("A", "FR-9", 5, 1),
            count("X", "fr-1", 6, 1),
        ],
    )
    .await;
    let mut repository = database.read().await.unwrap();
    let mut offers: Vec<Offer> = Vec::new();
    let mut last = (String::new(), String::new());
    loop {
        let page = repository.offers("maison", "web", (&last.0, &last.1), 1).await.unwrap();
        let Some(offer) = page.last() else { break };
        last = (offer.stock.sku.clone(), offer.stock.location_code.clone());
        offers.extend(page);
    }
    let told: Vec<_> =
        offers.iter().map(|o| (o.stock.sku.as_str(), o.stock.level.on_hand, o.price.as_ref())).collect();
    assert_eq!(told, [("A", 3, Some(&price)), ("B", 4, None)]);
    let mut known = repository.known_skus("maison", &["B", "X", "A"]).await.unwrap();
    known.sort_unstable();
    assert_eq!(known, ["A", "B"]);
    let places = repository.locations("maison").await.unwrap();
    assert_eq!(
        places.iter().map(|place| (place.code.as_str(), place.is_store)).collect::<Vec<_>>(),
        [("fr-1", true)]
    );
    assert_eq!(repository.variants("maison", &["A", "X"]).await.unwrap(), [variant("A")]);
    assert_eq!(repository.products("maison", &["X", "P"]).await.unwrap().len(), 1);
}
