//! Whether a reservation says what the store needs to know, and asks for no more than the network allows.

use devanture_api::reservation::{ReservationRequest, WantedItem};
use devanture_domain::reservation::ReservationRules;

use crate::{contact, endpoints::code, problem::ApiError};

/// The request in one form, or which field is at fault.
pub(in crate::endpoints) fn checked(
    mut request: ReservationRequest,
    rules: &ReservationRules,
) -> Result<ReservationRequest, ApiError> {
    let mut items: Vec<WantedItem> = Vec::new();
    for item in request.items {
        let sku = code("items", &item.sku)?;
        match items.iter_mut().find(|known| known.sku == sku) {
            Some(known) => known.quantity = known.quantity.saturating_add(item.quantity),
            None => items.push(WantedItem { sku, quantity: item.quantity }),
        }
    }
    let max_units = u32::from(rules.max_units);
    if items.is_empty() || items.len() > usize::from(rules.max_lines) {
        return Err(ApiError::invalid("items", format!("1 to {} different SKUs", rules.max_lines)));
    }
    if let Some(item) = items.iter().find(|item| !(1..=max_units).contains(&item.quantity)) {
        return Err(ApiError::invalid("items", format!("1 to {max_units} pieces of {}", item.sku)));
    }
    request.items = items;
    contact::checked(&mut request.name, &mut request.email, &mut request.phone)?;
    if request.email.as_deref().is_some_and(contact::is_disposable) {
        return Err(ApiError::invalid(
            "email",
            "an address that lasts is needed, since the store answers to it",
        ));
    }
    if !contact::is_language(&request.locale) {
        return Err(ApiError::invalid("locale", "is a BCP 47 language, such as fr-FR"));
    }
    Ok(request)
}
