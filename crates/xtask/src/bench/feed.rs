//! A full feed of millions of rows into SQLite, by the release binary: rows per second, against a program that inserts the
//! same rows and checks nothing, and the most memory that the import ever held.

use std::{
    fs::{self, File},
    io::{BufWriter, Write as _},
    path::Path,
    process::{Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail};

use super::figure::{Figure, Report, rounded};
use crate::{
    process::target,
    servers::{
        Binaries,
        child::{Running, Scratch},
    },
};

/// Rows of the feed, unless said.
pub(super) const ROWS: u32 = 2_000_000;
const LOCATIONS: u32 = 200;
/// So often memory is read; what is read is the most there ever was.
const SAMPLE: Duration = Duration::from_millis(10);

pub(super) fn run(report: &mut Report, rows: u32) -> Result<()> {
    let binaries = Binaries::release()?;
    let folder = target().join("devanture");
    fs::create_dir_all(&folder)?;
    let scratch = Scratch::new(&folder, "feed")?;
    let within = scratch.path();
    let skus = rows.div_ceil(LOCATIONS);
    let stock = within.join("stock.csv");
    generate(within, &stock, rows, skus)?;
    let database = within.join("feed.db");
    let import = |arguments: &[&str], file: &Path| {
        let mut import = binaries.devanture(&database);
        import.arg("import").args(arguments).arg(file).args(["--tenant", "bench"]).env("RUST_LOG", "error");
        measured(&mut import)
    };
    let mapping = within.join("stores.toml").display().to_string();
    import(&["stores", "--mapping", &mapping], &within.join("stores.csv"))?;

    let mut tell = |name: &str, rows: u32, done: &Measured| {
        let speed = f64::from(rows) / done.seconds;
        report.add(&Figure::plain(&format!("{name}, {rows} rows"), speed, "rows/s"))?;
        let memory = Figure::plain(&format!("{name}, most resident memory"), done.peak_mb, "MB");
        report.add(&memory.at_most(64.0))?;
        Ok::<_, anyhow::Error>(speed)
    };
    tell("products", skus, &import(&["products"], &within.join("products.csv"))?)?;
    let first = tell("full feed into an empty table", rows, &import(&["stock", "--full"], &stock)?)?;
    tell("the same once more", rows, &import(&["stock", "--full"], &stock)?)?;
    tell("the same as changes", rows, &import(&["stock", "--delta"], &stock)?)?;
    let mut bare = Command::new(&binaries.bare_feed);
    let bare = measured(bare.arg(&stock).arg(within.join("bare.db")))?;
    let bare = rounded(f64::from(rows) / bare.seconds);
    report.add(&Figure::plain("the same rows inserted without a check", bare, "rows/s"))?;
    let ratio = rounded(first / bare);
    let mut compared = Figure::plain("full feed into an empty table, share of that", ratio, "ratio");
    compared.ratio = Some(ratio);
    compared.against = Some(bare.into());
    report.add(&compared)
}

/// Stores, products, and every product at every store, store by store as tills write it.
fn generate(within: &Path, stock: &Path, rows: u32, skus: u32) -> Result<()> {
    let file = |name: &str| File::create(within.join(name)).map(BufWriter::new);
    let mut stores = file("stores.csv")?;
    writeln!(stores, "code,name,lat,lng,zone")?;
    for store in 0..LOCATIONS {
        writeln!(stores, "S-{store:03},Store {store},47.2,1.5,Europe/Paris")?;
    }
    stores.flush()?;
    let mapping = ["code", "name", "lat", "lng"].map(|name| format!("fields.{name}.column = \"{name}\"\n"));
    fs::write(within.join("stores.toml"), mapping.concat() + "fields.time_zone.column = \"zone\"\n")?;
    let mut products = file("products.csv")?;
    writeln!(products, "sku,product_id,name,size,price")?;
    for sku in 0..skus {
        writeln!(
            products,
            "SKU-{sku:06},P-{:06},Product {},{},19.90 EUR",
            sku / 5,
            sku / 5,
            36 + sku % 5 * 2
        )?;
    }
    products.flush()?;
    let mut stock = BufWriter::new(File::create(stock)?);
    writeln!(stock, "store,sku,quantity")?;
    for row in 0..rows {
        writeln!(stock, "S-{:03},SKU-{:06},{}", row / skus, row % skus, (u64::from(row) * 7919) % 50)?;
    }
    stock.flush()?;
    Ok(())
}

struct Measured {
    seconds: f64,
    peak_mb: f64,
}

/// Runs a program to its end.
fn measured(command: &mut Command) -> Result<Measured> {
    let began = Instant::now();
    let mut running = Running::start(command.stdin(Stdio::null()).stdout(Stdio::null()))?;
    let status = format!("/proc/{}/status", running.pid());
    let mut peak_mb: f64 = 0.0;
    loop {
        if let Some(ended) = running.ended()? {
            if !ended.success() {
                bail!("{} ended with {ended}", command.get_program().to_string_lossy());
            }
            return Ok(Measured { seconds: began.elapsed().as_secs_f64(), peak_mb });
        }
        let told = fs::read_to_string(&status).context("memory is read from /proc")?;
        // One that has just ended is listed without it.
        let kilobytes = told.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let kilobytes =
            kilobytes.and_then(|rest| rest.trim().trim_end_matches("kB").trim().parse::<f64>().ok());
        peak_mb = peak_mb.max(kilobytes.unwrap_or(0.0) * 1024.0 / 1e6);
        thread::sleep(SAMPLE);
    }
}
