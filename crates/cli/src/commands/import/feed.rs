//! `devanture import products|stock|sales FILE`

use std::{
    fs::File,
    path::{Path, PathBuf},
    process::ExitCode,
};

use clap::Args;
use devanture_domain::civil::UtcMs;
use devanture_feeds::{
    BadRow, DEFAULT_MAX_EMPTIED, FeedError, Format, Incoming, Mapping, Outcome, StockFeed, Target,
    import_products, import_sales, import_stock,
};
use devanture_server::{Clock as _, SystemClock};
use devanture_storage::Database;

use super::{SOME_BAD, ensure_tenant};
use crate::{
    commands::{CommandError, open},
    instant::instant,
};

/// Bad rows that are printed; all are counted.
const PRINTED: u64 = 100;

#[derive(Debug, Args)]
struct Common {
    /// The file: CSV (comma, semicolon or tab), JSON (a list, or an object per line), or Google's TSV or XML.
    file: PathBuf,
    /// TOML file that says which column is which field, where their names do not; see examples/import.
    #[arg(long)]
    mapping: Option<PathBuf>,
    /// Whose these are; created when new.
    #[arg(long)]
    tenant: String,
}

#[derive(Debug, Args)]
pub(crate) struct Products {
    #[command(flatten)]
    common: Common,
    /// The list that the prices go into.
    #[arg(long, default_value = "default")]
    price_list: String,
    /// Of prices that do not say it, and whose mapping does not: three letters, as EUR.
    #[arg(long, value_parser = currency)]
    currency: Option<String>,
    /// Who says it: of one source, one feed at a time is taken in.
    #[arg(long, default_value = "products", value_parser = source)]
    source: String,
}

#[derive(Debug, Args)]
pub(crate) struct Stock {
    #[command(flatten)]
    common: Common,
    /// What the file leaves out, at the stores that it speaks of, is not there.
    #[arg(long, conflicts_with = "delta")]
    full: bool,
    /// What the file leaves out stays as it is. This is so unless --full is said.
    #[arg(long)]
    delta: bool,
    /// When it was counted, 2026-11-22T06:00:00Z; now, unless said. Later counts and moves stay.
    #[arg(long, value_parser = instant)]
    counted_at: Option<UtcMs>,
    /// Who says it: of one source, one feed at a time is taken in.
    #[arg(long, default_value = "stock", value_parser = source)]
    source: String,
    /// Hold a full feed that would empty more than this share of what has something on hand.
    #[arg(long, value_name = "PERCENT", default_value_t = DEFAULT_MAX_EMPTIED, requires = "full",
          value_parser = clap::value_parser!(u8).range(0..=100))]
    max_emptied: u8,
    /// Apply a full feed however much it empties; one that is not complete is held all the same.
    #[arg(long, requires = "full")]
    accept: bool,
}

/// Columns sku (or `product_id` and size), sold and returned; `returned_too_small` and `returned_too_large` where they are known. They are sums over
/// a time that you choose, the last twelve months for example, of what was sold in it and what of that came back; all colours of a size are
/// added up. Of a product that the file names, sizes that it leaves out are not known any more; one of which a row is bad stays as it was. A
/// file that breaks off changes nothing.
#[derive(Debug, Args)]
pub(crate) struct Sales {
    #[command(flatten)]
    common: Common,
    /// Who says it: of one source, one feed at a time is taken in.
    #[arg(long, default_value = "sales", value_parser = source)]
    source: String,
}

pub(super) async fn products(location: &str, arguments: Products) -> Result<ExitCode, CommandError> {
    let Products { common, price_list, currency, source } = arguments;
    let mut opened = Opened::of(location, &common).await?;
    opened.mapping.currency = opened.mapping.currency.or(currency);
    let clock = || SystemClock.now();
    let target = opened.target(&common, &source, &clock);
    let mut bad = Bad::of(&common.file);
    let done = import_products(target, opened.file()?, &price_list, |row| bad.print(&row)).await;
    opened.ended(&common, &bad, done).await
}

pub(super) async fn stock(location: &str, arguments: Stock) -> Result<ExitCode, CommandError> {
    let Stock { common, full, counted_at, source, max_emptied, accept, .. } = arguments;
    let now = SystemClock.now();
    let counted_at = counted_at.unwrap_or(now);
    if counted_at > now {
        return Err(CommandError::said(
            "--counted-at lies in the future; until then no other count would be believed",
        ));
    }
    let opened = Opened::of(location, &common).await?;
    let clock = || SystemClock.now();
    let target = opened.target(&common, &source, &clock);
    let mut bad = Bad::of(&common.file);
    let feed = StockFeed { counted_at, full, max_emptied, accept };
    let done = import_stock(target, opened.file()?, feed, |row| bad.print(&row)).await;
    opened.ended(&common, &bad, done).await
}

