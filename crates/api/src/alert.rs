//! Being told that something can be had again.

use devanture_domain::civil::UtcMs;
use serde::{Deserialize, Serialize};

/// Body of `POST /v1/alerts`. Sent again by the same person, it is one alert, which lasts as long as one that is new.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AlertRequest {
    /// Of what.
    pub sku: String,
    /// At which store; at any that the site shows, unless told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub store_code: Option<String>,
    /// Where to write to, once. Erased when that is done, given up, or waited for in vain.
    pub email: String,
    /// BCP 47 language to write in.
    pub locale: String,
    /// That the shopper wants to be written to; anything but `true` is refused.
    pub consent: bool,
}

/// What is waited for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Alert {
    /// As it is written in the catalogue.
    pub sku: String,
    /// At which store; at any of them where there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub store_code: Option<String>,
    /// Until when; nobody is written to later.
    pub expires_at: UtcMs,
}
