//! The store index behind the thinnest possible layer of wasm-bindgen.

use devanture_domain::geo::LatLng;
use devanture_search::Index;
use wasm_bindgen::prelude::wasm_bindgen;

/// An index in the page.
#[wasm_bindgen]
pub struct Stores(Index);

#[wasm_bindgen]
impl Stores {
    /// Reads what the server wrote; `undefined` when it is damaged.
    pub fn decode(bytes: &[u8]) -> Option<Stores> {
        Index::decode(bytes).ok().map(Self)
    }

    /// Ordinals of the hits, best first.
    pub fn search(&self, query: &str, limit: usize) -> Vec<u32> {
        self.0.search(query, limit, None).iter().map(|hit| hit.ordinal).collect()
    }

    /// Ordinal, metres, ordinal, metres, …; empty for a position that is not on Earth.
    pub fn nearest(&self, lat: f64, lng: f64, count: usize) -> Vec<f64> {
        let Ok(at) = LatLng::new(lat, lng) else { return Vec::new() };
        self.0.nearest(at, count).into_iter().flat_map(|(store, metres)| [f64::from(store), metres]).collect()
    }

    /// Number of stores.
    #[wasm_bindgen(getter)]
    pub fn size(&self) -> u32 {
        self.0.len()
    }

    /// The town of a store.
    pub fn town(&self, ordinal: u32) -> String {
        self.0.town(ordinal).to_owned()
    }

    /// Latitude and longitude of a store, for checking distances.
    pub fn position(&self, ordinal: u32) -> Vec<f64> {
        self.0.location(ordinal).map_or_else(Vec::new, |at| vec![at.lat(), at.lng()])
    }
}
