//! From telling a change of stock to a shopper being shown it, through HTTP: on a quiet server, and while it takes in a full feed
//! of every variant at every store, whose memory is told too.

use std::{
    fs::{self, File},
    io::{BufRead as _, BufReader, BufWriter, Read as _, Write as _},
    net::TcpStream,
    path::Path,
    process::Stdio,
    sync::atomic::{AtomicBool, Ordering},
    thread,
    time::{Duration, Instant, SystemTime},
};

use anyhow::{Context, Result, bail};
use serde_json::{Value, json};

use super::{
    figure::{Figure, Report},
    paint::stage,
};
use crate::{
    process::{output, target},
    servers::{
        Binaries, Ports,
        child::{Running, Scratch},
    },
};

const TENANT: &str = "lormelle";
/// Deltas on a quiet server.
const ROUNDS: usize = 300;
/// What a shopper may wait for it, in milliseconds.
const TARGET_MS: f64 = 2_000.0;
/// A delta that is not shown after so long is lost.
const LOST: Duration = Duration::from_secs(30);

pub(super) fn run(report: &mut Report) -> Result<()> {
    let binaries = Binaries::release()?;
    let folder = target().join("devanture");
    fs::create_dir_all(&folder)?;
    let scratch = Scratch::new(&folder, "delta")?;
    let within = scratch.path();
    let database = within.join("delta.db");
    let said = output(binaries.devanture(&database).arg("seed").env("RUST_LOG", "warn"))?;
    let key = said.lines().find_map(|line| line.strip_prefix("shop\t")?.split('\t').next());
    let key = key.with_context(|| format!("`devanture seed` printed no key: {said}"))?.to_owned();
    let secret = feeds_key(&binaries, &database)?;
    let feed = within.join("stock.csv");
    let (store, sku, rows) = every_pair(&binaries, &database, &feed)?;
    let ports = Ports::any()?;
    let server = Running::start(
        binaries
            .devanture(&database)
            .args(["serve", "--reads-per-second", "0", "--listen", &format!("127.0.0.1:{}", ports.api)])
            .stdout(Stdio::null())
            .env("RUST_LOG", "error"),
    )?;
    let api = Api { port: ports.api, key, secret, store, sku };
    api.wait()?;
    let mut quiet = Vec::with_capacity(ROUNDS);
    for round in 0..ROUNDS {
        quiet.push(api.delta(round)?);
    }
    tell(report, "on a quiet server", &mut quiet)?;

    let done = AtomicBool::new(false);
    let (took, mut busy) = thread::scope(|scope| {
        let feeding = scope.spawn(|| {
            let began = Instant::now();
            let ended = api.feed(&feed);
            done.store(true, Ordering::Relaxed);
            ended.map(|()| began.elapsed())
        });
        let mut busy = Vec::new();
        while !done.load(Ordering::Relaxed) {
            busy.push(api.delta(ROUNDS + busy.len())?);
        }
        let took = feeding.join().map_err(|_| anyhow::anyhow!("the feed's thread panicked"))??;
        Ok::<_, anyhow::Error>((took, busy))
    })?;
    report.add(&Figure::plain(
        &format!("full feed over HTTP while deltas come, {rows} rows"),
        f64::from(rows) / took.as_secs_f64(),
        "rows/s",
    ))?;
    tell(report, "while that feed is taken in", &mut busy)?;
    let told =
        fs::read_to_string(format!("/proc/{}/status", server.pid())).context("memory is read from /proc")?;
    let kilobytes = told.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kilobytes = kilobytes.and_then(|rest| rest.trim().trim_end_matches("kB").trim().parse::<f64>().ok());
    let peak = kilobytes.context("/proc tells no VmHWM")? * 1024.0 / 1e6;
    report.add(&Figure::plain("the server's most resident memory meanwhile", peak, "MB"))
}

/// The same as a shopper sees it: in a page that is loaded after it. Node.js drives the browser.
pub(super) fn painted(report: &mut Report) -> Result<()> {
    stage(report, "delta-painted", |stage, node| {
        let exported = exported(stage.binaries, stage.database)?;
        let (store, sku) = pairs(&exported).next().context("the demo has no stock")?;
        node.arg("visible.mjs").env("STORE", store).env("SKU", sku);
        node.env("DEVANTURE_FEEDS_KEY", feeds_key(stage.binaries, stage.database)?);
        Ok(())
    })
}

fn tell(report: &mut Report, when: &str, waits: &mut [f64]) -> Result<()> {
    waits.sort_by(f64::total_cmp);
    let of = |percent: usize| waits.get((waits.len() * percent / 100).min(waits.len().saturating_sub(1)));
    for (name, percent) in [("50th", 50), ("99th", 99), ("100th", 100)] {
        let wait = of(percent).copied().context("no delta was told meanwhile")?;
        let figure = Figure::plain(
            &format!("delta to visible {when}, {name} percentile of {}", waits.len()),
            wait,
            "ms",
        );
        report.add(&if percent == 99 { figure.at_most(TARGET_MS) } else { figure })?;
    }
    Ok(())
}

