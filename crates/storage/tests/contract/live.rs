//! The counters by which staff see at once that something has changed.

use std::sync::{Arc, Mutex};

use devanture_domain::reservation::{Action, Actor, State};
use devanture_storage::{Database, NextStore, PassedOn, Reserving, StaffCount};

use super::{
    network::tenant,
    reservations::{Wish, act, done, made, reserve, wish},
    stock::{count, put},
};

async fn counters(database: &Database) -> Vec<(String, i64)> {
    let mut repository = database.read().await.unwrap();
    let all = repository.store_revisions("maison", &["FR-1", "FR-2", "FR-3"]).await.unwrap();
    all.into_iter().collect()
}

fn is(counters: &[(String, i64)], wanted: &[(&str, i64)]) -> bool {
    counters.iter().map(|(code, counter)| (code.as_str(), *counter)).eq(wanted.iter().copied())
}

pub(super) async fn counters_of_what_changed(database: &Database) {
    let told = Arc::new(Mutex::new(Vec::new()));
    let hearing = Arc::clone(&told);
    database.on_stir(move |tenant, store, revision| {
        hearing.lock().unwrap().push(format!("{tenant}/{store} {revision}"));
    });
    tenant(database).await;
    put(database, &[count("A", "FR-1", 5, 100), count("A", "FR-2", 5, 100)]).await;
    assert!(counters(database).await.is_empty(), "feeds are not what staff wait for");
    assert!(made(&reserve(database, &wish(1, &[("A", 1)])).await));
    assert!(is(&counters(database).await, &[("FR-1", 1)]));
    done(database, "r1", &act(Action::Accept, Actor::Staff, 1_500_000)).await;
    assert!(is(&counters(database).await, &[("FR-1", 2)]));
    assert!(made(&reserve(database, &wish(2, &[("A", 1)])).await));
    let next = NextStore {
        asked: 1,
        location_code: "FR-2",
        delivered_to: None,
        due_at: 9_000_000,
        ready_from: None,
        refusal: None,
        staff_id: None,
        at: 2_000_000,
    };
    let mut repository = database.write().await.unwrap();
    let passed = repository.pass_on("maison", "r2", &next).await.unwrap();
    assert!(matches!(passed, Some(PassedOn::Done(passed)) if passed.state == State::Requested));
    drop(repository);
    assert!(is(&counters(database).await, &[("FR-1", 3)]), "what was not saved has not happened");
    let mut repository = database.write().await.unwrap();
    repository.pass_on("maison", "r2", &next).await.unwrap();
    repository.save().await.unwrap();
    assert!(
        is(&counters(database).await, &[("FR-1", 4), ("FR-2", 1)]),
        "the store before, and the one that is asked"
    );
    let counted = StaffCount {
        id: "count-1",
        sku: "A",
        location_code: "FR-3",
        on_hand: 1,
        seen: None,
        reason: "found",
        counted_at: 200,
        heard_at: 200,
    };
    let mut repository = database.write().await.unwrap();
    repository.count_by_staff("maison", &counted).await.unwrap();
    repository.save().await.unwrap();
    assert!(is(&counters(database).await, &[("FR-1", 4), ("FR-2", 1), ("FR-3", 1)]));
    let told = told.lock().unwrap().join(", ");
    assert_eq!(
        told,
        "maison/FR-1 1, maison/FR-1 2, maison/FR-1 3, maison/FR-1 4, maison/FR-2 1, maison/FR-3 1"
    );
}

pub(super) async fn raised_by_several_at_once(database: &Database) {
    tenant(database).await;
    put(database, &[count("A", "FR-1", 90, 100), count("A", "FR-2", 90, 100)]).await;
    let wishes = (0..12).map(|n| async move {
        let store = if n % 2 == 0 { "FR-1" } else { "FR-2" };
        reserve(database, &Wish { location: store, ..wish(n, &[("A", 1)]) }).await
    });
    let all = futures_util::future::join_all(wishes).await;
    assert!(all.iter().all(|one| matches!(one, Reserving::New(_))));
    assert!(is(&counters(database).await, &[("FR-1", 6), ("FR-2", 6)]));
}
