//! What programs tell of stock, piece by piece and numbered, in whatever order and however often it arrives.

mod numbers;

use std::collections::BTreeMap;

use devanture_domain::{civil::UtcMs, stock::StockSource};
use sqlx::Row as _;

use super::{LOCK, StockMove};
use crate::{Repository, StorageError};

/// One thing that a source tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Told<'a> {
    /// The source's own number of it, 1 or more.
    pub sequence: i64,
    /// Of what.
    pub sku: &'a str,
    /// Where.
    pub location_code: &'a str,
    /// What.
    pub pieces: Pieces,
    /// When.
    pub at: UtcMs,
}

/// What is told of the pieces.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pieces {
    /// So many came (more than 0) or went.
    Change(i64),
    /// There are so many.
    Counted(u32),
}

/// What came of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Heard {
    /// It counts.
    Applied,
    /// Its number was heard before.
    AlreadyKnown,
    /// A count that is as late, or later, knows it already.
    OlderThanCount,
}

impl Repository {
    /// Takes over what one source tells; says of each what came of it. The stock at the end does not depend on the order in
    /// which things are told, nor on how often.
    pub async fn tell(
        &mut self,
        tenant: &str,
        source: &str,
        told: &[Told<'_>],
    ) -> Result<Vec<Heard>, StorageError> {
        let mut heard = vec![Heard::AlreadyKnown; told.len()];
        let sequences = || told.iter().map(|one| one.sequence);
        let (Some(first), Some(last)) = (sequences().min(), sequences().max()) else { return Ok(heard) };
        let before = self.numbers(tenant, source, (first, last)).await?;
        let mut after = before.clone();
        // In the order of the key, so that two sources at once wait for each other instead of both giving up.
        let mut places: BTreeMap<_, Vec<usize>> = BTreeMap::new();
        for (at, one) in told.iter().enumerate() {
            if after.hear(one.sequence) {
                places.entry((one.sku, one.location_code)).or_default().push(at);
            }
        }
        self.put_numbers(tenant, source, (&before, &after)).await?;
        for (place, new) in places {
            let new: Vec<_> = new.into_iter().map(|at| (at, &told[at])).collect();
            self.tell_place(tenant, source, place, &new, &mut heard).await?;
        }
        Ok(heard)
    }

    async fn tell_place(
        &mut self,
        tenant: &str,
        source: &str,
        (sku, location): (&str, &str),
        new: &[(usize, &Told<'_>)],
        heard: &mut [Heard],
    ) -> Result<(), StorageError> {
        let mut latest = None;
        let mut ours = Vec::with_capacity(new.len());
        for (at, one) in new {
            let sequence = one.sequence.to_string();
            let delta = if let Pieces::Change(delta) = one.pieces { delta } else { 0 };
            let moved = StockMove {
                source,
                sequence: &sequence,
                sku,
                location_code: location,
                delta,
                moved_at: one.at,
            };
            let is_new = match one.pieces {
                Pieces::Change(_) => self.put_move(tenant, &moved).await?,
                Pieces::Counted(pieces) => {
                    let is_new = self.note_move(tenant, &moved).await?;
                    if is_new {
                        self.note_told_count(tenant, &moved, pieces).await?;
                        latest = latest.max(Some(one.at));
                    }
                    is_new
                }
            };
            if is_new {
                ours.push((*at, *one));
            }
        }
        // After the moves, which it adds again as far as they are later.
        if let Some(at) = latest {
            self.count_told(tenant, (sku, location), at).await?;
        }
        let based_at: Option<UtcMs> = sqlx::query_scalar(
            "SELECT based_at FROM stock WHERE tenant_id = $1 AND sku = $2 AND location_code = $3",
        )
        .bind(tenant)
        .bind(sku)
        .bind(location)
        .fetch_optional(&mut *self.tx)
        .await?;
        let holding = match based_at {
            Some(based_at) => self.count_at(tenant, (sku, location), based_at).await?,
            None => None,
        };
        for (at, one) in ours {
            let counts = match one.pieces {
                Pieces::Change(_) => based_at.is_none_or(|based_at| one.at > based_at),
                Pieces::Counted(_) => {
                    based_at == Some(one.at)
                        && holding
                            .as_ref()
                            .is_some_and(|(by, number, _)| by == source && *number == one.sequence)
                }
            };
            heard[at] = if counts { Heard::Applied } else { Heard::OlderThanCount };
        }
        Ok(())
    }

    async fn note_told_count(
        &mut self,
        tenant: &str,
        noted: &StockMove<'_>,
        pieces: u32,
    ) -> Result<(), StorageError> {
        sqlx::query(
            "UPDATE stock_moves SET counted = $4 WHERE tenant_id = $1 AND source = $2 AND sequence = $3",
        )
        .bind(tenant)
        .bind(noted.source)
        .bind(noted.sequence)
        .bind(i64::from(pieces))
        .execute(&mut *self.tx)
        .await?;
        Ok(())
    }

    /// Of the counts that were told of this moment the one that holds: its source, number and pieces.
    async fn count_at(
        &mut self,
        tenant: &str,
        (sku, location): (&str, &str),
        at: UtcMs,
    ) -> Result<Option<(String, i64, i64)>, StorageError> {
        let rows = sqlx::query(
            "SELECT source, sequence, counted FROM stock_moves WHERE tenant_id = $1 AND sku = $2 \
             AND location_code = $3 AND moved_at = $4 AND counted IS NOT NULL",
        )
        .bind(tenant)
        .bind(sku)
        .bind(location)
        .bind(at)
        .fetch_all(&mut *self.tx)
        .await?;
        let mut holding = None;
        for row in rows {
            let number = row.try_get::<String, _>(1)?.parse::<i64>().unwrap_or(0);
            let (source, pieces): (String, i64) = (row.try_get(0)?, row.try_get(2)?);
            holding = holding.max(Some((number, source, pieces)));
        }
        Ok(holding.map(|(number, source, pieces)| (source, number, pieces)))
    }

    /// Takes over the count of this moment, unless there is a later one. What is on order is another question.
    async fn count_told(
        &mut self,
        tenant: &str,
        (sku, location): (&str, &str),
        at: UtcMs,
    ) -> Result<(), StorageError> {
        const INSERT: &str = "INSERT INTO stock (tenant_id, sku, location_code, on_hand, reserved, safety, on_order, \
             expected_on, source, based_at, counted_at) VALUES ($1, $2, $3, $4, 0, 0, 0, NULL, $5, $6, $6) ";
        const TAKE: &str = "ON CONFLICT (tenant_id, sku, location_code) DO UPDATE SET on_hand = excluded.on_hand + \
             (SELECT CAST(COALESCE(SUM(m.delta), 0) AS BIGINT) FROM stock_moves m WHERE m.tenant_id = stock.tenant_id \
             AND m.sku = stock.sku AND m.location_code = stock.location_code AND m.moved_at > excluded.based_at), \
             source = CASE WHEN excluded.counted_at >= stock.counted_at THEN excluded.source ELSE stock.source END, \
             based_at = excluded.based_at, counted_at = CASE WHEN excluded.counted_at > stock.counted_at \
             THEN excluded.counted_at ELSE stock.counted_at END WHERE excluded.based_at >= stock.based_at";
        // As in `put_counts`; what is told of this place by another source at once is seen after this.
        let statements = if self.is_postgres() { &[LOCK, TAKE][..] } else { &[TAKE] };
        for then in statements {
            let Some((_, _, pieces)) = self.count_at(tenant, (sku, location), at).await? else { continue };
            sqlx::query(sqlx::AssertSqlSafe(format!("{INSERT}{then}")))
                .bind(tenant)
                .bind(sku)
                .bind(location)
                .bind(pieces)
                .bind(StockSource::Feed.as_str())
                .bind(at)
                .execute(&mut *self.tx)
                .await?;
        }
        Ok(())
    }
}
