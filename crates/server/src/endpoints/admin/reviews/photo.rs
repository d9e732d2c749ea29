//! `POST /admin/v1/reviews/{id}/photos/{photo}/refusal`

use axum::{
    Json as JsonBody,
    extract::{Path, State},
};
use devanture_api::{
    problem::Problem,
    staff_review::{PhotoRefusal, StaffReview},
};
use devanture_domain::{
    review::{Action, Actor},
    staff::Permission,
};
use devanture_storage::{Judged, Judgement, QueuedReview};

use super::{network, staff_review};
use crate::{
    App,
    endpoints::reviews::vote::review_id,
    extract::{Json, Staff},
    jobs::forget_photos,
    problem::ApiError,
};

/// Takes one photo of a review away for good; the review stands where it stood.
#[utoipa::path(post, path = "/admin/v1/reviews/{id}/photos/{photo}/refusal", tag = "admin", security(("session" = []), ("secret_key" = [])),
    params(("id" = String, Path, description = "The review's id"), ("photo" = String, Path, description = "The photo's id")),
    request_body = PhotoRefusal, responses(
    (status = 200, description = "Without the photo", body = StaffReview),
    (status = 404, description = "There is no such review, or it has no such photo", body = Problem, content_type = "application/problem+json"),
    (status = 409, description = "Something was done with the review since it was read", body = Problem, content_type = "application/problem+json"),
    (status = "4XX", description = "Refused", body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn refuse(
    State(app): State<App>,
    staff: Staff,
    Path((id, photo)): Path<(String, String)>,
    Json(wanted): Json<PhotoRefusal>,
) -> Result<JsonBody<StaffReview>, ApiError> {
    staff.require(Permission::Moderate)?;
    let id = review_id(&id)?;
    let judgement = Judgement {
        action: Action::RemovePhoto,
        by: Actor::Staff,
        staff_id: staff.id(),
        reason: Some(wanted.reason),
        note: None,
        seen: Some(wanted.number),
        at: app.now(),
    };
    let mut repository = app.database().write().await?;
    let review = match repository.refuse_photo((&staff.tenant, id, &photo), &judgement).await? {
        Some(Judged::Done(review)) => *review,
        Some(Judged::Already(_) | Judged::Changed(_) | Judged::NotPossible(_)) => {
            return Err(ApiError::changed_meanwhile());
        }
        None => return Err(ApiError::review_not_found()),
    };
    let (about, subject) = (review.about, review.subject.clone());
    let reports = u32::try_from(repository.reports(&staff.tenant, id).await?.len()).unwrap_or(u32::MAX);
    let queued = QueuedReview { review, reports };
    let shown = staff_review(&app, &mut repository, &*network(&app, &staff)?, queued).await?;
    repository.save().await?;
    app.gallery().changed(&staff.tenant, about, &subject);
    forget_photos(&app).await?;
    Ok(JsonBody(shown))
}
