//! Staff, their sessions, failed sign-ins, secret keys, the audit log.

use devanture_domain::staff::{KeyScope, Role, StoreScope};
use devanture_storage::{
    Actor, ApiKey, Attempt, Database, Deed, FORGOTTEN_AFTER_MS, Login, NewSession, Repository,
    SESSION_ABSOLUTE_MS, SESSION_IDLE_MS, SecretKey, SessionToken, StaffMember, TriedLogin,
};

use super::network::tenant;

const NOW: i64 = 1_795_000_000_000;
const MINUTE: i64 = 60_000;

fn login(text: &str) -> Login {
    Login::parse(text).unwrap()
}

fn member(tenant: &str, id: &str, address: &str, role: Role) -> StaffMember {
    StaffMember {
        tenant: tenant.to_owned(),
        id: id.to_owned(),
        login: login(address),
        name: "Zoé Martin".to_owned(),
        role,
        stores: vec!["FR-1".to_owned(), "FR 2é".to_owned()],
        locale: "fr".to_owned(),
        created_at: NOW,
        disabled_at: None,
    }
}

/// Two brands, with someone of the same address in each.
async fn network(database: &Database) -> Repository {
    tenant(database).await;
    let mut repository = database.write().await.unwrap();
    repository.put_tenant("other", "Other").await.unwrap();
    for member in [
        member("maison", "st_1", "zoe@shop.example", Role::Seller),
        member("maison", "st_2", "ann@shop.example", Role::StoreManager),
        member("other", "st_1", "zoe@shop.example", Role::HeadOffice),
    ] {
        let hash = format!("hash of {} {}", member.tenant, member.id);
        assert!(repository.add_staff(&member, &hash).await.unwrap());
    }
    repository.save().await.unwrap();
    database.write().await.unwrap()
}

pub(super) async fn logins_are_unique_in_a_tenant(database: &Database) {
    let mut repository = network(database).await;
    let twice = member("maison", "st_3", " ZOE@Shop.Example ", Role::HeadOffice);
    assert!(!repository.add_staff(&twice, "other hash").await.unwrap());
    let zoe = member("maison", "st_1", "zoe@shop.example", Role::Seller);
    assert_eq!(repository.staff_member("maison", &zoe.login).await.unwrap(), Some(zoe.clone()));
    assert_eq!(repository.staff_member("none", &zoe.login).await.unwrap(), None);
    let all = repository.staff("maison").await.unwrap();
    assert_eq!(all.iter().map(|staff| staff.id.as_str()).collect::<Vec<_>>(), ["st_2", "st_1"], "by login");
    assert_eq!(zoe.scope(), StoreScope::Only(zoe.stores.clone()));
    assert!(repository.set_staff_stores("maison", "st_1", &[]).await.unwrap());
    let found = repository.staff_member("maison", &zoe.login).await.unwrap().unwrap();
    assert_eq!(found.scope(), StoreScope::Only(Vec::new()), "no store is not every store");
    assert!(!repository.set_staff_stores("other", "st_2", &[]).await.unwrap());
}

pub(super) async fn a_login_is_found_without_its_tenant_if_it_is_the_only_one(database: &Database) {
    let mut repository = network(database).await;
    let (zoe, ann) = (login("zoe@shop.example"), login("ann@shop.example"));
    assert_eq!(repository.staff_to_sign_in(None, &zoe).await.unwrap(), None, "which of the two?");
    let (found, hash) = repository.staff_to_sign_in(Some("other"), &zoe).await.unwrap().unwrap();
    assert_eq!((found.role, hash.as_str()), (Role::HeadOffice, "hash of other st_1"));
    let (found, hash) = repository.staff_to_sign_in(None, &ann).await.unwrap().unwrap();
    assert_eq!((found.id.as_str(), hash.as_str()), ("st_2", "hash of maison st_2"));
    assert_eq!(repository.staff_to_sign_in(Some("other"), &ann).await.unwrap(), None);
    // Whoever has left one brand is no longer in the way of signing in to the other.
    assert!(repository.disable_staff("other", "st_1", NOW).await.unwrap());
    let (found, _) = repository.staff_to_sign_in(None, &zoe).await.unwrap().unwrap();
    assert_eq!(found.tenant, "maison");
    assert_eq!(repository.staff_to_sign_in(Some("other"), &zoe).await.unwrap(), None);
    assert!(repository.disable_staff("other", "st_1", NOW + 5).await.unwrap());
    let left = repository.staff_member("other", &zoe).await.unwrap().unwrap();
    assert_eq!(left.disabled_at, Some(NOW), "since the first time");
}

async fn open(repository: &mut Repository, staff_id: &str, token: u8) -> SessionToken {
    let token = SessionToken::from_random([token; 32]);
    let new = NewSession { tenant: "maison", staff_id, token: &token, now: NOW };
    assert_eq!(repository.open_session(&new).await.unwrap(), NOW + SESSION_IDLE_MS);
    token
}

