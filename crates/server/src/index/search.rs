//! The search index that pages fetch, built when first asked for and compressed once.

use std::sync::PoisonError;

use bytes::Bytes;
use devanture_domain::geo::LatLng;
use devanture_search::{EncodeError, Entry, encode};
use serde::Deserialize;

use super::Network;
use crate::cache::Tagged;

/// An index ready to send.
#[derive(Clone, Debug)]
pub(crate) struct SearchIndex {
    pub(crate) plain: Tagged,
    pub(crate) brotli: Bytes,
}

/// The parts of a store that are searched: all of thousands at once would be too much memory.
#[derive(Deserialize)]
struct Searchable {
    code: String,
    name: String,
    address: Place,
    location: LatLng,
}

#[derive(Deserialize)]
struct Place {
    postcode: String,
    town: String,
    #[serde(default)]
    region: String,
    country: String,
}

impl Network {
    /// The index of all stores. Takes up to some seconds the first time, for a large network.
    pub(crate) fn search_index(&self) -> Result<SearchIndex, EncodeError> {
        let mut built = self.search.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(index) = &*built {
            return Ok(index.clone());
        }
        let index = self.build_search_index(0..self.len())?;
        *built = Some(index.clone());
        Ok(index)
    }

    /// The index of these stores.
    pub(crate) fn build_search_index(
        &self,
        stores: impl IntoIterator<Item = u32>,
    ) -> Result<SearchIndex, EncodeError> {
        let stores: Vec<Searchable> = stores.into_iter().filter_map(|index| self.read_json(index)).collect();
        let plain = encode(stores.iter().map(|store| Entry {
            code: &store.code,
            name: &store.name,
            town: &store.address.town,
            region: &store.address.region,
            postcode: &store.address.postcode,
            country: &store.address.country,
            location: store.location,
            rank: 0,
        }))?;
        drop(stores);
        Ok(SearchIndex { brotli: compressed(&plain), plain: Tagged::new(plain) })
    }
}

/// Near the best that brotli can do; the very best takes ten times the time and the memory.
fn compressed(bytes: &[u8]) -> Bytes {
    let parameters = brotli::enc::BrotliEncoderParams { quality: 9, lgwin: 20, ..Default::default() };
    let mut out = Vec::new();
    match brotli::BrotliCompress(&mut &*bytes, &mut out, &parameters) {
        Ok(_) => out.into(),
        // Writing to memory does not fail; an empty body would be wrong all the same.
        Err(error) => {
            tracing::error!(%error, "brotli");
            Bytes::new()
        }
    }
}
