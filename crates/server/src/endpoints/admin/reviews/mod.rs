//! `GET /admin/v1/reviews`

pub(crate) mod answer;
pub(crate) mod decide;
pub(crate) mod details;
pub(crate) mod erase_person;
pub(crate) mod export;
pub(crate) mod export_person;
pub(crate) mod figures;
pub(crate) mod messages;
pub(crate) mod photo;
pub(crate) mod phrases;
pub(crate) mod requests;
#[cfg(test)]
mod tests;

use std::collections::{BTreeSet, HashMap};

use axum::{Json, extract::State};
use devanture_api::{
    problem::Problem,
    staff_review::{StaffReview, StaffReviewPage, StaffReviewParams},
};
use devanture_domain::{
    review::{self, About},
    staff::{Permission, may},
};
use devanture_storage::{QueueFilter, QueueNarrow, QueuedReview, Repository, Review};

use super::audit::{read_cursor, write_cursor};
use crate::{
    App,
    endpoints::{
        code,
        reviews::{shown, stars},
    },
    extract::{Query, Staff, short_name},
    index::Network,
    problem::ApiError,
};

/// Reviews that wait to be read, were reported, or stand elsewhere; the oldest first. A store's manager sees what is published of it.
#[utoipa::path(get, path = "/admin/v1/reviews", tag = "admin", security(("session" = []), ("secret_key" = [])),
    params(StaffReviewParams), responses(
    (status = 200, description = "The reviews", body = StaffReviewPage),
    (status = 403, description = "The role does not include it", body = Problem, content_type = "application/problem+json"),
    (status = "4XX", description = "Refused", body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn reviews(
    State(app): State<App>,
    staff: Staff,
    Query(params): Query<StaffReviewParams>,
) -> Result<Json<StaffReviewPage>, ApiError> {
    let (product, store) =
        (short_name("product", params.product.as_deref())?, short_name("store", params.store.as_deref())?);
    let moderates = may(staff.role, Permission::Moderate);
    if !moderates {
        let store = store.ok_or_else(|| moderation_refused(&staff))?;
        staff.require(Permission::EditStore)?;
        staff.require_store(store)?;
    }
    let product = product.map(|id| code("product", id)).transpose()?;
    let (about, subject) = match (params.about, &product, store) {
        (about, None, None) => (about, None),
        (None | Some(About::Product), Some(product), None) => (Some(About::Product), Some(product.as_str())),
        (None | Some(About::Store), None, Some(store)) => (Some(About::Store), Some(store)),
        _ => {
            return Err(ApiError::invalid(
                "product",
                "only one of product and store, of the kind that about says",
            ));
        }
    };
    let limit = match params.limit {
        None => 50,
        Some(limit @ 1..=200) => limit,
        Some(_) => return Err(ApiError::invalid("limit", "is 1 to 200")),
    };
    let filter = match (params.reported, params.unanswered, params.state) {
        (true, false, None) => QueueFilter::Reported,
        (false, true, None) => QueueFilter::Waiting { published: !moderates },
        (false, false, None) if !moderates => QueueFilter::State(review::State::Published),
        (false, false, state) => QueueFilter::State(state.unwrap_or(review::State::Submitted)),
        _ => {
            return Err(ApiError::invalid(
                "state",
                "does not go with reported or unanswered, nor these together",
            ));
        }
    };
    let of_a_store = [QueueFilter::State(review::State::Published), QueueFilter::Waiting { published: true }];
    if !moderates && !of_a_store.contains(&filter) {
        return Err(moderation_refused(&staff));
    }
    let stars = stars(params.stars.as_deref())?;
    let narrow = QueueNarrow { about, subject, stars: &stars, photos: params.photos };
    let cursor = params.cursor.as_deref().map(read_cursor).transpose()?;
    let after = cursor.as_ref().map(|(at, id)| (*at, id.as_str()));
    let mut repository = app.database().read().await?;
    let (waiting, reported) =
        if moderates { repository.review_backlog(&staff.tenant).await? } else { (0, 0) };
    let unanswered = repository.authors_waiting(&staff.tenant, store.filter(|_| !moderates)).await?;
    // One more, to know whether there is a next page.
    let mut found = repository.review_queue(&staff.tenant, (filter, &narrow), after, limit + 1).await?;
    let more = found.len() > usize::from(limit);
    found.truncate(limit.into());
    let next =
        found.last().filter(|_| more).map(|last| write_cursor(last.review.written_at, &last.review.id));
    let network = network(&app, &staff)?;
    let items = staff_reviews(&app, &mut repository, &network, found).await?;
    Ok(Json(StaffReviewPage { waiting, reported, unanswered, items, next }))
}

fn network(app: &App, staff: &Staff) -> Result<std::sync::Arc<Network>, ApiError> {
    app.directory().load().network(&staff.tenant).cloned().ok_or_else(ApiError::internal)
}

/// What a manager is told who asks for more than what is published of one of their stores.
fn moderation_refused(staff: &Staff) -> ApiError {
    let role = staff.role.as_str();
    ApiError::forbidden(format!(
        "The role {role} sees what is published of one of its stores: name it as store."
    ))
}

/// Whether somebody may see this review and answer it: head office any, a store's manager what is published of their store.
fn require_review(staff: &Staff, review: &Review) -> Result<(), ApiError> {
    if may(staff.role, Permission::Moderate) {
        return Ok(());
    }
    staff.require(Permission::EditStore)?;
    if review.about != About::Store || review.state != review::State::Published {
        return Err(moderation_refused(staff));
    }
    staff.require_store(&review.subject)
}

/// As staff see them, each with the name of what it is about.
async fn staff_reviews(
    app: &App,
    repository: &mut Repository,
    network: &Network,
    found: Vec<QueuedReview>,
) -> Result<Vec<StaffReview>, ApiError> {
    let subjects = found.iter().map(|one| (one.review.about, one.review.subject.as_str()));
    let Some(tenant) = found.first().map(|one| one.review.tenant.clone()) else { return Ok(Vec::new()) };
    let names = names(repository, network, &tenant, subjects.collect()).await?;
    let shown = found.into_iter().map(|QueuedReview { review, reports }| StaffReview {
        about: review.about,
        name: names.get(&(review.about, review.subject.clone())).cloned(),
        subject: review.subject.clone(),
        state: review.state,
        written_at: review.written_at,
        reports,
        number: review.number,
        review: shown::review(app, review),
    });
    Ok(shown.collect())
}

/// What products and stores are called, as far as they are known: products by one question for all.
async fn names(
    repository: &mut Repository,
    network: &Network,
    tenant: &str,
    subjects: BTreeSet<(About, &str)>,
) -> Result<HashMap<(About, String), String>, ApiError> {
    let of = |about| subjects.iter().filter(move |one| one.0 == about).map(|one| one.1);
    let products: Vec<&str> = of(About::Product).collect();
    let mut names = HashMap::new();
    for product in repository.products(tenant, &products).await? {
        names.insert((About::Product, product.id), product.name);
    }
    for code in of(About::Store) {
        if let Some(store) = network.find(code).and_then(|index| network.store(index)) {
            names.insert((About::Store, code.to_owned()), store.name);
        }
    }
    Ok(names)
}

async fn staff_review(
    app: &App,
    repository: &mut Repository,
    network: &Network,
    queued: QueuedReview,
) -> Result<StaffReview, ApiError> {
    staff_reviews(app, repository, network, vec![queued]).await?.pop().ok_or_else(ApiError::internal)
}
