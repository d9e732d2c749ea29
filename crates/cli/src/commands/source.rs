//! `devanture source add|list|remove|poll`

use std::{path::PathBuf, process::ExitCode};

use clap::{Args, Subcommand, ValueEnum};
use devanture_feeds::Mapping;
use devanture_server::{
    App, Clock as _, Config, SystemClock, SystemEntropy,
    sources::{Reach, SourceConfig, check_url, poll_now},
};
use devanture_storage::{FeedKind, NewSource, SecretHeader, Source};

use super::{CommandError, import::SOME_BAD, import::source as source_name, open, record, require_tenant};
use crate::instant::shown;

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Have the server fetch a feed again and again.
    Add(Box<Add>),
    /// Print a tenant's sources, and how they stand.
    List {
        /// Whose.
        #[arg(long)]
        tenant: String,
    },
    /// Fetch a feed no more. What it said stays.
    Remove(Named),
    /// Fetch a feed now. Ends with status 2 when it was not taken in, or is held.
    Poll {
        #[command(flatten)]
        named: Named,
        #[command(flatten)]
        reach: ReachArguments,
    },
}

#[derive(Debug, Args)]
pub(crate) struct Named {
    /// Its name.
    #[arg(value_parser = source_name)]
    name: String,
    /// Whose.
    #[arg(long)]
    tenant: String,
}

#[derive(Debug, Args)]
pub(crate) struct Add {
    #[command(flatten)]
    named: Named,
    /// What it says.
    #[arg(long, value_enum)]
    kind: Kind,
    /// What a stock feed leaves out, at the stores that it speaks of, is not there.
    #[arg(long)]
    full: bool,
    /// From where: https, or http on this machine.
    #[arg(long)]
    url: String,
    /// TOML file that says which column is which field; see examples/import. It is copied.
    #[arg(long)]
    mapping: Option<PathBuf>,
    /// The list that prices go into.
    #[arg(long, default_value = "default")]
    price_list: String,
    /// How often, in minutes.
    #[arg(long, default_value_t = 5, value_parser = clap::value_parser!(i64).range(1..=10_080))]
    every: i64,
    /// What is sent as Authorization, as "Bearer …". It is never shown again. Better in the variable: others on this machine
    /// can read a command.
    #[arg(long, env = "DEVANTURE_SOURCE_AUTHORIZATION", hide_env_values = true)]
    authorization: Option<String>,
    #[command(flatten)]
    reach: ReachArguments,
}

/// Where sources may be.
#[derive(Clone, Copy, Debug, Args)]
pub(crate) struct ReachArguments {
    /// Sources may be at private addresses, 10.0.0.0/8 and the like.
    #[arg(long, env = "DEVANTURE_ALLOW_PRIVATE_SOURCES")]
    allow_private_sources: bool,
    /// Sources may be fetched by plain http, which anybody on the way can read and change.
    #[arg(long, env = "DEVANTURE_ALLOW_HTTP_SOURCES")]
    allow_http_sources: bool,
}

