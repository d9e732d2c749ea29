//! Suggestions while a shopper types a place.

pub use devanture_domain::place::{PlaceKind, Suggestion};
use serde::{Deserialize, Serialize};

/// Query of `GET /v1/suggest`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams), into_params(parameter_in = Query))]
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
