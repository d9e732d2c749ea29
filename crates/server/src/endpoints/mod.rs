//! The API, one file per endpoint.

pub(crate) mod admin;
pub(crate) mod alert;
pub(crate) mod alert_page;
pub(crate) mod appointment;
pub(crate) mod availability;
pub(crate) mod book;
pub(crate) mod calendar;
pub(crate) mod cancel;
pub(crate) mod health;
pub(crate) mod payment;
pub(crate) mod product;
pub(crate) mod reservation;
pub(crate) mod reservation_page;
pub(crate) mod reservation_proposal;
pub(crate) mod reserve;
pub(crate) mod reviews;
pub(crate) mod site;
pub(crate) mod size_chart;
pub(crate) mod size_figures;
pub(crate) mod size_memory;
pub(crate) mod sizes;
pub(crate) mod slots;
pub(crate) mod store;
pub(crate) mod store_index;
pub(crate) mod stores;
pub(crate) mod suggest;

use devanture_domain::code::normalised;

use crate::problem::ApiError;

/// Media type of the API's answers.
const JSON: &str = "application/json";
/// For what changes with the minute: short, and then checked by tag.
pub(crate) const BRIEFLY: &str = "public, max-age=30, stale-while-revalidate=60";
/// For what changes with a setting.
const A_WHILE: &str = "public, max-age=300, stale-while-revalidate=3600";
/// For personal data and for what must be true at this moment.
const NEVER: &str = "no-store";

/// A SKU or a product's id in the one form that the catalogue has.
fn code(field: &'static str, text: &str) -> Result<String, ApiError> {
    normalised(text).map_err(|error| ApiError::invalid(field, format!("a code {error}")))
}
