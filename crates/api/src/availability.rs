//! Which stores hold what.

use devanture_domain::{
    civil::{Date, UtcMs},
    stock::{Availability, Confidence},
};
use serde::{Deserialize, Serialize};

use crate::store::{Origin, Store};

/// Metres beyond which a store is not near.
pub const NEAR_M: f64 = 50_000.0;

/// Query of `GET /v1/availability`. Without `lat`/`lng` or `q` the list begins at the site's centre.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams), into_params(parameter_in = Query))]
pub struct AvailabilityParams {
    /// What is wanted: SKUs, comma-separated, each with `*` and a number of pieces if more than one
    /// (`ROBE-38,CEINTURE*2`); at most 12.
    pub items: String,
    /// Degrees; goes with `lng`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lat: Option<f64>,
    /// Degrees; goes with `lat`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lng: Option<f64>,
    /// A town, postcode, address or store name as typed; at most 200 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub q: Option<String>,
    /// Stores that come first whatever they hold, comma-separated codes: the shopper's own, that of a local ad; at most 10.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub first: Option<String>,
    /// The most stores beside those, 1 to 50; 10 unless told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u16>,
}

/// Stores that hold some of what is wanted: those of `first`, then those with all of it, then those with most; each nearest
/// first.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AvailabilityPage {
    /// The stores.
    pub items: Vec<StoreAvailability>,
    /// How many stores hold all that is wanted.
    pub total: u32,
    /// What can be sent home, in the order of what is wanted: a warehouse has enough of it, or a store that ships.
    pub shippable: Vec<bool>,
    /// In the same order, the name of the store that sends it: the nearest that ships and has enough, where no warehouse does.
    /// Absent where warehouses send all that can be sent.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ships_from: Vec<Option<String>>,
    /// What distances are measured from; absent when `q` was not understood.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub origin: Option<Origin>,
}

/// What one store holds.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StoreAvailability {
    /// In the order of what is wanted.
    pub items: Vec<ItemAvailability>,
    /// Whether all of it is there to be reserved now.
    pub has_all: bool,
    /// From when it can be fetched if it is reserved now; the store is open then. Absent where its hours are unknown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ready_at: Option<UtcMs>,
    /// The store.
    pub store: Store,
}

/// What one store holds of one variant.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ItemAvailability {
    /// As it is written in the catalogue.
    pub sku: String,
    /// What the shopper can do. `out` as well where the store has never had any.
    pub availability: Availability,
    /// How many are left, when there are few.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub left: Option<u32>,
    /// When more are due.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, format = Date))]
    pub expected_on: Option<Date>,
    /// As of when; absent where nothing is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub counted_at: Option<UtcMs>,
    /// How sure it is, where there is something to have.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub confidence: Option<Confidence>,
}
