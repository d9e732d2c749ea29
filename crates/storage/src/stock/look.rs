//! The pieces of many variants at once, for shoppers: one statement, one row for each variant. What a row costs on its way
//! here, through a driver for any engine, is far more than what the engine needs to find it.

use std::{
    iter,
    str::FromStr,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use devanture_domain::{
    civil::Date,
    stock::{StockLevel, StockSource},
};
use sqlx::{AnyConnection, Connection as _, Executor as _, Row as _, any::AnyRow};

use super::Stock;
use crate::{Database, StorageError, rows::select_in};

/// Between the columns of a location, and between locations. No code holds either.
const COLUMN: char = '\u{1f}';
const LOCATION: char = '\u{1e}';

const SELECT: &str = "SELECT sku, STRING_AGG(CONCAT_WS($2, location_code, on_hand, reserved, safety, on_order, \
     COALESCE(CAST(expected_on AS TEXT), ''), source, counted_at), $3) FROM stock WHERE tenant_id = $1 AND sku IN";

/// As many bytes of the file as SQLite can map.
const MAP: &str = "PRAGMA mmap_size = 2147418112";

impl Database {
    /// Most variants that are asked about at once.
    pub const LOOK_AT_ONCE: usize = 32;

    /// The pieces of at most [`Self::LOOK_AT_ONCE`] variants at every location that has ever had any, in no order; a
    /// variant that none has had is left out.
    pub async fn look(&self, tenant: &str, skus: &[&str]) -> Result<Vec<(String, Vec<Stock>)>, StorageError> {
        if skus.is_empty() {
            return Ok(Vec::new());
        }
        let rows = match self.lookers.take() {
            // It may have been cut off since it last looked. What is wrong with the database itself, a new one finds too.
            Some(mut kept) => match rows(&mut kept, tenant, skus).await {
                Ok(rows) => Ok((kept, rows)),
                Err(_) => self.look_anew(tenant, skus).await,
            },
            None => self.look_anew(tenant, skus).await,
        };
        let (looker, rows) = rows?;
        self.lookers.keep(looker);
        let mut found = Vec::with_capacity(skus.len());
        for row in rows {
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

    async fn look_anew(
        &self,
        tenant: &str,
        skus: &[&str],
    ) -> Result<(AnyConnection, Vec<AnyRow>), StorageError> {
        let mut looker = self.pool.acquire().await?.detach();
        if self.lookers.map {
            looker.execute(MAP).await?;
        }
        let rows = rows(&mut looker, tenant, skus).await?;
        Ok((looker, rows))
    }
}

/// Connections that look and do nothing else: the pool asks each connection that comes back whether it is still there, which
/// costs as much as looking does.
#[derive(Clone, Debug)]
pub(crate) struct Lookers {
    kept: Arc<Mutex<Vec<AnyConnection>>>,
    /// Whether they map the file into memory.
    map: bool,
}

impl Lookers {
    /// So many are kept.
    const KEPT: usize = 2;

    pub(crate) fn new(map: bool) -> Self {
        Self { kept: Arc::default(), map }
    }

    fn take(&self) -> Option<AnyConnection> {
        self.lock().pop()
    }

    fn keep(&self, looker: AnyConnection) {
        let mut kept = self.lock();
        if kept.len() < Self::KEPT {
            kept.push(looker);
        }
    }

    pub(crate) async fn close(&self) {
        while let Some(looker) = self.take() {
            // Whether or not the other side is there to hear it.
            let _ = looker.close().await;
        }
    }

    fn lock(&self) -> MutexGuard<'_, Vec<AnyConnection>> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// One row for each variant that has stock: its SKU and its locations.
async fn rows(looker: &mut AnyConnection, tenant: &str, skus: &[&str]) -> Result<Vec<AnyRow>, sqlx::Error> {
    // Few different statements, so that each is prepared once.
    let asked = skus.len().next_power_of_two();
    let mut query = sqlx::query(select_in(SELECT, (3, asked), "GROUP BY sku"));
    query = query.bind(tenant).bind(COLUMN.to_string()).bind(LOCATION.to_string());
    for sku in skus.iter().chain(iter::repeat(&skus[0])).take(asked) {
        query = query.bind(*sku);
    }
    query.fetch_all(looker).await
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
