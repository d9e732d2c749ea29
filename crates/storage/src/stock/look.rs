//! The pieces of many variants at once, for shoppers: one statement, one row for each variant. What a row costs on its way
//! here, through a driver for any engine, is far more than what the engine needs to find it.

use std::str::FromStr;

use devanture_domain::{
    civil::Date,
    stock::{StockLevel, StockSource},
};
use sqlx::Row as _;

use super::Stock;
use crate::{Database, StorageError, rows::select_in};

/// Between the columns of a location, and between locations. No code holds either.
const COLUMN: &str = "\u{1f}";
const LOCATION: &str = "\u{1e}";

const SELECT: &str = "SELECT sku, STRING_AGG(CONCAT_WS($2, location_code, on_hand, reserved, safety, on_order, \
     COALESCE(CAST(expected_on AS TEXT), ''), source, counted_at), $3) FROM stock WHERE tenant_id = $1 AND sku IN";

impl Database {
    /// Most variants that are asked about at once.
    pub const LOOK_AT_ONCE: usize = 32;

    /// The pieces of at most [`Self::LOOK_AT_ONCE`] variants at every location that has ever had any, in no order; a
    /// variant that none has had is left out.
    pub async fn look(&self, tenant: &str, skus: &[&str]) -> Result<Vec<(String, Vec<Stock>)>, StorageError> {
        let Some(last) = skus.last() else { return Ok(Vec::new()) };
        // Few different statements, so that each is prepared once.
        let asked = skus.len().next_power_of_two();
        let mut query = sqlx::query(select_in(SELECT, (3, asked), "GROUP BY sku"));
        query = query.bind(tenant).bind(COLUMN).bind(LOCATION);
        for at in 0..asked {
            query = query.bind(*skus.get(at).unwrap_or(last));
        }
        let mut found = Vec::with_capacity(skus.len());
        for row in query.fetch_all(&self.pool).await? {
            let (sku, locations): (String, String) = (row.try_get(0)?, row.try_get(1)?);
            let stock: Option<Vec<Stock>> = locations.split(LOCATION).map(|line| read(&sku, line)).collect();
            let stock = stock.ok_or_else(|| StorageError::Corrupt {
                table: "stock",
                column: "one of them",
                key: sku.clone(),
                reason: format!("{locations:?}"),
            })?;
            found.push((sku, stock));
        }
        Ok(found)
    }
}

fn read(sku: &str, line: &str) -> Option<Stock> {
    let mut columns = line.split(COLUMN);
    let location_code = columns.next()?.to_owned();
    // Below nothing while a count is late.
    let mut pieces = || Some(u32::try_from(number::<i64>(columns.next()?)?.max(0)).unwrap_or(u32::MAX));
    let (on_hand, reserved, safety, on_order) = (pieces()?, pieces()?, pieces()?, pieces()?);
    let expected_on = match columns.next()? {
        "" => None,
        days => Some(Date(number(days)?)),
    };
    let source = StockSource::parse(columns.next()?)?;
    let level = StockLevel {
        on_hand,
        reserved,
        safety,
        on_order,
        expected_on,
        source,
        counted_at: number(columns.next()?)?,
    };
    Some(Stock { sku: sku.to_owned(), location_code, level })
}

fn number<T: FromStr>(text: &str) -> Option<T> {
    text.parse().ok()
}
