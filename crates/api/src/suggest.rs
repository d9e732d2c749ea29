//! Suggestions while a shopper types a place.

use devanture_domain::geo::LatLng;
use serde::{Deserialize, Serialize};

/// Query of `GET /v1/suggest`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
pub struct SuggestParams {
    /// What was typed so far; at most 200 characters.
    pub q: String,
    /// How many, 1 to 20; 8 unless told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u16>,
}

/// Places that match, best first.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Suggestions {
    /// The places.
    pub items: Vec<Suggestion>,
}

/// One place.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Suggestion {
    /// What it is.
    pub kind: PlaceKind,
    /// Shown and, when chosen, put in the field ("Nantes").
    pub label: String,
    /// Tells it from others of the same name ("44, France"); may be empty.
    pub detail: String,
    /// Where it is.
    pub location: LatLng,
    /// For a store, its code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub store_code: Option<String>,
}

/// What a suggestion stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum PlaceKind {
    /// A town or district.
    Town,
    /// A postcode.
    Postcode,
    /// A street address, from an outside geocoder.
    Address,
    /// A store of the network.
    Store,
}
