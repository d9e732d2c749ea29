//! `DELETE /admin/v1/stores/{code}/own/{field}`

use axum::{
    Json,
    extract::{Path, State},
};
use devanture_api::{
    problem::Problem,
    staff_store::{OwnField, StaffStoreDetails},
};
use devanture_storage::Deed;

use super::{field, require, shown};
use crate::{App, extract::Staff, problem::ApiError};

/// Gives a field back to head office: it says again what head office does, and imports change it.
#[utoipa::path(delete, path = "/admin/v1/stores/{code}/own/{field}", tag = "admin", security(("session" = []), ("secret_key" = [])),
    params(("code" = String, Path, description = "The store's code"), ("field" = OwnField, Path, description = "`hours` or `promotions`")),
    responses(
    (status = 200, description = "The store from now on", body = StaffStoreDetails),
    (status = 403, description = "The role does not include it, or it is not one's own store", body = Problem, content_type = "application/problem+json"),
    (status = 404, description = "No store has this code, or there is no such field", body = Problem, content_type = "application/problem+json"),
    (status = "4XX", description = "Refused", body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn give_back(
    State(app): State<App>,
    staff: Staff,
    Path((code, name)): Path<(String, String)>,
) -> Result<Json<StaffStoreDetails>, ApiError> {
    require(&staff, &code)?;
    let own = OwnField::ALL.into_iter().find(|own| own.as_str() == name).ok_or_else(ApiError::not_found)?;
    let mut repository = app.database().write().await?;
    let found = repository.store_to_edit(&staff.tenant, &code).await?;
    let found = found.ok_or_else(ApiError::store_not_found)?;
    if !found.edited_fields.contains(&field(own)) {
        return Ok(Json(shown(&app, &mut repository, &staff.tenant, found).await?));
    }
    let back = repository.give_back(&staff.tenant, &code, field(own)).await?;
    let back = back.ok_or_else(ApiError::store_not_found)?;
    let deed = Deed {
        tenant: &staff.tenant,
        actor: &staff.actor,
        action: "store.given_back",
        subject: Some(&code),
        store_code: Some(&code),
        detail: &[("fields", own.as_str())],
    };
    repository.record(&deed, app.now(), app.random()?).await?;
    let answer = shown(&app, &mut repository, &staff.tenant, back).await?;
    repository.save().await?;
    app.refresh().await?;
    Ok(Json(answer))
}
