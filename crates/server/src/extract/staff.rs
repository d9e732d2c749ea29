//! Who acts on the admin API: someone with a session, or a program with a secret key for it.

use axum::{extract::FromRequestParts, http::request::Parts};
use devanture_domain::staff::{KeyScope, Permission, Role, StoreScope, may};
use devanture_storage::Actor;

use super::{SecretKey, Session, bearer};
use crate::{App, problem::ApiError};

/// Who acts, for whom, and what they may do.
#[derive(Debug)]
pub(crate) struct Staff {
    /// Whose network. Nothing of another is ever shown or changed.
    pub(crate) tenant: String,
    /// For the audit log.
    pub(crate) actor: Actor,
    pub(crate) role: Role,
    pub(crate) scope: StoreScope,
}

impl Staff {
    /// Refuses who may not do this anywhere.
    pub(crate) fn require(&self, permission: Permission) -> Result<(), ApiError> {
        if may(self.role, permission) {
            return Ok(());
        }
        Err(ApiError::forbidden(format!("The role {} does not include it.", self.role.as_str())))
    }

    /// Which member of staff, or which key.
    pub(crate) fn id(&self) -> Option<&str> {
        match &self.actor {
            Actor::Staff(id) | Actor::Key(id) => Some(id),
            Actor::System => None,
        }
    }

    /// Refuses who does not act for this store. Whether it exists is another question.
    pub(crate) fn require_store(&self, code: &str) -> Result<(), ApiError> {
        if self.scope.covers(code) { Ok(()) } else { Err(ApiError::store_not_yours()) }
    }
}

impl FromRequestParts<App> for Staff {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, ApiError> {
        // Whoever sends a key is judged by it alone: such requests are not asked for their origin.
        if bearer(&parts.headers).is_some() {
            let key = SecretKey::from_request_parts(parts, app).await?;
            key.require(KeyScope::Admin)?;
            return Ok(Self {
                tenant: key.0.tenant,
                actor: Actor::Key(key.0.id),
                role: Role::HeadOffice,
                scope: StoreScope::All,
            });
        }
        let Session(open) = Session::from_request_parts(parts, app).await?;
        let scope = open.staff.scope();
        Ok(Self {
            tenant: open.staff.tenant,
            actor: Actor::Staff(open.staff.id),
            role: open.staff.role,
            scope,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seller_acts_for_their_own_stores_only() {
        let seller = Staff {
            tenant: "maison".to_owned(),
            actor: Actor::Staff("st_1".to_owned()),
            role: Role::Seller,
            scope: StoreScope::Only(vec!["FR-NTE".to_owned()]),
        };
        assert!(seller.require(Permission::ServeShoppers).is_ok());
        assert!(seller.require_store("FR-NTE").is_ok());
        let refused = format!("{:?}", seller.require_store("FR-PAR").unwrap_err());
        assert!(refused.contains("403") && refused.contains("store_not_yours"), "{refused}");
        let refused = format!("{:?}", seller.require(Permission::EditStore).unwrap_err());
        assert!(refused.contains("403") && refused.contains("\"forbidden\""), "{refused}");
    }
}
