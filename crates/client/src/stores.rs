//! Stores, suggestions and the site's settings.

use devanture_api::{
    routes,
    site::Site,
    store::{Store, StorePage, StoreParams},
    suggest::Suggestions,
};
use wasm_bindgen::JsValue;

use crate::{Api, ClientError, query::path, transport};

impl Api {
    /// A page of stores. `first` may be the `{url, response}` of the same request, which the loader
    /// made while the module was still on its way.
    pub async fn stores(&self, params: &StoreParams, first: &JsValue) -> Result<StorePage, ClientError> {
        if let Some(response) = transport::prefetched(first) {
            return transport::decode_response(response).await;
        }
        let query = self
            .query(routes::STORES)
            .with_some("limit", params.limit.map(|limit| number(limit.into())).as_deref())
            .with_some("lat", params.lat.map(number).as_deref())
            .with_some("lng", params.lng.map(number).as_deref())
            .with_some("services", params.services.as_deref())
            .with_some("brands", params.brands.as_deref())
            .with_some("q", params.q.as_deref())
            .with_some("codes", params.codes.as_deref())
            .with_some("open_now", params.open_now.then_some("true"))
            .with_some("cursor", params.cursor.as_deref());
        self.get(query).await
    }

    /// One store.
    pub async fn store(&self, code: &str) -> Result<Store, ClientError> {
        self.get(self.query(&path(routes::STORE, code))).await
    }

    /// Places that match what was typed.
    pub async fn suggest(&self, q: &str) -> Result<Suggestions, ClientError> {
        self.get(self.query(routes::SUGGEST).with("q", q)).await
    }

    /// The compact index of all the site's stores. The request is made at once, whenever the result
    /// is awaited.
    pub fn store_index(&self) -> impl Future<Output = Result<Vec<u8>, ClientError>> + use<> {
        transport::get_bytes(self.query(routes::STORE_INDEX))
    }

    /// The site's settings.
    pub async fn site(&self) -> Result<Site, ClientError> {
        self.get(self.query(routes::SITE)).await
    }
}

/// As JavaScript prints it: Rust's own float formatting would cost the download 10 KB.
fn number(value: f64) -> String {
    js_sys::Number::from(value).to_string_with_radix(10).map(String::from).unwrap_or_default()
}
