//! The database is restarted while shoppers reserve: who was told of a hold has it, who was told nothing asks again.

use std::{
    collections::HashSet,
    sync::atomic::{AtomicBool, AtomicU32, Ordering},
    thread,
    time::{Duration, Instant},
};

use devanture_storage::test_support::PostgresServer;

use crate::support::{SKU, Shop, ask, reserve};

const PIECES: u32 = 1_000_000;
const RESTARTS: u32 = 3;

/// Reserves until told to stop, each time as somebody else and until it is acknowledged; the private links.
fn buy(
    address: &str,
    store: &str,
    number: &AtomicU32,
    over: &AtomicBool,
    failures: &AtomicU32,
) -> HashSet<String> {
    let mut tokens = HashSet::new();
    while !over.load(Ordering::Relaxed) {
        let n = number.fetch_add(1, Ordering::Relaxed);
        loop {
            let told = reserve(address, store, n).expect("the server stays up");
            if told.status == 201 {
                tokens.insert(told.body["token"].as_str().unwrap().to_owned());
                break;
            }
            assert_eq!(
                (told.status, told.body["code"].as_str()),
                (503, Some("unavailable")),
                "{}",
                told.body
            );
            failures.fetch_add(1, Ordering::Relaxed);
        }
    }
    tokens
}

#[tokio::test]
async fn postgres_comes_back() {
    let server = PostgresServer::start();
    let shop = Shop::open(&server.url("postgres"), PIECES).await;
    let instance = shop.serve();
    let address = &instance.address;
    let (number, over, failures) = (AtomicU32::new(0), AtomicBool::new(false), AtomicU32::new(0));
    let mut tokens = HashSet::new();
    thread::scope(|scope| {
        let buyers: Vec<_> =
            (0..4).map(|_| scope.spawn(|| buy(address, &shop.store, &number, &over, &failures))).collect();
        for restart in 1..=RESTARTS {
            // Under load, each time.
            let busy = Instant::now();
            while number.load(Ordering::Relaxed) < restart * 100 {
                assert!(
                    busy.elapsed() < Duration::from_mins(1),
                    "nobody is served after restart {}",
                    restart - 1
                );
                thread::yield_now();
            }
            server.restart();
        }
        over.store(true, Ordering::Relaxed);
        for buyer in buyers {
            tokens.extend(buyer.join().unwrap());
        }
    });
    assert!(failures.load(Ordering::Relaxed) > 0, "nobody has noticed");
    for token in &tokens {
        let told = ask(address, &format!("GET /v1/reservations/{token}"), "", "").unwrap();
        assert_eq!((told.status, &told.body["items"][0]["sku"]), (200, &SKU.into()), "{}", told.body);
    }
    let held = u32::try_from(tokens.len()).unwrap();
    assert_eq!(shop.level().await, (PIECES, held));
}
