//! What a network decides about reviews.

use serde::{Deserialize, Serialize};

use super::{About, Criterion};

/// A network's rules. By default nobody writes without a link, nobody is asked, and nothing is shown before somebody has read it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default)]
pub struct ReviewRules {
    /// Whether anybody may write, without a link. Such reviews are marked as not checked.
    pub open: bool,
    /// Whether a link is sent when a reservation has been collected; the product's page has to take it.
    pub ask: bool,
    /// So many days afterwards: the piece has to be worn.
    pub ask_after_days: u16,
    /// For so many days the link can be used.
    pub link_days: u16,
    /// What is scored of products.
    pub product_criteria: Vec<Criterion>,
    /// What is scored of stores.
    pub store_criteria: Vec<Criterion>,
}

impl Default for ReviewRules {
    fn default() -> Self {
        Self {
            open: false,
            ask: false,
            ask_after_days: 7,
            link_days: 60,
            product_criteria: Vec::new(),
            store_criteria: Vec::new(),
        }
    }
}

impl ReviewRules {
    /// What is scored.
    pub fn criteria(&self, about: About) -> &[Criterion] {
        match about {
            About::Product => &self.product_criteria,
            About::Store => &self.store_criteria,
        }
    }
}
