//! `cargo xtask test`: everything that has to hold, from formatting to a real browser. Every suite is
//! run, whether or not one before it failed; the last line counts.

mod failures;
mod suite;
mod totals;

use std::{
    path::{Path, PathBuf},
    process::Command,
    time::Instant,
};

use anyhow::{Result, bail};
use clap::ValueEnum;

use crate::{
    deps,
    npm::{self, npm},
    process::{cargo, command, root, run as run_to_end, succeeds},
    servers::{self, Binaries, child::end_on_signals},
    size, tools,
    wasm::{self, Options},
};
use suite::{Outcome, check, counted};

/// A part of the tests.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Only {
    /// Formatting, lints, dependency rules, and what runs without a browser.
    Native,
    /// What browsers download: its size, the loader's types and its tests in Node.
    Wasm,
    /// The widgets in Chromium, against a running API and shop.
    E2e,
}

pub(crate) fn run(only: Option<Only>, filter: &[String]) -> Result<()> {
    end_on_signals(None)?;
    let started = Instant::now();
    let wanted = |part| only.is_none_or(|only| only == part);
    let mut outcomes = Vec::new();
    if wanted(Only::Native) {
        native(&mut outcomes);
    }
    let mut assets = None;
    if wanted(Only::Wasm) {
        assets = wasm(&mut outcomes);
    }
    if wanted(Only::E2e) {
        outcomes.extend(e2e(assets, filter));
    }
    let (mut passed, mut failed, mut late) = (0, 0, 0);
    for outcome in &outcomes {
        for failure in &outcome.said {
            println!("\n== failed, or only passed when run again: {}\n{failure}", outcome.name);
        }
    }
    println!("\n{:<28} {:>7} {:>7} {:>7} {:>8}", "suite", "passed", "late", "failed", "seconds");
    for Outcome { name, passed: good, failed: bad, late: again, took, .. } in &outcomes {
        println!("{name:<28} {good:>7} {again:>7} {bad:>7} {:>8.1}", took.as_secs_f64());
        passed += good;
        failed += bad;
        late += again;
    }
    println!("{:<28} {:>7} {:>7} {:>7} {:>8.1}", "", "", "", "", started.elapsed().as_secs_f64());
    if late > 0 {
        println!("{late} of those that passed had failed when they were first run; what they said is above");
    }
    println!("{passed} passed, {failed} failed");
    if failed > 0 {
        // The line above says it all, and has to be the last one.
        std::process::exit(1);
    }
    Ok(())
}

fn native(outcomes: &mut Vec<Outcome>) {
    outcomes.push(check("format", || run_to_end(cargo().args(["fmt", "--all", "--check"]))));
    outcomes.push(check("lints", || {
        run_to_end(cargo().args([
            "clippy",
            "--workspace",
            "--all-targets",
            "--locked",
            "--",
            "-D",
            "warnings",
        ]))
    }));
    outcomes.push(check("imports (check-deps)", deps::run));
    if succeeds(cargo().args(["deny", "--version"])) {
        outcomes.push(check("licences, bans, sources", || {
            // Without its warnings, which are about packages that are there in two versions. Advisories need the network.
            let deny = ["deny", "--locked", "--log-level", "error", "check", "licenses", "bans", "sources"];
            run_to_end(cargo().args(deny))
        }));
    } else {
        println!(
            "\n== licences, bans, sources: skipped, as cargo-deny is missing (cargo install --locked cargo-deny)"
        );
    }
    let mut tests = cargo();
    if succeeds(cargo().args(["nextest", "--version"])) {
        tests.args(["nextest", "run", "--workspace", "--locked", "--no-fail-fast"]);
        outcomes.push(counted("Rust tests", &mut tests, totals::nextest));
    } else {
        // cargo-nextest would take longer to compile than it saves.
        tests.args(["test", "--workspace", "--bins", "--lib", "--tests", "--locked", "--no-fail-fast"]);
        outcomes.push(counted("Rust tests", &mut tests, totals::cargo_test));
    }
}

/// Returns where the build is that it has made.
fn wasm(outcomes: &mut Vec<Outcome>) -> Option<PathBuf> {
    let sizes = check("wasm build, sizes", || size::run(false));
    // Over budget, it is there as well; then it is made again, rather than a stale one taken.
    let assets = (sizes.failed == 0).then(|| Options::default().folder());
    outcomes.push(sizes);
    let folder = root().join("npm");
    let script = |name: &str| {
        npm::ci("npm")?;
        run_to_end(npm(&folder).args(["run", "--silent", name]))
    };
    outcomes.push(check("loader types", || script("check")));
    outcomes.push(check("loader build", || script("build")));
    let mut node = command("node");
    node.current_dir(&folder).arg("--test");
    outcomes.push(counted("loader in Node", &mut node, totals::node));
    let mut example = command("node");
    example.current_dir(root().join("examples/server-rendering")).arg("--test");
    outcomes.push(counted("server rendering in Node", &mut example, totals::node));
    outcomes.push(in_a_browser("decoders in a browser", "devanture-client", "decode"));
    outcomes.push(in_a_browser("product reader in a browser", "devanture-host", "page"));
    assets
}

