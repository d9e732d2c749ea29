//! `devanture export google-local-inventory`

use std::{
    io::{BufWriter, ErrorKind, stdout},
    process::ExitCode,
};

use clap::{Args, Subcommand, ValueEnum};
use devanture_feeds::{ExportError, GoogleFormat, google_local_inventory};

use super::{CommandError, open};

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Print what every store has, as Google's local product inventory.
    GoogleLocalInventory(Inventory),
}

#[derive(Debug, Args)]
pub(crate) struct Inventory {
    /// Whose.
    #[arg(long)]
    tenant: String,
    /// The list that the prices are from.
    #[arg(long, default_value = "default")]
    price_list: String,
    /// How it is written.
    #[arg(long, value_enum, default_value_t = Form::Tsv)]
    format: Form,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Form {
    /// Columns with tabs between them.
    Tsv,
    /// An object per line.
    Jsonl,
}

pub(crate) async fn run(
    location: &str,
    Command::GoogleLocalInventory(arguments): Command,
) -> Result<ExitCode, CommandError> {
    let database = open(location).await?;
    let mut repository = database.read().await?;
    if !repository.tenants().await?.iter().any(|tenant| tenant.id == arguments.tenant) {
        return Err(CommandError::said(format!("there is no tenant {}", arguments.tenant)));
    }
    drop(repository);
    let format = match arguments.format {
        Form::Tsv => GoogleFormat::Tsv,
        Form::Jsonl => GoogleFormat::JsonLines,
    };
    let out = BufWriter::with_capacity(64 * 1024, stdout());
    let whose = (arguments.tenant.as_str(), arguments.price_list.as_str());
    let done = google_local_inventory(&database, whose, format, out).await;
    database.close().await;
    match done {
        Ok(_) => Ok(ExitCode::SUCCESS),
        // Whoever read it, `head` for one, has seen enough.
        Err(ExportError::Io(error)) if error.kind() == ErrorKind::BrokenPipe => Ok(ExitCode::SUCCESS),
        Err(error) => Err(CommandError::said(error.to_string())),
    }
}
