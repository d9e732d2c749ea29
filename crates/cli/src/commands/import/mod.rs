//! `devanture import stores|products|stock|sales|reviews|size-charts FILE`

mod feed;
mod reviews;
mod size_charts;
mod stores;

pub(crate) use feed::source;

use std::process::ExitCode;

use clap::Subcommand;
use devanture_storage::Database;

use super::CommandError;

/// Exit status of an import in which some rows were refused and the others taken in, or that is held.
pub(crate) const SOME_BAD: u8 = 2;

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Create or update stores from a CSV file, by their codes. Ends with status 2 when some rows were bad.
    Stores(stores::Stores),
    /// Create or update products, variants and prices from a CSV, JSON or Google file, by their SKUs. Ends with status 2 when
    /// some rows were bad.
    Products(feed::Products),
    /// Take over stock from a CSV, JSON or Google file, by SKU and store. Ends with status 2 when some rows were bad, or when a
    /// full feed is held.
    Stock(feed::Stock),
    /// Take over how many of each size were sold and came back from a CSV or JSON file, by SKU, or by product and size. Of products that it
    /// names, what was known is replaced. Ends with status 2 when some rows were bad.
    Sales(feed::Sales),
    /// Take over reviews that are published elsewhere from a CSV file; those that are known stay as they are. Ends with status 2 when some rows were bad.
    Reviews(reviews::Reviews),
    /// Create or replace size charts from a CSV file, by brand and category. Ends with status 2 when some were refused.
    SizeCharts(size_charts::SizeCharts),
}

pub(crate) async fn run(location: &str, command: Command) -> Result<ExitCode, CommandError> {
    match command {
        Command::Stores(arguments) => stores::run(location, arguments).await,
        Command::Products(arguments) => feed::products(location, arguments).await,
        Command::Stock(arguments) => feed::stock(location, arguments).await,
        Command::Sales(arguments) => feed::sales(location, arguments).await,
        Command::Reviews(arguments) => reviews::run(location, arguments).await,
        Command::SizeCharts(arguments) => size_charts::run(location, arguments).await,
    }
}

/// Creates the tenant when it is new.
async fn ensure_tenant(database: &Database, id: &str) -> Result<(), CommandError> {
    let mut repository = database.write().await?;
    if !repository.tenants().await?.iter().any(|tenant| tenant.id == id) {
        repository.put_tenant(id, id).await?;
        repository.save().await?;
    }
    Ok(())
}