pub(super) async fn sessions_end_by_idling_and_by_age(database: &Database) {
    let mut repository = network(database).await;
    let token = open(&mut repository, "st_1", 1).await;
    let found = repository.session(&token, NOW + SESSION_IDLE_MS - 1).await.unwrap().unwrap();
    assert_eq!((found.staff.id.as_str(), found.tenant_name.as_str()), ("st_1", "Maison"));
    assert_eq!((found.created_at, found.expires_at), (NOW, NOW + SESSION_IDLE_MS));
    assert_eq!(repository.session(&token, NOW + SESSION_IDLE_MS).await.unwrap(), None, "idle");
    assert_eq!(repository.session(&SessionToken::from_random([2; 32]), NOW).await.unwrap(), None);

    let mut now = NOW;
    while let Some(open) = repository.session(&token, now).await.unwrap() {
        assert!(!open.is_stale(open.last_seen_at + MINUTE - 1) && open.is_stale(open.last_seen_at + MINUTE));
        repository.touch_session(&token, &open, now).await.unwrap();
        now += SESSION_IDLE_MS / 2;
    }
    assert_eq!(now, NOW + SESSION_ABSOLUTE_MS, "used all the time, it ends by age");
    assert_eq!(repository.forget_sessions(now - 1).await.unwrap(), 0);
    assert_eq!(repository.forget_sessions(now).await.unwrap(), 1);
}

pub(super) async fn sessions_end_with_a_password_or_an_account(database: &Database) {
    let mut repository = network(database).await;
    let (one, two) = (open(&mut repository, "st_1", 1).await, open(&mut repository, "st_1", 2).await);
    let (ann, ann_too) = (open(&mut repository, "st_2", 3).await, open(&mut repository, "st_2", 4).await);
    let is_open = async |repository: &mut Repository, token| {
        repository.session(token, NOW + 1).await.unwrap().is_some()
    };
    assert!(repository.end_session(&one).await.unwrap() && !repository.end_session(&one).await.unwrap());
    assert!(!is_open(&mut repository, &one).await && is_open(&mut repository, &two).await);
    assert!(repository.set_password("maison", "st_1", "new").await.unwrap());
    assert!(!is_open(&mut repository, &two).await && is_open(&mut repository, &ann).await);
    repository.rehash_password("maison", "st_2", "the same, dearer").await.unwrap();
    assert!(is_open(&mut repository, &ann).await);
    assert!(repository.disable_staff("maison", "st_2", NOW).await.unwrap());
    assert!(!is_open(&mut repository, &ann).await && !is_open(&mut repository, &ann_too).await);
    assert!(!repository.set_password("maison", "nobody", "new").await.unwrap());
    assert!(!repository.disable_staff("other", "st_2", NOW).await.unwrap());
}

pub(super) async fn failed_sign_ins_lock_a_login(database: &Database) {
    let mut repository = network(database).await;
    let unknown = login("nobody@shop.example");
    let tried = TriedLogin { tenant: None, login: &unknown };
    let mut now = NOW;
    for _ in 0..4 {
        let attempt = repository.count_attempt(tried, now).await.unwrap();
        assert_eq!(attempt, Attempt::Allowed { locked_until: None });
    }
    for minutes in [1, 2, 4, 8, 16, 32, 60, 60] {
        let until = now + minutes * MINUTE;
        let attempt = repository.count_attempt(tried, now).await.unwrap();
        assert_eq!(attempt, Attempt::Allowed { locked_until: Some(until) }, "{minutes}");
        let locked = Attempt::Locked { until };
        assert_eq!(repository.count_attempt(tried, now).await.unwrap(), locked);
        assert_eq!(repository.count_attempt(tried, until - 1).await.unwrap(), locked);
        now = until;
    }
    let named = TriedLogin { tenant: Some("maison"), login: &unknown };
    assert_eq!(repository.count_attempt(named, now).await.unwrap(), Attempt::Allowed { locked_until: None });
    assert_eq!(repository.forget_failures(now).await.unwrap(), 0);
    // A day without an attempt, and the count begins anew, tidied away or not.
    now += FORGOTTEN_AFTER_MS + 1;
    assert_eq!(repository.count_attempt(tried, now).await.unwrap(), Attempt::Allowed { locked_until: None });
    assert_eq!(repository.forget_failures(now).await.unwrap(), 1, "the one that was named");
    for _ in 0..4 {
        repository.count_attempt(tried, now).await.unwrap();
    }
    assert!(matches!(repository.count_attempt(tried, now).await.unwrap(), Attempt::Locked { .. }));
    repository.forgive("maison", &unknown).await.unwrap();
    assert_eq!(repository.count_attempt(tried, now).await.unwrap(), Attempt::Allowed { locked_until: None });
}

