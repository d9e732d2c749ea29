//! `PUT /admin/v1/stores/{code}`

use std::collections::BTreeSet;

use axum::{
    Json as JsonBody,
    extract::{Path, State},
};
use devanture_api::{
    problem::Problem,
    staff_store::{StaffStoreDetails, StaffStoreEdit, Wrong, wrong_hours, wrong_promotions},
};
use devanture_domain::civil::Date;
use devanture_storage::{Deed, Promotion, Store, StoreField};

use super::{require, shown, today, version};
use crate::{
    App,
    extract::{Json, Staff},
    problem::ApiError,
};

/// Makes hours, or promotions and events, the store's own. Shoppers see them at once.
#[utoipa::path(put, path = "/admin/v1/stores/{code}", tag = "admin", security(("session" = []), ("secret_key" = [])),
    params(("code" = String, Path, description = "The store's code")),
    request_body = StaffStoreEdit, responses(
    (status = 200, description = "The store from now on", body = StaffStoreDetails),
    (status = 400, description = "A field is not of the documented form", body = Problem, content_type = "application/problem+json"),
    (status = 403, description = "The role does not include it, or it is not one's own store", body = Problem, content_type = "application/problem+json"),
    (status = 404, description = "No store has this code", body = Problem, content_type = "application/problem+json"),
    (status = 409, description = "Somebody else has changed it meanwhile", body = Problem, content_type = "application/problem+json"),
    (status = "4XX", description = "Refused", body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn edit(
    State(app): State<App>,
    staff: Staff,
    Path(code): Path<String>,
    Json(edit): Json<StaffStoreEdit>,
) -> Result<JsonBody<StaffStoreDetails>, ApiError> {
    require(&staff, &code)?;
    let mut repository = app.database().write().await?;
    let found = repository.store_to_edit(&staff.tenant, &code).await?;
    let found = found.ok_or_else(ApiError::store_not_found)?;
    let sent = edit.version.clone();
    let (edited, fields) = apply(found.clone(), edit, today(&app, &found))?;
    // Sent again, it finds itself done.
    let is_done = version(&edited_as_own(&edited, &fields)) == version(&found);
    if !is_done {
        if sent != version(&found) {
            return Err(ApiError::changed_meanwhile());
        }
        repository.edit_store(&staff.tenant, &edited, &fields).await?;
        let names: Vec<&str> = fields.iter().map(|field| field.as_str()).collect();
        let deed = Deed {
            tenant: &staff.tenant,
            actor: &staff.actor,
            action: "store.edited",
            subject: Some(&code),
            store_code: Some(&code),
            detail: &[("fields", &names.join(","))],
        };
        repository.record(&deed, app.now(), app.random()?).await?;
    }
    let store = edited_as_own(&edited, &fields);
    let answer = shown(&app, &mut repository, &staff.tenant, store).await?;
    if !is_done {
        repository.save().await?;
        app.refresh().await?;
    }
    Ok(JsonBody(answer))
}

fn edited_as_own(edited: &Store, fields: &BTreeSet<StoreField>) -> Store {
    let mut store = edited.clone();
    store.edited_fields.extend(fields);
    store
}

/// The store as it is to be, and which fields are changed.
fn apply(
    mut store: Store,
    edit: StaffStoreEdit,
    today: Date,
) -> Result<(Store, BTreeSet<StoreField>), ApiError> {
    let mut fields = BTreeSet::new();
    if let Some(mut hours) = edit.hours {
        for day in &mut hours.special {
            day.note = day.note.take().map(|note| note.trim().to_owned()).filter(|note| !note.is_empty());
        }
        refuse(wrong_hours(&hours, today))?;
        store.hours = hours.checked().map_err(|error| ApiError::invalid("hours", error.to_string()))?;
        fields.insert(StoreField::Hours);
    }
    if let Some(promotions) = edit.promotions {
        refuse(wrong_promotions(&promotions, today))?;
        let one = |one: devanture_api::store::Promotion| Promotion {
            id: one.id,
            title: one.title.trim().to_owned(),
            text: one.text.trim().to_owned(),
            starts_on: one.starts_on,
            ends_on: one.ends_on,
            event: one.event,
        };
        store.promotions = promotions.into_iter().map(one).collect();
        fields.insert(StoreField::Promotions);
    }
    if fields.is_empty() {
        return Err(ApiError::invalid("hours", "is missing, and so is promotions: send one or both"));
    }
    Ok((store, fields))
}

fn refuse(wrong: Vec<Wrong>) -> Result<(), ApiError> {
    match wrong.into_iter().next() {
        Some(Wrong { field, why }) => Err(ApiError::invalid(field, why.detail())),
        None => Ok(()),
    }
}
