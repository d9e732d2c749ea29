//! Places that shoppers look for stores from: towns, postcodes, addresses, the device's own.

use serde::{Deserialize, Serialize};

use crate::geo::LatLng;

/// A place that matches what was typed.
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

/// Why the device's position is not known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PositionFailure {
    /// The shopper, the browser or the page's policy said no.
    Refused,
    /// It took too long, or the device cannot tell.
    Unavailable,
}
