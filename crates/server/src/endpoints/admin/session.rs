//! `GET /admin/v1/session`

use axum::Json;
use devanture_api::{
    problem::Problem,
    staff::{Session, Staff, Tenant},
};
use devanture_storage::OpenSession;

use crate::extract;

/// Who is signed in.
#[utoipa::path(get, path = "/admin/v1/session", tag = "admin", security(("session" = [])), responses(
    (status = 200, description = "The session", body = Session),
    (status = 401, description = "There is none, or it has ended", body = Problem, content_type = "application/problem+json"),
    (status = "4XX", description = "Refused", body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn session(extract::Session(open): extract::Session) -> Json<Session> {
    Json(shown(open))
}

pub(super) fn shown(open: OpenSession) -> Session {
    let staff = open.staff;
    Session {
        tenant: Tenant { id: staff.tenant, name: open.tenant_name },
        staff: Staff {
            id: staff.id,
            login: staff.login.as_str().to_owned(),
            name: staff.name,
            role: staff.role,
            stores: staff.stores,
            locale: staff.locale,
        },
        expires_at: open.expires_at,
    }
}

#[cfg(test)]
mod tests {
    use devanture_api::staff::Session;
    use devanture_domain::staff::Role;

    use crate::testing::{LOGIN, PASSWORD, TestApp};

    #[tokio::test]
    async fn ends_when_it_is_not_used() {
        let app = TestApp::with_staff(Role::Seller, &["FR-NTE"]).await;
        let cookie = app.sign_in(LOGIN, PASSWORD).await;
        let first: Session = app.get_with(&cookie, "/admin/v1/session").await.json();
        app.clock.advance_hours(11);
        let second: Session = app.get_with(&cookie, "/admin/v1/session").await.json();
        assert_eq!(second.expires_at, first.expires_at + 11 * 3_600_000, "its use is noted");
        app.clock.advance_hours(11);
        assert_eq!(app.get_with(&cookie, "/admin/v1/session").await.status, 200);
        app.clock.advance_hours(12);
        app.get_with(&cookie, "/admin/v1/session").await.problem(401, "not_signed_in");
    }

    #[tokio::test]
    async fn ends_after_thirty_days_however_much_it_is_used() {
        let app = TestApp::with_staff(Role::Seller, &["FR-NTE"]).await;
        let cookie = app.sign_in(LOGIN, PASSWORD).await;
        for _ in 0..119 {
            app.clock.advance_hours(6);
            assert_eq!(app.get_with(&cookie, "/admin/v1/session").await.status, 200);
        }
        app.clock.advance_hours(6);
        app.get_with(&cookie, "/admin/v1/session").await.problem(401, "not_signed_in");
    }

    #[tokio::test]
    async fn what_changes_holds_from_the_next_request_on() {
        let app = TestApp::with_staff(Role::Seller, &["FR-NTE"]).await;
        let cookie = app.sign_in(LOGIN, PASSWORD).await;
        let stores = async || app.get_with(&cookie, "/admin/v1/session").await.json::<Session>().staff.stores;
        assert_eq!(stores().await, ["FR-NTE"]);
        let id = app.staff_id(LOGIN).await;
        let mut repository = app.database().write().await.unwrap();
        repository.set_staff_stores("maison", &id, &["FR-PAR".to_owned()]).await.unwrap();
        repository.save().await.unwrap();
        assert_eq!(stores().await, ["FR-PAR"]);
        let mut repository = app.database().write().await.unwrap();
        repository.disable_staff("maison", &id, 0).await.unwrap();
        repository.save().await.unwrap();
        app.get_with(&cookie, "/admin/v1/session").await.problem(401, "not_signed_in");
    }

    #[tokio::test]
    async fn cookies_that_are_none() {
        let app = TestApp::with_staff(Role::Seller, &["FR-NTE"]).await;
        let cookie = app.sign_in(LOGIN, PASSWORD).await;
        let (name, token) = cookie.split_once('=').unwrap();
        let cut = &token[1..];
        for cookie in [
            String::new(),
            format!("{name}="),
            format!("{name}={cut}"),
            format!("{name}=_{cut}"),
            format!("{name}={token}A"),
            format!("__Host-{name}={token}"),
            format!("x{name}={token}"),
            format!("{name}=é"),
        ] {
            app.get_with(&cookie, "/admin/v1/session").await.problem(401, "not_signed_in");
        }
        assert_eq!(app.get_with(&format!("a=b; {cookie}; c"), "/admin/v1/session").await.status, 200);
    }
}
