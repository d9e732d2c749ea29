//! `PUT /admin/v1/reviews/{id}/answer` and `DELETE`

use axum::{
    Json as JsonBody,
    extract::{Path, State},
};
use devanture_api::{
    problem::Problem,
    staff_review::{StaffAnswer, StaffReview},
};
use devanture_domain::{
    review::{About, Limits, checked},
    staff::Permission,
};
use devanture_storage::{Deed, LetterKind, QueuedReview};

use super::{network, require_review, staff_review};
use crate::{
    App,
    endpoints::reviews::vote::review_id,
    extract::{Json, Staff},
    problem::ApiError,
};

/// Answers a review in public, instead of what was answered before. Its author is told of the first answer by a letter, by whose link they can go on
/// in private. A store's manager may answer what is said of their store.
#[utoipa::path(put, path = "/admin/v1/reviews/{id}/answer", tag = "admin", security(("session" = []), ("secret_key" = [])),
    params(("id" = String, Path, description = "The review's id")),
    request_body = StaffAnswer, responses(
    (status = 200, description = "With the answer", body = StaffReview),
    (status = 404, description = "No such review is shown", body = Problem, content_type = "application/problem+json"),
    (status = "4XX", description = "Refused", body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn answer(
    State(app): State<App>,
    staff: Staff,
    Path(id): Path<String>,
    Json(wanted): Json<StaffAnswer>,
) -> Result<JsonBody<StaffReview>, ApiError> {
    let body = checked(&wanted.body, Limits::ANSWER)
        .map_err(|error| ApiError::invalid("body", error.to_string()))?;
    put(&app, &staff, &id, Some(&body)).await
}

/// Takes the answer away.
#[utoipa::path(delete, path = "/admin/v1/reviews/{id}/answer", tag = "admin", security(("session" = []), ("secret_key" = [])),
    params(("id" = String, Path, description = "The review's id")), responses(
    (status = 200, description = "Without an answer", body = StaffReview),
    (status = 404, description = "No such review is shown", body = Problem, content_type = "application/problem+json"),
    (status = "4XX", description = "Refused", body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn take_back(
    State(app): State<App>,
    staff: Staff,
    Path(id): Path<String>,
) -> Result<JsonBody<StaffReview>, ApiError> {
    put(&app, &staff, &id, None).await
}

async fn put(
    app: &App,
    staff: &Staff,
    id: &str,
    body: Option<&str>,
) -> Result<JsonBody<StaffReview>, ApiError> {
    let id = review_id(id)?;
    let now = app.now();
    let mut repository = app.database().write().await?;
    let known = repository.review(&staff.tenant, id).await?;
    match &known {
        Some(review) => require_review(staff, review)?,
        None => staff.require(Permission::EditStore)?,
    }
    let answered = repository.answer_review(&staff.tenant, id, (body, staff.id()), now).await?;
    let review = answered.ok_or_else(ApiError::review_not_found)?;
    let deed = Deed {
        tenant: &staff.tenant,
        actor: &staff.actor,
        action: if body.is_some() { "review.answered" } else { "review.answer_removed" },
        subject: Some(id),
        store_code: Some(review.subject.as_str()).filter(|_| review.about == About::Store),
        detail: &[],
    };
    repository.record(&deed, now, app.random()?).await?;
    if body.is_some() && app.config().mail.is_some() {
        // Once, however often the answer is put right.
        repository.put_letter(&staff.tenant, LetterKind::Answered, (id, 0), now).await?;
    }
    let (about, subject) = (review.about, review.subject.clone());
    let reports = u32::try_from(repository.reports(&staff.tenant, id).await?.len()).unwrap_or(u32::MAX);
    let queued = QueuedReview { review, reports };
    let shown = staff_review(app, &mut repository, &*network(app, staff)?, queued).await?;
    repository.save().await?;
    app.gallery().changed(&staff.tenant, about, &subject);
    Ok(JsonBody(shown))
}
