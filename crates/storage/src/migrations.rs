//! The schema, step by step. Append only: what was released is never edited.

use std::borrow::Cow;

use sqlx::{
    Row as _, SqlSafeStr as _,
    migrate::{Migration, MigrationType, Migrator},
};

use crate::{Database, StorageError};

macro_rules! steps {
    ($($version:literal $name:literal),+ $(,)?) => {
        [$(($version, $name, include_str!(concat!("../migrations/", $version, "_", $name, ".sql")))),+]
    };
}

const STEPS: [(&str, &str, &str); 61] = steps![
    "20261121100000" "tenants",
    "20261121100100" "sites",
    "20261121100200" "labels",
    "20261121100300" "stores",
    "20261121100400" "appointments",
    "20261121100500" "appointment_seats",
    "20261121100600" "idempotency_keys",
    "20261122100000" "staff",
    "20261122100100" "staff_sessions",
    "20261122100200" "api_keys",
    "20261122100300" "audit_log",
    "20261122100400" "sign_in_failures",
    "20261122110000" "catalogue",
    "20261122110100" "prices",
    "20261122110200" "warehouses",
    "20261122110300" "stock",
    "20261122110400" "stock_moves",
    "20261122110500" "reservations",
    "20261122110600" "reservation_legs",
    "20261122110700" "reservation_contacts",
    "20261122110800" "reservation_rules",
    "20261122120000" "feed_runs",
    "20261122120100" "feed_lines",
    "20261122120200" "feed_rows",
    "20261122130000" "feed_bad_rows",
    "20261122130100" "stock_moves_counted",
    "20261122130200" "stock_sources",
    "20261122130300" "stock_gaps",
    "20261122130400" "feed_sources",
    "20261122130500" "feed_locations",
    "20261122130600" "feed_slices",
    "20261122140000" "outbox",
    "20261122140100" "webhooks",
    "20261122140200" "reservation_links",
    "20261122140300" "reservation_payments",
    "20261122140400" "reservation_proposals",
    "20261122141000" "reviews",
    "20261122141100" "review_trail",
    "20261122141200" "review_summaries",
    "20261122141300" "review_voices",
    "20261122141400" "review_invitations",
    "20261122141500" "review_photos",
    "20261122150000" "product_words",
    "20261122150100" "staff_counts",
    "20261122150200" "store_head_values",
    "20261122150300" "store_revisions",
    "20261122150400" "size_charts",
    "20261122150500" "size_figures",
    "20261122160000" "reservation_indexes",
    "20261122172000" "review_words",
    "20261122172100" "review_requests",
    "20261122190000" "alerts",
    "20261122191000" "products_by_category",
    "20261122192000" "reservation_deliveries",
    "20261122194000" "size_sales",
    "20261123100000" "webhooks_customers",
    "20261123100100" "size_memories",
    "20261123110000" "store_ships",
    "20261123120000" "product_descriptions",
    "20261123120100" "size_chart_revisions",
    "20261123130000" "review_messages",
];

/// How the database's schema compares with what this program needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MigrationState {
    /// Steps already taken.
    pub applied: usize,
    /// Steps that [`Database::migrate`] would take.
    pub pending: usize,
}

impl Database {
    /// Brings the schema up to date; safe to run from several instances at once.
    pub async fn migrate(&self) -> Result<(), StorageError> {
        migrator().run(&self.writer).await?;
        // What splits texts into words is no SQL.
        self.put_older_review_words().await
    }

    /// Says whether [`Self::migrate`] has anything to do, without doing it.
    pub async fn migration_state(&self) -> Result<MigrationState, StorageError> {
        // Where nothing was ever migrated the table is not there, and each engine words that differently.
        let applied = match sqlx::query("SELECT COUNT(*) FROM _sqlx_migrations").fetch_one(&self.pool).await {
            Ok(row) => usize::try_from(row.try_get::<i64, _>(0)?).unwrap_or(0),
            Err(sqlx::Error::Database(_)) => 0,
            Err(error) => return Err(error.into()),
        };
        Ok(MigrationState { applied, pending: STEPS.len().saturating_sub(applied) })
    }
}

fn migrator() -> Migrator {
    Migrator::with_migrations(
        STEPS
            .iter()
            .map(|(version, name, sql)| {
                let version = version.parse().unwrap_or(i64::MAX);
                Migration::new(version, Cow::Borrowed(name), MigrationType::Simple, sql.into_sql_str(), false)
            })
            .collect(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_are_timestamped_and_in_order() {
        let versions: Vec<i64> = STEPS.iter().map(|step| step.0.parse().unwrap()).collect();
        assert!(versions.is_sorted_by(|a, b| a < b));
        assert!(versions.iter().all(|v| (20_260_000_000_000..21_000_000_000_000).contains(v)));
    }
}
