//! `PUT /v1/reviews/own/{token}`

use axum::{
    extract::{Path, State},
    response::Response,
};
use devanture_api::{
    problem::Problem,
    review::{OwnReview, ReviewRequest},
};
use devanture_domain::review::NotPossible;
use devanture_storage::Judged;

use super::{
    super::{check, write::no_photo},
    answer, opened, shown,
};
use crate::{
    App,
    extract::{Json, Storefront},
    problem::ApiError,
};

/// Writes a review anew. It is not shown until somebody has read it again. What it is about, its author's name and address, and what is known of the
/// purchase stay.
#[utoipa::path(put, path = "/v1/reviews/own/{token}", tag = "reviews", security(("key" = [])),
    params(("token" = String, Path, description = "The author's private link")),
    request_body = ReviewRequest, responses(
    (status = 200, description = "As it stands now", body = OwnReview),
    (status = 400, description = "A field is not of the documented form", body = Problem, content_type = "application/problem+json"),
    (status = 404, description = "The link opens none", body = Problem, content_type = "application/problem+json"),
    (status = 409, description = "It was deleted", body = Problem, content_type = "application/problem+json"),
    (status = "4XX", description = "Refused", body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn edit(
    State(app): State<App>,
    Storefront(site): Storefront,
    Path(token): Path<String>,
    Json(request): Json<ReviewRequest>,
) -> Result<Response, ApiError> {
    let mut repository = app.database().write().await?;
    let (token, found) = opened(&mut repository, &site, &token).await?;
    let about = found.review.about;
    check::fits(&request, about)?;
    let draft = check::draft(&request, site.network.review_rules().criteria(about))?;
    match repository.edit_review(&found.review, &draft, app.now()).await? {
        Ok(Judged::NotPossible(NotPossible::State(state))) => return Err(ApiError::review_past(state)),
        Ok(Judged::NotPossible(_)) => return Err(ApiError::internal()),
        Ok(_) => {}
        Err(_) => return Err(no_photo()),
    }
    let now = repository.own_review(&token).await?.ok_or_else(ApiError::internal)?;
    repository.save().await?;
    app.gallery().changed(&now.review.tenant, about, &now.review.subject);
    Ok(answer(shown(&app, &token, now)))
}