pub(super) async fn attempts_at_once_are_all_counted(database: &Database) {
    drop(network(database).await);
    let tasks: Vec<_> = (0..20)
        .map(|_| {
            let database = database.clone();
            tokio::spawn(async move {
                let login = login("zoe@shop.example");
                let mut repository = database.write().await.unwrap();
                let tried = TriedLogin { tenant: Some("maison"), login: &login };
                let attempt = repository.count_attempt(tried, NOW).await.unwrap();
                repository.save().await.unwrap();
                matches!(attempt, Attempt::Allowed { .. })
            })
        })
        .collect();
    let mut allowed = 0;
    for task in tasks {
        allowed += u8::from(task.await.unwrap());
    }
    assert_eq!(allowed, 5);
}

pub(super) async fn keys_are_found_by_their_secret_until_revoked(database: &Database) {
    let mut repository = network(database).await;
    let key = |tenant: &str, id: &str, scopes: &[KeyScope]| ApiKey {
        tenant: tenant.to_owned(),
        id: id.to_owned(),
        name: "Caisse n° 1".to_owned(),
        scopes: scopes.to_vec(),
        created_at: NOW,
        revoked_at: None,
    };
    let (one, two) = (SecretKey::from_random([1; 32]), SecretKey::from_random([2; 32]));
    let feeds = key("maison", "key_1", &[KeyScope::Feeds]);
    let both = key("other", "key_1", &KeyScope::ALL);
    repository.add_api_key(&feeds, &one).await.unwrap();
    repository.add_api_key(&both, &two).await.unwrap();
    assert_eq!(repository.api_key(&one).await.unwrap(), Some(feeds.clone()));
    assert_eq!(repository.api_key(&two).await.unwrap(), Some(both.clone()));
    assert_eq!(repository.api_key(&SecretKey::from_random([3; 32])).await.unwrap(), None);
    assert!(!repository.revoke_api_key("maison", "key_2", NOW).await.unwrap());
    assert!(repository.revoke_api_key("maison", "key_1", NOW + 1).await.unwrap());
    assert!(repository.revoke_api_key("maison", "key_1", NOW + 2).await.unwrap());
    assert_eq!(repository.api_key(&one).await.unwrap(), None);
    assert_eq!(repository.api_key(&two).await.unwrap(), Some(both), "another tenant's, with the same id");
    let listed = repository.api_keys("maison").await.unwrap();
    assert_eq!(listed, [ApiKey { revoked_at: Some(NOW + 1), ..feeds }]);
}

pub(super) async fn the_audit_log_is_read_page_by_page(database: &Database) {
    let mut repository = network(database).await;
    let actors = [Actor::Staff("st_1".to_owned()), Actor::Key("key_1".to_owned()), Actor::System];
    for i in 0..12u8 {
        let deed = Deed {
            tenant: "maison",
            actor: &actors[usize::from(i % 3)],
            action: "store.edited",
            subject: (i > 0).then_some("FR-1"),
            store_code: (i % 2 == 0).then_some("FR-1"),
            detail: &[("was", "« fermé »\n"), ("is", "")],
        };
        // Three of an instant.
        let at = NOW + i64::from(i / 3);
        repository.record(&deed, at, [i; 16]).await.unwrap();
        repository.record(&Deed { tenant: "other", ..deed }, at, [i; 16]).await.unwrap();
    }
    let mut seen = Vec::new();
    let mut last: Option<(i64, String)> = None;
    loop {
        let before = last.as_ref().map(|(at, id)| (*at, id.as_str()));
        let page = repository.audit_log("maison", None, before, 5).await.unwrap();
        let Some(entry) = page.last() else { break };
        last = Some((entry.at, entry.id.clone()));
        seen.extend(page);
    }
    assert_eq!(seen.len(), 12);
    assert!(seen.is_sorted_by(|a, b| a.at >= b.at && a.id != b.id), "the newest first, each once");
    assert_eq!(seen.iter().filter(|entry| entry.actor == actors[1]).count(), 4);
    assert!(seen.iter().all(|entry| entry.detail["was"] == "« fermé »\n" && entry.detail["is"].is_empty()));
    assert!(seen.iter().all(|entry| entry.action == "store.edited"));
    assert_eq!(seen.iter().filter(|entry| entry.subject.is_none()).count(), 1);
    let of_store = repository.audit_log("maison", Some("FR-1"), Some((NOW + 2, "")), 99).await.unwrap();
    assert_eq!(of_store.len(), 3);
    assert_eq!(repository.audit_log("maison", Some("FR-2"), None, 99).await.unwrap(), []);
    assert_eq!(repository.forget_audit(NOW + 1).await.unwrap(), 6, "of every tenant");
    assert_eq!(repository.audit_log("maison", None, None, 99).await.unwrap().len(), 9);
}
