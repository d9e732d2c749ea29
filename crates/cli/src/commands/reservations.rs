//! `devanture reservations rules`

use std::{path::PathBuf, process::ExitCode};

use clap::{Args, Subcommand};
use devanture_domain::reservation::ReservationRules;

use super::{
    CommandError, open, record, require_tenant,
    rules::{from_file, refused},
};

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Print how a network takes reservations, or set it from a TOML file of the same form.
    Rules(Rules),
}

#[derive(Debug, Args)]
pub(crate) struct Rules {
    /// Whose.
    #[arg(long)]
    tenant: String,
    /// The file; what it leaves out is as usual.
    #[arg(long)]
    set: Option<PathBuf>,
}

pub(crate) async fn run(
    location: &str,
    Command::Rules(arguments): Command,
) -> Result<ExitCode, CommandError> {
    let database = open(location).await?;
    let mut repository = database.write().await?;
    let tenant = &arguments.tenant;
    require_tenant(&mut repository, tenant).await?;
    if let Some(path) = &arguments.set {
        let rules: ReservationRules = from_file(path)?;
        rules.check().map_err(|error| refused(path, &error))?;
        repository.put_reservation_rules(tenant, &rules).await?;
        record(&mut repository, tenant, "reservation.rules_set", tenant, &[]).await?;
        repository.save().await?;
        repository = database.write().await?;
    }
    let found = repository.tenants().await?.into_iter().find(|found| found.id == *tenant);
    let rules = found.map(|found| found.reservations).unwrap_or_default();
    drop(repository);
    database.close().await;
    print!("{}", toml::to_string(&rules).map_err(|error| CommandError::said(error.to_string()))?);
    Ok(ExitCode::SUCCESS)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::commands::rules::read;

    #[test]
    fn the_example_and_what_is_misspelt() {
        let rules: ReservationRules =
            read(include_str!("../../../../examples/import/reservations-rules.toml")).unwrap();
        assert_eq!((rules.answer_minutes, rules.max_stores, rules.max_lines), (30, 2, 12));
        assert_eq!(rules.check(), Ok(()));
        let said = read::<ReservationRules>("answer_minute = 30").unwrap_err();
        assert!(said.starts_with("\"answer_minute\" is unknown; known are answer_minutes, "), "{said}");
        assert!(read::<ReservationRules>("hold_days = -1").is_err());
    }
}
