//! Several instances on one database sell nothing twice.

use std::{collections::HashSet, sync::Barrier, thread};

use devanture_storage::test_support::PostgresServer;

use crate::support::{Instance, Shop, Told, reserve};

const PIECES: u32 = 50;
const REQUESTS: u32 = 200;

/// All requests at once, each at the next of the instances; `shopper` says whose each is.
fn rush(instances: &[Instance], store: &str, shopper: impl Fn(u32) -> u32 + Sync) -> Vec<Told> {
    let together = Barrier::new(REQUESTS as usize);
    thread::scope(|scope| {
        let mut all = Vec::new();
        for (n, instance) in (0..REQUESTS).zip(instances.iter().cycle()) {
            let (together, shopper) = (&together, &shopper);
            all.push(scope.spawn(move || {
                together.wait();
                reserve(&instance.address, store, shopper(n)).unwrap()
            }));
        }
        all.into_iter().map(|one| one.join().unwrap()).collect()
    })
}

#[tokio::test]
async fn two_hundred_requests_at_once() {
    let directory = tempfile::tempdir().unwrap();
    let server = PostgresServer::start();
    for location in [directory.path().join("test.db").display().to_string(), server.url("postgres")] {
        let shop = Shop::open(&location, PIECES).await;
        let instances = [shop.serve(), shop.serve()];

        // Forty shoppers, five times each: one hold each, and five times the same answer.
        let mut tokens = HashSet::new();
        for told in rush(&instances, &shop.store, |n| n / 5) {
            assert_eq!(told.status, 201, "{location}: {}", told.body);
            tokens.insert(told.body["token"].as_str().unwrap().to_owned());
        }
        assert_eq!((tokens.len(), shop.level().await), (40, (PIECES, 40)), "{location}");

        // Two hundred shoppers after the last ten pieces.
        let told = rush(&instances, &shop.store, |n| 1000 + n);
        let held = told.iter().filter(|told| told.status == 201).count();
        let refused = told.iter().filter(|told| told.status == 409 && told.body["code"] == "not_enough");
        assert_eq!((held, refused.count()), (10, 190), "{location}");
        assert_eq!(shop.level().await, (PIECES, PIECES), "{location}");
    }
}
