//! From measurements to a size of a chart, with the reason; or nothing, where the measurements do not say enough.

use super::{
    body::Dimension,
    chart::{Chart, Range},
    garment::Kind,
    memory::Body,
};

/// How far outside of a chart a body may be and still be told its first or last size, in millimetres.
const TOLERANCE_MM: u16 = 10;

/// So close to the next size, in millimetres, a body may as well take that: nobody reads a tape more exactly.
const BORDER_MM: u16 = 5;

/// Why it is this size.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reason {
    /// What decided.
    pub dimension: Dimension,
    /// What was typed, in millimetres.
    pub measured: u16,
    /// What the size is cut for.
    pub range: Range,
}

/// A size, and how sure it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Advice {
    /// Which row of the chart.
    pub row: usize,
    /// What decided: the measurement that needs the largest size.
    pub reason: Reason,
    /// The smallest size that another measurement would have had, where they differ: it will be wide there.
    pub smallest: Option<usize>,
    /// The size beside it that may be as good: the body is between the two.
    pub between: Option<usize>,
    /// How many measurements were looked at.
    pub looked_at: u8,
}

/// Why there is no advice although there are measurements.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outside {
    /// The chart begins above this measurement.
    Below(Dimension),
    /// The chart ends below it.
    Above(Dimension),
    /// Measurements are so far apart that no size serves both.
    Apart,
}

/// What has to be known before anything is said: without one of these a chart says nothing about such a thing.
fn deciding(kind: Kind) -> &'static [Dimension] {
    use Dimension::{Chest, Foot, Height, Hip, Underbust, Waist};
    match kind {
        Kind::Tops => &[Chest],
        Kind::Bottoms => &[Waist, Hip],
        Kind::Shoes => &[Foot],
        Kind::Bras => &[Underbust],
        Kind::Other => &[Chest, Waist, Hip, Foot, Height],
    }
}

/// The size for a body. `None` where too little was measured: a guess is worth less than silence.
pub fn advise(chart: &Chart, kind: Kind, body: &Body) -> Option<Result<Advice, Outside>> {
    let known = || chart.dimensions().filter_map(|of| Some((of, body.get(of)?)));
    // Children's charts go by height, whatever the garment.
    let decides = |of: &Dimension| deciding(kind).contains(of) || chart.dimensions().eq([Dimension::Height]);
    if !known().any(|(of, _)| decides(&of)) {
        return None;
    }
    let (mut most, mut least): (Option<Advice>, usize) = (None, usize::MAX);
    // The smallest and the largest size that all measurements may as well have.
    let (mut low, mut high) = (0, usize::MAX);
    let mut looked_at = 0;
    for (dimension, measured) in known() {
        let (row, range) = match fitting(chart, dimension, measured) {
            Ok(found) => found,
            Err(outside) => return Some(Err(outside)),
        };
        looked_at += 1;
        // Legs are lengthened and shortened; they choose no girth.
        if matches!(dimension, Dimension::InsideLeg) && looked_at > 1 {
            continue;
        }
        least = least.min(row);
        let near = |at: &usize| {
            let beside = chart.rows().get(*at).and_then(|row| row.range(dimension));
            // The same width in another length is no other size.
            beside.is_some_and(|beside| beside != range && apart(beside, measured) <= BORDER_MM)
        };
        low = low.max(row.checked_sub(1).filter(near).unwrap_or(row));
        high = high.min(Some(row + 1).filter(near).unwrap_or(row));
        if most.is_none_or(|most| row > most.row) {
            most = Some(Advice {
                row,
                reason: Reason { dimension, measured, range },
                smallest: None,
                between: None,
                looked_at,
            });
        }
    }
    let mut advice = most?;
    advice.looked_at = looked_at;
    if advice.row - least > 2 {
        return Some(Err(Outside::Apart));
    }
    advice.smallest = (least < advice.row).then_some(least);
    let (below, above) = (advice.row.checked_sub(1), advice.row + 1);
    advice.between = below.filter(|below| low <= *below || least == *below);
    if advice.between.is_none() && high >= above {
        advice.between = Some(above);
    }
    Some(Ok(advice))
}

/// The row for a measurement: the one that it lies in, at a border the larger; where a chart names single numbers or leaves a
/// centimetre out, the nearest.
fn fitting(chart: &Chart, of: Dimension, measured: u16) -> Result<(usize, Range), Outside> {
    let rows = || chart.rows().iter().enumerate().filter_map(|(at, row)| Some((at, row.range(of)?)));
    let mut best: Option<(usize, Range)> = None;
    for (at, range) in rows() {
        // Of two rows with the same range, the first.
        let better = best.is_none_or(|(_, known)| {
            let (this, that) = (apart(range, measured), apart(known, measured));
            this < that || (this == that && range != known)
        });
        if better {
            best = Some((at, range));
        }
    }
    let Some((at, range)) = best else { return Err(Outside::Above(of)) };
    let (mut lowest, mut highest, mut tolerance) = (u16::MAX, 0, TOLERANCE_MM);
    for (_, range) in rows() {
        if range.from == range.to && highest > 0 {
            // Half of the way to where the next single number would stand.
            tolerance = tolerance.max(range.from.saturating_sub(highest) / 2);
        }
        lowest = lowest.min(range.from);
        highest = highest.max(range.to);
    }
    if measured + tolerance < lowest {
        Err(Outside::Below(of))
    } else if measured > highest + tolerance {
        Err(Outside::Above(of))
    } else {
        Ok((at, range))
    }
}

