//! `DELETE /admin/v1/session`

use axum::{
    extract::State,
    http::{StatusCode, header},
    response::{IntoResponse as _, Response},
};
use devanture_api::problem::Problem;
use devanture_storage::{Actor, Deed};

use crate::{App, extract::SessionCookie, problem::ApiError};

/// Signs out; without a session nothing is left to do.
#[utoipa::path(delete, path = "/admin/v1/session", tag = "admin", security(("session" = [])), responses(
    (status = 204, description = "Signed out; the cookie is taken back"),
    (status = "4XX", description = "Refused", body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn sign_out(
    State(app): State<App>,
    SessionCookie(token): SessionCookie,
) -> Result<Response, ApiError> {
    if let Some(token) = token {
        let now = app.now();
        let mut repository = app.database().write().await?;
        if let Some(open) = repository.session(&token, now).await? {
            let deed = Deed {
                tenant: &open.staff.tenant,
                actor: &Actor::Staff(open.staff.id),
                action: "session.closed",
                subject: None,
                store_code: None,
                detail: &[],
            };
            repository.record(&deed, now, app.random()?).await?;
        }
        repository.end_session(&token).await?;
        repository.save().await?;
    }
    let cookie = [(header::SET_COOKIE, app.home().set_cookie(None))];
    Ok((StatusCode::NO_CONTENT, cookie).into_response())
}

#[cfg(test)]
mod tests {
    use devanture_domain::staff::Role;

    use crate::testing::{LOGIN, PASSWORD, TestApp};

    #[tokio::test]
    async fn ends_this_session_and_no_other() {
        let app = TestApp::with_staff(Role::Seller, &["FR-NTE"]).await;
        let (shop, phone) = (app.sign_in(LOGIN, PASSWORD).await, app.sign_in(LOGIN, PASSWORD).await);
        let answer = app.send_with(&shop, "DELETE", "/admin/v1/session", "").await;
        assert_eq!((answer.status, answer.body.len()), (204, 0));
        let cleared = answer.header("set-cookie");
        assert!(cleared.starts_with("devanture_session=; ") && cleared.contains("Max-Age=0"), "{cleared}");
        app.get_with(&shop, "/admin/v1/session").await.problem(401, "not_signed_in");
        assert_eq!(app.get_with(&phone, "/admin/v1/session").await.status, 200);
        for cookie in [shop.as_str(), "", "devanture_session=x"] {
            assert_eq!(app.send_with(cookie, "DELETE", "/admin/v1/session", "").await.status, 204);
        }
        assert_eq!(app.audited().await, ["session.closed", "session.opened", "session.opened"]);
    }

    #[tokio::test]
    async fn another_sites_page_cannot_sign_anyone_out() {
        let app = TestApp::with_staff(Role::Seller, &["FR-NTE"]).await;
        let cookie = app.sign_in(LOGIN, PASSWORD).await;
        for header in [
            ("origin", "https://evil.example"),
            ("origin", "null"),
            ("origin", "http://localhost:4871"),
            ("sec-fetch-site", "cross-site"),
            ("sec-fetch-site", "same-site"),
            ("sec-fetch-site", "none"),
            ("x-nothing", "x"),
            // What a browser sends by itself when a proxy in front has asked for it.
            ("authorization", "Basic c3RhZ2luZzpzdGFnaW5n"),
        ] {
            let headers = [("cookie", cookie.as_str()), header];
            let answer = app.send("DELETE", "/admin/v1/session", &headers, "").await;
            answer.problem(403, "cross_site");
            assert_eq!(answer.header("access-control-allow-origin"), "");
        }
        // What the browser says of itself counts before what the page's address looks like.
        let lies = [
            ("cookie", cookie.as_str()),
            ("origin", "http://localhost:4870"),
            ("sec-fetch-site", "cross-site"),
        ];
        app.send("DELETE", "/admin/v1/session", &lies, "").await.problem(403, "cross_site");
        assert_eq!(app.get_with(&cookie, "/admin/v1/session").await.status, 200, "still signed in");
        let own = [("cookie", cookie.as_str()), ("sec-fetch-site", "same-origin")];
        assert_eq!(app.send("DELETE", "/admin/v1/session", &own, "").await.status, 204);
    }
}
