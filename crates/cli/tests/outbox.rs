//! The server is killed while it tells the shop's program what shoppers have reserved: whatever it acknowledged is told, under
//! one id however often, and nothing is told that is not so.

#![expect(clippy::unwrap_used, reason = "a test's failure is a panic")]

mod support;

use std::{
    collections::{HashMap, HashSet},
    io::{BufRead as _, BufReader, Read as _, Write as _},
    net::{TcpListener, TcpStream},
    sync::{
        Arc, Mutex,
        atomic::{AtomicU32, Ordering},
        mpsc::{Receiver, Sender, channel},
    },
    thread,
    time::Duration,
};

use devanture_domain::stock::StockSource;
use devanture_storage::{Count, Database};
use support::{TENANT, ask, devanture, done, serve};

/// Times that the server is killed.
const DEATHS: u32 = 25;
const SHOPPERS: u32 = 2;
const SKU: &str = "TEST-38";
const PRIVATE_TOO: &str = "--webhooks-to-private-addresses";
/// Only a failure takes so long.
const PATIENCE: Duration = Duration::from_mins(2);

/// What the program heard: the event's id, and its reservation.
type Heard = (String, String);

/// Reads a request and answers it; one that is cut off was not heard.
fn hear(stream: TcpStream, heard: &Sender<Heard>) -> Option<()> {
    let mut stream = BufReader::new(stream);
    let (mut id, mut length) = (None, 0);
    loop {
        let mut line = String::new();
        stream.read_line(&mut line).ok().filter(|read| *read > 0)?;
        let line = line.trim().to_ascii_lowercase();
        if line.is_empty() {
            break;
        }
        if let Some(value) = line.strip_prefix("content-length: ") {
            length = value.parse().ok()?;
        } else if line.starts_with("webhook-id: ") {
            id = line.split_once(' ').map(|(_, id)| id.to_owned());
        }
    }
    let mut body = vec![0; length];
    stream.read_exact(&mut body).ok()?;
    let event: serde_json::Value = serde_json::from_slice(&body).ok()?;
    assert_eq!(event["type"], "reservation.requested");
    heard.send((id?, event["data"]["reservation"].as_str()?.to_owned())).ok()?;
    stream.get_mut().write_all(b"HTTP/1.1 204 No Content\r\nconnection: close\r\n\r\n").ok()
}

fn program() -> (String, Receiver<Heard>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}/hooks", listener.local_addr().unwrap());
    let (sender, receiver) = channel();
    thread::spawn(move || {
        for stream in listener.incoming() {
            let sender = sender.clone();
            thread::spawn(move || hear(stream.unwrap(), &sender));
        }
    });
    (address, receiver)
}

/// Reserves until the server dies.
fn shop(address: &str, store: &str, number: &AtomicU32, acknowledged: &Mutex<HashSet<String>>) {
    loop {
        let n = number.fetch_add(1, Ordering::Relaxed);
        let body = format!(
            r#"{{"store_code":"{store}","items":[{{"sku":"{SKU}"}}],"name":"Zoé","email":"s{n}@example.com","locale":"fr"}}"#
        );
        let headers = format!("idempotency-key: outbox-test-{n:08}\r\n");
        let Some((status, made)) = ask(address, "POST /v1/reservations", &headers, &body) else { return };
        assert_eq!(status, 201, "{made}");
        acknowledged.lock().unwrap().insert(made["id"].as_str().unwrap().to_owned());
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_acknowledged_is_told() {
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
        on_hand: 1_000_000,
        safety: None,
        on_order: 0,
        expected_on: None,
        source: StockSource::Feed,
        counted_at: 1,
    };
    repository.put_counts(TENANT, &[count]).await.unwrap();
    repository.save().await.unwrap();
    let (url, heard) = program();
    let refused = devanture(directory.path(), &["webhook", "add", "--tenant", TENANT, "--url", &url]);
    assert!(!{ refused }.output().unwrap().status.success(), "a private address");
    done(directory.path(), &["webhook", "add", "--tenant", TENANT, "--url", &url, PRIVATE_TOO]);

    let (acknowledged, number) = (Arc::<Mutex<HashSet<String>>>::default(), Arc::new(AtomicU32::new(0)));
    for death in 0..DEATHS {
        let (mut server, address) = serve(directory.path(), &[PRIVATE_TOO]);
        let shoppers: Vec<_> = (0..SHOPPERS)
            .map(|_| {
                let (address, store) = (address.clone(), store.clone());
                let (number, acknowledged) = (Arc::clone(&number), Arc::clone(&acknowledged));
                thread::spawn(move || shop(&address, &store, &number, &acknowledged))
            })
            .collect();
        // Instants that are spread, and the same at each run.
        tokio::time::sleep(Duration::from_micros(u64::from(death * 7919 % 61) * 2000)).await;
        server.kill().unwrap();
        server.wait().unwrap();
        for shopper in shoppers {
            shopper.join().unwrap();
        }
    }
    // What was under way when a server died is due again after its lease, or when the operator says so.
    done(directory.path(), &["outbox", "retry", "--tenant", TENANT]);
    let (mut server, _) = serve(directory.path(), &[PRIVATE_TOO]);
    let mut missing = std::mem::take(&mut *acknowledged.lock().unwrap());
    assert!(missing.len() > 50, "{} reservations are too few", missing.len());
    let mut ids: HashMap<String, String> = HashMap::new();
    while !missing.is_empty() {
        let (id, reservation) =
            heard.recv_timeout(PATIENCE).unwrap_or_else(|_| panic!("{} untold", missing.len()));
        missing.remove(&reservation);
        let first = ids.entry(reservation).or_insert_with(|| id.clone());
        assert_eq!(*first, id, "one event, one id");
    }
    server.kill().unwrap();
    server.wait().unwrap();
    let mut repository = database.read().await.unwrap();
    for reservation in ids.keys() {
        assert!(
            repository.reservation(TENANT, reservation).await.unwrap().is_some(),
            "{reservation} never was"
        );
    }
    let listed = devanture(directory.path(), &["outbox", "list", "--tenant", TENANT]).output().unwrap();
    assert!(listed.status.success());
}
