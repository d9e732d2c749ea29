//! Which numbers of a source were heard, and which are missing.

use std::collections::BTreeMap;

use sqlx::Row as _;

use crate::{
    Repository, StorageError,
    rows::{ROWS_AT_ONCE, insert_rows},
};

/// All from `lowest` to `highest` but for the gaps; those of them that were loaded.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Numbers {
    lowest: i64,
    highest: i64,
    gaps: BTreeMap<i64, i64>,
}

impl Numbers {
    /// Notes a number, 1 or more; returns whether it was new.
    pub(super) fn hear(&mut self, number: i64) -> bool {
        if self.highest == 0 {
            (self.lowest, self.highest) = (number, number);
            return true;
        }
        if number > self.highest {
            self.miss(self.highest + 1, number - 1);
            self.highest = number;
            return true;
        }
        if number < self.lowest {
            self.miss(number + 1, self.lowest - 1);
            self.lowest = number;
            return true;
        }
        let gap = self.gaps.range(..=number).next_back().map(|(from, to)| (*from, *to));
        let Some((from, to)) = gap.filter(|(_, to)| *to >= number) else { return false };
        self.gaps.remove(&from);
        self.miss(from, number - 1);
        self.miss(number + 1, to);
        true
    }

    fn miss(&mut self, from: i64, to: i64) {
        if from <= to {
            self.gaps.insert(from, to);
        }
    }
}

impl Repository {
    /// What was heard of a source, with the gaps that touch these numbers. Whoever else asks waits until this is saved.
    pub(super) async fn numbers(
        &mut self,
        tenant: &str,
        source: &str,
        (first, last): (i64, i64),
    ) -> Result<Numbers, StorageError> {
        let row = sqlx::query(
            "INSERT INTO stock_sources (tenant_id, source, lowest, highest) VALUES ($1, $2, 0, 0) \
             ON CONFLICT (tenant_id, source) DO UPDATE SET highest = stock_sources.highest RETURNING lowest, highest",
        )
        .bind(tenant)
        .bind(source)
        .fetch_one(&mut *self.tx)
        .await?;
        let gaps = sqlx::query(
            "SELECT gap_from, gap_to FROM stock_gaps \
             WHERE tenant_id = $1 AND source = $2 AND gap_from <= $4 AND gap_to >= $3",
        )
        .bind(tenant)
        .bind(source)
        .bind(first)
        .bind(last)
        .fetch_all(&mut *self.tx)
        .await?;
        let gaps = gaps.iter().map(|gap| Ok((gap.try_get(0)?, gap.try_get(1)?)));
        let gaps = gaps.collect::<Result<_, StorageError>>()?;
        Ok(Numbers { lowest: row.try_get(0)?, highest: row.try_get(1)?, gaps })
    }

    /// Writes down what has become of the numbers.
    pub(super) async fn put_numbers(
        &mut self,
        tenant: &str,
        source: &str,
        (before, after): (&Numbers, &Numbers),
    ) -> Result<(), StorageError> {
        if before == after {
            return Ok(());
        }
        sqlx::query(
            "UPDATE stock_sources SET lowest = $3, highest = $4 WHERE tenant_id = $1 AND source = $2",
        )
        .bind(tenant)
        .bind(source)
        .bind(after.lowest)
        .bind(after.highest)
        .execute(&mut *self.tx)
        .await?;
        for (from, to) in &before.gaps {
            if after.gaps.get(from) != Some(to) {
                sqlx::query("DELETE FROM stock_gaps WHERE tenant_id = $1 AND source = $2 AND gap_from = $3")
                    .bind(tenant)
                    .bind(source)
                    .bind(from)
                    .execute(&mut *self.tx)
                    .await?;
            }
        }
        let new: Vec<_> = after.gaps.iter().filter(|(from, to)| before.gaps.get(from) != Some(to)).collect();
        for gaps in new.chunks(ROWS_AT_ONCE) {
            let mut insert = sqlx::query(insert_rows(
                "INSERT INTO stock_gaps (tenant_id, source, gap_from, gap_to)",
                (gaps.len(), 4),
                "",
            ));
            for (from, to) in gaps {
                insert = insert.bind(tenant).bind(source).bind(**from).bind(**to);
            }
            insert.execute(&mut *self.tx).await?;
        }
        Ok(())
    }

    /// The lowest number of a source that is missing; `None` when none is. What came before the first number that was heard is
    /// not missed.
    pub async fn missing_from(&mut self, tenant: &str, source: &str) -> Result<Option<i64>, StorageError> {
        let lowest =
            sqlx::query_scalar("SELECT MIN(gap_from) FROM stock_gaps WHERE tenant_id = $1 AND source = $2")
                .bind(tenant)
                .bind(source)
                .fetch_one(&mut *self.tx)
                .await?;
        Ok(lowest)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn as_a_set_would(heard in proptest::collection::vec(1i64..60, 0..80)) {
            let (mut numbers, mut set) = (Numbers::default(), BTreeSet::new());
            for number in heard {
                prop_assert_eq!(numbers.hear(number), set.insert(number));
            }
            let (Some(first), Some(last)) = (set.first(), set.last()) else { return Ok(()) };
            let missing = |number: &i64| !numbers.gaps.iter().any(|(from, to)| (from..=to).contains(&number));
            let there: BTreeSet<i64> = (*first..=*last).filter(missing).collect();
            prop_assert_eq!(there, set);
        }
    }
}
