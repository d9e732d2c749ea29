//! What can be had near instead of a product that cannot.

use serde::{Deserialize, Serialize};

use crate::{
    product::Money,
    store::{Origin, Store},
};

/// Query of `GET /v1/availability/similar`. Without `lat`/`lng` or `q`, stores are those nearest to the site's centre.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams), into_params(parameter_in = Query))]
pub struct SimilarParams {
    /// Stock keeping unit of what was wanted, in any case.
    pub sku: String,
    /// Degrees; goes with `lng`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lat: Option<f64>,
    /// Degrees; goes with `lat`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lng: Option<f64>,
    /// A town, postcode, address or store name as typed; at most 200 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub q: Option<String>,
}

/// Other products of the same category, in the same size, that a store near has: of the same colour first, then of the same
/// brand, then by how close the price is. At most six.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SimilarPage {
    /// The products, each once.
    pub items: Vec<SimilarProduct>,
    /// What distances are measured from; absent when `q` was not understood.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub origin: Option<Origin>,
}

/// A product that can be had near.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SimilarProduct {
    /// The retailer's product id.
    pub product_id: String,
    /// As shown.
    pub name: String,
    /// Of the variant in the size wanted.
    pub sku: String,
    /// As shown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub size: Option<String>,
    /// As shown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub colour: Option<String>,
    /// Its page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// A picture of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub image_url: Option<String>,
    /// What it costs on this site.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub price: Option<Money>,
    /// The nearest store that has it; on a mini-site its own, if that has it.
    pub store: Store,
}
