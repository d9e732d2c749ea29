//! Sizes of products, size charts, figures.

use devanture_api::{
    routes,
    size::{SizeChart, SizeCounts, SizesPage, SizesParams},
};
use js_sys::{Object, Reflect};
use wasm_bindgen::JsValue;

use crate::{Answer, Api, transport};

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
    pub fn count_sizes(&self, counts: SizeCounts) {
        let body = Object::new();
        let all = [
            ("seen", counts.seen),
            ("preselected", counts.preselected),
            ("kept", counts.kept),
            ("changed", counts.changed),
        ];
        for (name, count) in all {
            // A fresh plain object takes any property.
            let _ = Reflect::set(&body, &name.into(), &JsValue::from(count));
        }
        self.tell(routes::SIZE_FIGURES, &body);
    }
}
