//! `devanture export google-local-inventory`

use std::{
    io::{ErrorKind, Write as _, stdout},
    process::ExitCode,
};

use clap::{Args, Subcommand, ValueEnum};
use devanture_feeds::{GoogleFormat, LocalInventory};

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
    let mut inventory = LocalInventory::new(&arguments.tenant, &arguments.price_list, format);
    let said = |error: devanture_feeds::ExportError| CommandError::said(error.to_string());
    while let Some(lines) = inventory.next(&database).await.map_err(said)? {
        match stdout().write_all(&lines) {
            Ok(()) => {}
            // Whoever read it, `head` for one, has seen enough.
            Err(error) if error.kind() == ErrorKind::BrokenPipe => break,
            Err(error) => return Err(CommandError::said(format!("writing failed: {error}"))),
        }
    }
    database.close().await;
    Ok(ExitCode::SUCCESS)
}