impl ReachArguments {
    pub(crate) fn reach(self) -> Reach {
        Reach { private: self.allow_private_sources, http: self.allow_http_sources }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Kind {
    /// How many pieces are where.
    Stock,
    /// What can be sold.
    Products,
    /// What was sold of each size and came back.
    Sales,
}

pub(crate) async fn run(location: &str, command: Command) -> Result<ExitCode, CommandError> {
    match command {
        Command::Add(add) => self::add(location, *add).await,
        Command::List { tenant } => list(location, &tenant).await,
        Command::Remove(named) => remove(location, &named).await,
        Command::Poll { named, reach } => poll(location, &named, reach.reach()).await,
    }
}

async fn add(location: &str, add: Add) -> Result<ExitCode, CommandError> {
    let kind = match (add.kind, add.full) {
        (Kind::Stock, true) => FeedKind::StockFull,
        (Kind::Stock, false) => FeedKind::StockDelta,
        (Kind::Products, false) => FeedKind::Products,
        (Kind::Sales, false) => FeedKind::Sales,
        (Kind::Products | Kind::Sales, true) => return Err(CommandError::said("--full is for --kind stock")),
    };
    check_url(&add.url, add.reach.reach()).map_err(|error| CommandError::said(format!("--url {error}")))?;
    let mapping = match &add.mapping {
        None => String::new(),
        Some(path) => {
            let said =
                |error: &dyn std::fmt::Display| CommandError::said(format!("{}: {error}", path.display()));
            let text = std::fs::read_to_string(path).map_err(|error| said(&error))?;
            Mapping::parse(&text).map_err(|error| said(&error))?;
            text
        }
    };
    let Named { tenant, name } = add.named;
    let new = NewSource {
        tenant,
        name,
        kind,
        url: add.url,
        mapping,
        price_list: add.price_list,
        authorization: add.authorization.filter(|text| !text.is_empty()).map(SecretHeader::new),
        interval_ms: add.every * 60_000,
    };
    let database = open(location).await?;
    let mut repository = database.write().await?;
    require_tenant(&mut repository, &new.tenant).await?;
    if !repository.add_source(&new, SystemClock.now()).await? {
        let said = format!("there is a source {} already; `devanture source remove` it first", new.name);
        return Err(CommandError::said(said));
    }
    let detail = [("kind", kind.as_str())];
    record(&mut repository, &new.tenant, "source.added", &new.name, &detail).await?;
    repository.save().await?;
    database.close().await;
    println!(
        "source {} added; a server that runs fetches it within seconds, then every {} min",
        new.name, add.every
    );
    Ok(ExitCode::SUCCESS)
}

async fn list(location: &str, tenant: &str) -> Result<ExitCode, CommandError> {
    let database = open(location).await?;
    for source in database.read().await?.sources(tenant).await? {
        print(&source);
    }
    database.close().await;
    Ok(ExitCode::SUCCESS)
}

fn print(source: &Source) {
    let new = &source.new;
    let stands = match (source.is_stale(SystemClock.now()), source.fresh_at) {
        (true, _) => "stale",
        (false, Some(_)) => "fresh",
        (false, None) => "new",
    };
    let fresh = source.fresh_at.map_or("never".to_owned(), shown);
    let reason = source.reason.as_ref().map_or(String::new(), |reason| format!(": {reason}"));
    let url = new.url.split(['?', '#']).next().unwrap_or_default();
    println!(
        "{}\t{}\t{url}\tevery {} min\t{stands}\tfresh {fresh}\tnext {}\t{} failures{reason}",
        new.name,
        new.kind.as_str(),
        new.interval_ms / 60_000,
        shown(source.due_at),
        source.failures,
    );
}

async fn remove(location: &str, named: &Named) -> Result<ExitCode, CommandError> {
    let database = open(location).await?;
    let mut repository = database.write().await?;
    if !repository.remove_source(&named.tenant, &named.name).await? {
        return Err(CommandError::said(format!("there is no source {}", named.name)));
    }
    record(&mut repository, &named.tenant, "source.removed", &named.name, &[]).await?;
    repository.save().await?;
    database.close().await;
    println!("source {} removed", named.name);
    Ok(ExitCode::SUCCESS)
}

async fn poll(location: &str, named: &Named, reach: Reach) -> Result<ExitCode, CommandError> {
    let database = open(location).await?;
    let sources = SourceConfig { reach, ..SourceConfig::default() };
    let config = Config { sources, ..Config::default() };
    let app = App::new(database.clone(), SystemClock, SystemEntropy, config, Vec::new());
    let polled = poll_now(&app, &named.tenant, &named.name).await?;
    database.close().await;
    let Some(polled) = polled else {
        let said = format!("there is no source {}, or it is being fetched at this moment", named.name);
        return Err(CommandError::said(said));
    };
    match (polled.run, polled.reason) {
        (_, Some(reason)) => {
            println!("{reason}");
            return Ok(ExitCode::from(SOME_BAD));
        }
        (Some(run), None) => {
            println!("run {run} taken in; look at it: devanture feed show {run} --tenant {}", named.tenant);
        }
        (None, None) => println!("unchanged"),
    }
    Ok(ExitCode::SUCCESS)
}
