//! Nearest stores against sorting them all.

#![expect(clippy::unwrap_used, reason = "a test fails by it")]

use devanture_domain::geo::LatLng;
use devanture_search::{Entry, Index, encode};
use proptest::{prelude::*, strategy::ValueTree};

mod common;

fn index(points: &[LatLng]) -> Index {
    let codes: Vec<String> = (0..points.len()).map(|n| format!("S{n}")).collect();
    let entries = points.iter().zip(&codes).map(|(&location, code)| Entry {
        code,
        name: "",
        town: "",
        region: "",
        postcode: "",
        country: "",
        location,
        rank: 0,
    });
    Index::decode(&encode(entries).unwrap()).unwrap()
}

fn brute(index: &Index, at: LatLng, count: usize) -> Vec<(u32, f64)> {
    let mut all: Vec<(u32, f64)> =
        (0..index.len()).map(|store| (store, at.distance_m(index.location(store).unwrap()))).collect();
    let order = |a: &(u32, f64), b: &(u32, f64)| a.1.total_cmp(&b.1).then(a.0.cmp(&b.0));
    if count < all.len() {
        all.select_nth_unstable_by(count, order);
        all.truncate(count);
    }
    all.sort_by(order);
    all
}

/// Anywhere, with the places where longitudes misbehave well represented.
fn anywhere() -> impl Strategy<Value = LatLng> {
    let lat = prop_oneof![4 => -90.0..=90.0f64, 1 => Just(90.0), 1 => Just(-90.0), 1 => 89.9..=90.0f64, 1 => Just(0.0)];
    let lng = prop_oneof![4 => -180.0..=180.0f64, 1 => Just(180.0), 1 => Just(-180.0), 1 => 179.9..=180.0f64, 1 => -180.0..=-179.9f64];
    (lat, lng).prop_map(|(lat, lng)| LatLng::new(lat, lng).unwrap())
}

/// On a coarse lattice, so that many distances are equal.
fn lattice() -> impl Strategy<Value = LatLng> {
    (-9i8..=9, -18i8..=18).prop_map(|(a, b)| LatLng::new(f64::from(a) * 10.0, f64::from(b) * 10.0).unwrap())
}

proptest! {
    #[test]
    fn same_as_sorting_all(points in proptest::collection::vec(anywhere(), 0..300), at in anywhere(), count in 0usize..30) {
        let index = index(&points);
        prop_assert_eq!(index.nearest(at, count), brute(&index, at, count));
    }

    #[test]
    fn same_as_sorting_all_with_many_ties(points in proptest::collection::vec(lattice(), 0..300), at in lattice(), count in 0usize..30) {
        let index = index(&points);
        prop_assert_eq!(index.nearest(at, count), brute(&index, at, count));
    }
}

#[test]
fn all_stores_in_one_place() {
    let here = LatLng::new(48.85, 2.35).unwrap();
    let index = index(&[here; 1000]);
    let found: Vec<u32> = index.nearest(here, 5).into_iter().map(|(store, _)| store).collect();
    assert_eq!(found, [0, 1, 2, 3, 4]);
    assert_eq!(index.nearest(here, 5000).len(), 1000);
}

#[test]
fn a_thousand_points_of_the_real_network() {
    let Some(stores) = common::stores() else { return };
    let index = Index::decode(&encode(stores.iter().map(common::Row::entry)).unwrap()).unwrap();
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    for _ in 0..1000 {
        let at = anywhere().new_tree(&mut runner).unwrap().current();
        assert_eq!(index.nearest(at, 20), brute(&index, at, 20), "{at:?}");
    }
}
