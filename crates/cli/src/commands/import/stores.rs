//! `devanture import stores FILE`

use std::{fs::File, path::PathBuf, process::ExitCode};

use clap::Args;
use devanture_storage::{Database, StoreField};

use super::{SOME_BAD, ensure_tenant};
use crate::{
    commands::{CommandError, open},
    import::{Mapping, Notice, Target, import_stores},
};

#[derive(Debug, Args)]
pub(crate) struct Stores {
    /// The CSV file, with a header.
    file: PathBuf,
    /// TOML file that says which column is which field; see examples/import.
    #[arg(long)]
    mapping: PathBuf,
    /// Whose stores these are; created when new.
    #[arg(long, required_unless_present = "site")]
    tenant: Option<String>,
    /// The same, by one of the tenant's sites.
    #[arg(long, conflicts_with = "tenant")]
    site: Option<String>,
    /// Overwrite what stores edited themselves.
    #[arg(long)]
    overwrite_local_edits: bool,
}

pub(super) async fn run(location: &str, arguments: Stores) -> Result<ExitCode, CommandError> {
    let mapping = Mapping::read(&arguments.mapping)
        .map_err(|error| CommandError::said(format!("{}: {error}", arguments.mapping.display())))?;
    let file = File::open(&arguments.file)
        .map_err(|error| CommandError::said(format!("{}: {error}", arguments.file.display())))?;
    let database = open(location).await?;
    let tenant = tenant(&database, &arguments).await?;
    let target = Target {
        database: &database,
        tenant: &tenant,
        overwrite_local_edits: arguments.overwrite_local_edits,
    };
    let name = arguments.file.display();
    let done = import_stores(&target, file, &mapping, |notice| match notice {
        Notice::Bad { line, reason } => eprintln!("{name}:{line}: {reason}"),
        Notice::Kept { line, code, fields } => {
            let fields = fields.into_iter().map(StoreField::as_str).collect::<Vec<_>>().join(", ");
            eprintln!("{name}:{line}: {code} edited its {fields}; kept (--overwrite-local-edits overwrites)");
        }
    });
    let summary = done.await.map_err(|error| CommandError::said(format!("{name}: {error}")))?;
    database.close().await;
    println!(
        "{} created, {} updated, {} unchanged, {} refused; local edits kept in {}",
        summary.created, summary.updated, summary.unchanged, summary.bad, summary.kept
    );
    Ok(if summary.bad > 0 { ExitCode::from(SOME_BAD) } else { ExitCode::SUCCESS })
}

async fn tenant(database: &Database, arguments: &Stores) -> Result<String, CommandError> {
    if let Some(id) = &arguments.site {
        let site = database.read().await?.site(id).await?;
        return Ok(site.ok_or_else(|| CommandError::said(format!("there is no site {id}")))?.tenant);
    }
    let id = arguments.tenant.clone().unwrap_or_default();
    ensure_tenant(database, &id).await?;
    Ok(id)
}
