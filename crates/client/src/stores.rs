//! Stores, suggestions and the site's settings.

use devanture_api::{
    routes,
    site::Site,
    store::{Store, StorePage, StoreParams},
    suggest::Suggestions,
};
use wasm_bindgen::JsValue;

use crate::{Answer, Api, ClientError, query::path, transport};

impl Api {
    /// A page of stores. `first` may be the `{url, response}` of the same request, which the loader
    /// made while the module was still on its way.
    pub fn stores(&self, params: &StoreParams, first: &JsValue) -> Answer<StorePage> {
        if let Some(answer) = transport::prefetched(first) {
            return answer;
        }
        let mut query = self.query(routes::STORES);
        query.add_number("limit", params.limit.map(f64::from));
        query.add_number("lat", params.lat);
        query.add_number("lng", params.lng);
        query.add("services", params.services.as_deref());
        query.add("brands", params.brands.as_deref());
        query.add("q", params.q.as_deref());
        query.add("codes", params.codes.as_deref());
        query.add("open_now", params.open_now.then_some("true"));
        query.add("cursor", params.cursor.as_deref());
        query.add("lang", params.lang.as_deref());
        transport::get(&query)
    }

    /// One store.
    pub fn store(&self, code: &str) -> Answer<Store> {
        transport::get(&self.query(&path(routes::STORE, code)))
    }

    /// Places that match what was typed.
    pub fn suggest(&self, q: &str) -> Answer<Suggestions> {
        let mut query = self.query(routes::SUGGEST);
        query.add("q", Some(q));
        transport::get(&query)
    }

    /// The compact index of all the site's stores. The request is made at once, whenever the result
    /// is awaited.
    pub fn store_index(&self) -> impl Future<Output = Result<Vec<u8>, ClientError>> + use<> {
        transport::get_bytes(&self.query(routes::STORE_INDEX))
    }

    /// The site's settings, with names in a language.
    pub fn site(&self, lang: Option<&str>) -> Answer<Site> {
        let mut query = self.query(routes::SITE);
        query.add("lang", lang);
        transport::get(&query)
    }
}
