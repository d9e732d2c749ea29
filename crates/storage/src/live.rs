//! What staff see at once: a counter for each store, raised in the transaction that changes something there. This instance's
//! own changes are told when they are saved; another's are seen by asking for the counters.

use std::{
    collections::BTreeMap,
    fmt,
    sync::{Arc, OnceLock},
};

use sqlx::Row as _;

use crate::{
    Database, Repository, StorageError,
    rows::{ROWS_AT_ONCE, insert_rows, select_in},
};

/// Tenant, location and the location's counter.
type Tell = Box<dyn Fn(&str, &str, i64) + Send + Sync>;

/// Who is told of what was saved.
#[derive(Clone, Default)]
pub(crate) struct Told(Arc<OnceLock<Tell>>);

impl fmt::Debug for Told {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Told(..)")
    }
}

impl Told {
    pub(crate) fn tell(&self, stirred: &[(String, String, i64)]) {
        if let Some(tell) = self.0.get() {
            for (tenant, location, revision) in stirred {
                tell(tenant, location, *revision);
            }
        }
    }
}

impl Database {
    /// Has `tell` called after each save that something has changed at a location, with the location's counter. The first
    /// who asks for it is told.
    pub fn on_stir(&self, tell: impl Fn(&str, &str, i64) + Send + Sync + 'static) {
        let _ = self.told.0.set(Box::new(tell));
    }
}

impl Repository {
    /// Notes that staff of this location are shown something else from now on.
    pub(crate) fn stir(&mut self, tenant: &str, location: &str) {
        self.stirred.insert((tenant.to_owned(), location.to_owned()));
    }

    /// Raises the counters of the locations that were stirred, in one order, so that two who save wait for each other
    /// instead of both giving up.
    pub(crate) async fn raise_revisions(&mut self) -> Result<Vec<(String, String, i64)>, StorageError> {
        let stirred: Vec<(String, String)> = std::mem::take(&mut self.stirred).into_iter().collect();
        let mut raised = Vec::with_capacity(stirred.len());
        for stirred in stirred.chunks(ROWS_AT_ONCE) {
            let mut insert = sqlx::query(insert_rows(
                "INSERT INTO store_revisions (tenant_id, location_code, revision)",
                (stirred.len(), 3),
                "ON CONFLICT (tenant_id, location_code) DO UPDATE SET revision = store_revisions.revision + 1 \
                 RETURNING tenant_id, location_code, revision",
            ));
            for (tenant, location) in stirred {
                insert = insert.bind(tenant.as_str()).bind(location.as_str()).bind(1_i64);
            }
            for row in insert.fetch_all(&mut *self.tx).await? {
                raised.push((row.try_get(0)?, row.try_get(1)?, row.try_get(2)?));
            }
        }
        Ok(raised)
    }

    /// The counters of these locations, by code; those where nothing has ever happened are left out.
    pub async fn store_revisions(
        &mut self,
        tenant: &str,
        locations: &[&str],
    ) -> Result<BTreeMap<String, i64>, StorageError> {
        let mut found = BTreeMap::new();
        for locations in locations.chunks(ROWS_AT_ONCE) {
            let mut query = sqlx::query(select_in(
                "SELECT location_code, revision FROM store_revisions WHERE tenant_id = $1 AND location_code IN",
                (1, locations.len()),
                "",
            ))
            .bind(tenant);
            for location in locations {
                query = query.bind(*location);
            }
            for row in query.fetch_all(&mut *self.tx).await? {
                found.insert(row.try_get(0)?, row.try_get(1)?);
            }
        }
        Ok(found)
    }
}
