//! Appointments with an adviser.

use devanture_domain::{appointment::Slot, civil::Date, civil::UtcMs};
use serde::{Deserialize, Serialize};

/// Query of `GET /v1/stores/{code}/slots`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams), into_params(parameter_in = Query))]
pub struct SlotParams {
    /// First day, in the store's zone; today unless told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", param(value_type = Option<String>, format = Date))]
    pub from: Option<Date>,
    /// How many days, 1 to 31; 7 unless told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub days: Option<u8>,
}

/// Free times.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SlotList {
    /// In order of time.
    pub items: Vec<Slot>,
    /// IANA zone in which to show them.
    pub time_zone: String,
    /// The first later instant that is free when `items` is empty.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_free_at: Option<UtcMs>,
}

/// Body of `POST /v1/stores/{code}/appointments`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct BookingRequest {
    /// A slot's `starts_at`.
    pub starts_at: UtcMs,
    /// One of the site's `appointment_subjects`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject: Option<String>,
    /// Shopper's name, 1 to 100 characters.
    pub name: String,
    /// Mail address; this or `phone` is needed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// Phone number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    /// What the adviser should know; at most 1,000 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// BCP 47 language to answer in.
    pub locale: String,
}

/// A booked appointment, as the shopper who holds its link sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Appointment {
    /// The private link's secret: at least 128 random bits, base64url.
    pub token: String,
    /// Where.
    pub store_code: String,
    /// Name of that store.
    pub store_name: String,
    /// When it begins.
    pub starts_at: UtcMs,
    /// When it ends.
    pub ends_at: UtcMs,
    /// IANA zone of the store.
    pub time_zone: String,
    /// Subject's code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject: Option<String>,
    /// Whether it was called off.
    pub cancelled: bool,
    /// Absolute URL of its `.ics` file.
    pub calendar_url: String,
}
