//! `POST /admin/v1/reviews/people/export`

use axum::{Json as JsonBody, extract::State};
use devanture_api::{
    person::{PersonAlert, PersonData, PersonInvitation, PersonMessage, ReviewPerson},
    problem::Problem,
    staff_review::AskedPerson,
};
use devanture_domain::staff::Permission;
use devanture_storage::{Deed, QueuedReview};

use super::{network, staff_reviews};
use crate::{
    App, contact,
    endpoints::reviews::shown,
    extract::{Json, Staff},
    problem::ApiError,
};

/// All that is kept of a person, for them to have. Their address goes in the body, so that no log keeps it; that somebody looked is written down without it.
#[utoipa::path(post, path = "/admin/v1/reviews/people/export", tag = "admin", security(("session" = []), ("secret_key" = [])),
    request_body = ReviewPerson, responses(
    (status = 200, description = "What is kept; nothing, where nothing is", body = PersonData),
    (status = 403, description = "The role does not include it", body = Problem, content_type = "application/problem+json"),
    (status = "4XX", description = "Refused", body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn export(
    State(app): State<App>,
    staff: Staff,
    Json(person): Json<ReviewPerson>,
) -> Result<JsonBody<PersonData>, ApiError> {
    let key = key(&staff, &person)?;
    let mut repository = app.database().write().await?;
    let known = repository.person_reviews(&staff.tenant, &key).await?;
    let mut messages = Vec::new();
    for review in &known.reviews {
        let said = repository.conversation(&staff.tenant, &review.id).await?.into_iter();
        messages.extend(
            said.map(|one| PersonMessage { review: review.id.clone(), message: shown::message(one) }),
        );
    }
    let network = network(&app, &staff)?;
    let reviews = known.reviews.into_iter().map(|review| QueuedReview { review, reports: 0 }).collect();
    let reviews = staff_reviews(&app, &mut repository, &network, reviews).await?;
    let invitations = known.invitations.into_iter().map(|one| PersonInvitation {
        about: one.about,
        subject: one.subject,
        person: one.invitee.map(|invitee| AskedPerson { name: invitee.name, email: invitee.email }),
        checked: one.invited.checked,
        experienced_on: one.invited.experienced_on,
        expires_at: one.expires_at,
    });
    let invitations = invitations.collect();
    let alerts = repository.person_alerts(&staff.tenant, &key).await?.into_iter().map(|one| PersonAlert {
        sku: one.sku,
        store_code: one.location_code,
        email: one.email,
        locale: one.locale,
        created_at: one.created_at,
        expires_at: one.expires_at,
        told_at: one.told_at,
    });
    let alerts = alerts.collect();
    let deed = Deed {
        tenant: &staff.tenant,
        actor: &staff.actor,
        action: "review.person_exported",
        subject: None,
        store_code: None,
        detail: &[],
    };
    repository.record(&deed, app.now(), app.random()?).await?;
    repository.save().await?;
    Ok(JsonBody(PersonData { reviews, messages, invitations, alerts }))
}

/// The person's key, if the role includes it.
pub(super) fn key(staff: &Staff, person: &ReviewPerson) -> Result<String, ApiError> {
    staff.require(Permission::ManageNetwork)?;
    let email = person.email.trim();
    if contact::is_email(email) {
        Ok(contact::email_key(email))
    } else {
        Err(ApiError::invalid("email", "is not a mail address"))
    }
}
