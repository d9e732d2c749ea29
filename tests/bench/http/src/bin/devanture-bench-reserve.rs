//! Many shoppers who reserve at once: `cargo xtask bench holds` measures the API with it.
//!
//! `devanture-bench-reserve ADDRESS KEY STORES SKUS SHOPPERS SECONDS`: so many connections to `127.0.0.1:4800`, each of which
//! reserves one piece after the other for so long. STORES and SKUS are lists separated by commas, which are taken in turn: one
//! store and one SKU for a hot piece. Every shopper is another person. Prints one line of JSON.

use std::{
    env,
    io::{Error, ErrorKind, Result},
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
};

/// Where `devanture seed` says that the demo's shop is.
const ORIGIN: &str = "http://127.0.0.1:4801";

struct Plan {
    address: String,
    key: String,
    stores: Vec<String>,
    skus: Vec<String>,
    until: Instant,
    /// Numbers of shoppers, so that none comes twice.
    next: AtomicU64,
    /// Another for each run, so that their shoppers are others too.
    run: u128,
}

#[tokio::main]
async fn main() -> Result<()> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [address, key, stores, skus, shoppers, seconds] = &arguments[..] else {
        return Err(Error::new(ErrorKind::InvalidInput, "ADDRESS KEY STORES SKUS SHOPPERS SECONDS"));
    };
    let number = |text: &str| text.parse::<u64>().map_err(|error| Error::new(ErrorKind::InvalidInput, error));
    let list = |text: &str| text.split(',').map(str::to_owned).collect();
    let time = Duration::from_secs(number(seconds)?);
    let begun = Instant::now();
    let epoch = std::time::SystemTime::UNIX_EPOCH;
    let plan = Arc::new(Plan {
        address: address.clone(),
        key: key.clone(),
        stores: list(stores),
        skus: list(skus),
        until: begun + time,
        next: AtomicU64::new(0),
        run: epoch.elapsed().map_or(0, |elapsed| elapsed.as_nanos()),
    });
    let tasks: Vec<_> = (0..number(shoppers)?).map(|_| tokio::spawn(shop(Arc::clone(&plan)))).collect();
    let (mut held, mut refused, mut latencies) = (0_u64, 0_u64, Vec::new());
    for task in tasks {
        for (status, latency) in task.await.map_err(Error::other)?? {
            match status {
                201 => held += 1,
                409 => refused += 1,
                other => return Err(Error::other(format!("the API answered {other}"))),
            }
            latencies.push(latency);
        }
    }
    let elapsed = begun.elapsed().as_secs_f64();
    latencies.sort_unstable();
    let at = |share: usize| {
        latencies.get(latencies.len() * share / 100).map_or(0.0, Duration::as_secs_f64) * 1000.0
    };
    println!(
        "{{\"held\":{held},\"refused\":{refused},\"seconds\":{elapsed:.3},\"p50_ms\":{:.3},\"p99_ms\":{:.3}}}",
        at(50),
        at(99)
    );
    Ok(())
}

/// Reserves one piece after the other, over one connection; returns each answer's status and how long it took.
async fn shop(plan: Arc<Plan>) -> Result<Vec<(u16, Duration)>> {
    let mut connection = TcpStream::connect(&plan.address).await?;
    connection.set_nodelay(true)?;
    let mut answers = Vec::new();
    let mut read = Vec::new();
    while Instant::now() < plan.until {
        let begun = Instant::now();
        connection.write_all(request(&plan).as_bytes()).await?;
        answers.push((answer(&mut connection, &mut read).await?, begun.elapsed()));
    }
    Ok(answers)
}

fn request(plan: &Plan) -> String {
    let number = plan.next.fetch_add(1, Ordering::Relaxed);
    let pick = |list: &[String]| list[usize::try_from(number).unwrap_or(0) % list.len()].clone();
    let (store, sku, run) = (pick(&plan.stores), pick(&plan.skus), plan.run);
    let body = format!(
        r#"{{"store_code":"{store}","items":[{{"sku":"{sku}"}}],"name":"Bench","email":"s{number}.{run}@example.org","locale":"fr"}}"#
    );
    format!(
        "POST /v1/reservations HTTP/1.1\r\nhost: {}\r\ndevanture-key: {}\r\norigin: {ORIGIN}\r\nidempotency-key: {run}-{number}\r\n\
         content-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
        plan.address,
        plan.key,
        body.len()
    )
}

/// Reads one answer and leaves nothing of it behind.
async fn answer(connection: &mut TcpStream, read: &mut Vec<u8>) -> Result<u16> {
    loop {
        if let Some(end) = read.windows(4).position(|window| window == b"\r\n\r\n") {
            let head = String::from_utf8_lossy(&read[..end]).to_ascii_lowercase();
            let length =
                head.lines().find_map(|line| line.strip_prefix("content-length:")?.trim().parse().ok());
            let whole = end + 4 + length.unwrap_or(0);
            if read.len() >= whole {
                read.drain(..whole);
                let status = head.split(' ').nth(1).and_then(|status| status.parse().ok());
                return status.ok_or_else(|| Error::other("no status"));
            }
        }
        if connection.read_buf(read).await? == 0 {
            return Err(ErrorKind::UnexpectedEof.into());
        }
    }
}
