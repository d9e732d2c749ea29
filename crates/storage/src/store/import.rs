//! Head office's bulk import, which never overwrites a store's own edits unless told to (NW2).

use std::collections::BTreeSet;

use super::{Store, StoreField};
use crate::{Repository, StorageError};

/// What became of one imported store.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportOutcome {
    /// What was done.
    pub action: ImportAction,
    /// Fields where the file says otherwise but the store's own edit was kept.
    pub kept: Vec<StoreField>,
}

/// What an import did with a store.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ImportAction {
    /// It is new.
    Created,
    /// At least one field changed.
    Updated,
    /// The database said the same already; nothing was written.
    Unchanged,
}

impl Repository {
    /// Creates or updates one store by its code. Only `supplied` fields of `incoming` are taken over
    /// into an existing store; of these, those that the store edited stay, unless
    /// `overwrite_local_edits`, which also ends their protection.
    pub async fn import_store(
        &mut self,
        tenant: &str,
        incoming: &Store,
        supplied: &BTreeSet<StoreField>,
        overwrite_local_edits: bool,
    ) -> Result<ImportOutcome, StorageError> {
        let Some(mut store) = self.store(tenant, &incoming.code).await? else {
            self.put_store(tenant, incoming).await?;
            return Ok(ImportOutcome { action: ImportAction::Created, kept: Vec::new() });
        };
        let is_own = |store: &Store| supplied.iter().any(|field| store.edited_fields.contains(field));
        if merge(&mut store.clone(), incoming, supplied, overwrite_local_edits).action
            == ImportAction::Updated
            || is_own(&store)
        {
            // The store may be editing at this moment: look again with the row held.
            self.lock_store(tenant, &incoming.code).await?;
            let Some(now) = self.store(tenant, &incoming.code).await? else {
                return Err(StorageError::Unfinished);
            };
            store = now;
        }
        let own: BTreeSet<StoreField> = supplied.intersection(&store.edited_fields).copied().collect();
        let outcome = merge(&mut store, incoming, supplied, overwrite_local_edits);
        if overwrite_local_edits {
            self.forget_head_values(tenant, &incoming.code, &own).await?;
        } else {
            self.keep_head_values(tenant, incoming, own).await?;
        }
        if outcome.action == ImportAction::Updated {
            self.put_store(tenant, &store).await?;
        }
        Ok(outcome)
    }
}

/// Takes over into `store` what the import may.
fn merge(
    store: &mut Store,
    incoming: &Store,
    supplied: &BTreeSet<StoreField>,
    overwrite_local_edits: bool,
) -> ImportOutcome {
    let mut kept = Vec::new();
    let mut action = ImportAction::Unchanged;
    for field in supplied {
        let edited = store.edited_fields.contains(field);
        if edited && overwrite_local_edits {
            store.edited_fields.remove(field);
            action = ImportAction::Updated;
        }
        if field.same(incoming, store) {
            continue;
        }
        if edited && !overwrite_local_edits {
            kept.push(*field);
        } else {
            field.copy(incoming, store);
            action = ImportAction::Updated;
        }
    }
    ImportOutcome { action, kept }
}
