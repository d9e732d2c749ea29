//! The server is killed while it tells the shop's program what shoppers have reserved: whatever it acknowledged is told, under
//! one id however often, and nothing is told that is not so.

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

use crate::support::{Instants, Shop, TENANT, Told, devanture, done, reserve};

/// Times that the server is killed.
const DEATHS: u32 = 25;
/// Reservations that make the test one.
const ENOUGH: usize = 50;
const SHOPPERS: u32 = 2;
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
fn buy(address: &str, store: &str, number: &AtomicU32, acknowledged: &Mutex<HashSet<String>>) {
    loop {
        let n = number.fetch_add(1, Ordering::Relaxed);
        let Some(Told { status, body: made }) = reserve(address, store, n) else { return };
        assert_eq!(status, 201, "{made}");
        acknowledged.lock().unwrap().insert(made["id"].as_str().unwrap().to_owned());
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_acknowledged_is_told() {
    let directory = tempfile::tempdir().unwrap();
    let location = directory.path().join("test.db").display().to_string();
    let shop = Shop::open(&location, 1_000_000).await;
    let (url, heard) = program();
    let refused = devanture(&location, &["webhook", "add", "--tenant", TENANT, "--url", &url]);
    assert!(!{ refused }.output().unwrap().status.success(), "a private address");
    done(&location, &["webhook", "add", "--tenant", TENANT, "--url", &url, PRIVATE_TOO]);

    let (acknowledged, number) = (Arc::<Mutex<HashSet<String>>>::default(), Arc::new(AtomicU32::new(0)));
    let (mut death, mut instants) = (0, Instants::drawn());
    // On a slow machine a server hardly comes to anything before it dies.
    while death < DEATHS || (acknowledged.lock().unwrap().len() <= ENOUGH && death < 10 * DEATHS) {
        death += 1;
        let server = shop.serve_with(&[PRIVATE_TOO]);
        let shoppers: Vec<_> = (0..SHOPPERS)
            .map(|_| {
                let (address, store) = (server.address.clone(), shop.store.clone());
                let (number, acknowledged) = (Arc::clone(&number), Arc::clone(&acknowledged));
                thread::spawn(move || buy(&address, &store, &number, &acknowledged))
            })
            .collect();
        tokio::time::sleep(instants.within(Duration::from_millis(120))).await;
        drop(server);
        for shopper in shoppers {
            shopper.join().unwrap();
        }
    }
    // What was under way when a server died is due again after its lease, or when the operator says so.
    done(&location, &["outbox", "retry", "--tenant", TENANT]);
    let server = shop.serve_with(&[PRIVATE_TOO]);
    let mut missing = std::mem::take(&mut *acknowledged.lock().unwrap());
    assert!(missing.len() > ENOUGH, "{} reservations are too few", missing.len());
    let mut ids: HashMap<String, String> = HashMap::new();
    while !missing.is_empty() {
        let (id, reservation) =
            heard.recv_timeout(PATIENCE).unwrap_or_else(|_| panic!("{} untold", missing.len()));
        missing.remove(&reservation);
        let first = ids.entry(reservation).or_insert_with(|| id.clone());
        assert_eq!(*first, id, "one event, one id");
    }
    drop(server);
    let mut repository = shop.database.read().await.unwrap();
    for reservation in ids.keys() {
        assert!(
            repository.reservation(TENANT, reservation).await.unwrap().is_some(),
            "{reservation} never was"
        );
    }
    let listed = devanture(&location, &["outbox", "list", "--tenant", TENANT]).output().unwrap();
    assert!(listed.status.success());
}
