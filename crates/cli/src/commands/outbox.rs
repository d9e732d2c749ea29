//! `devanture outbox list|retry`

use std::process::ExitCode;

use clap::Subcommand;
use devanture_server::{Clock as _, NamedZone, SystemClock};

use super::{CommandError, open, record, require_tenant};

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Print what mail and webhooks were not told yet, what was given up first: event, what happened, when, to whom, whether it
    /// was given up, how often it was tried, when it is tried next, what went wrong.
    List {
        /// Whose network.
        #[arg(long)]
        tenant: String,
        /// The most lines.
        #[arg(long, default_value_t = 100)]
        limit: u16,
    },
    /// Try again now, also what was given up.
    Retry {
        /// Whose network.
        #[arg(long)]
        tenant: String,
        /// Only this event, as `list` prints it.
        #[arg(long)]
        event: Option<String>,
    },
}

pub(crate) async fn run(location: &str, command: Command) -> Result<ExitCode, CommandError> {
    let database = open(location).await?;
    let mut repository = database.write().await?;
    match command {
        Command::List { tenant, limit } => {
            require_tenant(&mut repository, &tenant).await?;
            let zone = NamedZone::utc();
            for one in repository.outbox(&tenant, limit).await? {
                let (state, next) =
                    if one.dead { ("dead", "-".to_owned()) } else { ("waiting", zone.rfc3339(one.due_at)) };
                println!(
                    "{}\t{}\t{}\t{}\t{state}\t{}\t{next}\t{}",
                    one.event_id,
                    one.kind,
                    zone.rfc3339(one.happened_at),
                    one.receiver,
                    one.attempts,
                    one.failure.as_deref().unwrap_or("-"),
                );
            }
            drop(repository);
        }
        Command::Retry { tenant, event } => {
            require_tenant(&mut repository, &tenant).await?;
            let retried = repository.retry_deliveries(&tenant, event.as_deref(), SystemClock.now()).await?;
            if let (0, Some(event)) = (retried, &event) {
                return Err(CommandError::said(format!(
                    "nobody waits for {event}; `devanture outbox list` shows what is waited for"
                )));
            }
            let subject = event.as_deref().unwrap_or("all");
            record(&mut repository, &tenant, "outbox.retried", subject, &[]).await?;
            repository.save().await?;
            println!("{retried} are tried again by the server that runs");
        }
    }
    database.close().await;
    Ok(ExitCode::SUCCESS)
}
