//! Postal addresses on one line.

use devanture_api::store::Store;
use devanture_ui::dom::join;

/// Street and town, in the order of the country.
pub(crate) fn address(store: &Store) -> String {
    let address = &store.address;
    let town = match (address.country.as_str(), &address.region) {
        ("US" | "CA" | "AU", Some(region)) => join(&[&address.town, ", ", region, " ", &address.postcode]),
        ("GB" | "IE", _) => join(&[&address.town, " ", &address.postcode]),
        _ => join(&[&address.postcode, " ", &address.town]),
    };
    let town = town.trim();
    if address.street.is_empty() { town.into() } else { join(&[&address.street, ", ", town]) }
}
