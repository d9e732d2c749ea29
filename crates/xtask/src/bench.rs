//! `cargo xtask bench`: figures, each beside what it is compared with or must not exceed. Nothing here is a test:
//! a machine that is busy with something else measures badly, and must not fail a change for that.

mod ceiling;
mod database;
mod delta;
mod feed;
mod figure;
mod holds;
mod load;
mod nearest;
mod page;
mod paint;
mod reviews;
mod search;
mod stand;

use std::path::PathBuf;

use anyhow::{Result, bail};
use clap::ValueEnum;

use crate::{process::root, servers::child::end_on_signals};
use figure::Report;

/// What is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Bench {
    /// Search in the page, against `MiniSearch` and Fuse.js.
    Search,
    /// The nearest stores over HTTP, against a bare handler; the server's memory.
    Nearest,
    /// From navigation to the painted list on a slow phone and network.
    Paint,
    /// The main thread's tasks on a listing of 500 cards with the size memory.
    Listing,
    /// The main thread's tasks when a long list of reviews is filtered and sorted.
    Narrow,
    /// Reservations per second, each of them on the disk.
    Holds,
    /// The nearest stores with a variant among 20,400,000 figures of stock, against a bare handler.
    Ceiling,
    /// A full feed of two million rows, against inserting them without a check; the import's memory; from a delta to its being
    /// shown, meanwhile too.
    Feed,
    /// Summary and first page of a product with 20,000 reviews, against a bare handler.
    Reviews,
}

/// `rows` is the length of the feed that is measured.
pub(crate) fn run(which: Option<Bench>, rows: Option<u32>, json: bool) -> Result<()> {
    end_on_signals(None)?;
    let mut report = Report::new(json);
    for bench in [
        Bench::Nearest,
        Bench::Paint,
        Bench::Listing,
        Bench::Narrow,
        Bench::Search,
        Bench::Holds,
        Bench::Ceiling,
        Bench::Feed,
        Bench::Reviews,
    ] {
        if which.is_some_and(|which| which != bench) {
            continue;
        }
        match bench {
            Bench::Search => search::run(&mut report)?,
            Bench::Nearest => nearest::run(&mut report)?,
            Bench::Paint => paint::run(&mut report)?,
            Bench::Listing => page::run(&mut report, "listing.mjs")?,
            Bench::Narrow => page::run(&mut report, "narrow.mjs")?,
            Bench::Holds => holds::run(&mut report)?,
            Bench::Ceiling => ceiling::run(&mut report)?,
            Bench::Reviews => reviews::run(&mut report)?,
            Bench::Feed => {
                feed::run(&mut report, rows.unwrap_or(feed::ROWS))?;
                delta::run(&mut report)?;
                delta::painted(&mut report)?;
            }
        }
    }
    let missed = report.missed();
    if missed.is_empty() { Ok(()) } else { bail!("targets missed: {}", missed.join("; ")) }
}

/// A network of 25,600 real stores, which is too big for this repository.
fn stores_worldwide() -> Option<PathBuf> {
    let file = root().join("../shared/data/stores-worldwide.csv");
    file.is_file().then_some(file)
}
