//! The server is killed while shoppers reserve and a seller answers, all of them over HTTP: whatever it acknowledged is there
//! afterwards, whom it refused has nothing, and the figures still add up.

use std::{
    collections::{HashMap, HashSet, VecDeque},
    sync::{
        Mutex,
        atomic::{AtomicBool, AtomicU32, Ordering},
    },
    thread,
    time::Duration,
};

use devanture_domain::reservation::State;
use devanture_storage::{Database, test_support::PostgresServer};

use crate::support::{Instants, SKU, Shop, TENANT, Told, ask, reserve_of, secret_key};

/// Those who reserve at once; with the seller they are one more.
const SHOPPERS: u32 = 4;
const PIECES: u32 = 1_000_000;
/// So long a server lives at most.
const LONGEST: Duration = Duration::from_secs(2);
/// Something of which there is too little, so that shoppers are refused as well.
const SCARCE: &str = "TEST-40";
const SCARCE_PIECES: u32 = 3;

/// A reservation as those who made and answered it were told.
struct Known {
    token: String,
    /// What the server said last.
    state: &'static str,
    /// What it was asked to make of it, and died.
    perhaps: Option<&'static str>,
}

/// A reservation that the seller has still to answer; no shopper calls it off.
struct Work {
    id: String,
    pickup_code: String,
    left: &'static [(&'static str, &'static str)],
}

/// What everybody knows.
#[derive(Default)]
struct Book {
    number: AtomicU32,
    known: Mutex<HashMap<String, Known>>,
    /// Shoppers who were told that there is nothing left.
    refused: Mutex<HashSet<u32>>,
    /// Shoppers who were told nothing, and ask again.
    unanswered: Mutex<Vec<u32>>,
    work: Mutex<VecDeque<Work>>,
}

impl Book {
    fn asks(&self, id: &str, state: &'static str) {
        self.known.lock().unwrap().get_mut(id).unwrap().perhaps = Some(state);
    }

    fn is_told(&self, id: &str, told: &Told) {
        let mut known = self.known.lock().unwrap();
        let known = known.get_mut(id).unwrap();
        let state = known.perhaps.take().unwrap();
        assert_eq!((told.status, told.body["state"].as_str()), (200, Some(state)), "{}", told.body);
        known.state = state;
    }
}

impl Book {
    /// How many were told each of these last, and how many that there is nothing left.
    fn counts(&self) -> [usize; 5] {
        let known = self.known.lock().unwrap();
        let of = |wanted: &str| known.values().filter(|known| known.state == wanted).count();
        let refused = self.refused.lock().unwrap().len();
        [of("requested"), of("cancelled"), of("collected"), of("refused"), refused]
    }

    /// Whether too little has happened to say anything.
    fn is_tame(&self, deaths: u32) -> bool {
        let enough = usize::try_from(deaths / 10).unwrap();
        self.counts().into_iter().any(|count| count < enough)
    }
}

/// What the `n`th shopper wants: every fourth what is scarce.
fn wanted(n: u32) -> (&'static str, u32) {
    if n % 4 == 1 { (SCARCE, SCARCE_PIECES) } else { (SKU, PIECES) }
}

/// What the seller does with the `n`th shopper's; all of what is scarce becomes free again.
fn plan(n: u32) -> &'static [(&'static str, &'static str)] {
    match n % 16 {
        1 | 5 => &[("accept", "accepted"), ("mark_ready", "ready"), ("cancel", "cancelled")],
        9 | 13 | 2 => &[("refuse", "refused")],
        3 | 7 => &[("accept", "accepted"), ("collect", "collected")],
        _ => &[("accept", "accepted"), ("mark_ready", "ready"), ("collect", "collected")],
    }
}

/// Reserves until the server dies, and calls every third reservation off.
fn buy(address: &str, store: &str, book: &Book) {
    loop {
        let again = book.unanswered.lock().unwrap().pop();
        let n = again.unwrap_or_else(|| book.number.fetch_add(1, Ordering::Relaxed));
        let (sku, _) = wanted(n);
        let Some(Told { status, body: made }) = reserve_of(address, store, sku, n) else {
            book.unanswered.lock().unwrap().push(n);
            return;
        };
        if status == 409 {
            assert_eq!((sku, made["code"].as_str()), (SCARCE, Some("not_enough")), "{made}");
            book.refused.lock().unwrap().insert(n);
            continue;
        }
        assert_eq!((status, made["state"].as_str()), (201, Some("requested")), "{made}");
        let text = |field: &str| made[field].as_str().unwrap().to_owned();
        let known = Known { token: text("token"), state: "requested", perhaps: None };
        book.known.lock().unwrap().insert(text("id"), known);
        if !n.is_multiple_of(3) {
            let work = Work { id: text("id"), pickup_code: text("pickup_code"), left: plan(n) };
            let mut all = book.work.lock().unwrap();
            if sku == SCARCE {
                all.push_front(work);
            } else {
                all.push_back(work);
            }
            continue;
        }
        book.asks(&text("id"), "cancelled");
        let gone = ask(address, &format!("DELETE /v1/reservations/{}", text("token")), "", "");
        // Done or not, nobody was told.
        let Some(told) = gone else { return };
        book.is_told(&text("id"), &told);
    }
}

