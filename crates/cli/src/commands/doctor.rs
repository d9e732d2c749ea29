//! `devanture doctor`

use std::{
    path::{Path, PathBuf},
    process::ExitCode,
};

use clap::Args;
use devanture_server::{Clock as _, NamedZone, SystemClock};
use devanture_storage::{Database, Engine, TrailState};

use super::CommandError;
use crate::instant::shown;

/// 2026-01-01, before which this program did not exist.
const NOT_BEFORE_MS: i64 = 1_767_225_600_000;

#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// Folder with the widgets' files, as given to `serve`.
    #[arg(long, env = "DEVANTURE_ASSETS")]
    assets: Option<PathBuf>,
}

/// What was looked at, and what to do about it if it is not right.
struct Finding {
    what: &'static str,
    verdict: Result<String, String>,
}

pub(crate) async fn run(location: &str, arguments: Arguments) -> Result<ExitCode, CommandError> {
    let mut findings = vec![clock(), zones()];
    findings.extend(database(location).await);
    findings.push(assets(arguments.assets.as_deref()));
    let mut healthy = true;
    for Finding { what, verdict } in findings {
        match verdict {
            Ok(text) => println!("ok    {what}: {text}"),
            Err(text) => {
                healthy = false;
                println!("fail  {what}: {text}");
            }
        }
    }
    Ok(if healthy { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn clock() -> Finding {
    let now = SystemClock.now();
    let shown = NamedZone::utc().rfc3339(now);
    let verdict = if now >= NOT_BEFORE_MS {
        Ok(shown)
    } else {
        Err(format!("it is not {shown}; set the clock, or opening hours will be wrong"))
    };
    Finding { what: "clock", verdict }
}

fn zones() -> Finding {
    let missing: Vec<_> = ["Europe/Paris", "Indian/Reunion", "America/New_York"]
        .into_iter()
        .filter(|z| NamedZone::get(z).is_none())
        .collect();
    let verdict = if missing.is_empty() {
        Ok("the database of time zones is there".to_owned())
    } else {
        Err(format!("{} unknown; repair /usr/share/zoneinfo or unset TZDIR", missing.join(", ")))
    };
    Finding { what: "time zones", verdict }
}

async fn database(location: &str) -> Vec<Finding> {
    let what = "database";
    let is_file = !location.contains("://");
    if is_file && !Path::new(location).exists() {
        let text = format!(
            "{location} does not exist; `devanture migrate` creates it, `devanture seed` fills it with a demo"
        );
        return vec![Finding { what, verdict: Err(text) }];
    }
    let opened = match Database::open(location).await {
        Ok(database) => database,
        Err(error) => {
            let todo = if is_file {
                "is it a file that this user may write?"
            } else {
                "is the server up, and is the URL right?"
            };
            return vec![Finding { what, verdict: Err(format!("{error}; {todo}")) }];
        }
    };
    let engine = match opened.engine() {
        Engine::Sqlite => "SQLite answers",
        Engine::Postgres => "PostgreSQL answers",
    };
    let mut findings = vec![Finding { what, verdict: Ok(engine.to_owned()) }];
    let migrated = match opened.migration_state().await {
        Ok(state) if state.pending == 0 => Ok(format!("{} applied", state.applied)),
        Ok(state) => Err(format!("{} pending; run `devanture migrate`", state.pending)),
        Err(error) => Err(error.to_string()),
    };
    let is_migrated = migrated.is_ok();
    findings.push(Finding { what: "migrations", verdict: migrated });
    if is_migrated {
        findings.push(Finding { what: "sites", verdict: sites(&opened).await });
        findings.push(Finding { what: "feeds", verdict: feeds(&opened).await });
        findings.push(Finding { what: "reviews", verdict: reviews(&opened).await });
    }
    opened.close().await;
    findings
}

async fn sites(database: &Database) -> Result<String, String> {
    let said = |error: devanture_storage::StorageError| error.to_string();
    let mut repository = database.read().await.map_err(said)?;
    let sites = repository.sites().await.map_err(said)?;
    let mut stores = 0;
    for tenant in repository.tenants().await.map_err(said)? {
        stores += repository.count_stores(&tenant.id).await.map_err(said)?;
    }
    if sites.is_empty() {
        return Err("there is none; add one with `devanture site add`".to_owned());
    }
    for site in &sites {
        if site.origins.is_empty() {
            return Err(format!("{} allows no origin; add one with `devanture site add --origin`", site.id));
        }
        if let Some(code) = &site.store_code
            && repository.store(&site.tenant, code).await.map_err(said)?.is_none()
        {
            return Err(format!("{} is pinned to {code}, which is no store", site.id));
        }
    }
    Ok(format!("{} with {stores} stores", sites.len()))
}

/// Whether what is fetched was heard lately: otherwise shoppers are told old figures.
async fn feeds(database: &Database) -> Result<String, String> {
    let said = |error: devanture_storage::StorageError| error.to_string();
    let mut repository = database.read().await.map_err(said)?;
    let (mut count, mut stale) = (0, Vec::new());
    for tenant in repository.tenants().await.map_err(said)? {
        for source in repository.sources(&tenant.id).await.map_err(said)? {
            count += 1;
            if source.is_stale(SystemClock.now()) {
                let since = source.fresh_at.map_or("never".to_owned(), shown);
                let reason = source.reason.unwrap_or_else(|| "is a server running?".to_owned());
                stale.push(format!("{} of {} (fresh: {since}; {reason})", source.new.name, tenant.id));
            }
        }
    }
    if stale.is_empty() {
        return Ok(format!("{count} fetched, none of them stale"));
    }
    Err(format!("stale: {}; see `devanture source list`", stale.join(", ")))
}

/// Whether the trail of reviews is whole: what was done with them cannot be taken out of it without being seen here.
async fn reviews(database: &Database) -> Result<String, String> {
    let said = |error: devanture_storage::StorageError| error.to_string();
    let mut repository = database.read().await.map_err(said)?;
    let mut entries = 0;
    for tenant in repository.tenants().await.map_err(said)? {
        match repository.check_review_trail(&tenant.id).await.map_err(said)? {
            TrailState::Whole(count) => entries += count,
            TrailState::Broken(number) => {
                return Err(format!(
                    "the trail of {} was tampered with: entry {number} or its review is missing or says something else; compare it with a backup",
                    tenant.id
                ));
            }
        }
    }
    Ok(format!("the trail is whole, {entries} entries"))
}

fn assets(folder: Option<&Path>) -> Finding {
    let verdict = match folder {
        None => Ok("not served from here (no --assets)".to_owned()),
        Some(folder) if !folder.join("devanture.js").is_file() => Err(format!(
            "{} has no devanture.js; build the widgets with `cargo xtask wasm`",
            folder.display()
        )),
        Some(folder) if !folder.join("build").is_dir() => {
            Err(format!("{} has no build/; build the widgets with `cargo xtask wasm`", folder.display()))
        }
        Some(folder) => Ok(folder.display().to_string()),
    };
    Finding { what: "widget files", verdict }
}
