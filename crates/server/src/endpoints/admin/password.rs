//! `POST /admin/v1/session/password`

use axum::{
    Json as Answer,
    extract::State,
    http::header,
    response::{IntoResponse as _, Response},
};
use devanture_api::{
    problem::Problem,
    staff::{PasswordChange, Session},
};
use devanture_domain::staff::check_password;
use devanture_storage::{Actor, Deed, NewSession, SessionToken, TriedLogin};

use super::{session::shown, trial};
use crate::{
    App,
    extract::{self, FewTries, Json},
    problem::ApiError,
};

/// Changes one's own password. Every session ends, also those of whoever has the old password, and a new one begins.
#[utoipa::path(post, path = "/admin/v1/session/password", tag = "admin", security(("session" = [])),
    request_body = PasswordChange, responses(
    (status = 200, description = "Changed; a new cookie comes with it", body = Session),
    (status = 400, description = "The new password is too easily guessed, or a field is not of the documented form", body = Problem, content_type = "application/problem+json"),
    (status = 403, description = "The current password is another one", body = Problem, content_type = "application/problem+json"),
    (status = 429, description = "Too many have failed; Retry-After says when to try again", body = Problem, content_type = "application/problem+json"),
    (status = "4XX", description = "Refused", body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn change_password(
    State(app): State<App>,
    extract::Session(open): extract::Session,
    _: FewTries,
    Json(PasswordChange { current, new }): Json<PasswordChange>,
) -> Result<Response, ApiError> {
    let (tenant, login) = (open.staff.tenant.as_str(), &open.staff.login);
    trial::limited("current", &current)?;
    check_password(&new, login.as_str()).map_err(|why| ApiError::weak_password(why.advice()))?;
    if new == current {
        return Err(ApiError::weak_password("It is the one that you have."));
    }
    let trusted = trial::tried(&app, TriedLogin { tenant: Some(tenant), login }, current).await?;
    let trusted = trusted.ok_or_else(ApiError::wrong_password)?;
    let hash = app.passwords().enter()?.hash(new, app.random()?).await?;

    let token = SessionToken::from_random(app.random()?);
    let now = app.now();
    let mut repository = app.database().write().await?;
    if !trial::still_stands(&mut repository, &trusted).await? {
        return Err(ApiError::wrong_password());
    }
    let staff_id = trusted.staff.id.as_str();
    repository.forgive(tenant, login).await?;
    repository.set_password(tenant, staff_id, &hash).await?;
    repository.open_session(&NewSession { tenant, staff_id, token: &token, now }).await?;
    let deed = Deed {
        tenant,
        actor: &Actor::Staff(staff_id.to_owned()),
        action: "staff.password_changed",
        subject: Some(staff_id),
        store_code: None,
        detail: &[],
    };
    repository.record(&deed, now, app.random()?).await?;
    let open = repository.session(&token, now).await?.ok_or_else(ApiError::internal)?;
    repository.save().await?;
    let cookie = [(header::SET_COOKIE, app.home().set_cookie(Some(&token)))];
    Ok((cookie, Answer(shown(open))).into_response())
}

#[cfg(test)]
mod tests {
    use devanture_api::staff::Session;
    use devanture_domain::staff::Role;

    use crate::testing::{Answer, LOGIN, PASSWORD, TestApp};

    const NEW: &str = "пароль-от-магазина 🧵";

    async fn change(app: &TestApp, cookie: &str, current: &str, new: &str) -> Answer {
        let body = serde_json::json!({ "current": current, "new": new }).to_string();
        app.send_with(cookie, "POST", "/admin/v1/session/password", &body).await
    }

    #[tokio::test]
    async fn ends_every_other_session() {
        let app = TestApp::with_staff(Role::Seller, &["FR-NTE"]).await;
        let (shop, phone) = (app.sign_in(LOGIN, PASSWORD).await, app.sign_in(LOGIN, PASSWORD).await);
        let changed = change(&app, &shop, PASSWORD, NEW).await;
        assert_eq!(changed.json::<Session>().staff.login, LOGIN);
        let cookie = changed.cookie();
        assert_eq!(app.get_with(&cookie, "/admin/v1/session").await.status, 200);
        for ended in [&shop, &phone] {
            app.get_with(ended, "/admin/v1/session").await.problem(401, "not_signed_in");
        }
        app.try_sign_in(LOGIN, PASSWORD).await.problem(401, "sign_in_failed");
        app.sign_in(LOGIN, NEW).await;
        let audited = app.audited().await;
        assert!(audited.contains(&"staff.password_changed".to_owned()), "{audited:?}");
    }

    #[tokio::test]
    async fn weak_ones_are_refused_before_anything_is_tried() {
        let app = TestApp::with_staff(Role::Seller, &["FR-NTE"]).await;
        let cookie = app.sign_in(LOGIN, PASSWORD).await;
        let long = "trois petits pulls ".repeat(600);
        for new in ["", "short", &long, "motdepasse123", "zoe.martin2026", "aaaaaaaaaaaaaaa", PASSWORD] {
            let problem = change(&app, &cookie, PASSWORD, new).await.problem(400, "weak_password");
            assert_eq!(problem.field.as_deref(), Some("new"), "{problem:?}");
            assert!(problem.detail.is_some());
        }
        let problem = change(&app, &cookie, &long, NEW).await.problem(400, "invalid_input");
        assert_eq!(problem.field.as_deref(), Some("current"));
        assert_eq!(app.get_with(&cookie, "/admin/v1/session").await.status, 200);
    }

    #[tokio::test]
    async fn a_stolen_session_does_not_guess_the_password() {
        let app = TestApp::with_staff(Role::Seller, &["FR-NTE"]).await;
        let cookie = app.sign_in(LOGIN, PASSWORD).await;
        for _ in 0..5 {
            let problem = change(&app, &cookie, "not the password", NEW).await.problem(403, "wrong_password");
            assert_eq!(problem.field.as_deref(), Some("current"));
        }
        change(&app, &cookie, PASSWORD, NEW).await.problem(429, "locked_out");
        change(&app, "", PASSWORD, NEW).await.problem(401, "not_signed_in");
    }
}
