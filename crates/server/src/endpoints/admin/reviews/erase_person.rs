//! `POST /admin/v1/reviews/people/erase`

use axum::{Json as JsonBody, extract::State};
use devanture_api::{
    person::{PersonErased, ReviewPerson},
    problem::Problem,
};
use devanture_storage::Deed;

use super::export_person::key;
use crate::{
    App,
    extract::{Json, Staff},
    jobs::forget_photos,
    problem::ApiError,
};

/// Deletes what a person has written, with its texts and photos, what they wait for, and all that leads to them. That something was deleted stays written, without what it
/// was.
#[utoipa::path(post, path = "/admin/v1/reviews/people/erase", tag = "admin", security(("session" = []), ("secret_key" = [])),
    request_body = ReviewPerson, responses(
    (status = 200, description = "What was erased", body = PersonErased),
    (status = 403, description = "The role does not include it", body = Problem, content_type = "application/problem+json"),
    (status = "4XX", description = "Refused", body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn erase(
    State(app): State<App>,
    staff: Staff,
    Json(person): Json<ReviewPerson>,
) -> Result<JsonBody<PersonErased>, ApiError> {
    let key = key(&staff, &person)?;
    let now = app.now();
    let mut repository = app.database().write().await?;
    let known = repository.person_reviews(&staff.tenant, &key).await?;
    let reviews = repository.erase_reviewer(&staff.tenant, &key, (staff.id(), now)).await?;
    let alerts = repository.erase_alerts(&staff.tenant, &key).await?;
    let (count, waited_for) = (reviews.to_string(), alerts.to_string());
    let deed = Deed {
        tenant: &staff.tenant,
        actor: &staff.actor,
        action: "review.person_erased",
        subject: None,
        store_code: None,
        detail: &[("reviews", &count), ("alerts", &waited_for)],
    };
    repository.record(&deed, now, app.random()?).await?;
    repository.save().await?;
    for review in known.reviews {
        app.gallery().changed(&staff.tenant, review.about, &review.subject);
    }
    forget_photos(&app).await?;
    Ok(JsonBody(PersonErased {
        reviews: u32::try_from(reviews).unwrap_or(u32::MAX),
        alerts: u32::try_from(alerts).unwrap_or(u32::MAX),
    }))
}
