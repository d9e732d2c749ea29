//! `devanture import reviews FILE`

use std::{fs::File, path::PathBuf, process::ExitCode};

use clap::Args;
use devanture_server::{Clock as _, SystemClock};

use super::{SOME_BAD, ensure_tenant, source};
use crate::{
    commands::{CommandError, open},
    import::{
        Mapping,
        reviews::{Field, import_reviews},
    },
};

#[derive(Debug, Args)]
pub(crate) struct Reviews {
    /// The CSV file, with a header.
    file: PathBuf,
    /// TOML file that says which column is which field; see examples/import.
    #[arg(long)]
    mapping: PathBuf,
    /// Whose they are; created when new.
    #[arg(long)]
    tenant: String,
    /// The service that they come from: with its ids it says which are known already.
    #[arg(long, value_parser = source)]
    source: String,
}

pub(super) async fn run(location: &str, arguments: Reviews) -> Result<ExitCode, CommandError> {
    let mapping = Mapping::<Field>::read(&arguments.mapping)
        .map_err(|error| CommandError::said(format!("{}: {error}", arguments.mapping.display())))?;
    let name = arguments.file.display();
    let file = File::open(&arguments.file).map_err(|error| CommandError::said(format!("{name}: {error}")))?;
    let database = open(location).await?;
    ensure_tenant(&database, &arguments.tenant).await?;
    let target = (&database, arguments.tenant.as_str(), arguments.source.as_str());
    let done = import_reviews(target, file, &mapping, SystemClock.now(), |line, reason| {
        eprintln!("{name}:{line}: {reason}");
    });
    let summary = done.await.map_err(|error| CommandError::said(format!("{name}: {error}")))?;
    database.close().await;
    println!("{} published, {} known, {} refused", summary.new, summary.known, summary.bad);
    Ok(if summary.bad > 0 { ExitCode::from(SOME_BAD) } else { ExitCode::SUCCESS })
}
