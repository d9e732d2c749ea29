//! Nearest stores, exact anywhere on the sphere.

use devanture_domain::geo::LatLng;

/// Stores looked at one by one at the end of each branch.
const LEAF: usize = 24;

/// How far the unit vectors' squared distance may be from the truth, being `f32`: about twice
/// the rounding of a coordinate times the distance itself.
const SLACK: f32 = 1e-6;

/// A k-d tree over unit vectors, laid out in an array: the middle of every range splits it, on x, y and
/// z in turn. Neither the poles nor the date line are anything special in space.
pub(crate) struct Tree {
    points: Box<[[f32; 3]]>,
    stores: Box<[u32]>,
}

impl Tree {
    pub(crate) fn new(locations: &[LatLng]) -> Self {
        let mut items: Vec<([f32; 3], u32)> = locations.iter().map(|&l| unit(l)).zip(0..).collect();
        split(&mut items, 0);
        Self { points: items.iter().map(|i| i.0).collect(), stores: items.iter().map(|i| i.1).collect() }
    }

    /// The `count` nearest to `at` as (metres, ordinal), ascending; ties by ordinal.
    pub(crate) fn nearest(&self, locations: &[LatLng], at: LatLng, count: usize) -> Vec<(f64, u32)> {
        let count = count.min(self.stores.len());
        let mut search = Search {
            tree: self,
            locations,
            at,
            unit: unit(at),
            count,
            found: Vec::with_capacity(count + 1),
            reach: f32::MAX,
        };
        if count > 0 {
            search.visit(0, self.points.len(), 0);
        }
        search.found
    }
}

#[expect(clippy::cast_possible_truncation, reason = "rounding to f32 is allowed for by SLACK")]
fn unit(at: LatLng) -> [f32; 3] {
    let (lat, lng) = (at.lat().to_radians(), at.lng().to_radians());
    [(lat.cos() * lng.cos()) as f32, (lat.cos() * lng.sin()) as f32, lat.sin() as f32]
}

fn split(mut items: &mut [([f32; 3], u32)], mut axis: usize) {
    while items.len() > LEAF {
        let middle = items.len() / 2;
        select(items, middle, axis);
        axis = (axis + 1) % 3;
        let (low, high) = items.split_at_mut(middle);
        split(low, axis);
        items = &mut high[1..];
    }
}

/// Hoare's quickselect: puts the item that belongs at `middle` there, smaller ones before it.
fn select(items: &mut [([f32; 3], u32)], middle: usize, axis: usize) {
    let (mut from, mut to) = (0, items.len() - 1);
    while from < to {
        // Many stores may share a position: both sides stop at equals, which keeps halves even.
        let pivot = items[from.midpoint(to)].0[axis];
        let (mut left, mut right) = (from, to);
        loop {
            while items[left].0[axis] < pivot {
                left += 1;
            }
            while items[right].0[axis] > pivot {
                right -= 1;
            }
            if left >= right {
                break;
            }
            items.swap(left, right);
            left += 1;
            right -= 1;
        }
        // Everything up to `right` is at most the pivot, everything from `right + 1` on at least.
        if left == right && left < middle {
            from = left + 1;
        } else if left == right && left > middle {
            to = left - 1;
        } else if left == right {
            return;
        } else if middle <= right {
            to = right;
        } else {
            from = left;
        }
    }
}

struct Search<'a> {
    tree: &'a Tree,
    locations: &'a [LatLng],
    at: LatLng,
    unit: [f32; 3],
    count: usize,
    found: Vec<(f64, u32)>,
    /// Squared chord within which another store may still belong in `found`.
    reach: f32,
}

impl Search<'_> {
    fn visit(&mut self, from: usize, to: usize, axis: usize) {
        if to - from <= LEAF {
            for at in from..to {
                self.consider(at);
            }
            return;
        }
        let middle = from + (to - from) / 2;
        let beyond = self.unit[axis] - self.tree.points[middle][axis];
        let next = (axis + 1) % 3;
        let (near, far) = if beyond < 0.0 {
            ((from, middle), (middle + 1, to))
        } else {
            ((middle + 1, to), (from, middle))
        };
        self.visit(near.0, near.1, next);
        self.consider(middle);
        if beyond * beyond <= self.reach {
            self.visit(far.0, far.1, next);
        }
    }

    fn consider(&mut self, at: usize) {
        let point = self.tree.points[at];
        let chord = (0..3).map(|axis| (point[axis] - self.unit[axis]).powi(2)).sum::<f32>();
        if chord > self.reach {
            return;
        }
        let store = self.tree.stores[at];
        let metres = self.at.distance_m(self.locations[store as usize]);
        let place = self.found.partition_point(|&(m, s)| (m, s) < (metres, store));
        if place >= self.count {
            return;
        }
        self.found.insert(place, (metres, store));
        self.found.truncate(self.count);
        if self.found.len() == self.count {
            self.reach = self.found.last().map_or(0.0, |&(metres, _)| reach(metres));
        }
    }
}

/// The squared chord that belongs to `metres`, and a little more.
#[expect(clippy::cast_possible_truncation, reason = "rounding to f32 is allowed for by SLACK")]
fn reach(metres: f64) -> f32 {
    let chord = 2.0 * (metres / (2.0 * devanture_domain::geo::EARTH_RADIUS_M)).sin();
    let chord = chord as f32;
    chord * chord + chord * SLACK + SLACK * SLACK
}
