//! Sizes of products, size charts, figures.

use crate::{Answer, Api, transport};
use devanture_api::{
    routes,
    size::{SizeChart, SizesPage, SizesParams},
};

impl Api {
    /// The sizes of products, and which of them are left.
    pub fn sizes(&self, params: &SizesParams) -> Answer<SizesPage> {
        let mut query = self.query(routes::SIZES);
        query.add("products", params.products.as_deref());
        query.add("skus", params.skus.as_deref());
        transport::get(&query)
    }

    /// The size chart for a product, by its id or by a SKU.
    pub fn size_chart(&self, product: Option<&str>, sku: Option<&str>) -> Answer<SizeChart> {
        let mut query = self.query(routes::SIZE_CHART);
        query.add("product", product);
        query.add("sku", sku);
        transport::get(&query)
    }

    /// Adds to the site's sums. Nobody waits for it, and it goes on when the page is left.
    pub fn count_size(&self, count: Count) {
        let mut query = self.query(routes::SIZE_FIGURES);
        let (name, and) = match count {
            Count::Seen => ("seen", None),
            Count::Preselected => ("preselected", Some("seen")),
            Count::Kept => ("kept", None),
            Count::Changed => ("changed", None),
        };
        query.add(name, Some("1"));
        if let Some(and) = and {
            query.add(and, Some("1"));
        }
        transport::beacon(&query);
    }
}

/// What happened on a page.
#[derive(Clone, Copy, Debug)]
pub enum Count {
    /// A product with sizes of which one is remembered.
    Seen,
    /// And it was selected.
    Preselected,
    /// Put into the basket so.
    Kept,
    /// Another was chosen instead.
    Changed,
}
