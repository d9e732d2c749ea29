//! Sources that are fetched: taken by one, told once.

use devanture_storage::{
    Database, FeedKind, Happened, NewSource, Outcome, Polled, SecretHeader, Source, SourceNotice,
};

use super::{
    network::tenant,
    outbox::{end, heard},
};

const MINUTE: i64 = 60_000;

async fn added(database: &Database, name: &str) {
    let new = NewSource {
        tenant: "maison".to_owned(),
        name: name.to_owned(),
        kind: FeedKind::StockFull,
        url: "https://erp.example/stock.csv".to_owned(),
        mapping: String::new(),
        price_list: "default".to_owned(),
        authorization: Some(SecretHeader::new("Bearer hidden".to_owned())),
        interval_ms: 5 * MINUTE,
    };
    let mut repository = database.write().await.unwrap();
    assert!(repository.add_source(&new, 0).await.unwrap());
    assert!(!repository.add_source(&new, 0).await.unwrap(), "a name is one source's");
    repository.save().await.unwrap();
}

async fn take(database: &Database, now: i64) -> Option<Source> {
    let mut repository = database.write().await.unwrap();
    let taken = repository.take_source(("maison", "erp"), (now, now, now + 2 * MINUTE)).await.unwrap();
    repository.save().await.unwrap();
    taken
}

pub(super) async fn taken_by_one(database: &Database) {
    tenant(database).await;
    added(database, "erp").await;
    let tasks = (0..6).map(|_| {
        let database = database.clone();
        tokio::spawn(async move { take(&database, 10).await })
    });
    let mut taken = Vec::new();
    for task in tasks.collect::<Vec<_>>() {
        taken.extend(task.await.unwrap());
    }
    assert_eq!(taken.len(), 1, "of six at once");
    let first = taken.remove(0);
    assert!(!format!("{first:?}").contains("hidden") && first.new.authorization.is_some());
    let due = async |now| database.read().await.unwrap().due_sources(now, 9).await.unwrap().len();
    assert_eq!((due(10).await, due(10 + 2 * MINUTE).await), (0, 1));
    // Whoever was not heard of for too long has lost it.
    let second = take(database, 10 + 2 * MINUTE).await.unwrap();
    let mut repository = database.write().await.unwrap();
    let polled = Polled { due_at: 9 * MINUTE, at: 3 * MINUTE, fresh: true, ..Polled::default() };
    assert!(!repository.keep_source(&first, 99 * MINUTE).await.unwrap());
    assert!(!repository.put_polled(&first, &polled).await.unwrap());
    assert!(repository.keep_source(&second, 99 * MINUTE).await.unwrap());
    assert!(repository.put_polled(&second, &polled).await.unwrap());
    repository.save().await.unwrap();
    assert!(take(database, 9 * MINUTE - 1).await.is_none(), "not due");
    let third = take(database, 9 * MINUTE).await.unwrap();
    assert_eq!((third.fresh_at, third.failures, third.reason), (Some(3 * MINUTE), 0, None));
}

pub(super) async fn stale_and_fresh_are_events(database: &Database) {
    tenant(database).await;
    added(database, "erp").await;
    let (stale, fresh) = (SourceNotice::Stale, SourceNotice::Fresh);
    let poll = async |at: i64, fresh: bool| {
        let taken = take(database, at).await.unwrap();
        let reason = (!fresh).then(|| "gone".to_owned());
        let polled = Polled { due_at: at, at, fresh, failed: !fresh, reason, ..Polled::default() };
        let mut repository = database.write().await.unwrap();
        assert!(repository.put_polled(&taken, &polled).await.unwrap());
        repository.save().await.unwrap();
    };
    let look = async |at: i64| {
        let mut repository = database.write().await.unwrap();
        repository.newly_stale(at).await.unwrap();
        repository.save().await.unwrap();
    };
    let told = async |at: i64| -> Vec<(SourceNotice, i64, Option<i64>, Option<String>)> {
        let mut told = Vec::new();
        for one in heard(database, &["hook"], at).await {
            end(database, &one, &Outcome::Done, at).await;
            let Happened::Source(event) = one.event else { panic!("{one:?}") };
            let id = &event.id;
            assert!(id.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_'), "{id} is signed");
            assert_eq!((&*event.source, &*event.facts.kind), ("erp", "stock_full"));
            told.push((event.notice, event.at, event.facts.fresh_at, event.facts.reason));
        }
        told
    };
    poll(0, true).await;
    assert_eq!(told(MINUTE).await, [], "fresh as it was to be");
    poll(10 * MINUTE, false).await;
    for at in [15 * MINUTE, 16 * MINUTE, 17 * MINUTE] {
        look(at).await;
    }
    let gone = Some("gone".to_owned());
    assert_eq!(told(17 * MINUTE).await, [(stale, 16 * MINUTE, Some(0), gone)], "once");
    poll(20 * MINUTE, false).await;
    assert_eq!(told(20 * MINUTE).await, []);
    poll(21 * MINUTE, true).await;
    poll(22 * MINUTE, true).await;
    assert_eq!(told(22 * MINUTE).await, [(fresh, 21 * MINUTE, Some(21 * MINUTE), None)], "once as well");
    look(38 * MINUTE).await;
    assert_eq!(told(38 * MINUTE).await, [(stale, 38 * MINUTE, Some(22 * MINUTE), None)], "and from then on");
}

pub(super) async fn stale_is_told_once(database: &Database) {
    tenant(database).await;
    added(database, "erp").await;
    let told = async |now| {
        let mut repository = database.write().await.unwrap();
        let expected = repository.has_newly_stale(now).await.unwrap();
        let told = repository.newly_stale(now).await.unwrap();
        assert_eq!(expected, !told.is_empty());
        repository.save().await.unwrap();
        told.len()
    };
    assert_eq!([told(15 * MINUTE).await, told(15 * MINUTE + 1).await, told(99 * MINUTE).await], [0, 1, 0]);
    let taken = take(database, 99 * MINUTE).await.unwrap();
    assert!(taken.is_stale(99 * MINUTE) && taken.stale_told);
    let mut repository = database.write().await.unwrap();
    let failed =
        Polled { at: 99 * MINUTE, failed: true, reason: Some("gone".to_owned()), ..Polled::default() };
    repository.put_polled(&taken, &failed).await.unwrap();
    repository.save().await.unwrap();
    assert_eq!(told(100 * MINUTE).await, 0);
    let taken = take(database, 100 * MINUTE).await.unwrap();
    assert_eq!((taken.failures, taken.reason.as_deref()), (1, Some("gone")));
    let mut repository = database.write().await.unwrap();
    let fresh = Polled { at: 100 * MINUTE, fresh: true, run: Some(4), ..Polled::default() };
    repository.put_polled(&taken, &fresh).await.unwrap();
    repository.save().await.unwrap();
    assert_eq!([told(115 * MINUTE).await, told(116 * MINUTE).await], [0, 1], "from then on");
    let mut repository = database.write().await.unwrap();
    assert_eq!(repository.sources("maison").await.unwrap()[0].run, Some(4));
    assert!(repository.remove_source("maison", "erp").await.unwrap());
    assert!(!repository.remove_source("maison", "erp").await.unwrap());
    assert!(repository.sources("maison").await.unwrap().is_empty());
}
