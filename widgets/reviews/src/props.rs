//! What the element's attributes say.

use devanture_api::review::ReviewParams;
use devanture_domain::review::Sort;
use devanture_ui::{js, mount::Settings};

/// Attributes that are the widget's own; see `element.json`.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Options {
    /// The retailer's product id; or a store.
    pub product: Option<String>,
    /// A store's code.
    pub store: Option<String>,
    /// What the list is narrowed to at first.
    pub size: Option<String>,
    pub sort: Sort,
    /// Reviews listed at first, and again by each "more".
    pub limit: Option<u16>,
}

impl Options {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "`as` saturates")]
    pub(crate) fn read(settings: &Settings) -> Self {
        let product = settings.attribute("product");
        let limit = settings.attribute("limit").and_then(|text| js::parse_number(&text));
        Self {
            // One of the two: a good product does not make a good store.
            store: settings.attribute("store").filter(|_| product.is_none()),
            product,
            size: settings.attribute("size"),
            sort: settings.attribute("sort").and_then(|name| Sort::parse(&name)).unwrap_or_default(),
            limit: limit.map(|limit| (limit as u16).clamp(1, 50)),
        }
    }

    /// The request for what this is about.
    pub(crate) fn params(&self) -> ReviewParams {
        ReviewParams {
            product: self.product.clone(),
            store: self.store.clone(),
            limit: self.limit,
            ..ReviewParams::default()
        }
    }
}
