//! Size memories that shoppers have asked to be kept here, for their other devices.

use serde::{Deserialize, Serialize};

/// The longest household, in bytes.
pub const MAX_HOUSEHOLD: usize = 16 * 1024;

/// Body of `POST /v1/size-memory`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewSizeMemory {
    /// What is remembered, as the size memory writes it: at most 16,384 bytes.
    pub household: String,
}

/// Body of `PUT /v1/size-memory`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SizeMemoryChange {
    /// What is remembered, as the size memory writes it: at most 16,384 bytes.
    pub household: String,
    /// The version that this is a change of.
    pub version: u32,
}

/// A size memory that is kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SizeMemory {
    /// What is remembered.
    pub household: String,
    /// Another one after each change.
    pub version: u32,
    /// What opens it from now on; only in the answer that makes it, and not for a customer of the shop.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub token: Option<String>,
}
