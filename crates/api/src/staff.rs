//! Signing in to the console, secret keys, and the log of who did what.

use std::{collections::BTreeMap, fmt};

use devanture_domain::{
    civil::UtcMs,
    staff::{KeyScope, Role},
};
use serde::{Deserialize, Serialize};

/// Body of `POST /admin/v1/session`.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SignIn {
    /// The mail address; case and spaces around it do not matter.
    pub login: String,
    /// The password, at most 256 characters.
    #[cfg_attr(feature = "openapi", schema(format = Password))]
    pub password: String,
    /// The network's short name; needed only by who has the same login in several.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tenant: Option<String>,
}

/// Body of `POST /admin/v1/session/password`.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PasswordChange {
    /// The password of now.
    #[cfg_attr(feature = "openapi", schema(format = Password))]
    pub current: String,
    /// The new one: 12 to 256 characters, of any kind, not easily guessed.
    #[cfg_attr(feature = "openapi", schema(format = Password))]
    pub new: String,
}

/// Secrets, which logs and panics do not show.
impl fmt::Debug for SignIn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SignIn(..)")
    }
}

/// Secrets, which logs and panics do not show.
impl fmt::Debug for PasswordChange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PasswordChange(..)")
    }
}

/// Who is signed in, where, and for how long. The session itself is a cookie that scripts cannot read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Session {
    /// Who.
    pub staff: Staff,
    /// In which network.
    pub tenant: Tenant,
    /// When the session ends unless it is used before: 12 hours after each use, 30 days after sign-in at
    /// the latest.
    pub expires_at: UtcMs,
}

/// Someone who works in the network.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(as = StaffMember))]
pub struct Staff {
    /// Stable.
    pub id: String,
    /// The mail address that they sign in with.
    pub login: String,
    /// As shown to colleagues.
    pub name: String,
    /// What they may do.
    pub role: Role,
    /// Codes of their stores. Head office has all, whatever is listed.
    pub stores: Vec<String>,
    /// BCP 47 language of the console.
    pub locale: String,
}

/// A network of stores.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Tenant {
    /// Short, stable name.
    pub id: String,
    /// As shown to staff.
    pub name: String,
}

/// What the secret key of the request opens.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct KeyInfo {
    /// By which the key is listed and revoked.
    pub id: String,
    /// What it is used for, in its owner's words.
    pub name: String,
    /// What it opens.
    pub scopes: Vec<KeyScope>,
    /// The short name of its network.
    pub tenant: String,
}

/// Query of `GET /admin/v1/audit`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams), into_params(parameter_in = Query))]
pub struct AuditParams {
    /// Only what was done in this store; needed by who does not have all stores.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub store: Option<String>,
    /// `next` of the page before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cursor: Option<String>,
    /// How many, 1 to 200; 50 unless told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u16>,
}

/// What was done, the newest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AuditPage {
    /// The entries.
    pub items: Vec<AuditEntry>,
    /// The cursor of older ones; absent when there are none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
}

/// One thing that was done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AuditEntry {
    /// When.
    pub at: UtcMs,
    /// By whom.
    pub by: AuditActor,
    /// The id of the staff member or the key; absent for the system.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by_id: Option<String>,
    /// What, as a stable code such as `staff.disabled`.
    pub action: String,
    /// To what: an id or a code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject: Option<String>,
    /// In which store.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub store_code: Option<String>,
    /// More of it, by names that depend on `action`.
    #[serde(default)]
    pub detail: BTreeMap<String, String>,
}

/// What kind of actor did something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum AuditActor {
    /// Someone who had signed in.
    Staff,
    /// A program with a secret key.
    Key,
    /// The server itself, or its operator at the command line.
    System,
}
