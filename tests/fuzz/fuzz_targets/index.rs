//! Any bytes as a store index: refused, or usable without a panic.
#![no_main]

use devanture_domain::geo::LatLng;
use devanture_search::Index;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Ok(index) = Index::decode(bytes) else { return };
    for query in ["saint denis", "n1 9al", "dusseldrof", "東京", "440"] {
        for hit in index.search(query, 10, None) {
            index.label(&hit);
            index.code(hit.ordinal);
            index.stores_in_town_of(hit.ordinal);
        }
    }
    if let Ok(at) = LatLng::new(48.8, 2.3) {
        index.nearest(at, 5);
    }
});
