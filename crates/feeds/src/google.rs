//! Google's local inventory, written: one line per variant and store, whatever a shopper would be told there.

use std::io::{self, Write};

use devanture_storage::{Database, Offer, StorageError};
use serde::Serialize;

use crate::value::{Availability, price_text};

/// How it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GoogleFormat {
    /// Columns with tabs between them, below a header.
    Tsv,
    /// An object per line.
    JsonLines,
}

/// Why it was not written to its end.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// The database failed.
    #[error("{0}")]
    Storage(#[from] StorageError),
    /// Nobody takes it.
    #[error("writing failed: {0}")]
    Io(#[from] io::Error),
    /// It is no JSON.
    #[error("writing failed: {0}")]
    Json(#[from] serde_json::Error),
}

/// The attributes, in [Google's words](https://support.google.com/merchants/answer/14819809).
#[derive(Serialize)]
struct Line<'a> {
    store_code: &'a str,
    id: &'a str,
    quantity: u32,
    availability: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    price: Option<String>,
}

/// Writes what every store has, line by line, with the prices of one list; returns how many lines. Pieces that are reserved
/// or spare are not offered.
pub async fn google_local_inventory(
    database: &Database,
    (tenant, price_list): (&str, &str),
    format: GoogleFormat,
    mut out: impl Write,
) -> Result<u64, ExportError> {
    if format == GoogleFormat::Tsv {
        out.write_all(b"store_code\tid\tquantity\tavailability\tprice\n")?;
    }
    let mut count = 0;
    let mut repository = database.read().await?;
    let write = |Offer { stock, price }: Offer| {
        count += 1;
        let line = Line {
            store_code: &stock.location_code,
            id: &stock.sku,
            quantity: stock.level.available(),
            availability: Availability::from(stock.level.availability()).as_str(),
            price: price.map(|price| price_text(price.amount, &price.currency)),
        };
        match format {
            GoogleFormat::JsonLines => {
                serde_json::to_writer(&mut out, &line)?;
                out.write_all(b"\n")?;
            }
            GoogleFormat::Tsv => {
                let Line { store_code, id, quantity, availability, price } = line;
                let (store_code, id, price) = (cell(store_code), cell(id), price.unwrap_or_default());
                writeln!(out, "{store_code}\t{id}\t{quantity}\t{availability}\t{price}")?;
            }
        }
        Ok(())
    };
    repository.each_offer::<ExportError>(tenant, price_list, write).await?;
    out.flush()?;
    Ok(count)
}

/// Codes hold no tab and no line end; one that begins with a quote is taken for a quoted cell.
fn cell(code: &str) -> std::borrow::Cow<'_, str> {
    if code.starts_with('"') { format!("\"{}\"", code.replace('"', "\"\"")).into() } else { code.into() }
}
