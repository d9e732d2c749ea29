//! `devanture webhook add|list|remove`

use std::process::ExitCode;

use clap::{ArgGroup, Subcommand};
use devanture_server::{Clock as _, NamedZone, SystemClock, check_webhook_url};
use devanture_storage::{Webhook, WebhookSecret, WebhookUse};

use super::{CommandError, open, random, record, require_tenant};

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Let a program of the shop's hear of reservations, tell of payments, or say which customer has signed in, and print the secret
    /// that is signed with, this once.
    #[command(group = ArgGroup::new("what").required(true))]
    Add {
        /// Whose network.
        #[arg(long)]
        tenant: String,
        /// Where it hears of what happens to reservations: `https://shop.example/hooks`.
        #[arg(long, group = "what")]
        url: Option<String>,
        /// It tells of payments in the host's checkout.
        #[arg(long, group = "what")]
        payments: bool,
        /// It signs the ids of customers, whose size memories are then the same on all their devices.
        #[arg(long, group = "what")]
        customers: bool,
        /// Take an address of a private network, or http: the server has to allow it as well.
        #[arg(long, env = "DEVANTURE_WEBHOOKS_TO_PRIVATE_ADDRESSES")]
        webhooks_to_private_addresses: bool,
    },
    /// Print every program of a network, without its secret: id, since when, its address, `payments` or `customers`.
    List {
        /// Whose programs.
        #[arg(long)]
        tenant: String,
    },
    /// Have a program hear nothing any more and believe it nothing any more, at once.
    Remove {
        /// Whose program.
        #[arg(long)]
        tenant: String,
        /// Its id, as `list` prints it.
        #[arg(long)]
        id: String,
    },
}

pub(crate) async fn run(location: &str, command: Command) -> Result<ExitCode, CommandError> {
    let database = open(location).await?;
    let mut repository = database.write().await?;
    match command {
        Command::Add { tenant, url, payments: _, customers, webhooks_to_private_addresses: private_too } => {
            require_tenant(&mut repository, &tenant).await?;
            if let Some(Err(reason)) = url.as_deref().map(|url| check_webhook_url(url, private_too)) {
                return Err(CommandError::said(format!("--url: it {reason}")));
            }
            let webhook = Webhook {
                id: Webhook::fresh_id(random()?),
                tenant,
                does: match url {
                    Some(url) => WebhookUse::Events(url),
                    None if customers => WebhookUse::Customers,
                    None => WebhookUse::Payments,
                },
                secret: WebhookSecret::from_random(random()?),
                created_at: SystemClock.now(),
            };
            repository.add_webhook(&webhook).await?;
            let detail = [("use", used_for(&webhook))];
            record(&mut repository, &webhook.tenant, "webhook.added", &webhook.id, &detail).await?;
            repository.save().await?;
            // The secret alone on standard output, so that it can be piped to where it is kept.
            match webhook.does {
                WebhookUse::Events(_) => {
                    eprintln!("{} is told from now on. Its secret is shown only now:", webhook.id);
                }
                WebhookUse::Customers => {
                    eprintln!("{} may sign customers from now on. Its secret is shown only now:", webhook.id);
                }
                WebhookUse::Payments => eprintln!(
                    "{} may POST to /v1/payments/{} from now on. Its secret is shown only now:",
                    webhook.id, webhook.id
                ),
            }
            println!("{}", webhook.secret.reveal());
        }
        Command::List { tenant } => {
            require_tenant(&mut repository, &tenant).await?;
            for webhook in repository.webhooks().await?.iter().filter(|webhook| webhook.tenant == tenant) {
                let made = NamedZone::utc().rfc3339(webhook.created_at);
                println!("{}\t{made}\t{}", webhook.id, webhook.url().unwrap_or(used_for(webhook)));
            }
            drop(repository);
        }
        Command::Remove { tenant, id } => {
            if !repository.remove_webhook(&tenant, &id).await? {
                return Err(CommandError::said(format!(
                    "{tenant} has no webhook {id}; `devanture webhook list` shows them"
                )));
            }
            record(&mut repository, &tenant, "webhook.removed", &id, &[]).await?;
            repository.save().await?;
            println!("{id} is told nothing and believed nothing any more");
        }
    }
    database.close().await;
    Ok(ExitCode::SUCCESS)
}

/// An address may hold a secret of its own, and is not for the audit log.
fn used_for(webhook: &Webhook) -> &'static str {
    match webhook.does {
        WebhookUse::Events(_) => "events",
        WebhookUse::Payments => "payments",
        WebhookUse::Customers => "customers",
    }
}
