//! `devanture feed list|show|accept|refuse`

use std::process::ExitCode;

use clap::{Args, Subcommand};
use devanture_feeds::{accept_feed, refuse_feed};
use devanture_server::{Clock as _, SystemClock};
use devanture_storage::{Database, FeedKind, FeedRun, FeedState};

use super::{CommandError, open};
use crate::instant::shown;

/// Rows of a held feed that are printed.
const PRINTED: u32 = 50;

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Print the last feeds of a tenant, the latest first.
    List {
        /// Whose.
        #[arg(long)]
        tenant: String,
    },
    /// Print what a feed was, and, while it is held, what it would empty.
    Show(Named),
    /// Apply a full feed that is held, or go on where applying it broke off.
    Accept(Named),
    /// Refuse a full feed that is held.
    Refuse(Named),
}

#[derive(Debug, Args)]
pub(crate) struct Named {
    /// The run's number, which its import printed.
    run: i64,
    /// Whose; needed where several tenants have a run of this number.
    #[arg(long)]
    tenant: Option<String>,
}

pub(crate) async fn run(location: &str, command: Command) -> Result<ExitCode, CommandError> {
    let database = open(location).await?;
    match command {
        Command::List { tenant } => {
            for run in database.read().await?.feed_runs(&tenant, None, PRINTED).await? {
                print(&run);
            }
        }
        Command::Show(named) => show(&database, &find(&database, named).await?).await?,
        Command::Accept(named) => {
            let run = find(&database, named).await?;
            accept_feed(&database, &run, &|| SystemClock.now()).await.map_err(said)?;
            println!("run {} applied", run.id);
        }
        Command::Refuse(named) => {
            let run = find(&database, named).await?;
            refuse_feed(&database, &run, &|| SystemClock.now()).await.map_err(said)?;
            println!("run {} refused", run.id);
        }
    }
    database.close().await;
    Ok(ExitCode::SUCCESS)
}

async fn find(database: &Database, named: Named) -> Result<FeedRun, CommandError> {
    let mut repository = database.read().await?;
    let mut found = match &named.tenant {
        Some(tenant) => repository.feed_run(tenant, named.run).await?.into_iter().collect(),
        None => repository.feed_runs_numbered(named.run).await?,
    };
    match (found.pop(), found.len()) {
        (None, _) => Err(CommandError::said(format!("there is no run {}", named.run))),
        (Some(run), 0) => Ok(run),
        _ => Err(CommandError::said(format!("several tenants have a run {}; say --tenant", named.run))),
    }
}

async fn show(database: &Database, run: &FeedRun) -> Result<(), CommandError> {
    print(run);
    if run.kind != FeedKind::StockFull || run.state != FeedState::Held {
        return Ok(());
    }
    println!("would empty {} of {} rows with something on hand", run.emptied_rows, run.known_rows);
    let mut repository = database.read().await?;
    for (sku, location, on_hand) in repository.emptied_by_feed(run, PRINTED).await? {
        println!("  {sku} at {location}: {on_hand} on hand");
    }
    if run.emptied_rows > u64::from(PRINTED) {
        println!("  and {} more", run.emptied_rows - u64::from(PRINTED));
    }
    Ok(())
}

fn print(run: &FeedRun) {
    let FeedRun { id, source, rows, bad_rows, .. } = run;
    let (kind, state) = (run.kind.as_str(), run.state.as_str());
    let (started, counted) = (shown(run.started_at), shown(run.counted_at));
    let reason = run.reason.as_ref().map_or(String::new(), |reason| format!(": {reason}"));
    println!(
        "{id}\t{}\t{kind}\t{source}\tstarted {started}\tas of {counted}\t{rows} rows, {bad_rows} bad\t{state}{reason}",
        run.tenant
    );
}

fn said(error: impl std::fmt::Display) -> CommandError {
    CommandError::said(error.to_string())
}
