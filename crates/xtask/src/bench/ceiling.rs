//! The nearest 10 of 7,000 stores that hold a variant, through HTTP, where there are 1,200,000 products and 20,400,000 figures of
//! stock; and with a tenth and a hundredth of the products, as the time must not grow with them.

use std::{
    fs,
    path::Path,
    process::{Command, Stdio},
    time::Duration,
};

use anyhow::Result;

use super::{
    database::Database,
    figure::{Figure, Report, rounded},
    nearest::{import, places},
    stand::Stand,
    stores_worldwide,
};
use crate::{
    process::{run as run_to_end, target},
    servers::{
        Binaries,
        child::{Running, Scratch},
    },
};

const STORES: usize = 7_000;
/// Of the store count no divisor, so each product is in as many different ones.
const STORES_EACH: u32 = 17;
const PRODUCTS: [u32; 3] = [12_000, 120_000, 1_200_000];
/// Different questions, each of another product and place.
const QUESTIONS: u32 = 4_000;
/// Rounds that count; one before them warms up.
const ROUNDS: usize = 5;
const TIME: Duration = Duration::from_secs(3);

pub(super) fn run(report: &mut Report) -> Result<()> {
    let Some(data) = stores_worldwide() else {
        report.note("ceiling: skipped, ../shared/data/stores-worldwide.csv is not there");
        return Ok(());
    };
    let binaries = Binaries::release()?;
    let folder = target().join("devanture");
    fs::create_dir_all(&folder)?;
    let scratch = Scratch::new(&folder, "ceiling")?;
    let bench = Ceiling { binaries, within: scratch.path(), data: &data };
    bench.sqlite(report)?;
    bench.postgres(report)
}

struct Ceiling<'a> {
    binaries: Binaries,
    within: &'a Path,
    data: &'a Path,
}

impl Ceiling<'_> {
    fn sqlite(&self, report: &mut Report) -> Result<()> {
        let mut times = Vec::new();
        for products in PRODUCTS {
            let database = Database::sqlite(self.within, &format!("{products}.db"));
            times.push(self.measure(report, &database, products)?);
            // Two gigabytes.
            fs::remove_file(&database.location)?;
        }
        let grown = rounded(times[2] / times[0]);
        let mut figure =
            Figure::plain("the same with 100 times the products, SQLite, time for a request", grown, "ratio")
                .at_most(1.5);
        figure.ratio = Some(grown);
        report.add(&figure)
    }

    fn postgres(&self, report: &mut Report) -> Result<()> {
        self.measure(report, &Database::postgres(self.within)?, PRODUCTS[2])?;
        Ok(())
    }

    /// Median time for a request, in milliseconds.
    fn measure(&self, report: &mut Report, database: &Database, products: u32) -> Result<f64> {
        let Self { binaries, within, data } = self;
        let Database { engine, location, .. } = database;
        run_to_end(binaries.devanture(location).arg("migrate").stdout(Stdio::null()))?;
        let stores = within.join("stores.csv");
        let text = fs::read_to_string(data)?;
        fs::write(&stores, text.lines().take(STORES + 1).collect::<Vec<_>>().join("\n"))?;
        import(binaries, location, &stores)?;
        let mut fill = Command::new(&binaries.ceiling);
        fill.arg(location).args(["worldwide", &products.to_string(), &STORES_EACH.to_string()]);
        let status = Running::start(&mut fill)?.wait()?;
        anyhow::ensure!(status.success(), "the database was not filled: {status}");

        let stand = Stand::start(binaries, location, within)?;
        let (compared, _) = stand.compare(&self.questions(&stand.key, products)?, (ROUNDS, TIME))?;
        let name = format!("nearest 10 of 7,000 with a variant of {products}, {engine}");
        let plain = |what: &str, value, unit| Figure::plain(&format!("{name}, {what}"), value, unit);
        report.add(&plain("requests per second", compared.requests_per_second, "1/s"))?;
        report.add(&plain("median at 32 connections", compared.p50_ms, "ms"))?;
        report.add(&plain("99th percentile", compared.p99_ms, "ms"))?;
        report.add(&compared.figure(&format!("{name}, share of a bare handler's"), 0.15))?;
        Ok(compared.p50_ms)
    }

    /// Products and places far from each other in either list.
    fn questions(&self, key: &str, products: u32) -> Result<Vec<String>> {
        let places = places(self.data)?;
        let question = |n: u32, (lat, lng): &(f64, f64)| {
            let product = u64::from(n) * 7_919_333 % u64::from(products);
            format!("/v1/availability?key={key}&items=P{product:07}&lat={lat}&lng={lng}&limit=10")
        };
        Ok((0..QUESTIONS).zip(places.iter().cycle()).map(|(n, place)| question(n, place)).collect())
    }
}
