//! The nearest stores, exactly: the same as measuring the distance to every one.
//!
//! Stores are points on the unit sphere in three dimensions, where nothing special happens at the
//! poles or at ±180°, and where the nearest by straight line is the nearest over the ground.

use std::collections::BinaryHeap;

use devanture_domain::geo::LatLng;

use super::{
    bits::BitSet,
    tree::{Point, Tree},
};

/// Straight-line distances squared, on a sphere of radius 1, that differ by less than this may be in
/// the other order on the ground, since both are rounded. 6 m at no distance, less elsewhere.
const MARGIN: f64 = 1e-12;
/// Up to so many stores it is quicker to measure them all than to walk the tree past the others.
const FEW: u32 = 512;

/// Where a page begins: after this distance and, at the same distance, after this store.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct After {
    pub(crate) distance_m: f64,
    /// The first store that may follow at exactly that distance.
    pub(crate) next_index: u32,
}

/// A store found, and how far it is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Found {
    pub(crate) index: u32,
    pub(crate) distance_m: f64,
}

#[derive(Debug)]
pub(crate) struct NearestIndex {
    tree: Tree,
    locations: Vec<LatLng>,
}

impl NearestIndex {
    pub(crate) fn new(locations: Vec<LatLng>) -> Self {
        let points = (0u32..).zip(&locations).map(|(index, at)| Point { at: unit(*at), index }).collect();
        Self { tree: Tree::new(points), locations }
    }

    pub(crate) fn location(&self, index: u32) -> LatLng {
        self.locations[index as usize]
    }

    /// At most `limit` stores, by distance and then by index, and whether more follow. `keep` leaves
    /// the others out.
    pub(crate) fn page(
        &self,
        origin: LatLng,
        after: Option<After>,
        limit: usize,
        keep: Option<&BitSet>,
    ) -> (Vec<Found>, bool) {
        let mut found = match keep {
            Some(keep) if keep.len() <= FEW => {
                keep.iter().filter_map(|i| self.found(origin, after, i)).collect()
            }
            _ => self.walk(origin, after, limit, keep),
        };
        found.sort_unstable_by(|a, b| a.distance_m.total_cmp(&b.distance_m).then(a.index.cmp(&b.index)));
        let more = found.len() > limit;
        found.truncate(limit);
        (found, more)
    }

    fn walk(&self, origin: LatLng, after: Option<After>, limit: usize, keep: Option<&BitSet>) -> Vec<Found> {
        let target = unit(origin);
        let counts = |index: u32| {
            keep.is_none_or(|keep| keep.contains(index))
                && (after.is_none() || self.found(origin, after, index).is_some())
        };
        // How far the last one is, of one more than asked for, to know whether a page follows. Squares
        // are never negative, so their bits are in the same order as they are.
        let mut best: BinaryHeap<u64> = BinaryHeap::with_capacity(limit + 2);
        let mut enough = f64::INFINITY;
        self.tree.visit(target, &mut |point, chord2| {
            if chord2 <= enough && counts(point.index) {
                best.push(chord2.to_bits());
                if best.len() > limit + 1 {
                    best.pop();
                }
                if best.len() == limit + 1 {
                    enough = best.peek().map_or(enough, |bits| f64::from_bits(*bits));
                }
            }
            enough
        });
        // All that are as near, those included that rounding may have put on the wrong side.
        let enough = enough + MARGIN;
        let mut found = Vec::with_capacity(limit + 8);
        self.tree.visit(target, &mut |point, chord2| {
            if chord2 <= enough && keep.is_none_or(|keep| keep.contains(point.index)) {
                found.extend(self.found(origin, after, point.index));
            }
            enough
        });
        found
    }

    fn found(&self, origin: LatLng, after: Option<After>, index: u32) -> Option<Found> {
        let distance_m = origin.distance_m(self.location(index));
        let follows = after.is_none_or(|after| {
            distance_m > after.distance_m || (distance_m >= after.distance_m && index >= after.next_index)
        });
        follows.then_some(Found { index, distance_m })
    }
}

fn unit(at: LatLng) -> [f64; 3] {
    let (lat, lng) = (at.lat().to_radians(), at.lng().to_radians());
    [lat.cos() * lng.cos(), lat.cos() * lng.sin(), lat.sin()]
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Small, fast, good enough to scatter test points: an LCG.
    struct Scatter(u64);
    impl Scatter {
        fn next(&mut self, low: f64, high: f64) -> f64 {
            self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            #[expect(clippy::cast_precision_loss, reason = "53 bits fit")]
            let fraction = (self.0 >> 11) as f64 / (1u64 << 53) as f64;
            low + fraction * (high - low)
        }
    }

    fn brute(locations: &[LatLng], origin: LatLng, keep: Option<&BitSet>) -> Vec<Found> {
        let mut all: Vec<Found> = (0u32..)
            .zip(locations)
            .filter(|(i, _)| keep.is_none_or(|k| k.contains(*i)))
            .map(|(index, at)| Found { index, distance_m: origin.distance_m(*at) })
            .collect();
        all.sort_by(|a, b| a.distance_m.total_cmp(&b.distance_m).then(a.index.cmp(&b.index)));
        all
    }

    #[test]
    fn same_as_measuring_all_everywhere_on_earth() {
        let mut random = Scatter(7);
        // Two decimals, as in real files: many stores share a position, and ties are common.
        let mut locations: Vec<LatLng> = (0..3000)
            .map(|_| {
                let round = |v: f64| (v * 100.0).round() / 100.0;
                LatLng::new(round(random.next(-90.0, 90.0)), round(random.next(-180.0, 180.0))).unwrap()
            })
            .collect();
        for i in 0..300 {
            locations.push(locations[i]);
        }
        for (lat, lng) in
            [(90.0, 0.0), (90.0, 77.0), (-90.0, 5.0), (0.0, 180.0), (0.0, -180.0), (0.01, 179.99)]
        {
            locations.push(LatLng::new(lat, lng).unwrap());
        }
        let index = NearestIndex::new(locations.clone());
        let mut origins: Vec<(f64, f64)> =
            (0..200).map(|_| (random.next(-90.0, 90.0), random.next(-180.0, 180.0))).collect();
        origins.extend([
            (90.0, 0.0),
            (-90.0, 180.0),
            (0.0, 180.0),
            (0.0, -180.0),
            (12.0, -179.999),
            (12.0, 179.999),
        ]);
        for (lat, lng) in origins {
            let origin = LatLng::new(lat, lng).unwrap();
            assert_eq!(
                index.page(origin, None, 20, None).0,
                brute(&locations, origin, None)[..20],
                "{lat},{lng}"
            );
        }
    }

    #[test]
    fn pages_join_without_gap_or_repeat() {
        let mut random = Scatter(9);
        let mut locations: Vec<LatLng> =
            (0..700).map(|_| LatLng::new(random.next(40.0, 50.0), random.next(-5.0, 8.0)).unwrap()).collect();
        locations.extend([locations[3]; 60]);
        let index = NearestIndex::new(locations.clone());
        let mut keep = BitSet::none(locations.len());
        (0..760).filter(|i| i % 5 != 0).for_each(|i| keep.insert(i));
        for keep in [None, Some(&keep)] {
            let origin = LatLng::new(47.0, 2.0).unwrap();
            let mut all = Vec::new();
            let mut after = None;
            loop {
                let (page, more) = index.page(origin, after, 37, keep);
                after = page.last().map(|l| After { distance_m: l.distance_m, next_index: l.index + 1 });
                all.extend(page);
                if !more {
                    break;
                }
            }
            assert_eq!(all, brute(&locations, origin, keep));
        }
    }
}
