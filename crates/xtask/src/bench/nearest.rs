//! The nearest 20 of 25,600 stores through HTTP, against a bare axum handler that returns bytes of the
//! same number: alternating, in the same session, by the same load generator.

use std::{fs, path::Path, process::Stdio, time::Duration};

use anyhow::{Context, Result, bail};

use super::{
    figure::{Figure, Report},
    stand::Stand,
    stores_worldwide,
};
use crate::{
    process::{root, target},
    servers::{
        Binaries,
        child::{Running, Scratch, Server},
    },
};

/// Rounds that count; one before them warms up.
const ROUNDS: usize = 5;
const TIME: Duration = Duration::from_secs(4);
const STORES: f64 = 25_600.0;

/// Places that are asked about, spread over all rows.
const PLACES: usize = 500;

pub(super) fn run(report: &mut Report) -> Result<()> {
    let Some(data) = stores_worldwide() else {
        report.note("nearest: skipped, ../shared/data/stores-worldwide.csv is not there");
        return Ok(());
    };
    let binaries = Binaries::release()?;
    let folder = target().join("devanture");
    fs::create_dir_all(&folder)?;
    let scratch = Scratch::new(&folder, "bench")?;
    let within = scratch.path();
    let database = within.join("bench.db");
    import(&binaries, &database, &data)?;
    let stand = Stand::start(&binaries, &database, within)?;
    report.add(
        &Figure::plain(
            "API, resident memory after start with 25,600 stores",
            resident_mb(&stand.server)?,
            "MB",
        )
        .at_most(80.0),
    )?;

    let (compared, length) = stand.compare(&questions(&data, &stand.key)?, (ROUNDS, TIME))?;
    let per_second = compared.requests_per_second;
    report.add(&Figure::plain("nearest 20 of 25,600, requests per second", per_second, "1/s"))?;
    report.add(&Figure::plain("the same bytes from a bare axum handler", compared.bare, "1/s"))?;
    report.add(&compared.figure("nearest 20 of 25,600, share of the bare handler's", 0.5))?;
    #[expect(clippy::cast_precision_loss, reason = "a length")]
    report.add(&Figure::plain("nearest 20 of 25,600, body", length as f64, "bytes"))?;
    report.add(&Figure::plain(
        "nearest 20 of 25,600, 99th percentile at 32 connections",
        compared.p99_ms,
        "ms",
    ))?;
    report.add(&Figure::plain("API, resident memory after that load", resident_mb(&stand.server)?, "MB"))
}

/// Status 2 says that some rows were refused and the rest went in.
pub(super) fn import(binaries: &Binaries, database: &Path, data: &Path) -> Result<()> {
    let mut import = binaries.devanture(database);
    import.args(["import", "stores"]).arg(data).arg("--mapping");
    import.arg(root().join("examples/import/stores-worldwide.toml")).args(["--tenant", "worldwide"]);
    import.env("RUST_LOG", "warn").stdout(Stdio::null()).stderr(Stdio::null());
    let status = Running::start(&mut import)?.wait()?;
    if !matches!(status.code(), Some(0 | 2)) {
        bail!("the import ended with {status}");
    }
    Ok(())
}

/// `?key=…&lat=…&lng=…&limit=20` for places spread over the file.
fn questions(data: &Path, key: &str) -> Result<Vec<String>> {
    let question = |(lat, lng): &(f64, f64)| format!("/v1/stores?key={key}&lat={lat}&lng={lng}&limit=20");
    Ok(places(data)?.iter().map(question).collect())
}

/// Latitudes and longitudes, spread over the file.
pub(super) fn places(data: &Path) -> Result<Vec<(f64, f64)>> {
    let text = fs::read_to_string(data)?;
    // The last two columns are longitude and latitude; a row that is not of that form is passed over.
    let places: Vec<(f64, f64)> = text
        .lines()
        .skip(1)
        .filter_map(|line| {
            let mut columns = line.rsplit(',').map(|column| column.trim().parse::<f64>());
            let (lat, lng) = (columns.next()?.ok()?, columns.next()?.ok()?);
            (lat.abs() <= 90.0 && lng.abs() <= 180.0).then_some((lat, lng))
        })
        .collect();
    #[expect(clippy::cast_precision_loss, reason = "thousands")]
    if (places.len() as f64) < STORES * 0.9 {
        bail!("only {} rows of {} have a position at their end", places.len(), data.display());
    }
    let step = places.len() / PLACES;
    Ok(places.into_iter().step_by(step).collect())
}

/// What the kernel says a server holds in memory.
fn resident_mb(server: &Server) -> Result<f64> {
    let status =
        fs::read_to_string(format!("/proc/{}/status", server.pid())).context("memory is read from /proc")?;
    let kilobytes: f64 = status
        .lines()
        .find_map(|line| line.strip_prefix("VmRSS:"))
        .and_then(|rest| rest.trim().trim_end_matches("kB").trim().parse().ok())
        .context("no VmRSS")?;
    Ok(kilobytes * 1024.0 / 1e6)
}
