//! Programs, by `Authorization: Bearer sk_…`.

use axum::{
    extract::FromRequestParts,
    http::{HeaderMap, header, request::Parts},
};
use devanture_domain::staff::KeyScope;
use devanture_storage::{ApiKey, SecretKey as Secret};

use crate::{App, problem::ApiError};

/// The secret key of the request, which was not revoked. What it may is asked by [`Self::require`].
#[derive(Debug)]
pub(crate) struct SecretKey(pub(crate) ApiKey);

impl SecretKey {
    /// Refuses a key without this scope.
    pub(crate) fn require(&self, scope: KeyScope) -> Result<(), ApiError> {
        if self.0.scopes.contains(&scope) {
            return Ok(());
        }
        Err(ApiError::forbidden(format!("The secret key does not have the scope {}.", scope.as_str())))
    }
}

impl FromRequestParts<App> for SecretKey {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, ApiError> {
        let secret = sent(&parts.headers)?;
        let found = app.database().read().await?.api_key(&secret).await?;
        found.map(Self).ok_or_else(ApiError::secret_key_unknown)
    }
}

/// What follows `Bearer`. Another scheme is not for us: a proxy in front may ask for a name and a password of
/// its own, which browsers then send by themselves.
pub(crate) fn bearer(headers: &HeaderMap) -> Option<&[u8]> {
    headers.get_all(header::AUTHORIZATION).iter().find_map(|value| {
        let (scheme, rest) = value.as_bytes().split_at_checked(6)?;
        let follows = rest.is_empty() || rest[0] == b' ';
        (scheme.eq_ignore_ascii_case(b"bearer") && follows).then(|| rest.trim_ascii())
    })
}

fn sent(headers: &HeaderMap) -> Result<Secret, ApiError> {
    let sent = bearer(headers).ok_or_else(ApiError::secret_key_missing)?;
    let secret = std::str::from_utf8(sent).ok().and_then(Secret::parse);
    secret.ok_or_else(ApiError::secret_key_malformed)
}