/// A crate's tests of its own that need a browser; the browser's options are in its `webdriver.json`.
fn in_a_browser(name: &'static str, package: &str, test: &str) -> Outcome {
    let mut tests = cargo();
    let tools =
        tools::wasm_target().and_then(|()| Ok((tools::wasm_bindgen_test_runner()?, tools::chromedriver()?)));
    match tools {
        Ok((runner, driver)) => {
            tests.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER", runner).env("CHROMEDRIVER", driver);
            tests.args(["test", "--locked", "--package", package, "--test", test]);
            tests.args(["--target", "wasm32-unknown-unknown"]);
            counted(name, &mut tests, totals::cargo_test)
        }
        Err(error) => check(name, || Err(error)),
    }
}

/// Playwright; the specs start the servers that they need, from these binaries and files.
fn e2e(assets: Option<PathBuf>, filter: &[String]) -> Vec<Outcome> {
    let mut outcomes = Vec::new();
    let mut prepared = None;
    outcomes.push(check("what browser tests need", || {
        prepared = Some(Prepared::new(assets)?);
        Ok(())
    }));
    let Some(prepared) = prepared else { return outcomes };
    let folder = root().join("tests/e2e");
    outcomes.push(check("specs' types", || run_to_end(npm(&folder).args(["run", "--silent", "check"]))));
    let mut all = prepared.playwright(&prepared.assets);
    all.env("DEVANTURE_REAL_BUILD", &prepared.build).args(filter);
    outcomes.push(counted("browser tests", &mut all, totals::playwright));
    if !filter.is_empty() {
        // Whoever asks for some tests waits for no others.
        return outcomes;
    }
    outcomes.push(counted("browser tests, PostgreSQL", &mut prepared.two_instances(), totals::playwright));
    // Nor does who brings a build along wait for another.
    if std::env::var_os("DEVANTURE_ASSETS").is_none() {
        outcomes.extend(one_module(&prepared));
    }
    outcomes
}

/// What the options of `cargo xtask wasm` make, both in one build, and one walk through every part of the widget with it.
fn one_module(prepared: &Prepared) -> Vec<Outcome> {
    let mut built = None;
    let mut outcomes = vec![check("wasm build, one module", || {
        built = Some(wasm::build(Options { unsplit: true, wee_alloc: true })?.folder);
        Ok(())
    })];
    if let Some(folder) = built {
        let mut walk = prepared.playwright(&folder);
        walk.arg("loader/build.spec.ts");
        outcomes.push(counted("browser test, one module", &mut walk, totals::playwright));
    }
    outcomes
}

struct Prepared {
    assets: PathBuf,
    build: String,
    chromium: PathBuf,
    binaries: Binaries,
}

impl Prepared {
    fn new(assets: Option<PathBuf>) -> Result<Self> {
        let chromium = tools::chromium()?;
        npm::ci("tests/e2e")?;
        let assets = assets.map_or_else(servers::assets, Ok)?;
        let build = servers::build_name(&assets)?;
        let binaries = Binaries::of_tests()?;
        if !binaries.devanture.exists() {
            bail!("{} was not built", binaries.devanture.display());
        }
        Ok(Self { assets, build, chromium, binaries })
    }

    /// The tests that reach the database, against two instances of the API on PostgreSQL.
    fn two_instances(&self) -> Command {
        let mut tests = self.playwright(&self.assets);
        tests.env("DEVANTURE_POSTGRES", &self.binaries.postgres);
        // What axe has to say of a page is not the database's doing.
        tests.args(["stock-locator", "store-locator", "reviews", "size-memory/devices", "shop/walk"]);
        tests.args(["console/real", "console/live", "--grep-invert", "for axe to say"]);
        tests
    }

    /// `playwright test` with these programs, and widgets from `assets`.
    fn playwright(&self, assets: &Path) -> Command {
        let folder = root().join("tests/e2e");
        let mut playwright = command(folder.join("node_modules/.bin/playwright"));
        playwright
            .current_dir(&folder)
            .arg("test")
            .env("CHROMIUM", &self.chromium)
            .env("DEVANTURE_ASSETS", assets)
            .env("DEVANTURE_BINARY", &self.binaries.devanture)
            .env("DEVANTURE_SHOP_BINARY", &self.binaries.shop);
        playwright
    }
}
