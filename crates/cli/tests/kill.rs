//! The server is killed while shoppers reserve and sellers answer: whatever it acknowledged is there afterwards, and the
//! figures still add up.

#![expect(clippy::unwrap_used, reason = "a test's failure is a panic")]

mod support;

use std::{
    collections::HashMap,
    sync::{
        Arc, Mutex,
        atomic::{AtomicU32, Ordering},
    },
    thread,
    time::Duration,
};

use devanture_domain::{
    reservation::{Action, Actor, State},
    stock::StockSource,
};
use devanture_storage::{Act, Acted, Count, Database, PrivateToken};
use support::{TENANT, ask, done, serve};

/// Times that the server is killed.
const DEATHS: u32 = 200;
/// Those who reserve at once; with the seller they are one more.
const SHOPPERS: u32 = 4;
const PIECES: u32 = 1_000_000;
const SKU: &str = "TEST-38";

/// What the server said was done: the state of each reservation that was acknowledged last, by token.
type Acknowledged = Arc<Mutex<HashMap<String, &'static str>>>;

/// Reserves until the server dies, and calls every third reservation off.
fn shop(address: &str, store: &str, number: &AtomicU32, acknowledged: &Acknowledged) {
    loop {
        let n = number.fetch_add(1, Ordering::Relaxed);
        let body = format!(
            r#"{{"store_code":"{store}","items":[{{"sku":"{SKU}"}}],"name":"Zoé","email":"s{n}@example.com","locale":"fr"}}"#
        );
        let headers = format!("idempotency-key: kill-test-{n:08}\r\n");
        let Some((status, made)) = ask(address, "POST /v1/reservations", &headers, &body) else { return };
        assert_eq!(status, 201, "{made}");
        let token = made["token"].as_str().unwrap().to_owned();
        acknowledged.lock().unwrap().insert(token.clone(), "requested");
        if n.is_multiple_of(3) {
            let Some((status, off)) = ask(address, &format!("DELETE /v1/reservations/{token}"), "", "")
            else {
                // Done or not, nobody was told.
                acknowledged.lock().unwrap().remove(&token);
                return;
            };
            assert_eq!((status, off["state"].as_str()), (200, Some("cancelled")));
            acknowledged.lock().unwrap().insert(token, "cancelled");
        }
    }
}

/// Answers what shoppers have reserved, as another instance on the same database: accepts and hands over.
async fn sell(database: &Database, acknowledged: &Acknowledged) {
    let open: Vec<String> = {
        let acknowledged = acknowledged.lock().unwrap();
        let requested = acknowledged.iter().filter(|(_, state)| **state == "requested");
        requested.map(|(token, _)| token.clone()).take(3).collect()
    };
    for token in open {
        let parsed = PrivateToken::parse(&token).unwrap();
        for (action, state) in [(Action::Accept, "accepted"), (Action::Collect, "collected")] {
            let mut repository = database.write().await.unwrap();
            let found = repository.reservation_by_token(&parsed).await.unwrap().unwrap();
            let act = Act {
                leg: None,
                action,
                by: Actor::Staff,
                staff_id: None,
                refusal: None,
                due_at: Some(i64::MAX),
                at: found.changed_at,
            };
            let acted = repository.act(TENANT, &found.id, &act).await.unwrap();
            if !matches!(acted, Some(Acted::Done(_))) {
                continue;
            }
            repository.save().await.unwrap();
            acknowledged.lock().unwrap().insert(token.clone(), state);
        }
    }
}

/// Every acknowledged state is the one in the database, and the pieces add up.
async fn check(database: &Database, store: &str, acknowledged: &Acknowledged) {
    let told: Vec<(String, &str)> =
        acknowledged.lock().unwrap().iter().map(|(token, state)| (token.clone(), *state)).collect();
    let mut repository = database.read().await.unwrap();
    for (token, state) in told {
        let found = repository.reservation_by_token(&PrivateToken::parse(&token).unwrap()).await.unwrap();
        let found = found.unwrap_or_else(|| panic!("a reservation that was acknowledged is gone"));
        assert_eq!(found.state.as_str(), state, "{}", found.id);
    }
    let (mut held, mut collected) = (0, 0);
    for ended in [false, true] {
        for one in repository.store_reservations(TENANT, store, (ended, u16::MAX)).await.unwrap() {
            let pieces: u32 = one.reservation.lines.iter().map(|line| line.quantity).sum();
            match one.reservation.state {
                State::Collected => collected += pieces,
                state if state.holds() => held += pieces,
                _ => {}
            }
        }
    }
    let level = repository.stock_at(TENANT, SKU, store).await.unwrap().unwrap().level;
    assert_eq!((level.on_hand + collected, level.reserved), (PIECES, held));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_acknowledged_survives() {
    let directory = tempfile::tempdir().unwrap();
    done(directory.path(), &["seed"]);
    let database = Database::open(directory.path().join("test.db").to_str().unwrap()).await.unwrap();
    let mut store = None;
    let mut repository = database.write().await.unwrap();
    repository.each_store(TENANT, |one| store = store.take().or(Some(one.code))).await.unwrap();
    let store = store.unwrap();
    let count = Count {
        sku: SKU.to_owned(),
        location_code: store.clone(),
        on_hand: PIECES,
        safety: None,
        on_order: 0,
        expected_on: None,
        source: StockSource::Feed,
        counted_at: 1,
    };
    repository.put_counts(TENANT, &[count]).await.unwrap();
    repository.save().await.unwrap();

    let (acknowledged, number) = (Acknowledged::default(), Arc::new(AtomicU32::new(0)));
    for death in 0..DEATHS {
        let (mut server, address) = serve(directory.path(), &[]);
        let shoppers: Vec<_> = (0..SHOPPERS)
            .map(|_| {
                let (address, store) = (address.clone(), store.clone());
                let (number, acknowledged) = (Arc::clone(&number), Arc::clone(&acknowledged));
                thread::spawn(move || shop(&address, &store, &number, &acknowledged))
            })
            .collect();
        sell(&database, &acknowledged).await;
        // Instants that are spread, and the same at each run.
        tokio::time::sleep(Duration::from_micros(u64::from(death * 7919 % 61) * 1000)).await;
        server.kill().unwrap();
        server.wait().unwrap();
        for shopper in shoppers {
            shopper.join().unwrap();
        }
        if death % 20 == 19 {
            check(&database, &store, &acknowledged).await;
        }
    }
    let told = acknowledged.lock().unwrap();
    let of = |wanted: &str| told.values().filter(|state| **state == wanted).count();
    let (requested, cancelled, collected) = (of("requested"), of("cancelled"), of("collected"));
    assert!(
        requested > 100 && cancelled > 50 && collected > 50,
        "{requested} {cancelled} {collected}: too tame"
    );
}