/// Answers what shoppers have reserved, in the console's way, until the server dies; the next one is asked again.
fn sell(address: &str, key: &str, book: &Book, is_over: &AtomicBool) {
    while !is_over.load(Ordering::Relaxed) {
        let Some(mut work) = book.work.lock().unwrap().pop_front() else {
            thread::yield_now();
            continue;
        };
        while let [(action, state), left @ ..] = work.left {
            book.asks(&work.id, state);
            let body = match *action {
                "collect" => format!(r#"{{"action":"collect","pickup_code":"{}"}}"#, work.pickup_code),
                "refuse" => r#"{"action":"refuse","refusal":"no_time"}"#.to_owned(),
                action => format!(r#"{{"action":"{action}"}}"#),
            };
            let path = format!("POST /admin/v1/reservations/{}/actions", work.id);
            let Some(told) = ask(address, &path, &format!("authorization: Bearer {key}\r\n"), &body) else {
                book.work.lock().unwrap().push_front(work);
                return;
            };
            book.is_told(&work.id, &told);
            work.left = left;
        }
    }
}

/// Every acknowledged state is the one in the database, nobody who was refused has anything, nobody has two, and the pieces add
/// up. By the private links it is the same.
async fn check(shop: &Shop, book: &Book) {
    let database = Database::open(&shop.location).await.unwrap();
    let mut repository = database.read().await.unwrap();
    // Nobody asks for it meanwhile.
    let mut all = std::mem::take(&mut *book.known.lock().unwrap());
    for (id, known) in &mut all {
        let found = repository.reservation(TENANT, id).await.unwrap();
        let found = found.unwrap_or_else(|| panic!("{id} was acknowledged and is gone"));
        let states = [Some(known.state), known.perhaps];
        let state = states.into_iter().flatten().find(|state| *state == found.state.as_str());
        known.perhaps = None;
        known.state = state.unwrap_or_else(|| panic!("{id} is {:?}, told were {states:?}", found.state));
    }
    let (mut pieces, mut people) = (HashMap::new(), HashSet::new());
    for ended in [false, true] {
        for one in repository.store_reservations(TENANT, &shop.store, (ended, u16::MAX)).await.unwrap() {
            for line in &one.reservation.lines {
                let (held, collected) = pieces.entry(line.sku.clone()).or_insert((0, 0));
                match one.reservation.state {
                    State::Collected => *collected += line.quantity,
                    state if state.holds() => *held += line.quantity,
                    _ => {}
                }
            }
            let email = one.person.unwrap().email.unwrap();
            assert!(people.insert(email.clone()), "{email} asked once and has two");
        }
    }
    for n in &*book.refused.lock().unwrap() {
        assert!(!people.contains(&format!("s{n}@example.com")), "shopper {n} was refused");
    }
    for (sku, all) in [(SKU, PIECES), (SCARCE, SCARCE_PIECES)] {
        let level = repository.stock_at(TENANT, sku, &shop.store).await.unwrap().unwrap().level;
        let (held, collected) = pieces.get(sku).copied().unwrap_or_default();
        assert_eq!((level.on_hand + collected, level.reserved), (all, held), "{sku}");
    }
    drop(repository);
    database.close().await;
    let server = shop.serve();
    for known in all.values().take(50) {
        let told = ask(&server.address, &format!("GET /v1/reservations/{}", known.token), "", "").unwrap();
        assert_eq!((told.status, told.body["state"].as_str()), (200, Some(known.state)), "{}", told.body);
    }
    *book.known.lock().unwrap() = all;
}

async fn what_was_acknowledged_survives(location: &str, deaths: u32, mut span: Duration) {
    let shop = Shop::open(location, PIECES).await;
    shop.count(SCARCE, SCARCE_PIECES).await;
    // The server that starts is alone with its database, and has to put it right by itself.
    shop.database.close().await;
    let key = secret_key(location);
    let (book, mut instants) = (Book::default(), Instants::drawn());
    let mut death = 0;
    while death < deaths || (book.is_tame(deaths) && death < 2 * deaths) {
        death += 1;
        let server = shop.serve();
        let (address, is_over) = (server.address.clone(), AtomicBool::new(false));
        thread::scope(|scope| {
            for _ in 0..SHOPPERS {
                scope.spawn(|| buy(&address, &shop.store, &book));
            }
            scope.spawn(|| sell(&address, &key, &book, &is_over));
            thread::sleep(instants.within(span));
            drop(server);
            is_over.store(true, Ordering::Relaxed);
        });
        // On a slow machine a server hardly comes to anything before it dies, and has to live longer.
        if book.is_tame(death) {
            span = (span * 11 / 10).min(LONGEST);
        }
        if death % 40 == 0 {
            check(&shop, &book).await;
        }
    }
    check(&shop, &book).await;
    assert!(!book.is_tame(deaths), "{:?}", book.counts());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn on_sqlite() {
    let directory = tempfile::tempdir().unwrap();
    let location = directory.path().join("test.db").display().to_string();
    what_was_acknowledged_survives(&location, 200, Duration::from_millis(60)).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn on_postgres() {
    let server = PostgresServer::start();
    what_was_acknowledged_survives(&server.url("postgres"), 30, Duration::from_millis(200)).await;
}
