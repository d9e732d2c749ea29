//! `POST /admin/v1/reviews/{id}/messages`, `DELETE /admin/v1/reviews/{id}/messages/waiting`

#[cfg(test)]
mod tests;

use std::collections::HashMap;

use axum::{
    Json as JsonBody,
    extract::{Path, State},
    http::StatusCode,
};
use devanture_api::{
    problem::Problem,
    review::NewPrivateMessage,
    staff_review::{StaffConversation, StaffMessage},
};
use devanture_domain::{
    review::{About, Actor, Limits, Silence, checked},
    staff::Permission,
};
use devanture_storage::{Deed, LetterKind, NewReviewMessage, Repository, Review, Saying};

use super::require_review;
use crate::{
    App,
    endpoints::reviews::{own::is_reachable, shown, vote::review_id},
    extract::{IdempotencyKey, Json, Staff},
    problem::ApiError,
};

/// Says something to a review's author in private, who is told by a letter and answers by its link. A store's manager may write to those who wrote of their store.
#[utoipa::path(post, path = "/admin/v1/reviews/{id}/messages", tag = "admin", security(("session" = []), ("secret_key" = [])),
    params(("id" = String, Path, description = "The review's id"),
        ("Idempotency-Key" = String, Header, description = "A random UUID; sent again with the same body, it is one message")),
    request_body = NewPrivateMessage, responses(
    (status = 201, description = "It was said, now or before with the same idempotency key", body = StaffConversation),
    (status = 404, description = "There is no such review", body = Problem, content_type = "application/problem+json"),
    (status = 409, description = "The author could not be told, or the conversation is over", body = Problem, content_type = "application/problem+json"),
    (status = 422, description = "The idempotency key was used with another body", body = Problem, content_type = "application/problem+json"),
    (status = "4XX", description = "Refused", body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn say(
    State(app): State<App>,
    staff: Staff,
    Path(id): Path<String>,
    IdempotencyKey(key): IdempotencyKey,
    Json(wanted): Json<NewPrivateMessage>,
) -> Result<(StatusCode, JsonBody<StaffConversation>), ApiError> {
    let body = checked(&wanted.body, Limits::MESSAGE)
        .map_err(|error| ApiError::invalid("body", error.to_string()))?;
    let now = app.now();
    let mut repository = app.database().write().await?;
    let review = allowed(&mut repository, &staff, &id).await?;
    if !reachable(&app, &mut repository, &review).await? {
        return Err(ApiError::conversation_closed(Silence::Unreachable));
    }
    let new =
        NewReviewMessage { sent_as: &key, by: Actor::Staff, staff_id: staff.id(), body: &body, at: now };
    match repository.say(&staff.tenant, &review.id, &new).await? {
        None => return Err(ApiError::review_not_found()),
        Some(Saying::Other) => return Err(ApiError::idempotency_mismatch()),
        Some(Saying::Refused(silence)) => return Err(ApiError::conversation_closed(silence)),
        Some(Saying::Again) => {}
        Some(Saying::Said(number)) => {
            let about = (review.id.as_str(), i64::from(number));
            repository.put_letter(&staff.tenant, LetterKind::Messaged, about, now).await?;
            write_down(&app, &mut repository, &staff, &review, "review.message_sent").await?;
        }
    }
    let shown = conversation(&app, &mut repository, &review).await?;
    repository.save().await?;
    Ok((StatusCode::CREATED, JsonBody(shown)))
}

/// Has what the author said wait no longer, where it needs no answer.
#[utoipa::path(delete, path = "/admin/v1/reviews/{id}/messages/waiting", tag = "admin", security(("session" = []), ("secret_key" = [])),
    params(("id" = String, Path, description = "The review's id")), responses(
    (status = 200, description = "It waits no longer, since now or before", body = StaffConversation),
    (status = 404, description = "There is no such review", body = Problem, content_type = "application/problem+json"),
    (status = "4XX", description = "Refused", body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn put_aside(
    State(app): State<App>,
    staff: Staff,
    Path(id): Path<String>,
) -> Result<JsonBody<StaffConversation>, ApiError> {
    let mut repository = app.database().write().await?;
    let review = allowed(&mut repository, &staff, &id).await?;
    if repository.waits_since(&staff.tenant, &review.id).await?.is_some() {
        repository.put_aside(&staff.tenant, &review.id).await?;
        write_down(&app, &mut repository, &staff, &review, "review.message_put_aside").await?;
    }
    let shown = conversation(&app, &mut repository, &review).await?;
    repository.save().await?;
    Ok(JsonBody(shown))
}

/// The review, if whoever asks may see it.
async fn allowed(repository: &mut Repository, staff: &Staff, id: &str) -> Result<Review, ApiError> {
    staff.require(Permission::EditStore)?;
    let review = repository.review(&staff.tenant, review_id(id)?).await?;
    let review = review.ok_or_else(ApiError::review_not_found)?;
    require_review(staff, &review)?;
    Ok(review)
}

/// Without what was said, which is between two.
async fn write_down(
    app: &App,
    repository: &mut Repository,
    staff: &Staff,
    review: &Review,
    action: &'static str,
) -> Result<(), ApiError> {
    let deed = Deed {
        tenant: &staff.tenant,
        actor: &staff.actor,
        action,
        subject: Some(&review.id),
        store_code: Some(review.subject.as_str()).filter(|_| review.about == About::Store),
        detail: &[],
    };
    Ok(repository.record(&deed, app.now(), app.random()?).await?)
}

async fn reachable(app: &App, repository: &mut Repository, review: &Review) -> Result<bool, ApiError> {
    let author = repository.review_of_author(&review.tenant, &review.id).await?;
    Ok(author.is_some_and(|author| is_reachable(app, &author)))
}

/// What was said, as staff see it.
pub(super) async fn conversation(
    app: &App,
    repository: &mut Repository,
    review: &Review,
) -> Result<StaffConversation, ApiError> {
    let said = repository.conversation(&review.tenant, &review.id).await?;
    let mut names: HashMap<String, String> = HashMap::new();
    if said.iter().any(|one| one.staff_id.is_some()) {
        let all = repository.staff(&review.tenant).await?;
        names.extend(all.into_iter().map(|member| (member.id, member.name)));
    }
    let messages = said.into_iter().map(|mut one| StaffMessage {
        by_name: one.staff_id.take().and_then(|id| names.get(&id).cloned()),
        message: shown::message(one),
    });
    Ok(StaffConversation {
        messages: messages.collect(),
        waits_since: repository.waits_since(&review.tenant, &review.id).await?,
        reachable: reachable(app, repository, review).await?,
    })
}
