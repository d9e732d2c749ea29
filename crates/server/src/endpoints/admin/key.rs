//! `GET /admin/v1/key`

use axum::Json;
use devanture_api::{problem::Problem, staff::KeyInfo};

use crate::extract::SecretKey;

/// What the secret key of the request opens, so that a program can be set up without doing anything.
#[utoipa::path(get, path = "/admin/v1/key", tag = "admin", security(("secret_key" = [])), responses(
    (status = 200, description = "The key is good", body = KeyInfo),
    (status = 401, description = "There is none, it is no secret key, or it was revoked", body = Problem, content_type = "application/problem+json"),
    (status = "4XX", description = "Refused", body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn key(SecretKey(key): SecretKey) -> Json<KeyInfo> {
    Json(KeyInfo { id: key.id, name: key.name, scopes: key.scopes, tenant: key.tenant })
}

#[cfg(test)]
mod tests {
    use devanture_api::staff::KeyInfo;
    use devanture_domain::staff::KeyScope;

    use crate::testing::{KEY, TestApp};

    #[tokio::test]
    async fn says_what_it_opens() {
        let app = TestApp::new().await;
        let secret = app.add_key(&[KeyScope::Feeds]).await;
        let answer = app.get_by_key(&secret, "/admin/v1/key").await;
        let info: KeyInfo = answer.json();
        assert_eq!((info.tenant.as_str(), info.scopes), ("maison", vec![KeyScope::Feeds]));
        assert_eq!(answer.header("cache-control"), "no-store");
        let spaced = [("authorization", format!("bearer  {secret}"))];
        let spaced = spaced.each_ref().map(|(name, value)| (*name, value.as_str()));
        assert_eq!(app.send("GET", "/admin/v1/key", &spaced, "").await.status, 200, "by any case and space");
    }

    #[tokio::test]
    async fn keys_that_open_nothing() {
        let app = TestApp::new().await;
        let secret = app.add_key(&[KeyScope::Feeds]).await;
        app.get_plain("/admin/v1/key").await.problem(401, "key_missing");
        app.get("/admin/v1/key").await.problem(401, "key_missing");
        for authorization in ["", &secret, &format!("Basic {secret}"), &format!("Bearer{secret}"), "B"] {
            let headers = [("authorization", authorization)];
            app.send("GET", "/admin/v1/key", &headers, "").await.problem(401, "key_missing");
        }
        let as_publishable = format!("pk_{}", &secret[3..]);
        for authorization in [
            "Bearer".to_owned(),
            "Bearer ".to_owned(),
            format!("Bearer {KEY}"),
            format!("Bearer {as_publishable}"),
            format!("Bearer {secret}\u{e9}"),
            format!("Bearer {}", "sk_".repeat(5000)),
        ] {
            let headers = [("authorization", authorization.as_str())];
            app.send("GET", "/admin/v1/key", &headers, "").await.problem(401, "key_malformed");
        }
        let another = format!("{}0", &secret[..secret.len() - 1]);
        let another = if another == secret { another.replace("sk_", "sk_0") } else { another };
        app.get_by_key(&another, "/admin/v1/key").await.problem(401, "key_unknown");
        let mut repository = app.database().write().await.unwrap();
        let id = repository.api_keys("maison").await.unwrap()[0].id.clone();
        repository.revoke_api_key("maison", &id, 0).await.unwrap();
        repository.save().await.unwrap();
        app.get_by_key(&secret, "/admin/v1/key").await.problem(401, "key_unknown");
    }
}
