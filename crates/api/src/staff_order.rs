//! What a seller orders for a shopper who stands before them: from another store, or from a warehouse.

use devanture_domain::civil::UtcMs;
use serde::{Deserialize, Serialize};

/// Body of `POST /admin/v1/orders`, which takes an `Idempotency-Key`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StaffOrderRequest {
    /// The store in which the seller and the shopper are.
    pub store_code: String,
    /// The store or warehouse that is asked for the pieces.
    pub from: String,
    /// Of what.
    pub sku: String,
    /// How many.
    pub quantity: u32,
    /// The shopper's name.
    pub name: String,
    /// Mail address; this or a phone number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// Phone number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    /// BCP 47 language to answer the shopper in.
    pub locale: String,
    /// That the shopper was told what name and contact are kept for, and agrees.
    pub consent: bool,
}

/// An order: a reservation at another place, which has to answer it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StaffOrder {
    /// The reservation's id.
    pub id: String,
    /// What the shopper shows when they fetch it.
    pub pickup_code: String,
    /// The store or warehouse that is asked; a warehouse sends it to the seller's store.
    pub from: String,
    /// Its name.
    pub from_name: String,
    /// IANA zone of the store at which it is fetched.
    pub time_zone: String,
    /// Until when it has to answer. Absent once it has ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answer_by: Option<UtcMs>,
    /// From when it can be fetched there, if it says yes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ready_at: Option<UtcMs>,
}
