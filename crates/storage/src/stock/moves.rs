//! Pieces that come and go.

use devanture_domain::{civil::UtcMs, stock::StockSource};

use crate::{Repository, StorageError};

/// Pieces that came (more than 0) or went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StockMove<'a> {
    /// Who tells: a till, a feed's name.
    pub source: &'a str,
    /// The source's own number of it.
    pub sequence: &'a str,
    /// Of what.
    pub sku: &'a str,
    /// Where.
    pub location_code: &'a str,
    /// How many more there are.
    pub delta: i64,
    /// When.
    pub moved_at: UtcMs,
}

impl Repository {
    /// Takes over a move, unless it was heard before; returns whether it was new.
    pub async fn put_move(&mut self, tenant: &str, one: &StockMove<'_>) -> Result<bool, StorageError> {
        if !self.note_move(tenant, one).await? {
            return Ok(false);
        }
        // A location that nobody has counted yet begins with nothing, at the beginning of time.
        sqlx::query(
            "INSERT INTO stock (tenant_id, sku, location_code, on_hand, reserved, safety, on_order, expected_on, \
             source, based_at, counted_at) VALUES ($1, $2, $3, $4, 0, 0, 0, NULL, $5, 0, $6) \
             ON CONFLICT (tenant_id, sku, location_code) DO UPDATE SET \
             on_hand = stock.on_hand + CASE WHEN excluded.counted_at > stock.based_at THEN excluded.on_hand ELSE 0 END, \
             source = CASE WHEN excluded.counted_at > stock.counted_at THEN excluded.source ELSE stock.source END, \
             counted_at = CASE WHEN excluded.counted_at > stock.counted_at THEN excluded.counted_at \
             ELSE stock.counted_at END",
        )
        .bind(tenant)
        .bind(one.sku)
        .bind(one.location_code)
        .bind(one.delta)
        .bind(StockSource::Till.as_str())
        .bind(one.moved_at)
        .execute(&mut *self.tx)
        .await?;
        Ok(true)
    }

    /// Writes a move down without doing it; returns whether it was new.
    pub(super) async fn note_move(
        &mut self,
        tenant: &str,
        one: &StockMove<'_>,
    ) -> Result<bool, StorageError> {
        let new = sqlx::query(
            "INSERT INTO stock_moves (tenant_id, source, sequence, sku, location_code, delta, moved_at) \
             VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (tenant_id, source, sequence) DO NOTHING",
        )
        .bind(tenant)
        .bind(one.source)
        .bind(one.sequence)
        .bind(one.sku)
        .bind(one.location_code)
        .bind(one.delta)
        .bind(one.moved_at)
        .execute(&mut *self.tx)
        .await?;
        Ok(new.rows_affected() > 0)
    }

    /// Forgets moves that the count after them has included for longer than `before`; returns how many.
    pub async fn forget_moves(&mut self, before: UtcMs) -> Result<u64, StorageError> {
        let done = sqlx::query(
            "DELETE FROM stock_moves WHERE moved_at < $1 AND EXISTS (SELECT 1 FROM stock s \
             WHERE s.tenant_id = stock_moves.tenant_id AND s.sku = stock_moves.sku \
             AND s.location_code = stock_moves.location_code AND s.based_at >= stock_moves.moved_at)",
        )
        .bind(before)
        .execute(&mut *self.tx)
        .await?;
        Ok(done.rows_affected())
    }
}
