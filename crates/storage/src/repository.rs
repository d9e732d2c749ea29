//! One transaction.

use std::collections::BTreeSet;

use sqlx::{Any, Transaction};

use crate::{StorageError, live::Told};

/// One transaction, ended by [`Self::save`]; dropped, it leaves no trace.
#[derive(Debug)]
pub struct Repository {
    pub(crate) tx: Transaction<'static, Any>,
    changed: BTreeSet<String>,
    /// Tenants and locations whose staff see something else.
    pub(crate) stirred: BTreeSet<(String, String)>,
    told: Told,
}

impl Repository {
    pub(crate) fn new(tx: Transaction<'static, Any>, told: Told) -> Self {
        Self { tx, changed: BTreeSet::new(), stirred: BTreeSet::new(), told }
    }

    /// Whether the engine is the one with several writers at once.
    pub(crate) fn is_postgres(&self) -> bool {
        self.tx.backend_name() == "PostgreSQL"
    }

    /// Notes that storefronts of this tenant are shown something else from now on.
    pub(crate) fn touch(&mut self, tenant: &str) {
        if !self.changed.contains(tenant) {
            self.changed.insert(tenant.to_owned());
        }
    }

    /// Makes everything written so far permanent.
    pub async fn save(mut self) -> Result<(), StorageError> {
        let stirred = self.raise_revisions().await?;
        // Last, so that two long imports wait for each other's row as shortly as can be.
        for tenant in &self.changed {
            sqlx::query("UPDATE tenants SET revision = revision + 1 WHERE tenant_id = $1")
                .bind(tenant.as_str())
                .execute(&mut *self.tx)
                .await?;
        }
        self.tx.commit().await?;
        self.told.tell(&stirred);
        Ok(())
    }
}
