//! `devanture staff add|list|disable|reset-password|set-stores`

mod change;

use std::process::ExitCode;

use clap::{Args, Subcommand};
use devanture_domain::staff::Role;
use devanture_storage::Login;

use super::{CommandError, name, open};

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Give someone an account. The password is asked for.
    Add(Box<Add>),
    /// Print every account of a network: login, role, name, stores.
    List {
        /// Whose accounts.
        #[arg(long)]
        tenant: String,
    },
    /// Keep someone from signing in, and end their sessions.
    Disable(Who),
    /// Give someone a new password, which is asked for; ends their sessions, and the wait after failed sign-ins.
    ResetPassword {
        #[command(flatten)]
        who: Who,
        /// Read the password from the first line of standard input.
        #[arg(long)]
        password_stdin: bool,
    },
    /// Say which stores someone acts for, instead of those before.
    SetStores {
        #[command(flatten)]
        who: Who,
        /// A store's code; repeat for several.
        #[arg(long = "store", required = true)]
        stores: Vec<String>,
    },
}

#[derive(Debug, Args)]
pub(crate) struct Who {
    /// In which network.
    #[arg(long)]
    tenant: String,
    /// Their mail address.
    #[arg(long, value_parser = login)]
    login: Login,
}

#[derive(Debug, Args)]
pub(crate) struct Add {
    #[command(flatten)]
    who: Who,
    /// As shown to colleagues.
    #[arg(long, value_parser = name)]
    name: String,
    /// `head_office`, `store_manager` or `seller`.
    #[arg(long, value_parser = role)]
    role: Role,
    /// Code of a store that they act for; repeat for several. Head office has all.
    #[arg(long = "store")]
    stores: Vec<String>,
    /// Language of the console.
    #[arg(long, default_value = "fr")]
    locale: String,
    /// Read the password from the first line of standard input.
    #[arg(long)]
    password_stdin: bool,
}

pub(crate) async fn run(location: &str, command: Command) -> Result<ExitCode, CommandError> {
    let database = open(location).await?;
    match command {
        Command::Add(add) => change::add(&database, *add).await?,
        Command::List { tenant } => {
            let mut repository = database.read().await?;
            super::require_tenant(&mut repository, &tenant).await?;
            for staff in repository.staff(&tenant).await? {
                let stores =
                    if staff.role == Role::HeadOffice { "all".to_owned() } else { staff.stores.join(",") };
                let disabled = if staff.disabled_at.is_some() { "\tdisabled" } else { "" };
                println!(
                    "{}\t{}\t{}\t{stores}{disabled}",
                    staff.login.as_str(),
                    staff.role.as_str(),
                    staff.name
                );
            }
        }
        Command::Disable(who) => change::disable(&database, &who).await?,
        Command::ResetPassword { who, password_stdin } => {
            change::reset_password(&database, &who, password_stdin).await?;
        }
        Command::SetStores { who, stores } => change::set_stores(&database, &who, &stores).await?,
    }
    database.close().await;
    Ok(ExitCode::SUCCESS)
}

fn login(text: &str) -> Result<Login, String> {
    Login::parse(text).ok_or_else(|| "a login is a mail address".to_owned())
}

fn role(text: &str) -> Result<Role, String> {
    Role::parse(text).ok_or_else(|| format!("one of {}", Role::ALL.map(Role::as_str).join(", ")))
}
