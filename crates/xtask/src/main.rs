//! Everything that is run by hand or by CI: `cargo xtask demo`, `cargo xtask test` and their parts.

mod bench;
mod demo;
mod deps;
mod npm;
mod process;
mod servers;
mod size;
mod test;
mod tools;
mod wasm;

use std::process::ExitCode;

use anyhow::Result;
use clap::{Parser, Subcommand};

/// Build, demo, test, bench, size.
#[derive(Parser)]
#[command(name = "cargo xtask")]
struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Starts the demo: a shop and a franchisee's mini-site with the widgets, until Ctrl-C.
    Demo {
        /// The shop's port; the API's is the one before, the mini-site's the one after. Taken ports are replaced by free ones.
        #[arg(long, default_value_t = demo::SHOP_PORT)]
        port: u16,
        /// Begins with a new database.
        #[arg(long)]
        fresh: bool,
    },
    /// Runs every check and test; its last line is `N passed, N failed`.
    Test {
        /// Only a part of them.
        #[arg(long)]
        only: Option<test::Only>,
        /// Which browser tests, as Playwright takes it: part of a path, or `-g` and a title.
        #[arg(last = true)]
        filter: Vec<String>,
    },
    /// Measures, prints figures, and fails when a target is missed.
    Bench {
        /// Only one of them.
        name: Option<bench::Bench>,
        /// Rows of the feed that is measured; two million, unless said.
        #[arg(long, value_parser = clap::value_parser!(u32).range(1..))]
        rows: Option<u32>,
        /// One JSON object per line.
        #[arg(long)]
        json: bool,
    },
    /// Fails when a crate imports what it may not.
    CheckDeps,
    /// Builds what browsers download, and prints its folder: target/devanture/assets, or one beside it for the
    /// kinds below.
    Wasm {
        /// One module instead of a core and a chunk per widget.
        #[arg(long)]
        unsplit: bool,
        /// Uses `wee_alloc`, which leaks; see ARCHITECTURE.md.
        #[arg(long)]
        wee_alloc: bool,
    },
    /// Prints what each file weighs and fails over budget.
    Size {
        /// One JSON object per line.
        #[arg(long)]
        json: bool,
    },
}

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // Without the backtrace that anyhow's own `Debug` may print.
            eprintln!("xtask: {}", error.chain().map(ToString::to_string).collect::<Vec<_>>().join(": "));
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<()> {
    match Args::parse().command {
        Command::Demo { port, fresh } => demo::run(port, fresh),
        Command::Test { only, filter } => test::run(only, &filter),
        Command::Bench { name, rows, json } => bench::run(name, rows, json),
        Command::CheckDeps => deps::run(),
        Command::Wasm { unsplit, wee_alloc } => {
            let built = wasm::build(wasm::Options { unsplit, wee_alloc })?;
            println!("{}", built.folder.display());
            Ok(())
        }
        Command::Size { json } => size::run(json),
    }
}
