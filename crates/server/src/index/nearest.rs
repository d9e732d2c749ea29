//! The nearest stores, exactly: the same as measuring the distance to every one.
//!
//! Stores are points on the unit sphere in three dimensions, where nothing special happens at the
//! poles or at ±180°, and where the nearest by straight line is the nearest over the ground.

use std::collections::BinaryHeap;

use devanture_domain::geo::{EARTH_RADIUS_M, LatLng};

use super::{
    bits::BitSet,
    tree::{Point, Tree, squared},
};

/// Up to so many stores it is quicker to measure them all than to walk the tree past the others.
const FEW: u32 = 512;

/// A store found, and how far it is. Ordered by distance, and by index where that is the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Found {
    /// The bits of the straight line's length squared, on a sphere of radius 1: squares are never
    /// negative, so their bits are in the same order as they are.
    chord2: u64,
    pub(crate) index: u32,
}

impl Found {
    /// `chord2` is not negative.
    pub(crate) fn new(index: u32, chord2: f64) -> Self {
        Self { chord2: chord2.to_bits(), index }
    }

    /// Over the ground.
    pub(crate) fn distance_m(self) -> f64 {
        2.0 * EARTH_RADIUS_M * (self.chord2().sqrt() / 2.0).min(1.0).asin()
    }

    /// The straight line's length squared, on a sphere of radius 1.
    pub(crate) fn chord2(self) -> f64 {
        f64::from_bits(self.chord2)
    }
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

    /// All stores, neighbours mostly next to each other.
    pub(crate) fn order(&self) -> impl Iterator<Item = u32> {
        self.tree.order()
    }

    /// How far one store is.
    pub(crate) fn found(&self, origin: LatLng, index: u32) -> Found {
        Found::new(index, squared(unit(self.location(index)), unit(origin)))
    }

    /// At most `limit` stores from `first` on, by distance and then by index, and whether more follow.
    /// `keep` leaves the others out.
    pub(crate) fn page(
        &self,
        origin: LatLng,
        first: Option<Found>,
        limit: usize,
        keep: Option<&BitSet>,
    ) -> (Vec<Found>, bool) {
        let mut found = match keep {
            Some(keep) if keep.len() <= FEW => {
                let mut all: Vec<Found> = keep
                    .iter()
                    .map(|index| self.found(origin, index))
                    .filter(|one| first.is_none_or(|first| *one >= first))
                    .collect();
                all.sort_unstable();
                all
            }
            _ => self.walk(origin, first, limit, keep),
        };
        let more = found.len() > limit;
        found.truncate(limit);
        (found, more)
    }

    /// One more than asked for, to know whether a page follows.
    fn walk(&self, origin: LatLng, first: Option<Found>, limit: usize, keep: Option<&BitSet>) -> Vec<Found> {
        let mut best = BinaryHeap::with_capacity(limit + 1);
        let mut enough = f64::INFINITY;
        self.tree.visit(unit(origin), &mut |index, chord2| {
            let one = Found::new(index, chord2);
            if keep.is_some_and(|keep| !keep.contains(index)) || first.is_some_and(|first| one < first) {
                return enough;
            }
            if best.len() <= limit {
                best.push(one);
            } else if let Some(mut last) = best.peek_mut()
                && one < *last
            {
                *last = one;
            }
            if best.len() > limit {
                enough = best.peek().map_or(enough, |last: &Found| last.chord2());
            }
            enough
        });
        best.into_sorted_vec()
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

    fn brute(index: &NearestIndex, origin: LatLng, keep: impl Fn(u32) -> bool) -> Vec<Found> {
        let all = 0..u32::try_from(index.locations.len()).unwrap();
        let mut all: Vec<Found> = all.filter(|i| keep(*i)).map(|i| index.found(origin, i)).collect();
        all.sort_unstable();
        for one in &all {
            let over_the_ground = origin.distance_m(index.location(one.index));
            // Opposite places lie so far that a straight line tells them apart by centimetres only.
            let margin = if over_the_ground < 1.9e7 { 1e-4 } else { 0.5 };
            assert!((one.distance_m() - over_the_ground).abs() < margin, "{origin:?} {one:?}");
        }
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
        let index = NearestIndex::new(locations);
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
            let nearest = index.page(origin, None, 20, None).0;
            assert_eq!(nearest, brute(&index, origin, |_| true)[..20], "{lat},{lng}");
        }
    }

    #[test]
    fn pages_join_without_gap_or_repeat() {
        let mut random = Scatter(9);
        let mut locations: Vec<LatLng> =
            (0..700).map(|_| LatLng::new(random.next(40.0, 50.0), random.next(-5.0, 8.0)).unwrap()).collect();
        locations.extend([locations[3]; 60]);
        let index = NearestIndex::new(locations);
        let mut keep = BitSet::none(760);
        (0..760).filter(|i| i % 5 != 0).for_each(|i| keep.insert(i));
        for keep in [None, Some(&keep)] {
            let origin = LatLng::new(47.0, 2.0).unwrap();
            let mut all = Vec::new();
            let mut first = None;
            loop {
                let (page, more) = index.page(origin, first, 37, keep);
                first = page.last().map(|last| Found::new(last.index + 1, last.chord2()));
                all.extend(page);
                if !more {
                    break;
                }
            }
            assert_eq!(all, brute(&index, origin, |i| keep.is_none_or(|keep| keep.contains(i))));
        }
    }
}