/// What the demo has in stock, as the export has it: a store and a variant at a time.
fn exported(binaries: &Binaries, database: &Path) -> Result<String> {
    let mut export = binaries.devanture(database);
    output(export.args(["export", "google-local-inventory", "--tenant", TENANT]).env("RUST_LOG", "warn"))
}

fn pairs(exported: &str) -> impl Iterator<Item = (&str, &str)> {
    exported.lines().skip(1).filter_map(|line| {
        let mut columns = line.split('\t');
        Some((columns.next()?, columns.next()?))
    })
}

/// A key that may tell stock.
fn feeds_key(binaries: &Binaries, database: &Path) -> Result<String> {
    let mut add = binaries.devanture(database);
    add.args(["key", "add", "--tenant", TENANT, "--name", "bench", "--scope", "feeds"]).stderr(Stdio::null());
    Ok(output(&mut add)?.trim().to_owned())
}

/// Writes every variant at every store; returns one of each, and how many rows.
fn every_pair(binaries: &Binaries, database: &Path, feed: &Path) -> Result<(String, String, u32)> {
    let all = exported(binaries, database)?;
    let (mut stores, mut skus): (Vec<&str>, Vec<&str>) = pairs(&all).unzip();
    for codes in [&mut stores, &mut skus] {
        codes.sort_unstable();
        codes.dedup();
    }
    let mut file = BufWriter::new(File::create(feed)?);
    writeln!(file, "store,sku,quantity")?;
    for store in &stores {
        for sku in &skus {
            writeln!(file, "{store},{sku},7")?;
        }
    }
    file.flush()?;
    let (store, sku) = stores.first().zip(skus.first()).context("the demo has no stock")?;
    let rows = u32::try_from(stores.len() * skus.len())?;
    Ok(((*store).to_owned(), (*sku).to_owned(), rows))
}

struct Api {
    port: u16,
    key: String,
    secret: String,
    store: String,
    sku: String,
}

impl Api {
    fn wait(&self) -> Result<()> {
        let began = Instant::now();
        while TcpStream::connect(("127.0.0.1", self.port)).is_err() {
            if began.elapsed() > LOST {
                bail!("the API does not listen");
            }
            thread::sleep(Duration::from_millis(20));
        }
        Ok(())
    }

    /// Tells a count of its own, and asks until it is shown; returns how long both took, in milliseconds.
    fn delta(&self, round: usize) -> Result<f64> {
        #[expect(clippy::disallowed_methods, reason = "the server's own clock is what is told and shown")]
        let at = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH)?.as_millis();
        let item = json!({"sequence": round + 1, "sku": self.sku, "location": self.store, "counted": round % 900 + 20, "at": at});
        let body = json!({"source": "bench", "items": [item]}).to_string();
        let began = Instant::now();
        let headers = format!("Authorization: Bearer {}\r\nContent-Type: application/json", self.secret);
        let told = self.ask("POST", "/admin/v1/stock/moves", &headers, body.len() as u64, body.as_bytes())?;
        if told["items"][0]["result"] != "applied" {
            bail!("a delta was not applied: {told}");
        }
        let path =
            format!("/v1/availability?items={}&first={}&limit=1&key={}", self.sku, self.store, self.key);
        let shown = format!("\"counted_at\":{at}");
        loop {
            let page = self.ask("GET", &path, "Accept: application/json", 0, &b""[..])?.to_string();
            if page.contains(&shown) {
                return Ok(began.elapsed().as_secs_f64() * 1000.0);
            }
            if began.elapsed() > LOST {
                bail!("a delta was not shown: {page}");
            }
        }
    }

    fn feed(&self, file: &Path) -> Result<()> {
        let headers = format!("Authorization: Bearer {}\r\nContent-Type: text/csv", self.secret);
        let length = fs::metadata(file)?.len();
        let path = "/admin/v1/feeds/stock?mode=full&source=bench&accept=true";
        let told = self.ask("POST", path, &headers, length, File::open(file)?)?;
        if told["feed"]["state"] != "applied" || told["feed"]["bad_rows"] != 0 {
            bail!("the feed was not taken in: {told}");
        }
        Ok(())
    }

    /// A request on a connection of its own.
    fn ask(
        &self,
        method: &str,
        path: &str,
        headers: &str,
        length: u64,
        mut body: impl std::io::Read,
    ) -> Result<Value> {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port))?;
        stream.set_nodelay(true)?;
        let head = format!(
            "{method} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n{headers}\r\nContent-Length: {length}\r\n\r\n"
        );
        stream.write_all(head.as_bytes())?;
        std::io::copy(&mut body, &mut stream)?;
        let mut answer = BufReader::new(stream);
        let mut status = String::new();
        answer.read_line(&mut status)?;
        let mut rest = String::new();
        answer.read_to_string(&mut rest)?;
        let (_, body) = rest.split_once("\r\n\r\n").context("an answer without a body")?;
        // Of a body in chunks, which a long answer has, the sizes between them are left out.
        let json = body.find('{').zip(body.rfind('}')).map(|(from, to)| &body[from..=to]).unwrap_or_default();
        if !status.contains(" 200 ") {
            bail!("{method} {path}: {status}{json}");
        }
        serde_json::from_str(json).with_context(|| format!("no JSON: {json}"))
    }
}
