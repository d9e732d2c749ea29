//! Points in space, cut in halves (a k-d tree).
//!
//! Our own sixty lines, since a list of stores is asked for more than anything else: with an R-tree's
//! iterator (rstar 0.14) a sixth of a request's time went into its queue.

/// Up to so many points are looked at one by one.
const LEAF: usize = 8;

/// A point and the store it stands for.
#[derive(Clone, Copy, Debug)]
pub(super) struct Point {
    pub(super) at: [f64; 3],
    pub(super) index: u32,
}

/// The points, in an order in which the middle of every part divides it.
#[derive(Debug)]
pub(super) struct Tree {
    points: Vec<Point>,
    /// By which coordinate a part is divided, kept at its middle.
    axes: Vec<u8>,
}

impl Tree {
    pub(super) fn new(mut points: Vec<Point>) -> Self {
        let mut axes = vec![0; points.len()];
        divide(&mut points, &mut axes);
        Self { points, axes }
    }

    /// What the points stand for, neighbours mostly next to each other.
    pub(super) fn order(&self) -> impl Iterator<Item = u32> {
        self.points.iter().map(|point| point.index)
    }

    /// Shows `see` every point whose squared distance from `target` is at most the bound; `see` answers
    /// with the bound from then on.
    pub(super) fn visit(&self, target: [f64; 3], see: &mut impl FnMut(u32, f64) -> f64) {
        let mut bound = f64::INFINITY;
        self.visit_part(0, self.points.len(), target, &mut bound, see);
    }

    fn visit_part(
        &self,
        from: usize,
        to: usize,
        target: [f64; 3],
        bound: &mut f64,
        see: &mut impl FnMut(u32, f64) -> f64,
    ) {
        if to - from <= LEAF {
            for point in &self.points[from..to] {
                show(point, target, bound, see);
            }
            return;
        }
        let middle = usize::midpoint(from, to);
        let (point, axis) = (&self.points[middle], usize::from(self.axes[middle]));
        let beyond = target[axis] - point.at[axis];
        let (near, far) = if beyond < 0.0 {
            ((from, middle), (middle + 1, to))
        } else {
            ((middle + 1, to), (from, middle))
        };
        self.visit_part(near.0, near.1, target, bound, see);
        show(point, target, bound, see);
        if beyond * beyond <= *bound {
            self.visit_part(far.0, far.1, target, bound, see);
        }
    }
}

fn show(point: &Point, target: [f64; 3], bound: &mut f64, see: &mut impl FnMut(u32, f64) -> f64) {
    let distance2 = squared(point.at, target);
    if distance2 <= *bound {
        *bound = see(point.index, distance2);
    }
}

fn divide(points: &mut [Point], divisions: &mut [u8]) {
    if points.len() <= LEAF {
        return;
    }
    let middle = points.len() / 2;
    let axis = widest(points);
    points.select_nth_unstable_by(middle, |a, b| a.at[axis].total_cmp(&b.at[axis]));
    divisions[middle] = u8::try_from(axis).unwrap_or(0);
    let (left, right) = points.split_at_mut(middle);
    let (left_divisions, right_divisions) = divisions.split_at_mut(middle);
    divide(left, left_divisions);
    divide(&mut right[1..], &mut right_divisions[1..]);
}

/// The coordinate along which the points lie farthest apart.
fn widest(points: &[Point]) -> usize {
    let extent = |axis: usize| {
        let (low, high) = points.iter().fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), point| {
            (low.min(point.at[axis]), high.max(point.at[axis]))
        });
        high - low
    };
    (0..3).max_by(|a, b| extent(*a).total_cmp(&extent(*b))).unwrap_or(0)
}

/// The length of a straight line, squared.
pub(super) fn squared(from: [f64; 3], to: [f64; 3]) -> f64 {
    from.iter().zip(to).map(|(from, to)| (from - to) * (from - to)).sum()
}