pub(super) async fn sales(location: &str, arguments: Sales) -> Result<ExitCode, CommandError> {
    let Sales { common, source } = arguments;
    let opened = Opened::of(location, &common).await?;
    let clock = || SystemClock.now();
    let target = opened.target(&common, &source, &clock);
    let mut bad = Bad::of(&common.file);
    let done = import_sales(target, opened.file()?, |row| bad.print(&row)).await;
    opened.ended(&common, &bad, done).await
}

/// What an import needs, before anything is written.
struct Opened {
    file: File,
    mapping: Mapping,
    database: Database,
}

impl Opened {
    async fn of(location: &str, common: &Common) -> Result<Self, CommandError> {
        let said = |path: &Path, error: &dyn std::fmt::Display| {
            CommandError::said(format!("{}: {error}", path.display()))
        };
        let mapping = match &common.mapping {
            Some(path) => Mapping::read(path).map_err(|error| said(path, &error))?,
            None => Mapping::default(),
        };
        let file = File::open(&common.file).map_err(|error| said(&common.file, &error))?;
        let database = open(location).await?;
        ensure_tenant(&database, &common.tenant).await?;
        Ok(Self { file, mapping, database })
    }

    fn file(&self) -> Result<Incoming<File>, CommandError> {
        Ok(Incoming::new(self.file.try_clone()?, u64::MAX))
    }

    fn target<'a>(
        &'a self,
        common: &'a Common,
        source: &'a str,
        clock: &'a (dyn Fn() -> UtcMs + Sync),
    ) -> Target<'a> {
        Target {
            database: &self.database,
            tenant: &common.tenant,
            source,
            mapping: &self.mapping,
            named: Format::of_name(&common.file),
            clock,
        }
    }

    async fn ended(
        self,
        common: &Common,
        bad: &Bad,
        done: Result<Outcome, FeedError>,
    ) -> Result<ExitCode, CommandError> {
        bad.print_rest();
        self.database.close().await;
        let outcome = done.map_err(|error| CommandError::said(format!("{}: {error}", bad.name)))?;
        let Outcome { run, rows, bad, emptied, unplaced, .. } = outcome;
        let done = if outcome.held.is_some() { "read" } else { "taken in" };
        print!("run {run}: {} rows {done}, {bad} refused", rows.saturating_sub(bad));
        if emptied.known > 0 && outcome.held.is_none() {
            print!("; {} of {} with something on hand emptied", emptied.emptied, emptied.known);
        }
        println!();
        if unplaced > 0 {
            println!(
                "{unplaced} of the refused rows could have meant any SKU anywhere: what the file leaves out was not emptied"
            );
        }
        if let Some(reason) = &outcome.held {
            let tenant = &common.tenant;
            println!(
                "held, nothing was changed: {reason}\n\
                 look at it:  devanture feed show {run} --tenant {tenant}\n\
                 apply it:    devanture feed accept {run} --tenant {tenant}\n\
                 refuse it:   devanture feed refuse {run} --tenant {tenant}"
            );
        }
        let fine = bad == 0 && outcome.held.is_none();
        Ok(if fine { ExitCode::SUCCESS } else { ExitCode::from(SOME_BAD) })
    }
}

/// What is told of bad rows.
struct Bad {
    name: String,
    count: u64,
}

impl Bad {
    fn of(file: &Path) -> Self {
        Self { name: file.display().to_string(), count: 0 }
    }

    fn print(&mut self, row: &BadRow) {
        self.count += 1;
        if self.count <= PRINTED {
            eprintln!("{}:{row}", self.name);
        }
    }

    fn print_rest(&self) {
        if self.count > PRINTED {
            eprintln!("{}: {} more rows were refused", self.name, self.count - PRINTED);
        }
    }
}

fn currency(text: &str) -> Result<String, String> {
    let fits = text.len() == 3 && text.bytes().all(|b| b.is_ascii_alphabetic());
    if fits { Ok(text.to_ascii_uppercase()) } else { Err("three letters, as EUR".to_owned()) }
}

pub(crate) fn source(text: &str) -> Result<String, String> {
    let fits = (1..=64).contains(&text.chars().count()) && !text.chars().any(char::is_control);
    if fits { Ok(text.to_owned()) } else { Err("1 to 64 visible characters".to_owned()) }
}
