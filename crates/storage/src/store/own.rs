//! Fields that a store has made its own: what head office says of them meanwhile, and giving them back (NW2).

use std::collections::BTreeSet;

use sqlx::Row as _;

use super::{Store, StoreField};
use crate::{Repository, StorageError};

impl Repository {
    /// The store with this code, after making others who want to change it wait until the transaction ends.
    pub async fn store_to_edit(&mut self, tenant: &str, code: &str) -> Result<Option<Store>, StorageError> {
        self.lock_store(tenant, code).await?;
        self.store(tenant, code).await
    }

    /// The store as head office says it is: its own fields are as they would be without it. Those that became its own
    /// before head office's word on them was kept are as they are.
    pub async fn head_office_store(&mut self, tenant: &str, store: &Store) -> Result<Store, StorageError> {
        let rows = sqlx::query(
            "SELECT field, value FROM store_head_values WHERE tenant_id = $1 AND store_code = $2",
        )
        .bind(tenant)
        .bind(store.code.as_str())
        .fetch_all(&mut *self.tx)
        .await?;
        let mut said = store.clone();
        for row in rows {
            let (name, value): (String, String) = (row.try_get(0)?, row.try_get(1)?);
            let field = store.edited_fields.iter().find(|field| field.as_str() == name);
            if let Some(field) = field {
                field.set(&mut said, &value).map_err(|error| corrupt(&store.code, &error))?;
            }
        }
        Ok(said)
    }

    /// Gives a field back to head office: it says again what the last import did, and the next one changes it. `Ok(None)`
    /// when there is no such store.
    pub async fn give_back(
        &mut self,
        tenant: &str,
        code: &str,
        field: StoreField,
    ) -> Result<Option<Store>, StorageError> {
        let Some(mut store) = self.store_to_edit(tenant, code).await? else { return Ok(None) };
        if store.edited_fields.contains(&field) {
            let said = self.head_office_store(tenant, &store).await?;
            field.copy(&said, &mut store);
            store.edited_fields.remove(&field);
            self.put_store(tenant, &store).await?;
            self.forget_head_values(tenant, code, &BTreeSet::from([field])).await?;
        }
        Ok(Some(store))
    }

    /// Keeps what head office's `store` says of these fields.
    pub(super) async fn keep_head_values(
        &mut self,
        tenant: &str,
        store: &Store,
        fields: impl IntoIterator<Item = StoreField>,
    ) -> Result<(), StorageError> {
        for field in fields {
            let value = field.value(store).map_err(|error| corrupt(&store.code, &error))?;
            sqlx::query(
                "INSERT INTO store_head_values (tenant_id, store_code, field, value) VALUES ($1, $2, $3, $4) \
                 ON CONFLICT (tenant_id, store_code, field) DO UPDATE SET value = excluded.value \
                 WHERE store_head_values.value <> excluded.value",
            )
            .bind(tenant)
            .bind(store.code.as_str())
            .bind(field.as_str())
            .bind(value)
            .execute(&mut *self.tx)
            .await?;
        }
        Ok(())
    }

    pub(super) async fn forget_head_values(
        &mut self,
        tenant: &str,
        code: &str,
        fields: &BTreeSet<StoreField>,
    ) -> Result<(), StorageError> {
        for field in fields {
            sqlx::query(
                "DELETE FROM store_head_values WHERE tenant_id = $1 AND store_code = $2 AND field = $3",
            )
            .bind(tenant)
            .bind(code)
            .bind(field.as_str())
            .execute(&mut *self.tx)
            .await?;
        }
        Ok(())
    }
}

fn corrupt(code: &str, error: &serde_json::Error) -> StorageError {
    StorageError::Corrupt {
        table: "store_head_values",
        column: "value",
        key: code.to_owned(),
        reason: error.to_string(),
    }
}
