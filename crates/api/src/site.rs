//! What a site (a shop, or a franchisee's mini-site) has configured.

use devanture_domain::geo::LatLng;
use serde::{Deserialize, Serialize};

/// Query of `GET /v1/site`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams), into_params(parameter_in = Query))]
pub struct SiteParams {
    /// BCP 47 language of the names; the site's own where there are none in it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lang: Option<String>,
}

/// Settings that widgets need beyond their first request.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Site {
    /// The shop's name.
    pub name: String,
    /// BCP 47 language that the site is written in.
    pub locale: String,
    /// Where lists begin when nothing is known of the shopper.
    pub center: LatLng,
    /// The only store of a mini-site.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub store_code: Option<String>,
    /// Map tiles as a URL template with `{z}`, `{x}`, `{y}`; absent, the map draws its offline base.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tiles: Option<Tiles>,
    /// Where to read what becomes of personal data.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub privacy_url: Option<String>,
    /// Subjects an appointment can be booked for.
    #[serde(default)]
    pub appointment_subjects: Vec<Label>,
    /// Whether shoppers can be written to when something is back: `POST /v1/alerts`.
    #[serde(default)]
    pub alerts: bool,
}

/// A tile server, chosen by the site's operator.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Tiles {
    /// The URL template.
    pub url: String,
    /// The credit that its licence asks for, as plain text.
    pub attribution: String,
}

/// A code with the name shown to shoppers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Label {
    /// Stable.
    pub code: String,
    /// Shown.
    pub name: String,
}
