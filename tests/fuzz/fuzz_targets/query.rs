//! Any text as a query.
#![no_main]

use std::sync::LazyLock;

use devanture_domain::geo::LatLng;
use devanture_search::{Entry, Index, encode};
use libfuzzer_sys::fuzz_target;

static INDEX: LazyLock<Index> = LazyLock::new(|| {
    let towns = [("Nantes", "44000"), ("Düsseldorf", "40212"), ("London", "N1 9AL"), ("東京都", "100-0005"), ("St. Louis", "631011809")];
    let location = LatLng::new(1.0, 2.0).expect("is on Earth");
    let entries = towns.map(|(town, postcode)| Entry {
        code: "1",
        name: "Main Street & 42nd",
        town,
        region: "",
        postcode,
        country: "",
        location,
        rank: 0,
    });
    Index::decode(&encode(entries).expect("encodes")).expect("decodes")
});

fuzz_target!(|query: &str| {
    assert!(INDEX.search(query, 10, None).len() <= 10);
});
