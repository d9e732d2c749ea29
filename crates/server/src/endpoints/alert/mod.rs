//! `POST /v1/alerts`

#[cfg(test)]
mod tests;

use axum::{
    Json as JsonBody,
    extract::State,
    http::{StatusCode, header},
    response::{IntoResponse as _, Response},
};
use devanture_api::{
    alert::{Alert, AlertRequest},
    problem::Problem,
};
use devanture_domain::alert::WAITS_MS;
use devanture_storage::{AlertBounds, Alerting, NewAlert};

use super::{NEVER, code};
use crate::{
    App,
    alerts::stores_with,
    contact,
    directory::{Scope, SiteView},
    extract::{Json, Storefront},
    problem::ApiError,
};

/// What one person may wait for in a network; what they were told of counts for a day, so that stock which comes and goes does
/// not fill a stranger's mailbox.
const PER_PERSON: u32 = 10;
const TOLD_COUNTS_MS: i64 = 86_400_000;
/// So many wait on a site at most: a flood is not to make everybody's turn late.
const PER_SITE: u32 = 50_000;

/// Has a shopper written to, once, when something can be had again: at a store, or at any. The letter has a link by which all their alerts are
/// given up.
#[utoipa::path(post, path = "/v1/alerts", tag = "stock", security(("key" = [])),
    request_body = AlertRequest, responses(
    (status = 201, description = "They wait, now or since they asked before", body = Alert),
    (status = 400, description = "A field is not of the documented form", body = Problem, content_type = "application/problem+json"),
    (status = 403, description = "This person waits for too many things", body = Problem, content_type = "application/problem+json"),
    (status = 404, description = "The network sells no such product, or the site shows no such store", body = Problem, content_type = "application/problem+json"),
    (status = 409, description = "It can be had now", body = Problem, content_type = "application/problem+json"),
    (status = 503, description = "The server sends no mail, or too many wait on this site", body = Problem, content_type = "application/problem+json"),
    (status = "4XX", description = "Refused", body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn alert(
    State(app): State<App>,
    Storefront(site): Storefront,
    Json(request): Json<AlertRequest>,
) -> Result<Response, ApiError> {
    if app.config().mail.is_none() {
        return Err(ApiError::alerts_off());
    }
    let request = checked(request)?;
    let store = place(&site, request.store_code.as_deref())?;
    let tenant = &site.site.tenant;
    if app.database().read().await?.variant(tenant, &request.sku).await?.is_none() {
        return Err(ApiError::product_not_found());
    }
    let stock = app.stock(tenant, &request.sku).await?;
    let wanted = store.map(|store| site.network.code(store));
    if stores_with(&site.network, &stock).any(|(code, _)| wanted.is_none_or(|wanted| wanted == code)) {
        return Err(ApiError::available_now());
    }
    let now = app.now();
    let (id, expires_at) = (app.ordered_id()?, now + WAITS_MS);
    let new = NewAlert {
        tenant,
        id: &id,
        site_id: &site.site.id,
        sku: &request.sku,
        location_code: wanted,
        locale: &request.locale,
        email: (&request.email, &contact::email_key(&request.email)),
        at: now,
        expires_at,
    };
    let bounds = AlertBounds { person: PER_PERSON, told_since: now - TOLD_COUNTS_MS, site: PER_SITE };
    let mut repository = app.database().write().await?;
    match repository.add_alert(&new, bounds).await? {
        Alerting::Waits => repository.save().await?,
        Alerting::TooMany => return Err(ApiError::too_many_alerts()),
        Alerting::Full => return Err(ApiError::alerts_full()),
    }
    let answer = Alert { sku: request.sku, store_code: request.store_code, expires_at };
    Ok((StatusCode::CREATED, [(header::CACHE_CONTROL, NEVER)], JsonBody(answer)).into_response())
}

/// The request in one form, or which field is at fault.
fn checked(mut request: AlertRequest) -> Result<AlertRequest, ApiError> {
    request.sku = code("sku", &request.sku)?;
    request.email = request.email.trim().to_owned();
    if !contact::is_email(&request.email) {
        return Err(ApiError::invalid("email", "is not a mail address"));
    }
    if contact::is_disposable(&request.email) {
        return Err(ApiError::invalid(
            "email",
            "an address that lasts is needed, since it is written to later",
        ));
    }
    if !contact::is_language(&request.locale) {
        return Err(ApiError::invalid("locale", "is a BCP 47 language, such as fr-FR"));
    }
    if !request.consent {
        return Err(ApiError::invalid("consent", "is true: nobody is written to who does not want to be"));
    }
    Ok(request)
}

/// The store that is meant: on a mini-site its own where none is named; `None` for any of the network.
fn place(site: &SiteView, code: Option<&str>) -> Result<Option<u32>, ApiError> {
    match (code, site.scope) {
        (Some(code), _) => site.find(code).map(Some).ok_or_else(ApiError::store_not_found),
        (None, Scope::Network) => Ok(None),
        (None, Scope::Store(own)) => Ok(Some(own)),
        (None, Scope::Nothing) => Err(ApiError::store_not_found()),
    }
}
