//! What the staff console asks: reservations of a store, and what is done with them.

use devanture_domain::{
    civil::UtcMs,
    reservation::{Action, Refusal, State},
};
use serde::{Deserialize, Serialize};

use crate::reservation::ReservedItem;

/// The stores that someone acts for, by name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StaffStores {
    /// The stores.
    pub items: Vec<StaffStore>,
}

/// A store that someone acts for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StaffStore {
    /// The retailer's own code.
    pub code: String,
    /// As shown.
    pub name: String,
    /// IANA time zone.
    pub time_zone: String,
    /// Whether it is a warehouse, which only head office acts for.
    #[serde(default, skip_serializing_if = "core::ops::Not::not")]
    pub warehouse: bool,
}

/// Query of `GET /admin/v1/events`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams), into_params(parameter_in = Query))]
pub struct EventParams {
    /// Of which store.
    pub store: String,
}

/// Query of `GET /admin/v1/reservations`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams), into_params(parameter_in = Query))]
pub struct StaffReservationParams {
    /// Of which store.
    pub store: String,
    /// Those that have ended, the last first; otherwise those that hold pieces, the most urgent first.
    #[serde(default, skip_serializing_if = "core::ops::Not::not")]
    pub ended: bool,
    /// Only the one with this pickup code, however it was typed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// The most, 1 to 200; 100 unless told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u16>,
}

/// Reservations of a store.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StaffReservations {
    /// The reservations.
    pub items: Vec<StaffReservation>,
    /// The server's clock, for countdowns on devices whose own is wrong.
    pub now: UtcMs,
}

/// A reservation, as the store sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StaffReservation {
    /// Stable.
    pub id: String,
    /// Where it stands.
    pub state: State,
    /// The store at which it is fetched.
    pub store_code: String,
    /// That a warehouse sends it there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub delivery: Option<Delivery>,
    /// Whether it was paid in the checkout; otherwise it is paid here.
    pub paid: bool,
    /// How many stores were asked, this one included.
    pub stores_asked: u16,
    /// What.
    pub items: Vec<ReservedItem>,
    /// Whom to hand it to; absent once erased.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person: Option<Person>,
    /// BCP 47 language of the shopper.
    pub locale: String,
    /// When time is up in this state. Absent at an end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due_at: Option<UtcMs>,
    /// When it was made.
    pub created_at: UtcMs,
    /// When it last changed.
    pub changed_at: UtcMs,
}

/// Who sends what to whom, by their names.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Delivery {
    /// The warehouse.
    pub from: String,
    /// The store.
    pub to: String,
}

/// A shopper.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Person {
    /// Name.
    pub name: String,
    /// Mail address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// Phone number, as typed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
}

/// Body of `POST /admin/v1/reservations/{id}/actions`. Sent again, it changes nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StaffAction {
    /// `accept`, `refuse`, `mark_ready`, `collect`, `no_show` or `cancel`.
    pub action: Action,
    /// Why, for `refuse`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refusal: Option<Refusal>,
    /// What the shopper shows, for `collect`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pickup_code: Option<String>,
    /// Something like it that the store has, for `refuse`: the shopper is asked, and no other store is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub propose: Option<Proposing>,
}

/// What a store proposes instead of what it refuses.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Proposing {
    /// Of what, in stock at this store.
    pub sku: String,
    /// How many; as many as were asked for of a single variant unless told, else 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quantity: Option<u32>,
}
