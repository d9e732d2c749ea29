//! The session of someone who has signed in, by its cookie.

use std::convert::Infallible;

use axum::{extract::FromRequestParts, http::request::Parts};
use devanture_storage::{OpenSession, SessionToken};

use crate::{App, layers::limits, limit::Class, problem::ApiError};

/// The token that the browser has sent, good or not.
pub(crate) struct SessionCookie(pub(crate) Option<SessionToken>);

impl FromRequestParts<App> for SessionCookie {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Infallible> {
        Ok(Self(app.home().session_token(&parts.headers)))
    }
}

/// A session that has not ended. Its use is noted.
pub(crate) struct Session(pub(crate) OpenSession);

impl FromRequestParts<App> for Session {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, ApiError> {
        let token = app.home().session_token(&parts.headers).ok_or_else(ApiError::not_signed_in)?;
        let now = app.now();
        let found = app.database().read().await?.session(&token, now).await?;
        let mut open = found.ok_or_else(ApiError::not_signed_in)?;
        if open.is_stale(now) {
            let mut repository = app.database().write().await?;
            open.expires_at = repository.touch_session(&token, &open, now).await?;
            repository.save().await?;
        }
        Ok(Self(open))
    }
}

/// Counts a password that is tried against its address. It comes before the body in a handler's arguments.
pub(crate) struct FewTries;

impl FromRequestParts<App> for FewTries {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, ApiError> {
        limits::check(app, Class::SignIn, &parts.headers, &parts.extensions, "")?;
        Ok(Self)
    }
}
