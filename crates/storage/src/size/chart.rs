//! Size charts.

use devanture_domain::{
    civil::UtcMs,
    size::{Chart, Dimension, Range, Row},
};
use sqlx::{Row as _, any::AnyRow};

use crate::{Repository, StorageError};

/// Which body each size of a brand and category is cut for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SizeChart {
    /// As shown; of all brands, if absent.
    pub brand: Option<String>,
    /// The retailer's own; of all and those below it, if absent.
    pub category: Option<String>,
    /// The sizes.
    pub chart: Chart,
}

/// A row as it is kept: label, then dimension, from, to.
type Kept = Vec<(String, Vec<(String, u16, u16)>)>;

/// What has to be there for a chart to be written.
#[derive(Clone, Copy)]
enum Writing {
    Any,
    New,
    /// The chart with this revision.
    Seen(i64),
}

const COLUMNS: &str = "SELECT brand, category, size_rows, revision FROM size_charts WHERE tenant_id = $1 \
     ORDER BY brand_key, category_key";

impl Repository {
    /// Creates the chart or replaces all of it, whatever there is. Returns its revision from now on.
    pub async fn put_size_chart(
        &mut self,
        tenant: &str,
        chart: &SizeChart,
        at: UtcMs,
    ) -> Result<i64, StorageError> {
        let written = self.write_chart(Writing::Any, (tenant, chart), at).await?;
        Ok(written.unwrap_or_default())
    }

    /// The same, if the chart still has this revision, or where it is 0 if there is none; `None` otherwise.
    pub async fn replace_size_chart(
        &mut self,
        tenant: &str,
        chart: &SizeChart,
        (seen, at): (i64, UtcMs),
    ) -> Result<Option<i64>, StorageError> {
        let writing = if seen == 0 { Writing::New } else { Writing::Seen(seen) };
        self.write_chart(writing, (tenant, chart), at).await
    }

    /// One statement each, so that of two at once one finds what the other has written.
    async fn write_chart(
        &mut self,
        writing: Writing,
        (tenant, chart): (&str, &SizeChart),
        at: UtcMs,
    ) -> Result<Option<i64>, StorageError> {
        let rows: Kept = chart.chart.rows().iter().map(kept).collect();
        let rows = serde_json::to_string(&rows).map_err(|error| corrupt(chart.brand.as_deref(), &error))?;
        let query = sqlx::query_scalar(match writing {
            Writing::Any => {
                "INSERT INTO size_charts (tenant_id, brand_key, category_key, brand, category, size_rows, revision) \
                 VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (tenant_id, brand_key, category_key) DO UPDATE SET \
                 brand = excluded.brand, category = excluded.category, size_rows = excluded.size_rows, revision = CASE \
                 WHEN size_charts.revision < excluded.revision THEN excluded.revision ELSE size_charts.revision + 1 END \
                 RETURNING revision"
            }
            Writing::New => {
                "INSERT INTO size_charts (tenant_id, brand_key, category_key, brand, category, size_rows, revision) \
                 VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (tenant_id, brand_key, category_key) DO NOTHING \
                 RETURNING revision"
            }
            Writing::Seen(_) => {
                "UPDATE size_charts SET brand = $4, category = $5, size_rows = $6, revision = CASE \
                 WHEN revision < $7 THEN $7 ELSE revision + 1 END \
                 WHERE tenant_id = $1 AND brand_key = $2 AND category_key = $3 AND revision = $8 RETURNING revision"
            }
        });
        let mut query = query
            .bind(tenant)
            .bind(key(chart.brand.as_deref()))
            .bind(key(chart.category.as_deref()))
            .bind(chart.brand.as_deref())
            .bind(chart.category.as_deref())
            .bind(rows)
            .bind(at);
        if let Writing::Seen(seen) = writing {
            query = query.bind(seen);
        }
        Ok(query.fetch_optional(&mut *self.tx).await?)
    }

    /// Takes a chart out, whatever its revision where none was seen; whether it was there so.
    pub async fn remove_size_chart(
        &mut self,
        tenant: &str,
        (brand, category): (Option<&str>, Option<&str>),
        seen: Option<i64>,
    ) -> Result<bool, StorageError> {
        let query = sqlx::query(match seen {
            None => "DELETE FROM size_charts WHERE tenant_id = $1 AND brand_key = $2 AND category_key = $3",
            Some(_) => {
                "DELETE FROM size_charts WHERE tenant_id = $1 AND brand_key = $2 AND category_key = $3 AND revision = $4"
            }
        });
        let mut query = query.bind(tenant).bind(key(brand)).bind(key(category));
        if let Some(seen) = seen {
            query = query.bind(seen);
        }
        Ok(query.execute(&mut *self.tx).await?.rows_affected() > 0)
    }

