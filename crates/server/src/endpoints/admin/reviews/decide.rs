//! `POST /admin/v1/reviews/decisions`

use axum::{Json as JsonBody, extract::State};
use devanture_api::{
    problem::Problem,
    staff_review::{DecidedReview, Decision, DecisionOutcome, ReviewDecided, ReviewDecisions},
};
use devanture_domain::{
    review::{Action, Actor, Limits, checked},
    staff::Permission,
};
use devanture_storage::{Judged, Judgement, LetterKind, Repository, Review};

use crate::endpoints::reviews::vote::review_id;
use crate::{
    App,
    extract::{Json, Staff},
    problem::ApiError,
};

const MOST: usize = 100;
const NOTE: Limits = Limits { least: 2, most: 1_000 };

/// Decides about one review or about many at once. Each is decided for itself: what was changed since it was read is left as it is, and said.
#[utoipa::path(post, path = "/admin/v1/reviews/decisions", tag = "admin", security(("session" = []), ("secret_key" = [])),
    request_body = ReviewDecisions, responses(
    (status = 200, description = "What came of each", body = ReviewDecided),
    (status = 403, description = "The role does not include it", body = Problem, content_type = "application/problem+json"),
    (status = "4XX", description = "Refused", body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn decide(
    State(app): State<App>,
    staff: Staff,
    Json(wanted): Json<ReviewDecisions>,
) -> Result<JsonBody<ReviewDecided>, ApiError> {
    staff.require(Permission::Moderate)?;
    if !(1..=MOST).contains(&wanted.items.len()) {
        return Err(ApiError::invalid("items", format!("are 1 to {MOST}")));
    }
    let action = match wanted.decision {
        Decision::Publish => Some(Action::Publish),
        Decision::Refuse => Some(Action::Refuse),
        Decision::Delete => Some(Action::Delete),
        Decision::Dismiss => None,
    };
    let needs_reason = action.is_some_and(Action::needs_reason);
    if needs_reason != wanted.reason.is_some() {
        return Err(ApiError::invalid("reason", "says why, for refuse and delete and nothing else"));
    }
    let note = wanted.note.as_deref().filter(|note| !note.trim().is_empty());
    if note.is_some() && !needs_reason {
        return Err(ApiError::invalid("note", "goes with refuse and delete and nothing else"));
    }
    let note = note
        .map(|note| checked(note, NOTE))
        .transpose()
        .map_err(|error| ApiError::invalid("note", error.to_string()))?;
    let now = app.now();
    let mut repository = app.database().write().await?;
    let (mut items, mut changed) = (Vec::with_capacity(wanted.items.len()), Vec::new());
    for item in wanted.items {
        let id = review_id(&item.id)?.to_owned();
        let judged = match action {
            None => dismissed(&mut repository, &staff.tenant, &id, now).await?,
            Some(action) => {
                let judgement = Judgement {
                    action,
                    by: Actor::Staff,
                    staff_id: staff.id(),
                    reason: wanted.reason,
                    note: note.as_deref(),
                    seen: Some(item.number),
                    at: now,
                };
                repository.judge_review(&staff.tenant, &id, &judgement).await?
            }
        };
        let (outcome, review) = match judged {
            None => (DecisionOutcome::NotFound, None),
            Some(Judged::Done(review)) => {
                tell(&app, &mut repository, &review, action, now).await?;
                changed.push((review.about, review.subject.clone()));
                (DecisionOutcome::Done, Some(review.state))
            }
            Some(Judged::Already(review)) => (DecisionOutcome::Done, Some(review.state)),
            Some(Judged::Changed(review)) => (DecisionOutcome::Changed, Some(review.state)),
            Some(Judged::NotPossible(_)) => {
                let review = repository.review(&staff.tenant, &id).await?;
                (DecisionOutcome::NotPossible, review.map(|review| review.state))
            }
        };
        items.push(DecidedReview { id, outcome, state: review });
    }
    repository.save().await?;
    for (about, subject) in changed {
        app.gallery().changed(&staff.tenant, about, &subject);
    }
    Ok(JsonBody(ReviewDecided { items }))
}

/// Its reports are unfounded.
async fn dismissed(
    repository: &mut Repository,
    tenant: &str,
    id: &str,
    now: i64,
) -> Result<Option<Judged>, ApiError> {
    repository.dismiss_reports(tenant, id, now).await?;
    Ok(repository.review(tenant, id).await?.map(|review| Judged::Already(Box::new(review))))
}

/// Has the author written to about what was decided against them: a refusal says why and how to write anew.
async fn tell(
    app: &App,
    repository: &mut Repository,
    review: &Review,
    action: Option<Action>,
    now: i64,
) -> Result<(), ApiError> {
    if app.config().mail.is_none() || !action.is_some_and(Action::needs_reason) {
        return Ok(());
    }
    repository.put_letter(&review.tenant, LetterKind::Judged, (&review.id, review.number), now).await?;
    Ok(())
}
