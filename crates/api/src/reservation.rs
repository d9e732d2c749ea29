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
    /// It is paid in the host page's checkout, which tells of it with `POST /v1/payments/{id}`: until then the pieces are held for
    /// the time that the network gives, and no store is asked. Otherwise it is paid at the till.
    #[serde(default, skip_serializing_if = "core::ops::Not::not")]
    pub checkout: bool,
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
    /// Stable, and opens nothing: what the checkout names when it tells of a payment.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// The private link's secret: at least 128 random bits, base64url.
    pub token: String,
    /// What to show at the till.
    pub pickup_code: String,
    /// Where it stands.
    pub state: State,
    /// The store at which it is fetched: that is asked or has said yes, or to which a warehouse sends it.
    pub store_code: String,
    /// Code of that warehouse.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sent_from: Option<String>,
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
    /// What the store that refused proposes instead: `POST /v1/reservations/{token}/proposal` takes it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub proposal: Option<Proposal>,
}

/// What a store proposes instead. Nothing is held for it until it is taken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Proposal {
    /// What, with its price on this site.
    pub item: ReservedItem,
    /// Until when it can be taken, as long as it is there.
    pub open_until: UtcMs,
}

/// Body of `POST /v1/payments/{id}`, signed as [Standard Webhooks](https://www.standardwebhooks.com/) are. Sent again, it changes
/// nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PaymentReport {
    /// `id` of the reservation.
    pub reservation: String,
    /// The checkout's own name of the payment, 1 to 100 characters without spaces: each is taken once.
    pub payment: String,
    /// How much was paid.
    pub paid: Money,
}

/// What came of a payment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PaymentTaken {
    /// `id` of the reservation.
    pub reservation: String,
    /// Where it stands.
    pub state: State,
    /// This payment has to be paid back: it came too late and the pieces are gone, it was paid before, or it has ended. The webhook
    /// `reservation.refund_due` tells the same.
    pub refund_due: bool,
}

/// Some pieces of one variant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReservedItem {
    /// Of what.
    pub sku: String,
    /// How many.
    pub quantity: u32,
    /// The product's name; absent where the catalogue does not know the SKU.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// As shown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub size: Option<String>,
    /// As shown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub colour: Option<String>,
    /// A picture of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub image_url: Option<String>,
    /// For how much each, as it was when reserved.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub price: Option<Money>,
}
