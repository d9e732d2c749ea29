//! The nearest 20 of 25,600 stores through HTTP, against a bare axum handler that returns bytes of the
//! same number: alternating, in the same session, by the same load generator.

use std::{
    fmt::Write as _,
    fs,
    path::Path,
    process::{Command, Stdio},
    time::Duration,
};

use anyhow::{Context, Result, bail};

use super::{
    figure::{Figure, Report},
    load, stores_worldwide,
};
use crate::{
    process::{output, root, target},
    servers::{
        self, Binaries, Plan, Ports,
        child::{Running, Scratch, Server, tied},
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
    let oha = load::oha()?;
    let binaries = Binaries::release()?;
    let folder = target().join("devanture");
    fs::create_dir_all(&folder)?;
    let scratch = Scratch::new(&folder, "bench")?;
    let within = scratch.path();
    let database = within.join("bench.db");
    import(&binaries, &database, &data)?;
    let ports = Ports::any()?;
    let key = site(&binaries, &database, &servers::origin(ports.shop))?;
    let server = servers::api_server(&Plan {
        binaries: &binaries,
        // Not asked for here.
        assets: within,
        database: &database,
        ports,
        logs: within,
        limits: false,
        till_key: None,
    })?;
    report.add(
        &Figure::plain("API, resident memory after start with 25,600 stores", resident_mb(&server)?, "MB")
            .at_most(80.0),
    )?;

    let queries = queries(&data, &key)?;
    let api = servers::origin(ports.api);
    let body = typical(&api, &queries)?;
    let answer = within.join("answer.json");
    fs::write(&answer, &body)?;
    let (_bare, bare_url) = bare(&binaries.bare, &answer, within)?;
    let (ours_urls, bare_urls) = (within.join("ours.txt"), within.join("bare.txt"));
    fs::write(&ours_urls, urls(&api, &queries))?;
    fs::write(&bare_urls, urls(&bare_url, &queries))?;

    let compared = load::compare(&oha, (&ours_urls, &bare_urls), (ROUNDS, TIME))?;
    let per_second = compared.requests_per_second;
    report.add(&Figure::plain("nearest 20 of 25,600, requests per second", per_second, "1/s"))?;
    report.add(&Figure::plain("the same bytes from a bare axum handler", compared.bare, "1/s"))?;
    report.add(&compared.figure("nearest 20 of 25,600, share of the bare handler's", 0.5))?;
    #[expect(clippy::cast_precision_loss, reason = "a length")]
    report.add(&Figure::plain("nearest 20 of 25,600, body", body.len() as f64, "bytes"))?;
    report.add(&Figure::plain(
        "nearest 20 of 25,600, 99th percentile at 32 connections",
        compared.p99_ms,
        "ms",
    ))?;
    report.add(&Figure::plain("API, resident memory after that load", resident_mb(&server)?, "MB"))
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

/// Adds a site, and returns its key.
pub(super) fn site(binaries: &Binaries, database: &Path, origin: &str) -> Result<String> {
    let mut add = binaries.devanture(database);
    add.args([
        "site",
        "add",
        "--tenant",
        "worldwide",
        "--id",
        "bench",
        "--name",
        "Bench",
        "--origin",
        origin,
    ]);
    let said = output(add.env("RUST_LOG", "warn"))?;
    let key =
        said.split(|c: char| !c.is_ascii_alphanumeric() && c != '_').find(|word| word.starts_with("pk_"));
    Ok(key.with_context(|| format!("`devanture site add` printed no key: {said}"))?.to_owned())
}

/// `?key=…&lat=…&lng=…&limit=20` for places spread over the file.
fn queries(data: &Path, key: &str) -> Result<Vec<String>> {
    let query = |(lat, lng): &(f64, f64)| format!("/v1/stores?key={key}&lat={lat}&lng={lng}&limit=20");
    Ok(places(data)?.iter().map(query).collect())
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

pub(super) fn urls(origin: &str, queries: &[String]) -> String {
    queries.iter().fold(String::new(), |mut text, query| {
        // Writing to a string does not fail.
        let _ = writeln!(text, "{origin}{query}");
        text
    })
}

/// An answer of the API of median length.
pub(super) fn typical(api: &str, queries: &[String]) -> Result<String> {
    let mut bodies = Vec::new();
    for query in queries.iter().step_by(20) {
        bodies.push(output(
            Command::new("curl").args(["--silent", "--show-error", "--fail"]).arg(format!("{api}{query}")),
        )?);
    }
    bodies.sort_by_key(String::len);
    bodies.into_iter().nth(queries.len().div_ceil(20) / 2).context("no query")
}

pub(super) fn bare(program: &Path, answer: &Path, logs: &Path) -> Result<(Server, String)> {
    let url = std::cell::RefCell::new(String::new());
    let mut command = tied(program);
    let server = Server::start("the bare handler", command.arg(answer), &logs.join("bare.log"), |line| {
        let ready = line.strip_prefix("ready ");
        if let Some(at) = ready {
            at.trim_end_matches('/').clone_into(&mut url.borrow_mut());
        }
        ready.is_some()
    })?;
    Ok((server, url.into_inner()))
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
