//! Staff and programs, for tests.

use devanture_domain::staff::{KeyScope, Role};
use devanture_storage::{ApiKey, Login, SecretKey, StaffMember};

use super::{Answer, TestApp};
use crate::{Config, PasswordCost, hash_password};

pub(crate) const LOGIN: &str = "zoe.martin@shop.example";
pub(crate) const PASSWORD: &str = "correct horse battery";
/// The least that argon2 does.
pub(super) const COST: PasswordCost = PasswordCost { memory_kib: 8, passes: 1 };

impl Answer {
    /// The cookie that it sets, as it comes back.
    pub(crate) fn cookie(&self) -> String {
        self.header("set-cookie").split(';').next().unwrap().to_owned()
    }
}

impl TestApp {
    /// With someone of this role, who signs in by [`LOGIN`] and [`PASSWORD`].
    pub(crate) async fn with_staff(role: Role, stores: &[&str]) -> Self {
        let app = Self::new().await;
        app.add_staff("maison", LOGIN, role, stores).await;
        app
    }

    pub(crate) async fn add_staff(&self, tenant: &str, login: &str, role: Role, stores: &[&str]) {
        let mut repository = self.database().write().await.unwrap();
        let member = StaffMember {
            tenant: tenant.to_owned(),
            id: StaffMember::fresh_id(self.app.random().unwrap()),
            login: Login::parse(login).unwrap(),
            name: "Zoé Martin".to_owned(),
            role,
            stores: stores.iter().map(|&code| code.to_owned()).collect(),
            locale: "fr".to_owned(),
            created_at: 0,
            disabled_at: None,
        };
        let hash = hash_password(COST, PASSWORD, [1; 16]).unwrap();
        assert!(repository.add_staff(&member, &hash).await.unwrap());
        repository.save().await.unwrap();
    }

    pub(crate) async fn staff_id(&self, login: &str) -> String {
        let login = Login::parse(login).unwrap();
        let mut repository = self.database().read().await.unwrap();
        repository.staff_member("maison", &login).await.unwrap().unwrap().id
    }

    /// A secret key of the tenant `maison`.
    pub(crate) async fn add_key(&self, scopes: &[KeyScope]) -> String {
        let secret = SecretKey::from_random(self.app.random().unwrap());
        let mut repository = self.database().write().await.unwrap();
        let key = ApiKey {
            tenant: "maison".to_owned(),
            id: ApiKey::fresh_id(self.app.random().unwrap()),
            name: "Caisse".to_owned(),
            scopes: scopes.to_vec(),
            created_at: 0,
            revoked_at: None,
        };
        repository.add_api_key(&key, &secret).await.unwrap();
        repository.save().await.unwrap();
        secret.reveal().to_owned()
    }

    pub(crate) async fn try_sign_in(&self, login: &str, password: &str) -> Answer {
        let body = serde_json::json!({ "login": login, "password": password }).to_string();
        self.send_with("", "POST", "/admin/v1/session", &body).await
    }

    /// Signs in, and returns the cookie.
    pub(crate) async fn sign_in(&self, login: &str, password: &str) -> String {
        let answer = self.try_sign_in(login, password).await;
        assert_eq!(answer.status, 200, "{}", answer.text());
        answer.cookie()
    }

    /// As a page of the server's own would.
    pub(crate) async fn send_with(&self, cookie: &str, method: &str, path: &str, body: &str) -> Answer {
        let origin = Config::default().public_url;
        let headers = [("cookie", cookie), ("origin", origin.as_str()), ("content-type", "application/json")];
        let from = usize::from(cookie.is_empty());
        self.send(method, path, &headers[from..], body).await
    }

    pub(crate) async fn get_with(&self, cookie: &str, path: &str) -> Answer {
        self.send("GET", path, &[("cookie", cookie)], "").await
    }

    pub(crate) async fn get_by_key(&self, secret: &str, path: &str) -> Answer {
        self.send("GET", path, &[("authorization", &format!("Bearer {secret}"))], "").await
    }

    /// The actions of the audit log of the tenant `maison`, in order of their names.
    pub(crate) async fn audited(&self) -> Vec<String> {
        let mut repository = self.database().read().await.unwrap();
        let entries = repository.audit_log("maison", None, None, 1000).await.unwrap();
        let mut actions: Vec<_> = entries.into_iter().map(|entry| entry.action).collect();
        actions.sort();
        actions
    }
}
