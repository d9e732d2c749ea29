//! How often a remembered size was of use.

use devanture_domain::civil::Date;
use sqlx::Row as _;

use crate::{Repository, StorageError};

/// Sums of a site.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SizeCounts {
    /// Product pages on which a size was remembered.
    pub seen: u32,
    /// Those on which it was selected.
    pub preselected: u32,
    /// Those that went into the basket so.
    pub kept: u32,
    /// Those on which the shopper chose another.
    pub changed: u32,
}

/// Of one site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SizeFigure {
    /// The site's id.
    pub site: String,
    /// The sums.
    pub counts: SizeCounts,
}

impl Repository {
    /// Adds to a site's day.
    pub async fn add_size_counts(
        &mut self,
        tenant: &str,
        site: &str,
        day: Date,
        counts: SizeCounts,
    ) -> Result<(), StorageError> {
        sqlx::query(
            "INSERT INTO size_figures (tenant_id, site_id, day, seen, preselected, kept, changed) \
             VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (tenant_id, site_id, day) DO UPDATE SET \
             seen = size_figures.seen + excluded.seen, preselected = size_figures.preselected + excluded.preselected, \
             kept = size_figures.kept + excluded.kept, changed = size_figures.changed + excluded.changed",
        )
        .bind(tenant)
        .bind(site)
        .bind(i64::from(day.0))
        .bind(i64::from(counts.seen))
        .bind(i64::from(counts.preselected))
        .bind(i64::from(counts.kept))
        .bind(i64::from(counts.changed))
        .execute(&mut *self.tx)
        .await?;
        Ok(())
    }

    /// The sums of each site over some days, both included.
    pub async fn size_figures(
        &mut self,
        tenant: &str,
        (from, to): (Date, Date),
    ) -> Result<Vec<SizeFigure>, StorageError> {
        // Sums are of another type on PostgreSQL.
        let query = "SELECT site_id, CAST(SUM(seen) AS BIGINT), CAST(SUM(preselected) AS BIGINT), CAST(SUM(kept) AS BIGINT), \
             CAST(SUM(changed) AS BIGINT) FROM size_figures WHERE tenant_id = $1 AND day BETWEEN $2 AND $3 \
             GROUP BY site_id ORDER BY site_id";
        let query = sqlx::query(query).bind(tenant).bind(i64::from(from.0)).bind(i64::from(to.0));
        let mut out = Vec::new();
        for row in query.fetch_all(&mut *self.tx).await? {
            let sum = |at: usize| row.try_get::<i64, _>(at).map(|sum| u32::try_from(sum).unwrap_or(u32::MAX));
            out.push(SizeFigure {
                site: row.try_get(0)?,
                counts: SizeCounts { seen: sum(1)?, preselected: sum(2)?, kept: sum(3)?, changed: sum(4)? },
            });
        }
        Ok(out)
    }
}
