//! Pieces that are promised: taken and given back one statement at a time, so that none is promised twice.

use devanture_domain::{civil::UtcMs, stock::StockSource};

use super::StockMove;
use crate::{Repository, StorageError};

impl Repository {
    /// Promises pieces, if there are so many that are not promised yet; returns whether there were. The condition and the
    /// change are one statement: of two at once, on either engine, the second sees what the first left.
    pub(crate) async fn hold(
        &mut self,
        tenant: &str,
        (sku, quantity): (&str, u32),
        location: &str,
    ) -> Result<bool, StorageError> {
        let held = sqlx::query(
            "UPDATE stock SET reserved = reserved + $4 WHERE tenant_id = $1 AND sku = $2 AND location_code = $3 \
             AND on_hand - reserved - safety >= $4",
        )
        .bind(tenant)
        .bind(sku)
        .bind(location)
        .bind(i64::from(quantity))
        .execute(&mut *self.tx)
        .await?;
        Ok(held.rows_affected() > 0)
    }

    /// Gives promised pieces back.
    pub(crate) async fn release(
        &mut self,
        tenant: &str,
        (sku, quantity): (&str, u32),
        location: &str,
    ) -> Result<(), StorageError> {
        sqlx::query(
            "UPDATE stock SET reserved = reserved - $4 WHERE tenant_id = $1 AND sku = $2 AND location_code = $3",
        )
        .bind(tenant)
        .bind(sku)
        .bind(location)
        .bind(i64::from(quantity))
        .execute(&mut *self.tx)
        .await?;
        Ok(())
    }

    /// Promised pieces leave the store, as a move of their own: a count that was made before and is heard after does not
    /// bring them back.
    pub(crate) async fn hand_over(
        &mut self,
        tenant: &str,
        (sku, quantity): (&str, u32),
        location: &str,
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
        .bind(i64::from(quantity))
        .fetch_optional(&mut *self.tx)
        .await?;
        let sequence = format!("{reservation}/{sku}");
        let left = StockMove {
            source: "reservation",
            sequence: &sequence,
            sku,
            location_code: location,
            delta: -i64::from(quantity),
            moved_at: based_at.map_or(now, |based_at| now.max(based_at.saturating_add(1))),
        };
        self.note_move(tenant, &left).await?;
        Ok(())
    }

    /// A seller looked for a promised piece and it is not there: no more than what others were promised is on hand.
    pub(crate) async fn correct(
        &mut self,
        tenant: &str,
        sku: &str,
        location: &str,
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
