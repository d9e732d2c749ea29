//! Search over small networks made up for the purpose.

#![expect(clippy::unwrap_used, reason = "a test fails by it")]

use devanture_domain::geo::LatLng;
use devanture_search::{DecodeError, Entry, Field, HitKind, Index, Options, encode, encode_with};
use proptest::prelude::*;

fn entry<'a>(
    code: &'a str,
    name: &'a str,
    town: &'a str,
    postcode: &'a str,
    country: &'a str,
    at: (f64, f64),
) -> Entry<'a> {
    let location = LatLng::new(at.0, at.1).unwrap();
    Entry { code, name, town, region: "", postcode, country, location, rank: 0 }
}

fn network() -> Vec<Entry<'static>> {
    vec![
        entry("FR-0001", "Devanture Crébillon", "Nantes", "44000", "FR", (47.2134, -1.5631)),
        entry("FR-0002", "Devanture Beaulieu", "NANTES", "44200", "FR", (47.2049, -1.5361)),
        entry("FR-0010", "Devanture Saint-Malo Intra-Muros", "Saint-Malo", "35400", "FR", (48.6493, -2.0257)),
        entry("FR-0011", "Devanture Rue du Bac", "Paris", "75007", "FR", (48.8566, 2.3245)),
        entry("FR-0012", "Devanture King's Cross", "London", "N1 9AL", "GB", (51.5308, -0.1238)),
        entry("FR-0013", "Devanture Kö", "Düsseldorf", "40212", "DE", (51.2231, 6.7785)),
        entry("FR-0014", "Devanture Nantes Road", "Bristol", "BS1 4AA", "GB", (51.4545, -2.5879)),
        entry("Z", "Devanture Plaine des Jeux", "Saint-Denis", "97400", "FR", (-20.8789, 55.4481)),
        entry("1234567890123", "Devanture Basilique", "Saint-Denis", "93200", "FR", (48.9362, 2.3574)),
        entry("", "東京駅前店", "東京都", "100-0005", "JP", (35.6812, 139.7671)),
    ]
}

fn index() -> Index {
    Index::decode(&encode(network()).unwrap()).unwrap()
}

fn labels(index: &Index, query: &str) -> Vec<String> {
    index.search(query, 10, None).iter().map(|hit| index.label(hit).to_owned()).collect()
}

#[test]
fn a_town_is_one_hit_with_all_its_stores() {
    let index = index();
    let hits = index.search("nantes", 10, None);
    assert_eq!((hits[0].kind, hits[0].field, hits[0].count), (HitKind::Town, Field::Town, 2));
    assert!((hits[0].location.lat() - 47.209_15).abs() < 1e-6);
    let stores = index.stores_in_town_of(hits[0].ordinal);
    let mut codes: Vec<String> = stores.map(|store| index.code(store)).collect();
    codes.sort();
    assert_eq!(codes, ["FR-0001", "FR-0002"]);
    // The road in Bristol comes after the town, and says that its name was found.
    assert_eq!((hits[1].kind, hits[1].field), (HitKind::Store, Field::Name));
    assert_eq!(index.town(hits[1].ordinal), "Bristol");
}

#[test]
fn finds_as_one_types_in_any_order_and_with_errors() {
    let index = index();
    for (query, first) in [
        ("n", "NANTES"),
        ("nante", "NANTES"),
        ("natnes", "NANTES"),
        ("st malo", "Saint-Malo"),
        ("malo saint", "Saint-Malo"),
        ("dusseldorf", "Düsseldorf"),
        ("duesseldrof", "Düsseldorf"),
        ("kings cross", "Devanture King's Cross"),
        ("london cross", "Devanture King's Cross"),
        ("44200", "44200"),
        ("n1 9al", "N1 9AL"),
        ("N19AL", "N1 9AL"),
        ("東京", "東京都"),
        ("駅前", "東京駅前店"),
        ("crebilon nantes", "Devanture Crébillon"),
    ] {
        assert_eq!(labels(&index, query).first().map(String::as_str), Some(first), "{query}");
    }
    assert!(labels(&index, "qqqqq").is_empty());
}

#[test]
fn what_is_near_comes_first_among_equals() {
    let index = index();
    let reunion = LatLng::new(-21.1, 55.5).unwrap();
    let lyon = LatLng::new(45.76, 4.84).unwrap();
    // Two towns of one name and country, half a world apart.
    let towns = |near| {
        let hits = index.search("saint-denis", 3, near);
        assert_eq!((hits[0].kind, hits[0].count, hits[1].kind), (HitKind::Town, 1, HitKind::Town));
        index.postcode(hits[0].ordinal).to_owned()
    };
    assert_eq!(towns(Some(lyon)), "93200");
    assert_eq!(towns(Some(reunion)), "97400");
    let first = index.search("devanture", 3, Some(reunion))[0];
    assert_eq!(index.postcode(first.ordinal), "97400");
}

