//! `POST /admin/v1/session`

#[cfg(test)]
mod tests;

use axum::{
    Json as Answer,
    extract::State,
    http::header,
    response::{IntoResponse as _, Response},
};
use devanture_api::{
    problem::Problem,
    staff::{Session, SignIn},
};
use devanture_storage::{Actor, Deed, NewSession, SessionToken, TriedLogin};

use super::{session::shown, trial};
use crate::{
    App,
    extract::{FewTries, Json, SessionCookie, short_name},
    problem::ApiError,
};

/// Signs in. The session is a cookie that scripts cannot read, new each time; one that the browser had before ends.
#[utoipa::path(post, path = "/admin/v1/session", tag = "admin", request_body = SignIn, responses(
    (status = 200, description = "Signed in; the cookie comes with it", body = Session),
    (status = 400, description = "A field is not of the documented form", body = Problem, content_type = "application/problem+json"),
    (status = 401, description = "Login and password do not belong together, or the account is disabled", body = Problem, content_type = "application/problem+json"),
    (status = 429, description = "Too many have failed; Retry-After says when to try again", body = Problem, content_type = "application/problem+json"),
    (status = "4XX", description = "Refused", body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn sign_in(
    State(app): State<App>,
    _: FewTries,
    SessionCookie(before): SessionCookie,
    Json(SignIn { login, password, tenant }): Json<SignIn>,
) -> Result<Response, ApiError> {
    trial::limited("password", &password)?;
    let login = trial::login(&login)?;
    let tenant = short_name("tenant", tenant.as_deref())?;
    let trusted = trial::tried(&app, TriedLogin { tenant, login: &login }, password).await?;
    let trusted = trusted.ok_or_else(ApiError::sign_in_failed)?;

    let token = SessionToken::from_random(app.random()?);
    let now = app.now();
    let mut repository = app.database().write().await?;
    if !trial::still_stands(&mut repository, &trusted).await? {
        return Err(ApiError::sign_in_failed());
    }
    let staff = &trusted.staff;
    if let Some(hash) = &trusted.rehashed {
        repository.rehash_password(&staff.tenant, &staff.id, hash).await?;
    }
    repository.forgive(&staff.tenant, &login).await?;
    if let Some(before) = before {
        repository.end_session(&before).await?;
    }
    let new = NewSession { tenant: &staff.tenant, staff_id: &staff.id, token: &token, now };
    repository.open_session(&new).await?;
    let deed = Deed {
        tenant: &staff.tenant,
        actor: &Actor::Staff(staff.id.clone()),
        action: "session.opened",
        subject: None,
        store_code: None,
        detail: &[],
    };
    repository.record(&deed, now, app.random()?).await?;
    let open = repository.session(&token, now).await?.ok_or_else(ApiError::internal)?;
    repository.save().await?;
    let cookie = [(header::SET_COOKIE, app.home().set_cookie(Some(&token)))];
    Ok((cookie, Answer(shown(open))).into_response())
}
