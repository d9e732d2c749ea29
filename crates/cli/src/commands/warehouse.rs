//! `devanture warehouse add|list|remove`

use std::process::ExitCode;

use clap::{Args, Subcommand};
use devanture_domain::code::normalised;
use devanture_storage::{RemovedWarehouse, Warehouse};

use super::{CommandError, name, open, record, require_tenant};

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Create a warehouse, which is asked after the stores and sends pieces to them; one that exists is renamed.
    Add {
        #[command(flatten)]
        named: Named,
        /// As staff see it.
        #[arg(long, value_parser = name)]
        name: String,
    },
    /// Print every warehouse of a network: code, name.
    List {
        /// Whose.
        #[arg(long)]
        tenant: String,
    },
    /// Forget a warehouse and its stock, once no reservation waits for it.
    Remove(Named),
}

#[derive(Debug, Args)]
pub(crate) struct Named {
    /// Whose.
    #[arg(long)]
    tenant: String,
    /// As stock feeds call it; no store has the same code.
    #[arg(long, value_parser = code)]
    code: String,
}

pub(crate) async fn run(location: &str, command: Command) -> Result<ExitCode, CommandError> {
    let database = open(location).await?;
    let mut repository = database.write().await?;
    match command {
        Command::Add { named: Named { tenant, code }, name } => {
            require_tenant(&mut repository, &tenant).await?;
            let places = repository.locations(&tenant).await?;
            // A feed could not say which of the two it means.
            if places.iter().any(|one| one.is_store && normalised(&one.code).as_ref() == Ok(&code)) {
                return Err(CommandError::said(format!("a store has the code {code}; choose another")));
            }
            let warehouse = Warehouse { code, name };
            repository.put_warehouse(&tenant, &warehouse).await?;
            let Warehouse { code, name } = &warehouse;
            record(&mut repository, &tenant, "warehouse.set", code, &[("name", name)]).await?;
            repository.save().await?;
            println!("{code}\t{name}");
        }
        Command::List { tenant } => {
            require_tenant(&mut repository, &tenant).await?;
            for Warehouse { code, name } in repository.warehouses(&tenant).await? {
                println!("{code}\t{name}");
            }
            drop(repository);
        }
        Command::Remove(Named { tenant, code }) => {
            match repository.remove_warehouse(&tenant, &code).await? {
                RemovedWarehouse::Done => {}
                RemovedWarehouse::Unknown => {
                    return Err(CommandError::said(format!(
                        "{tenant} has no warehouse {code}; `devanture warehouse list` shows them"
                    )));
                }
                RemovedWarehouse::Promised => {
                    return Err(CommandError::said(format!(
                        "reservations wait for pieces of {code}; answer them in the console first"
                    )));
                }
            }
            record(&mut repository, &tenant, "warehouse.removed", &code, &[]).await?;
            repository.save().await?;
            println!("warehouse {code} removed");
        }
    }
    database.close().await;
    Ok(ExitCode::SUCCESS)
}

fn code(text: &str) -> Result<String, String> {
    normalised(text).map_err(|error| error.to_string())
}