#[test]
fn every_column_comes_back() {
    let index = index();
    let mut read: Vec<_> = (0..index.len())
        .map(|at| (index.code(at), index.name(at), index.town(at), index.postcode(at), index.country(at)))
        .collect();
    read.sort();
    let stores = network();
    let mut written: Vec<_> =
        stores.iter().map(|s| (s.code.to_owned(), s.name, s.town, s.postcode, s.country)).collect();
    written.sort();
    assert_eq!(read, written);
    assert_eq!(index.name(99), "");
    assert_eq!(index.location(99), None);
    assert!(index.stores_in_town_of(99).is_empty());
}

#[test]
fn the_order_of_the_stores_does_not_matter() {
    let mut stores = network();
    let bytes = encode(stores.clone()).unwrap();
    stores.reverse();
    assert_eq!(encode(stores).unwrap(), bytes);
}

#[test]
fn no_store_at_all() {
    let index = Index::decode(&encode([]).unwrap()).unwrap();
    assert!(index.is_empty());
    assert!(index.search("paris", 10, None).is_empty());
    assert!(index.nearest(LatLng::new(0.0, 0.0).unwrap(), 3).is_empty());
}

#[test]
fn fewer_decimals_are_nearer_than_their_last() {
    let stores = network();
    let bytes = encode_with(stores.clone(), Options { decimals: 3 }).unwrap();
    let index = Index::decode(&bytes).unwrap();
    for store in stores {
        let at = (0..index.len()).find(|&at| index.code(at) == store.code).unwrap();
        assert!(index.location(at).unwrap().distance_m(store.location) < 80.0);
    }
}

#[test]
fn says_what_is_wrong_with_the_bytes() {
    let bytes = encode(network()).unwrap();
    assert_eq!(Index::decode(b"<!doctype html>").err(), Some(DecodeError::NotAnIndex));
    assert_eq!(Index::decode(b"").err(), Some(DecodeError::NotAnIndex));
    assert_eq!(Index::decode(b"DVNS\x07").err(), Some(DecodeError::Version));
    for end in 5..bytes.len() {
        assert_eq!(Index::decode(&bytes[..end]).err(), Some(DecodeError::Damaged), "{end}");
    }
}

#[test]
fn hostile_queries() {
    let index = index();
    for query in [
        "x".repeat(10_000),
        "nantes ".repeat(2_000),
        "🛍️👗🧥".repeat(500),
        "'; DROP TABLE stores; --".into(),
        "<script>alert(1)</script>".into(),
        "\u{0}\u{202e}\u{fffd}".into(),
        "東".repeat(10_000),
        "0".repeat(10_000),
        "a\u{301}".repeat(10_000),
    ] {
        let hits = index.search(&query, usize::MAX, None);
        assert!(hits.len() <= 100);
    }
    assert!(index.search("nantes", 0, None).is_empty());
}

proptest! {
    #[test]
    fn any_text_round_trips(codes in proptest::collection::vec(("[A-Z0-9-]{0,14}", "\\PC{0,12}", "\\PC{0,6}"), 0..40)) {
        let at = LatLng::new(1.0, 2.0).unwrap();
        let stores: Vec<Entry<'_>> = codes
            .iter()
            .map(|(code, name, town)| Entry { code, name, town, region: "", postcode: "", country: "", location: at, rank: 0 })
            .collect();
        let index = Index::decode(&encode(stores).unwrap()).unwrap();
        let mut read: Vec<_> = (0..index.len()).map(|n| (index.code(n), index.name(n).to_owned(), index.town(n).to_owned())).collect();
        let mut written = codes;
        read.sort();
        written.sort();
        prop_assert_eq!(read, written);
    }

    #[test]
    fn any_query_is_answered(query in "\\PC{0,300}", lat in -90.0..=90.0f64, lng in -180.0..=180.0f64) {
        index().search(&query, 10, LatLng::new(lat, lng).ok());
    }

    #[test]
    fn damaged_bytes_are_safe(flips in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8)) {
        let mut bytes = encode(network()).unwrap();
        for (at, byte) in flips {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        if let Ok(index) = Index::decode(&bytes) {
            for query in ["nantes", "44", "saint denis", "東京", "dusselbrof"] {
                for hit in index.search(query, 10, None) {
                    index.label(&hit);
                    index.code(hit.ordinal);
                }
            }
            index.nearest(LatLng::new(0.0, 0.0).unwrap(), 3);
        }
    }
}
