//! `GET /admin/v1/audit`

use axum::{Json, extract::State};
use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD};
use devanture_api::{
    problem::Problem,
    staff::{AuditActor, AuditEntry, AuditPage, AuditParams},
};
use devanture_domain::{
    civil::UtcMs,
    staff::{Permission, StoreScope},
};
use devanture_storage::{Actor, Deed};

use crate::{
    App,
    extract::{Query, Staff, short_name},
    problem::ApiError,
};

/// Who did what, the newest first. Looking into it is written down too.
#[utoipa::path(get, path = "/admin/v1/audit", tag = "admin", security(("session" = []), ("secret_key" = [])),
    params(AuditParams), responses(
    (status = 200, description = "What was done", body = AuditPage),
    (status = 403, description = "The role does not include it, or it is not one's own store", body = Problem, content_type = "application/problem+json"),
    (status = "4XX", description = "Refused", body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn audit(
    State(app): State<App>,
    staff: Staff,
    Query(params): Query<AuditParams>,
) -> Result<Json<AuditPage>, ApiError> {
    staff.require(Permission::ReadAudit)?;
    let store = short_name("store", params.store.as_deref())?;
    match store {
        Some(code) => staff.require_store(code)?,
        None if staff.scope == StoreScope::All => {}
        None => return Err(ApiError::invalid("store", "is needed: name one of your stores")),
    }
    let limit = match params.limit {
        None => 50,
        Some(limit @ 1..=200) => limit,
        Some(_) => return Err(ApiError::invalid("limit", "is 1 to 200")),
    };
    let cursor = params.cursor.as_deref().map(read_cursor).transpose()?;
    let before = cursor.as_ref().map(|(at, id)| (*at, id.as_str()));

    let mut repository = app.database().write().await?;
    // One more, to know whether there is a next page.
    let mut entries = repository.audit_log(&staff.tenant, store, before, limit + 1).await?;
    // Further pages are the same look.
    if before.is_none() {
        let deed = Deed {
            tenant: &staff.tenant,
            actor: &staff.actor,
            action: "audit.read",
            subject: None,
            store_code: store,
            detail: &[],
        };
        repository.record(&deed, app.now(), app.random()?).await?;
        repository.save().await?;
    }
    let more = entries.len() > usize::from(limit);
    entries.truncate(limit.into());
    let next = entries.last().filter(|_| more).map(|last| write_cursor(last.at, &last.id));
    Ok(Json(AuditPage { items: entries.into_iter().map(shown).collect(), next }))
}

fn shown(entry: devanture_storage::AuditEntry) -> AuditEntry {
    let (by, by_id) = match entry.actor {
        Actor::Staff(id) => (AuditActor::Staff, Some(id)),
        Actor::Key(id) => (AuditActor::Key, Some(id)),
        Actor::System => (AuditActor::System, None),
    };
    AuditEntry {
        at: entry.at,
        by,
        by_id,
        action: entry.action,
        subject: entry.subject,
        store_code: entry.store_code,
        detail: entry.detail,
    }
}

pub(super) fn write_cursor(at: UtcMs, id: &str) -> String {
    BASE64_URL_SAFE_NO_PAD.encode(format!("{at} {id}"))
}

pub(super) fn read_cursor(text: &str) -> Result<(UtcMs, String), ApiError> {
    let bytes = BASE64_URL_SAFE_NO_PAD.decode(text).ok();
    let text = bytes.and_then(|bytes| String::from_utf8(bytes).ok());
    text.as_deref()
        .and_then(|text| text.split_once(' '))
        .and_then(|(at, id)| Some((at.parse().ok()?, id.to_owned())))
        // PostgreSQL takes no zero byte in a text.
        .filter(|(_, id)| id.bytes().all(|b| b.is_ascii_alphanumeric()))
        .ok_or_else(|| ApiError::invalid("cursor", "is not the `next` of a page"))
}

#[cfg(test)]
mod tests {
    use devanture_api::staff::AuditPage;
    use devanture_domain::staff::{KeyScope, Role};
    use devanture_storage::{Actor, Deed};

    use crate::testing::{KEY, LOGIN, PASSWORD, TestApp};

    async fn note(app: &TestApp, store: &str, count: u8) {
        let mut repository = app.database().write().await.unwrap();
        for _ in 0..count {
            let deed = Deed {
                tenant: "maison",
                actor: &Actor::System,
                action: "store.edited",
                subject: Some(store),
                store_code: Some(store),
                detail: &[("field", "hours")],
            };
            repository.record(&deed, 5, app.app().random().unwrap()).await.unwrap();
        }
        repository.save().await.unwrap();
    }

    #[tokio::test]
    async fn head_office_reads_all_of_it() {
        let app = TestApp::with_staff(Role::HeadOffice, &[]).await;
        note(&app, "FR-NTE", 3).await;
        let cookie = app.sign_in(LOGIN, PASSWORD).await;
        let mut path = "/admin/v1/audit?limit=2".to_owned();
        let mut actions = Vec::new();
        loop {
            let page: AuditPage = app.get_with(&cookie, &path).await.json();
            actions.extend(page.items.into_iter().map(|entry| entry.action));
            let Some(next) = page.next else { break };
            path = format!("/admin/v1/audit?limit=2&cursor={next}");
        }
        assert_eq!(actions, ["session.opened", "store.edited", "store.edited", "store.edited"]);
        assert_eq!(app.audited().await.iter().filter(|action| *action == "audit.read").count(), 1);
        for query in ["store=%00", "limit=0", "limit=201", "cursor=x", "cursor=NSAA"] {
            let path = format!("/admin/v1/audit?{query}");
            app.get_with(&cookie, &path).await.problem(400, "invalid_input");
        }
    }

    #[tokio::test]
    async fn a_manager_reads_of_their_own_store() {
        let app = TestApp::with_staff(Role::StoreManager, &["FR-NTE"]).await;
        note(&app, "FR-NTE", 1).await;
        note(&app, "FR-PAR", 1).await;
        let cookie = app.sign_in(LOGIN, PASSWORD).await;
        let page: AuditPage = app.get_with(&cookie, "/admin/v1/audit?store=FR-NTE").await.json();
        assert_eq!((page.items.len(), page.items[0].detail["field"].as_str()), (1, "hours"));
        app.get_with(&cookie, "/admin/v1/audit?store=FR-PAR").await.problem(403, "store_not_yours");
        app.get_with(&cookie, "/admin/v1/audit?store=none").await.problem(403, "store_not_yours");
        let problem = app.get_with(&cookie, "/admin/v1/audit").await.problem(400, "invalid_input");
        assert_eq!(problem.field.as_deref(), Some("store"));
    }

    #[tokio::test]
    async fn a_seller_does_not() {
        let app = TestApp::with_staff(Role::Seller, &["FR-NTE"]).await;
        let cookie = app.sign_in(LOGIN, PASSWORD).await;
        app.get_with(&cookie, "/admin/v1/audit?store=FR-NTE").await.problem(403, "forbidden");
    }

    #[tokio::test]
    async fn a_program_needs_the_scope() {
        let app = TestApp::new().await;
        let admin = app.add_key(&[KeyScope::Admin]).await;
        assert_eq!(app.get_by_key(&admin, "/admin/v1/audit").await.status, 200);
        let feeds = app.add_key(&[KeyScope::Feeds]).await;
        let problem = app.get_by_key(&feeds, "/admin/v1/audit").await.problem(403, "forbidden");
        assert!(problem.detail.unwrap().contains("admin"));
        app.get_by_key(KEY, "/admin/v1/audit").await.problem(401, "key_malformed");
        app.get("/admin/v1/audit").await.problem(401, "not_signed_in");
        app.get_plain(&format!("/admin/v1/audit?key={KEY}")).await.problem(401, "not_signed_in");
    }

    #[tokio::test]
    async fn of_ones_own_network_only() {
        let app = TestApp::with_staff(Role::HeadOffice, &[]).await;
        let mut repository = app.database().write().await.unwrap();
        let deed = Deed {
            tenant: "other",
            actor: &Actor::System,
            action: "store.edited",
            subject: None,
            store_code: Some("FR-NTE"),
            detail: &[],
        };
        repository.record(&deed, 5, [1; 16]).await.unwrap();
        repository.save().await.unwrap();
        let cookie = app.sign_in(LOGIN, PASSWORD).await;
        let page: AuditPage = app.get_with(&cookie, "/admin/v1/audit?store=FR-NTE").await.json();
        assert_eq!(page.items, []);
    }
}
