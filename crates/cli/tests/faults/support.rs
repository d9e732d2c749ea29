//! The demo's network with one article in one store, servers on it, and shoppers who reserve it.

use std::{
    hash::{BuildHasher as _, RandomState},
    io::{BufRead as _, BufReader, Read as _, Write as _},
    net::TcpStream,
    process::{Child, Command, Stdio},
    time::Duration,
};

use devanture_domain::stock::StockSource;
use devanture_storage::{Count, Database};

pub(crate) const TENANT: &str = "lormelle";
pub(crate) const SKU: &str = "TEST-38";
const KEY: &str = devanture_demo::SHOP_KEY;
/// Where the demo's shop is, unless `seed` is told otherwise.
const ORIGIN: &str = "http://127.0.0.1:4801";

pub(crate) struct Shop {
    pub location: String,
    pub database: Database,
    /// The store that has the article.
    pub store: String,
}

impl Shop {
    /// The demo's network in this database, with so many pieces.
    pub(crate) async fn open(location: &str, pieces: u32) -> Self {
        done(location, &["seed"]);
        let database = Database::open(location).await.unwrap();
        let mut store = None;
        let mut repository = database.read().await.unwrap();
        repository.each_store(TENANT, |one| store = store.take().or(Some(one.code))).await.unwrap();
        drop(repository);
        let shop = Self { location: location.to_owned(), database, store: store.unwrap() };
        shop.count(SKU, pieces).await;
        shop
    }

    /// So many of another article.
    pub(crate) async fn count(&self, sku: &str, pieces: u32) {
        let count = Count {
            sku: sku.to_owned(),
            location_code: self.store.clone(),
            on_hand: pieces,
            safety: None,
            on_order: 0,
            expected_on: None,
            source: StockSource::Feed,
            counted_at: 1,
        };
        let mut repository = self.database.write().await.unwrap();
        repository.put_counts(TENANT, &[count]).await.unwrap();
        repository.save().await.unwrap();
    }

    /// An instance.
    pub(crate) fn serve(&self) -> Instance {
        self.serve_with(&[])
    }

    pub(crate) fn serve_with(&self, more: &[&str]) -> Instance {
        let limits = ["--reads-per-second", "0", "--writes-per-hour", "0"];
        Instance::start(
            devanture(&self.location, &["serve", "--listen", "127.0.0.1:0"]).args(limits).args(more),
        )
    }

    /// What is on hand, and what of it is reserved.
    pub(crate) async fn level(&self) -> (u32, u32) {
        let mut repository = self.database.read().await.unwrap();
        let level = repository.stock_at(TENANT, SKU, &self.store).await.unwrap().unwrap().level;
        (level.on_hand, level.reserved)
    }
}

/// A command that has to succeed, and says nothing here.
pub(crate) fn done(location: &str, arguments: &[&str]) {
    assert!(
        devanture(location, arguments).stderr(Stdio::null()).status().unwrap().success(),
        "{arguments:?}"
    );
}

/// A secret key by which everything may be done that head office may.
pub(crate) fn secret_key(location: &str) -> String {
    let add = ["key", "add", "--tenant", TENANT, "--name", "Caisse", "--scope", "admin"];
    let output = devanture(location, &add).stdout(Stdio::piped()).output().unwrap();
    String::from_utf8(output.stdout).unwrap().trim().to_owned()
}

/// Instants that differ at each run; the seed that is printed, as `DEVANTURE_TEST_SEED`, brings them back.
pub(crate) struct Instants(u64);

impl Instants {
    pub(crate) fn drawn() -> Self {
        let set = std::env::var("DEVANTURE_TEST_SEED").ok().map(|text| text.parse().unwrap());
        let seed = set.unwrap_or_else(|| RandomState::new().hash_one(0));
        println!("DEVANTURE_TEST_SEED={seed}");
        Self(seed)
    }

    /// The next one, from now.
    pub(crate) fn within(&mut self, span: Duration) -> Duration {
        // Splitmix64.
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^= mixed >> 31;
        Duration::from_micros(mixed % u64::try_from(span.as_micros()).unwrap())
    }
}

pub(crate) fn devanture(location: &str, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_devanture"));
    command.args(["--database", location]).args(arguments).stdin(Stdio::null()).stdout(Stdio::null());
    command
}

/// A server that is killed when this is dropped.
pub(crate) struct Instance {
    pub address: String,
    child: Child,
}

impl Instance {
    /// Starts it and waits until it listens.
    pub(crate) fn start(command: &mut Command) -> Self {
        let mut child = command.env("RUST_LOG", "off").stdout(Stdio::piped()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.as_mut().unwrap()).read_line(&mut line).unwrap();
        let address = line.trim().strip_prefix("ready http://").and_then(|rest| rest.strip_suffix('/'));
        Self { address: address.unwrap_or_else(|| panic!("{line:?}")).to_owned(), child }
    }

    pub(crate) fn pid(&self) -> u32 {
        self.child.id()
    }
}

impl Drop for Instance {
    fn drop(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

/// What a server has answered.
pub(crate) struct Told {
    pub status: u16,
    pub body: serde_json::Value,
}

/// The answer, unless the server died before it was whole.
pub(crate) fn ask(address: &str, request: &str, headers: &str, body: &str) -> Option<Told> {
    let mut stream = TcpStream::connect(address).ok()?;
    let length = body.len();
    write!(
        stream,
        "{request} HTTP/1.1\r\nhost: x\r\nconnection: close\r\ndevanture-key: {KEY}\r\norigin: {ORIGIN}\r\ncontent-type: application/json\r\n\
         content-length: {length}\r\n{headers}\r\n{body}"
    )
    .ok()?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer).ok()?;
    let (head, body) = answer.split_once("\r\n\r\n")?;
    Some(Told { status: head.split(' ').nth(1)?.parse().ok()?, body: serde_json::from_str(body).ok()? })
}

/// The `n`th shopper reserves a piece; whoever asks again is the same shopper with the same request.
pub(crate) fn reserve(address: &str, store: &str, n: u32) -> Option<Told> {
    reserve_of(address, store, SKU, n)
}

/// The same, of another article.
pub(crate) fn reserve_of(address: &str, store: &str, sku: &str, n: u32) -> Option<Told> {
    let body = format!(
        r#"{{"store_code":"{store}","items":[{{"sku":"{sku}"}}],"name":"Zoé","email":"s{n}@example.com","locale":"fr"}}"#
    );
    ask(address, "POST /v1/reservations", &format!("idempotency-key: shopper-{n:08}\r\n"), &body)
}
