//! What the element's attributes say.

use devanture_domain::size::System;
use devanture_host::shop::{Custom, Key};
use devanture_ui::mount::Settings;

/// Attributes that are the widget's own; see `element.json`.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Options {
    /// The page's product, where the page is not to be asked.
    pub key: Option<Key>,
    pub brand: Option<String>,
    pub category: Option<String>,
    /// What sizes without a country mean, where the site does not say it.
    pub home: Option<System>,
    pub custom: Custom,
    /// The id of the shop's customer, signed by the shop.
    pub customer: Option<String>,
}

impl Options {
    pub(crate) fn read(settings: &Settings) -> Self {
        let of = |name: &str| settings.attribute(name);
        Self {
            key: of("sku").map(Key::Sku).or_else(|| of("product-id").map(Key::Id)),
            brand: of("brand"),
            category: of("category"),
            home: of("size-system").map(|lang| System::of_language(&lang)),
            custom: Custom { sizes: of("size-selector"), cards: of("cards"), basket: of("basket-selector") },
            customer: of("customer"),
        }
    }
}
