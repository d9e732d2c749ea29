//! Who deals with feeds: a program with a secret key for it, or head office.

use axum::{extract::FromRequestParts, http::request::Parts};
use devanture_domain::staff::{KeyScope, Permission};
use devanture_storage::Actor;

use super::{SecretKey, Staff, bearer};
use crate::{App, problem::ApiError};

/// Who acts, and for whom.
#[derive(Debug)]
pub(crate) struct Feeder {
    /// Whose network.
    pub(crate) tenant: String,
    /// For the audit log.
    pub(crate) actor: Actor,
}

impl FromRequestParts<App> for Feeder {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, ApiError> {
        if bearer(&parts.headers).is_none() {
            let staff = Staff::from_request_parts(parts, app).await?;
            staff.require(Permission::ManageNetwork)?;
            return Ok(Self { tenant: staff.tenant, actor: staff.actor });
        }
        let key = SecretKey::from_request_parts(parts, app).await?;
        // Whoever may do all that head office may, may do this.
        key.require(KeyScope::Admin).or_else(|_| key.require(KeyScope::Feeds))?;
        Ok(Self { tenant: key.0.tenant, actor: Actor::Key(key.0.id) })
    }
}
