//! Stores, as a storefront sees them.

use devanture_domain::{civil::Date, geo::LatLng, hours::Schedule};
use serde::{Deserialize, Serialize};

use crate::site::Label;

/// One store, everything that its card and its details show.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Store {
    /// The retailer's own code, unique in the network.
    pub code: String,
    /// As shown.
    pub name: String,
    /// Who runs it.
    pub ownership: Ownership,
    /// Postal address.
    pub address: Address,
    /// Position of the door.
    pub location: LatLng,
    /// Metres from the point asked about; absent when none was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub distance_m: Option<f64>,
    /// International form, `+33 2 40 12 34 56`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    /// Public mail address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// The store's own page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// IANA time zone, `Europe/Paris`.
    pub time_zone: String,
    /// Opening hours in that zone; special days from yesterday on, at most 60 days ahead.
    pub hours: Schedule,
    /// Codes of the services offered; names are in [`StorePage::services`].
    #[serde(default)]
    pub services: Vec<String>,
    /// Codes of the brands carried.
    #[serde(default)]
    pub brands: Vec<String>,
    /// Promotions and events that run today or later.
    #[serde(default)]
    pub promotions: Vec<Promotion>,
    /// Whether appointments can be booked.
    #[serde(default)]
    pub appointments: bool,
}

/// Who runs a store.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Ownership {
    /// The brand itself.
    Own,
    /// A franchisee.
    Franchise,
    /// A licensee or concession.
    Licensed,
}

/// A postal address.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Address {
    /// Street and number; empty when unknown.
    pub street: String,
    /// Postcode; empty when unknown.
    pub postcode: String,
    /// Town.
    pub town: String,
    /// State or province, where addresses have one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub region: Option<String>,
    /// ISO 3166-1 alpha-2.
    pub country: String,
}

impl Address {
    /// Street and town on one line, in the order of the country.
    pub fn line(&self) -> String {
        let (town, postcode) = (&*self.town, &*self.postcode);
        let parts = match (&*self.country, &self.region) {
            ("US" | "CA" | "AU", Some(region)) => [town, ", ", region, " ", postcode],
            ("GB" | "IE", _) => [town, " ", postcode, "", ""],
            _ => [postcode, " ", town, "", ""],
        };
        let mut line = self.street.clone();
        if !line.is_empty() {
            line.push_str(", ");
        }
        let start = line.len();
        for part in parts {
            line.push_str(part);
        }
        // Without a postcode or a town there is nothing on one side of the space.
        let trimmed = line.split_off(start);
        line.push_str(trimmed.trim());
        line
    }
}

/// A promotion, or an event in the store.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Promotion {
    /// Stable within the store.
    pub id: String,
    /// One line.
    pub title: String,
    /// More about it; may be empty.
    pub text: String,
    /// First day, in the store's zone.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = Date))]
    pub starts_on: Date,
    /// Last day, inclusive.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = Date))]
    pub ends_on: Date,
    /// Something that takes place rather than a reduction.
    #[serde(default)]
    pub event: bool,
}

/// Query of `GET /v1/stores`. Without `lat`/`lng`, `q` or `codes` the list begins at the site's centre.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams), into_params(parameter_in = Query))]
pub struct StoreParams {
    /// Degrees; goes with `lng`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lat: Option<f64>,
    /// Degrees; goes with `lat`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lng: Option<f64>,
    /// A town, postcode, address or store name as typed; at most 200 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub q: Option<String>,
    /// Just these stores, comma-separated codes, in this order; at most 50.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub codes: Option<String>,
    /// Only stores open at this moment.
    #[serde(default, skip_serializing_if = "core::ops::Not::not")]
    pub open_now: bool,
    /// Only stores that offer all of these services, comma-separated codes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub services: Option<String>,
    /// Only stores that carry all of these brands, comma-separated codes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub brands: Option<String>,
    /// Page size, 1 to 100; 20 unless told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u16>,
    /// `next` of the page before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cursor: Option<String>,
    /// BCP 47 language of the names of services and brands; the site's own where there are none in it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lang: Option<String>,
}

/// How a first view is to be drawn (`GET /v1/ssr/store-locator`, beside [`StoreParams`]).
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams), into_params(parameter_in = Query))]
pub struct ViewParams {
    /// BCP 47 language of the texts; without a region, times are written as the first region of that
    /// language in `Accept-Language` does.
    pub lang: String,
    /// Minutes east of UTC of the shopper's own clock: times of stores that show another are marked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub utc_offset: Option<i32>,
}

/// Stores, nearest first.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StorePage {
    /// This page.
    pub items: Vec<Store>,
    /// Cursor of the next page, absent on the last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
    /// How many stores match in all.
    pub total: u32,
    /// What distances are measured from; absent when `q` was not understood.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub origin: Option<Origin>,
    /// Every service found in the network, with its name, for filters and cards.
    #[serde(default)]
    pub services: Vec<Label>,
    /// Every brand found in the network, likewise.
    #[serde(default)]
    pub brands: Vec<Label>,
}

/// The point that distances are measured from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Origin {
    /// Its position.
    pub location: LatLng,
    /// Its name when it came from `q` ("Nantes (44)"); absent for a position.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// True when nothing was asked and it is just the site's centre: distances then mean nothing
    /// to the shopper and are not shown.
    #[serde(default)]
    pub is_default: bool,
}