/// How far a measurement is from what a size is cut for, in millimetres.
fn apart(range: Range, measured: u16) -> u16 {
    range.from.saturating_sub(measured).max(measured.saturating_sub(range.to))
}

#[cfg(test)]
mod tests {
    use super::{super::chart::tests::row, *};
    use Dimension::{Chest, Foot, Height, Hip, Waist};
    use proptest::prelude::*;

    fn chart() -> Chart {
        Chart::checked(vec![
            row("36", &[(Chest, 800, 840), (Waist, 620, 660), (Hip, 860, 900)]),
            row("38", &[(Chest, 840, 880), (Waist, 660, 700), (Hip, 900, 940)]),
            row("40", &[(Chest, 880, 920), (Waist, 700, 740), (Hip, 940, 980)]),
            row("42", &[(Chest, 920, 960), (Waist, 740, 780), (Hip, 980, 1020)]),
            row("44", &[(Chest, 960, 1000), (Waist, 780, 820), (Hip, 1020, 1060)]),
        ])
        .unwrap()
    }

    fn body(of: &[(Dimension, u16)]) -> Body {
        let mut body = Body::default();
        for (dimension, mm) in of {
            body.set(*dimension, Some(*mm));
        }
        body
    }

    #[test]
    fn the_measurement_that_needs_most_decides_and_says_so() {
        let advice =
            advise(&chart(), Kind::Tops, &body(&[(Chest, 890), (Waist, 690), (Hip, 950)])).unwrap().unwrap();
        assert_eq!((advice.row, advice.smallest, advice.looked_at), (2, Some(1), 3));
        assert_eq!(
            (advice.reason.dimension, advice.reason.measured, advice.reason.range.from),
            (Chest, 890, 880)
        );
    }

    #[test]
    fn between_two_sizes() {
        for (of, between) in [
            (&[(Chest, 900)][..], None),
            (&[(Chest, 880)], Some(1)),
            (&[(Chest, 885)], Some(1)),
            (&[(Chest, 886)], None),
            (&[(Chest, 915)], Some(3)),
            (&[(Chest, 914)], None),
            // The hips need the larger one, whatever the chest may have.
            (&[(Chest, 885), (Hip, 960)], None),
            (&[(Chest, 915), (Hip, 960)], None),
            (&[(Chest, 900), (Hip, 930)], Some(1)),
            (&[(Chest, 900), (Hip, 890)], None),
            (&[(Chest, 800)], None),
            (&[(Chest, 1000)], None),
        ] {
            let advice = advise(&chart(), Kind::Tops, &body(of)).unwrap().unwrap();
            assert_eq!(advice.between, between, "{of:?}");
        }
    }

    #[test]
    fn silent_below_what_decides() {
        assert_eq!(advise(&chart(), Kind::Tops, &body(&[(Waist, 690), (Hip, 950)])), None);
        assert_eq!(advise(&chart(), Kind::Tops, &body(&[])), None);
        assert_eq!(advise(&chart(), Kind::Shoes, &body(&[(Chest, 890)])), None);
        assert_eq!(advise(&chart(), Kind::Tops, &body(&[(Foot, 240)])), None);
        assert!(advise(&chart(), Kind::Bottoms, &body(&[(Hip, 950)])).is_some());
    }

    #[test]
    fn outside_is_said_rather_than_stretched() {
        assert_eq!(advise(&chart(), Kind::Tops, &body(&[(Chest, 1200)])), Some(Err(Outside::Above(Chest))));
        assert_eq!(advise(&chart(), Kind::Tops, &body(&[(Chest, 700)])), Some(Err(Outside::Below(Chest))));
        assert_eq!(
            advise(&chart(), Kind::Tops, &body(&[(Chest, 810), (Hip, 1050)])),
            Some(Err(Outside::Apart))
        );
        let advice = advise(&chart(), Kind::Tops, &body(&[(Chest, 1005)])).unwrap().unwrap();
        assert_eq!(advice.row, 4);
    }

    #[test]
    fn single_numbers_by_the_nearest() {
        let ages = Chart::checked(vec![
            row("4 ans", &[(Height, 1020, 1020)]),
            row("6 ans", &[(Height, 1140, 1140)]),
        ])
        .unwrap();
        for (mm, at) in [(1020, 0), (1060, 0), (1100, 1), (1170, 1)] {
            let advice = advise(&ages, Kind::Tops, &body(&[(Height, mm)])).unwrap().unwrap();
            assert_eq!(advice.row, at, "{mm}");
        }
        assert_eq!(advise(&ages, Kind::Tops, &body(&[(Height, 1300)])), Some(Err(Outside::Above(Height))));
    }

    proptest! {
        #[test]
        fn a_larger_body_never_has_a_smaller_size(a in 800u16..1000, b in 800u16..1000) {
            let of = |mm| advise(&chart(), Kind::Tops, &body(&[(Chest, mm)])).unwrap().unwrap().row;
            prop_assert!(a > b || of(a) <= of(b));
        }

        #[test]
        fn never_fails(sizes in proptest::collection::vec((0usize..8, 0u16..4000), 0..9)) {
            let of: Vec<(Dimension, u16)> = sizes.iter().map(|(at, mm)| (Dimension::ALL[*at].0, *mm)).collect();
            for (kind, _) in Kind::ALL {
                if let Some(Ok(advice)) = advise(&chart(), kind, &body(&of)) {
                    prop_assert!(advice.between.is_none_or(|at| at.abs_diff(advice.row) == 1 && at < chart().rows().len()));
                }
            }
        }
    }
}
