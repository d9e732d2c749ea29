//! Google's local inventory, written: one line per variant and store, whatever a shopper would be told there.

use std::io::{self, Write};

use devanture_storage::{Database, Offer, StorageError};
use serde::Serialize;

use crate::value::{Availability, price_text};

/// Lines that are asked for at once.
const PAGE: u32 = 1_000;

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

/// What every store has, with the prices of one list, as it is written; [`Self::next`] gives it piece by piece, each true when
/// it is given. Pieces that are reserved or spare are not offered.
#[derive(Debug)]
pub struct LocalInventory {
    tenant: String,
    price_list: String,
    format: GoogleFormat,
    last: (String, String),
    begun: bool,
    ended: bool,
}

impl LocalInventory {
    /// Of a tenant.
    pub fn new(tenant: &str, price_list: &str, format: GoogleFormat) -> Self {
        let (tenant, price_list) = (tenant.to_owned(), price_list.to_owned());
        Self { tenant, price_list, format, last: Default::default(), begun: false, ended: false }
    }

    /// The next lines; `None` at the end.
    pub async fn next(&mut self, database: &Database) -> Result<Option<Vec<u8>>, ExportError> {
        if self.ended {
            return Ok(None);
        }
        let mut lines = Vec::with_capacity(64 * 1024);
        if !std::mem::replace(&mut self.begun, true) && self.format == GoogleFormat::Tsv {
            lines.extend_from_slice(b"store_code\tid\tquantity\tavailability\tprice\n");
        }
        // Each page in a transaction of its own: whoever takes the lines slowly holds nothing open.
        let after = (self.last.0.as_str(), self.last.1.as_str());
        let offers = database.read().await?.offers(&self.tenant, &self.price_list, after, PAGE).await?;
        self.ended = offers.is_empty();
        for offer in &offers {
            write(self.format, offer, &mut lines)?;
        }
        if let Some(Offer { stock, .. }) = offers.into_iter().next_back() {
            self.last = (stock.sku, stock.location_code);
        }
        Ok(Some(lines))
    }
}

fn write(format: GoogleFormat, Offer { stock, price }: &Offer, out: &mut Vec<u8>) -> Result<(), ExportError> {
    let line = Line {
        store_code: &stock.location_code,
        id: &stock.sku,
        quantity: stock.level.available(),
        availability: Availability::from(stock.level.availability()).as_str(),
        price: price.as_ref().map(|price| price_text(price.amount, &price.currency)),
    };
    match format {
        GoogleFormat::JsonLines => {
            serde_json::to_writer(&mut *out, &line)?;
            out.push(b'\n');
        }
        GoogleFormat::Tsv => {
            let Line { store_code, id, quantity, availability, price } = line;
            let (store_code, id, price) = (cell(store_code), cell(id), price.unwrap_or_default());
            writeln!(out, "{store_code}\t{id}\t{quantity}\t{availability}\t{price}")?;
        }
    }
    Ok(())
}

/// Codes hold no tab and no line end; one that begins with a quote is taken for a quoted cell.
fn cell(code: &str) -> std::borrow::Cow<'_, str> {
    if code.starts_with('"') { format!("\"{}\"", code.replace('"', "\"\"")).into() } else { code.into() }
}
