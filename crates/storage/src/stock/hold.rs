//! Pieces that are promised: taken and given back one statement at a time, so that none is promised twice.

use std::collections::{BTreeMap, BTreeSet};

use devanture_domain::{civil::UtcMs, stock::StockSource};
use sqlx::Row as _;

use super::StockMove;
use crate::{
    Repository, StorageError,
    rows::{ROWS_AT_ONCE, with_rows},
};

/// Tenant, SKU and location.
pub(crate) type Place<'a> = (&'a str, &'a str, &'a str);

impl Repository {
    /// Promises pieces, if there are so many that are not promised yet; returns whether there were.
    pub(crate) async fn hold(&mut self, place: Place<'_>, pieces: u32) -> Result<bool, StorageError> {
        Ok(!self.hold_all(&BTreeMap::from([(place, pieces.into())])).await?.is_empty())
    }

    /// Promises so many pieces of these tenants, SKUs and locations; returns which of them had so many. The condition and
    /// the change are one statement: of two at once, on either engine, the second sees what the first left.
    pub(crate) async fn hold_all<'a>(
        &mut self,
        places: &BTreeMap<Place<'a>, i64>,
    ) -> Result<BTreeSet<Place<'a>>, StorageError> {
        let mut held = BTreeSet::new();
        // In their order, so that two writers of the same pieces wait for each other instead of both giving up.
        let wanted: Vec<_> = places.iter().collect();
        for wanted in wanted.chunks(ROWS_AT_ONCE) {
            let mut update = sqlx::query(with_rows(
                "WITH wanted (tenant_id, sku, location_code, pieces) AS (VALUES",
                (0, wanted.len(), 4),
                ") UPDATE stock SET reserved = reserved + w.pieces FROM wanted w WHERE stock.tenant_id = w.tenant_id \
                 AND stock.sku = w.sku AND stock.location_code = w.location_code \
                 AND on_hand - reserved - safety >= w.pieces RETURNING stock.tenant_id, stock.sku, stock.location_code",
            ));
            for ((tenant, sku, location), pieces) in wanted {
                update = update.bind(*tenant).bind(*sku).bind(*location).bind(*pieces);
            }
            for row in update.fetch_all(&mut *self.tx).await? {
                let place: Place<'_> = (row.try_get(0)?, row.try_get(1)?, row.try_get(2)?);
                held.extend(wanted.iter().map(|(wanted, _)| **wanted).find(|wanted| *wanted == place));
            }
        }
        Ok(held)
    }

    /// Gives promised pieces back.
    pub(crate) async fn release(
        &mut self,
        (tenant, sku, location): Place<'_>,
        pieces: i64,
    ) -> Result<(), StorageError> {
        sqlx::query(
            "UPDATE stock SET reserved = reserved - $4 WHERE tenant_id = $1 AND sku = $2 AND location_code = $3",
        )
        .bind(tenant)
        .bind(sku)
        .bind(location)
        .bind(pieces)
        .execute(&mut *self.tx)
        .await?;
        Ok(())
    }

    /// Promised pieces leave the store, as a move of their own: a count that was made before and is heard after does not
    /// bring them back.
    pub(crate) async fn hand_over(
        &mut self,
        (tenant, sku, location): Place<'_>,
        pieces: i64,
        (reservation, now): (&str, UtcMs),
    ) -> Result<(), StorageError> {
        // Later than the last count even where the clock was set back.
        let based_at: Option<i64> = sqlx::query_scalar(
            "UPDATE stock SET reserved = reserved - $4, on_hand = on_hand - $4 \
             WHERE tenant_id = $1 AND sku = $2 AND location_code = $3 RETURNING based_at",
        )
        .bind(tenant)
        .bind(sku)
        .bind(location)
        .bind(pieces)
        .fetch_optional(&mut *self.tx)
        .await?;
        let sequence = format!("{reservation}/{sku}");
        let left = StockMove {
            source: "reservation",
            sequence: &sequence,
            sku,
            location_code: location,
            delta: -pieces,
            moved_at: based_at.map_or(now, |based_at| now.max(based_at.saturating_add(1))),
        };
        self.note_move(tenant, &left).await?;
        Ok(())
    }

    /// A seller looked for a promised piece and it is not there: no more than what others were promised is on hand.
    pub(crate) async fn correct(
        &mut self,
        (tenant, sku, location): Place<'_>,
        now: UtcMs,
    ) -> Result<(), StorageError> {
        sqlx::query(
            "UPDATE stock SET on_hand = reserved, source = $4, \
             based_at = CASE WHEN $5 > based_at THEN $5 ELSE based_at END, \
             counted_at = CASE WHEN $5 > counted_at THEN $5 ELSE counted_at END \
             WHERE tenant_id = $1 AND sku = $2 AND location_code = $3",
        )
        .bind(tenant)
        .bind(sku)
        .bind(location)
        .bind(StockSource::Count.as_str())
        .bind(now)
        .execute(&mut *self.tx)
        .await?;
        Ok(())
    }
}
