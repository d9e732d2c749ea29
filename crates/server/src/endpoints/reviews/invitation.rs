//! `GET /v1/reviews/invitations/{token}`

use axum::{
    Json,
    extract::{Path, State},
    http::header,
    response::{IntoResponse as _, Response},
};
use devanture_api::{
    problem::Problem,
    review::{InvitationState, ReviewInvitation},
};
use devanture_domain::review::About;
use devanture_storage::{PrivateToken, Repository};

use super::{super::NEVER, shown};
use crate::{App, extract::Storefront, index::Network, problem::ApiError};

/// What a link that was sent is for, and whether it can be used.
#[utoipa::path(get, path = "/v1/reviews/invitations/{token}", tag = "reviews", security(("key" = []), ("key_param" = [])),
    params(("token" = String, Path, description = "The link's token")), responses(
    (status = 200, description = "What it is for", body = ReviewInvitation),
    (status = 404, description = "It was never sent", body = Problem, content_type = "application/problem+json"),
    (status = "4XX", description = "Refused", body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn invitation(
    State(app): State<App>,
    Storefront(site): Storefront,
    Path(token): Path<String>,
) -> Result<Response, ApiError> {
    let token = PrivateToken::parse(&token).ok_or_else(ApiError::link_unknown)?;
    let mut repository = app.database().read().await?;
    let found = repository.invitation_by(&token).await?.filter(|found| found.tenant == site.site.tenant);
    let found = found.ok_or_else(ApiError::link_unknown)?;
    let (name, image_url) =
        named(&mut repository, &site.network, &found.tenant, (found.about, &found.subject)).await?;
    let criteria = shown::criteria(site.network.criteria(found.about, &found.locale));
    let answer = ReviewInvitation {
        state: match found.used_at {
            Some(_) => InvitationState::Used,
            None if app.now() >= found.expires_at => InvitationState::Expired,
            None => InvitationState::Open,
        },
        about: found.about,
        subject: found.subject,
        name,
        image_url,
        size: found.invited.size,
        experienced_on: found.invited.experienced_on,
        incentive: found.invited.incentive,
        criteria,
        expires_at: found.expires_at,
    };
    Ok(([(header::CACHE_CONTROL, NEVER)], Json(answer)).into_response())
}

/// What a product or a store is called, its id where it is not known any more; and a picture of it.
pub(crate) async fn named(
    repository: &mut Repository,
    network: &Network,
    tenant: &str,
    (about, subject): (About, &str),
) -> Result<(String, Option<String>), ApiError> {
    let found = match about {
        About::Product => {
            repository.product(tenant, subject).await?.map(|product| (product.name, product.image_url))
        }
        About::Store => {
            let store = network.find(subject).and_then(|index| network.store(index));
            store.map(|store| (store.name, None))
        }
    };
    Ok(found.unwrap_or_else(|| (subject.to_owned(), None)))
}
