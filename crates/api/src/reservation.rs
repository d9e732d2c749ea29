//! Reserving in a store.

use devanture_domain::{civil::UtcMs, reservation::State};
use serde::{Deserialize, Serialize};

use crate::product::Money;

/// Body of `POST /v1/reservations`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReservationRequest {
    /// Where.
    pub store_code: String,
    /// What; each SKU once.
    pub items: Vec<WantedItem>,
    /// Shopper's name, 1 to 100 characters.
    pub name: String,
    /// Mail address; this or `phone` is needed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// Phone number; one without a country's code is of the store's country.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    /// BCP 47 language to answer in.
    pub locale: String,
}

/// Some pieces of one variant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct WantedItem {
    /// Of what.
    pub sku: String,
    /// How many, at least 1.
    #[serde(default = "one")]
    pub quantity: u32,
}

fn one() -> u32 {
    1
}

/// A reservation, as the shopper who holds its link sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Reservation {
    /// The private link's secret: at least 128 random bits, base64url.
    pub token: String,
    /// What to show at the till.
    pub pickup_code: String,
    /// Where it stands.
    pub state: State,
    /// The store that is asked, or has said yes.
    pub store_code: String,
    /// Name of that store.
    pub store_name: String,
    /// IANA zone of the store.
    pub time_zone: String,
    /// How many stores were asked, this one included.
    pub stores_asked: u16,
    /// What.
    pub items: Vec<ReservedItem>,
    /// When time is up in this state: the store's to answer, the shopper's to come. Absent at an end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due_at: Option<UtcMs>,
    /// From when it can be fetched.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ready_at: Option<UtcMs>,
    /// When it was made.
    pub created_at: UtcMs,
}

/// Some pieces of one variant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReservedItem {
    /// Of what.
    pub sku: String,
    /// How many.
    pub quantity: u32,
    /// For how much each, as it was when reserved.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub price: Option<Money>,
}