    /// Whether there is a chart of this brand and category.
    pub async fn has_size_chart(
        &mut self,
        tenant: &str,
        brand: Option<&str>,
        category: Option<&str>,
    ) -> Result<bool, StorageError> {
        let query = "SELECT 1 FROM size_charts WHERE tenant_id = $1 AND brand_key = $2 AND category_key = $3";
        let query = sqlx::query(query).bind(tenant).bind(key(brand)).bind(key(category));
        Ok(query.fetch_optional(&mut *self.tx).await?.is_some())
    }

    /// All charts with their revisions, by brand and category.
    pub async fn revised_size_charts(&mut self, tenant: &str) -> Result<Vec<(SizeChart, i64)>, StorageError> {
        let rows = sqlx::query(COLUMNS).bind(tenant).fetch_all(&mut *self.tx).await?;
        rows.iter().map(|row| Ok((read(row)?, row.try_get(3)?))).collect()
    }

    /// All charts, by brand and category.
    pub async fn size_charts(&mut self, tenant: &str) -> Result<Vec<SizeChart>, StorageError> {
        sqlx::query(COLUMNS).bind(tenant).fetch_all(&mut *self.tx).await?.iter().map(read).collect()
    }

    /// The chart for a product of this brand and category: of both, else of the brand, else of the category, else of everything;
    /// of several categories the one that says most.
    pub async fn size_chart_for(
        &mut self,
        tenant: &str,
        brand: Option<&str>,
        category: Option<&str>,
    ) -> Result<Option<SizeChart>, StorageError> {
        let (brand, category) = (key(brand), key(category));
        // A network has some dozens: there is nothing to gain by asking for less.
        let charts = self.size_charts(tenant).await?;
        let fits = |chart: &SizeChart| {
            let (of_brand, of_category) = (key(chart.brand.as_deref()), key(chart.category.as_deref()));
            let fits = (of_brand.is_empty() || of_brand == brand) && is_below(&category, &of_category);
            fits.then_some((!of_brand.is_empty(), of_category.len()))
        };
        let best = charts.into_iter().filter_map(|chart| Some((fits(&chart)?, chart)));
        Ok(best.max_by_key(|(rank, _)| *rank).map(|(_, chart)| chart))
    }
}

/// Whether a category is this one or below it.
fn is_below(category: &str, of: &str) -> bool {
    category.strip_prefix(of).is_some_and(|rest| {
        of.is_empty() || rest.is_empty() || rest.starts_with(|sign: char| !sign.is_alphanumeric())
    })
}

/// How a brand or category is told from others.
fn key(text: Option<&str>) -> String {
    text.unwrap_or_default().trim().to_uppercase()
}

fn kept(row: &Row) -> (String, Vec<(String, u16, u16)>) {
    let range = |range: &Range| (range.dimension.name().to_owned(), range.from, range.to);
    (row.label.clone(), row.ranges.iter().map(range).collect())
}

fn read(row: &AnyRow) -> Result<SizeChart, StorageError> {
    let (brand, category, rows): (Option<String>, Option<String>, String) =
        (row.try_get(0)?, row.try_get(1)?, row.try_get(2)?);
    let bad = |error: &dyn core::fmt::Display| corrupt(brand.as_deref(), error);
    let kept: Kept = serde_json::from_str(&rows).map_err(|error| bad(&error))?;
    let range =
        |(name, from, to): (String, u16, u16)| Some(Range { dimension: Dimension::parse(&name)?, from, to });
    let row = |(label, ranges): (String, Vec<_>)| {
        Some(Row { label, ranges: ranges.into_iter().map(range).collect::<Option<_>>()? })
    };
    let rows: Option<Vec<Row>> = kept.into_iter().map(row).collect();
    let rows = rows.ok_or_else(|| bad(&"an unknown dimension"))?;
    let chart = Chart::checked(rows)
        .map_err(|wrong| bad(&wrong.first().map_or(String::new(), ToString::to_string)))?;
    Ok(SizeChart { brand, category, chart })
}

fn corrupt(brand: Option<&str>, reason: &dyn core::fmt::Display) -> StorageError {
    StorageError::Corrupt {
        table: "size_charts",
        column: "size_rows",
        key: brand.unwrap_or_default().to_owned(),
        reason: reason.to_string(),
    }
}
