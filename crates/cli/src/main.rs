//! The binary `devanture`: one program to run a network's storefront API.

mod commands;
mod import;
mod instant;
mod log;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// An answer of 10 KB is a large allocation to the system's allocator, which takes and gives it back under a lock;
/// with this one a list of stores costs a tenth less.
#[cfg(not(target_env = "msvc"))]
#[global_allocator]
static ALLOCATOR: tikv_jemallocator::Jemalloc = tikv_jemallocator::Jemalloc;

/// Storefront widgets' server: stores, opening hours, appointments.
#[derive(Debug, Parser)]
#[command(version, about)]
struct Cli {
    /// SQLite file, or postgres:// URL.
    #[arg(long, global = true, env = "DEVANTURE_DATABASE", default_value = "devanture.db")]
    database: String,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Answer requests until told to stop.
    Serve(commands::serve::Arguments),
    /// Bring the database's schema up to date.
    Migrate,
    /// Write the demo network.
    Seed(commands::seed::Arguments),
    /// Take in a file.
    #[command(subcommand)]
    Import(commands::import::Command),
    /// See feeds, and decide about those that are held.
    #[command(subcommand)]
    Feed(commands::feed::Command),
    /// Feeds that the server fetches by itself.
    #[command(subcommand)]
    Source(commands::source::Command),
    /// Write a file for somebody else.
    #[command(subcommand)]
    Export(commands::export::Command),
    /// Add sites and see their keys.
    #[command(subcommand)]
    Site(commands::site::Command),
    /// Places beside the stores that pieces can be sent from.
    #[command(subcommand)]
    Warehouse(commands::warehouse::Command),
    /// Accounts of the staff console.
    #[command(subcommand)]
    Staff(commands::staff::Command),
    /// Secret keys of programs.
    #[command(subcommand)]
    Key(commands::key::Command),
    /// The shop's programs that hear of reservations, or tell of payments.
    #[command(subcommand)]
    Webhook(commands::webhook::Command),
    /// How reservations are taken.
    #[command(subcommand)]
    Reservations(commands::reservations::Command),
    /// How reviews are taken.
    #[command(subcommand)]
    Reviews(commands::reviews::Command),
    /// What mail and webhooks were not told yet.
    #[command(subcommand)]
    Outbox(commands::outbox::Command),
    /// Print the OpenAPI description.
    Openapi,
    /// Check database, migrations, widget files, clock and time zones, and say what to do.
    Doctor(commands::doctor::Arguments),
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    let _log = log::init();
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => {
            eprintln!("error: {error}");
            return ExitCode::FAILURE;
        }
    };
    match runtime.block_on(run(cli)) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn run(cli: Cli) -> Result<ExitCode, commands::CommandError> {
    match cli.command {
        Command::Serve(arguments) => commands::serve::run(&cli.database, arguments).await,
        Command::Migrate => commands::migrate::run(&cli.database).await,
        Command::Seed(arguments) => commands::seed::run(&cli.database, arguments).await,
        Command::Import(command) => commands::import::run(&cli.database, command).await,
        Command::Feed(command) => commands::feed::run(&cli.database, command).await,
        Command::Source(command) => commands::source::run(&cli.database, command).await,
        Command::Export(command) => commands::export::run(&cli.database, command).await,
        Command::Doctor(arguments) => commands::doctor::run(&cli.database, arguments).await,
        Command::Site(command) => commands::site::run(&cli.database, command).await,
        Command::Warehouse(command) => commands::warehouse::run(&cli.database, command).await,
        Command::Staff(command) => commands::staff::run(&cli.database, command).await,
        Command::Key(command) => commands::key::run(&cli.database, command).await,
        Command::Webhook(command) => commands::webhook::run(&cli.database, command).await,
        Command::Reservations(command) => commands::reservations::run(&cli.database, command).await,
        Command::Reviews(command) => commands::reviews::run(&cli.database, command).await,
        Command::Outbox(command) => commands::outbox::run(&cli.database, command).await,
        Command::Openapi => commands::openapi::run(),
    }
}
