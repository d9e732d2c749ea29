//! `devanture migrate`

use std::process::ExitCode;

use devanture_storage::Database;

use super::CommandError;

pub(crate) async fn run(location: &str) -> Result<ExitCode, CommandError> {
    let database = Database::open(location).await?;
    let before = database.migration_state().await?;
    database.migrate().await?;
    println!(
        "{} of {} migrations were pending; all are applied now",
        before.pending,
        before.pending + before.applied
    );
    database.close().await;
    Ok(ExitCode::SUCCESS)
}
