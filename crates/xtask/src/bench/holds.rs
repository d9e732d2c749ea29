//! Reservations per second through HTTP, with every one of them on the disk before it is answered: all of one hot piece,
//! and spread over many. Medusa, measured on such a machine with PostgreSQL, made 73 and 104 and sold pieces twice.

use std::{
    fmt::Write as _,
    fs,
    path::Path,
    process::{Command, Stdio},
};

use anyhow::{Context, Result, bail};
use serde_json::Value;

use super::{
    database::Database,
    figure::{Figure, Report, median},
};
use crate::{
    process::{output, run as run_to_end, target},
    servers::{
        self, Binaries, Plan, Ports,
        child::{Running, Scratch},
    },
};

/// Shoppers at once.
const SHOPPERS: &str = "64";
const SECONDS: &str = "4";
/// Rounds that count; one before them warms up.
const ROUNDS: usize = 3;
/// Different pieces when they are spread.
const PIECES: usize = 500;
const TENANT: &str = "lormelle";

pub(super) fn run(report: &mut Report) -> Result<()> {
    let binaries = Binaries::release()?;
    let folder = target().join("devanture");
    fs::create_dir_all(&folder)?;
    let scratch = Scratch::new(&folder, "holds")?;
    let within = scratch.path();
    // How many times Medusa's figures are wanted.
    measure(report, &binaries, within, &Database::sqlite(within, "holds.db"), 20.0)?;
    measure(report, &binaries, within, &Database::postgres(within)?, 10.0)
}

fn measure(
    report: &mut Report,
    binaries: &Binaries,
    within: &Path,
    Database { location, engine, .. }: &Database,
    times: f64,
) -> Result<()> {
    run_to_end(binaries.devanture(location).arg("migrate").stdout(Stdio::null()))?;
    let key = seeded(binaries, location)?;
    let pieces = plenty(binaries, location, within)?;
    let ports = Ports::any()?;
    let _server = servers::api_server(&Plan {
        binaries,
        // Not asked for here.
        assets: within,
        database: location,
        ports,
        logs: within,
        limits: false,
        till_key: None,
        mail: None,
    })?;
    let (stores, skus): (Vec<&str>, Vec<&str>) =
        pieces.iter().map(|(store, sku)| (store.as_str(), sku.as_str())).unzip();
    for (name, count, against) in [("one hot piece", 1, 73.0), ("500 pieces", PIECES, 104.0)] {
        let (mut held, mut p99) = (Vec::new(), Vec::new());
        for round in 0..=ROUNDS {
            let said =
                output(Command::new(&binaries.reserve).arg(format!("127.0.0.1:{}", ports.api)).args([
                    &key,
                    &stores[..count].join(","),
                    &skus[..count].join(","),
                    SHOPPERS,
                    SECONDS,
                ]))?;
            let said: Value = serde_json::from_str(&said).context("the load generator printed no JSON")?;
            let number =
                |name: &str| said[name].as_f64().with_context(|| format!("{name} is missing: {said}"));
            if number("refused")? > 0.0 {
                bail!("pieces ran out: {said}");
            }
            if round > 0 {
                held.push(number("held")? / number("seconds")?);
                p99.push(number("p99_ms")?);
            }
        }
        let per_second = median(&mut held);
        let name = format!("reservations of {name}, {engine}, on the disk");
        let mut figure =
            Figure::plain(&format!("{name}, per second"), per_second, "1/s").at_least(times * against);
        figure.ratio = Some((per_second / against).round());
        figure.against = Some(against.into());
        report.add(&figure)?;
        report.add(&Figure::plain(
            &format!("{name}, 99th percentile at 64 shoppers"),
            median(&mut p99),
            "ms",
        ))?;
    }
    Ok(())
}

/// The demo network; returns its shop's key.
fn seeded(binaries: &Binaries, database: &Path) -> Result<String> {
    let said = output(binaries.devanture(database).arg("seed").env("RUST_LOG", "warn"))?;
    let shop = said.lines().find_map(|line| line.strip_prefix("shop\t")?.split('\t').next());
    Ok(shop.with_context(|| format!("`devanture seed` printed no key: {said}"))?.to_owned())
}

/// Fills so many places with more than shoppers can take; returns stores and SKUs.
fn plenty(binaries: &Binaries, database: &Path, within: &Path) -> Result<Vec<(String, String)>> {
    let mut export = binaries.devanture(database);
    let all = output(
        export.args(["export", "google-local-inventory", "--tenant", TENANT]).env("RUST_LOG", "warn"),
    )?;
    let pieces: Vec<(String, String)> = all
        .lines()
        .skip(1)
        .filter_map(|line| {
            let mut columns = line.split('\t');
            Some((columns.next()?.to_owned(), columns.next()?.to_owned()))
        })
        .take(PIECES)
        .collect();
    let mut rows = String::from("store_code,sku,quantity\n");
    for (store, sku) in &pieces {
        // Writing to a string does not fail.
        let _ = writeln!(rows, "{store},{sku},1000000");
    }
    let file = within.join("plenty.csv");
    fs::write(&file, rows)?;
    let mut import = binaries.devanture(database);
    import.args(["import", "stock", "--tenant", TENANT, "--delta"]).arg(&file);
    let status = Running::start(import.env("RUST_LOG", "warn").stdout(Stdio::null()))?.wait()?;
    if !status.success() || pieces.len() < PIECES {
        bail!("the import of {} rows ended with {status}", pieces.len());
    }
    Ok(pieces)
}
