//! `devanture key add|list|revoke`

use std::process::ExitCode;

use clap::Subcommand;
use devanture_domain::staff::KeyScope;
use devanture_server::{Clock as _, NamedZone, SystemClock};
use devanture_storage::{ApiKey, SecretKey};

use super::{CommandError, name, open, random, record, require_tenant};

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Make a secret key and print it, this once.
    Add {
        /// Whose network it opens.
        #[arg(long)]
        tenant: String,
        /// What it is used for.
        #[arg(long, value_parser = name)]
        name: String,
        /// `feeds` or `admin`; repeat for both.
        #[arg(long = "scope", required = true, value_parser = scope)]
        scopes: Vec<KeyScope>,
    },
    /// Print every key of a network, without its secret: id, scopes, when it was made, name.
    List {
        /// Whose keys.
        #[arg(long)]
        tenant: String,
    },
    /// Take a key back, for good and at once.
    Revoke {
        /// Whose key.
        #[arg(long)]
        tenant: String,
        /// The key's id, as `list` prints it.
        #[arg(long)]
        id: String,
    },
}

pub(crate) async fn run(location: &str, command: Command) -> Result<ExitCode, CommandError> {
    let database = open(location).await?;
    let mut repository = database.write().await?;
    match command {
        Command::Add { tenant, name, mut scopes } => {
            require_tenant(&mut repository, &tenant).await?;
            scopes.sort_by_key(|scope| scope.as_str());
            scopes.dedup();
            let secret = SecretKey::from_random(random()?);
            let key = ApiKey {
                id: ApiKey::fresh_id(random()?),
                tenant,
                name,
                scopes,
                created_at: SystemClock.now(),
                revoked_at: None,
            };
            repository.add_api_key(&key, &secret).await?;
            let detail = [("scopes", &*named(&key.scopes)), ("name", &key.name)];
            record(&mut repository, &key.tenant, "key.added", &key.id, &detail).await?;
            repository.save().await?;
            // The secret alone on standard output, so that it can be piped to where it is kept.
            eprintln!("{} is shown only now:", key.id);
            println!("{}", secret.reveal());
        }
        Command::List { tenant } => {
            require_tenant(&mut repository, &tenant).await?;
            for key in repository.api_keys(&tenant).await? {
                let made = NamedZone::utc().rfc3339(key.created_at);
                let revoked = if key.revoked_at.is_some() { "\trevoked" } else { "" };
                println!("{}\t{}\t{made}\t{}{revoked}", key.id, named(&key.scopes), key.name);
            }
            drop(repository);
        }
        Command::Revoke { tenant, id } => {
            if !repository.revoke_api_key(&tenant, &id, SystemClock.now()).await? {
                return Err(CommandError::said(format!(
                    "{tenant} has no key {id}; `devanture key list` shows them"
                )));
            }
            record(&mut repository, &tenant, "key.revoked", &id, &[]).await?;
            repository.save().await?;
            println!("{id} opens nothing any more");
        }
    }
    database.close().await;
    Ok(ExitCode::SUCCESS)
}

fn named(scopes: &[KeyScope]) -> String {
    scopes.iter().map(|scope| scope.as_str()).collect::<Vec<_>>().join(",")
}

fn scope(text: &str) -> Result<KeyScope, String> {
    KeyScope::parse(text).ok_or_else(|| format!("one of {}", KeyScope::ALL.map(KeyScope::as_str).join(", ")))
}
