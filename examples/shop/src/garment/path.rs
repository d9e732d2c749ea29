//! Paths that are written for one half of a garment and mirrored.

use std::fmt::Write as _;

/// The garment's axis of symmetry.
const AXIS: f64 = 200.0;

/// One segment, ending at `.2`; `None` controls for a straight line.
#[derive(Clone, Copy)]
struct Segment {
    controls: Option<[(f64, f64); 2]>,
    end: (f64, f64),
}

/// A closed path from its left half: `x y` of the start on the axis, then `C x y x y x y` and `L x y`
/// segments down to a last point on the axis. What cannot be read ends the half there.
pub(super) fn symmetric(half: &str) -> String {
    let (start, segments) = read(half);
    let mut out = format!("M{} {}", start.0, start.1);
    for segment in &segments {
        push(&mut out, *segment);
    }
    let mut from = segments.last().map_or(start, |last| last.end);
    if (from.0 - AXIS).abs() > f64::EPSILON {
        from = flip(from);
        push(&mut out, Segment { controls: None, end: from });
    }
    for (index, segment) in segments.iter().enumerate().rev() {
        let end = if index == 0 { start } else { segments[index - 1].end };
        let controls = segment.controls.map(|[first, second]| [flip(second), flip(first)]);
        push(&mut out, Segment { controls, end: flip(end) });
    }
    out.push('Z');
    out
}

/// The same path on the other side of the axis, for pieces that come in pairs.
pub(super) fn mirrored(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    let mut is_x = true;
    for token in path.split_inclusive(' ') {
        let token = token.trim_end();
        let digits = token.trim_start_matches(|c: char| c.is_ascii_alphabetic());
        let letters = &token[..token.len() - digits.len()];
        let (number, close) = digits.strip_suffix('Z').map_or((digits, ""), |number| (number, "Z"));
        match number.parse::<f64>() {
            Ok(value) => {
                let value = if is_x { 2.0 * AXIS - value } else { value };
                let _ = write!(out, "{letters}{value}{close} ");
                is_x = !is_x;
            }
            Err(_) => {
                let _ = write!(out, "{token} ");
            }
        }
    }
    out
}

fn flip((x, y): (f64, f64)) -> (f64, f64) {
    (2.0 * AXIS - x, y)
}

fn push(out: &mut String, segment: Segment) {
    let (x, y) = segment.end;
    let _ = match segment.controls {
        Some([(a, b), (c, d)]) => write!(out, "C{a} {b} {c} {d} {x} {y}"),
        None => write!(out, "L{x} {y}"),
    };
}

fn read(half: &str) -> ((f64, f64), Vec<Segment>) {
    let mut tokens = half.split_whitespace().peekable();
    let point = |tokens: &mut std::iter::Peekable<std::str::SplitWhitespace<'_>>| {
        Some((tokens.next()?.parse::<f64>().ok()?, tokens.next()?.parse::<f64>().ok()?))
    };
    let start = point(&mut tokens).unwrap_or((AXIS, 0.0));
    let mut segments = Vec::new();
    while let Some(kind) = tokens.next() {
        let controls = match kind {
            "C" => match (point(&mut tokens), point(&mut tokens)) {
                (Some(first), Some(second)) => Some([first, second]),
                _ => break,
            },
            "L" => None,
            _ => break,
        };
        match point(&mut tokens) {
            Some(end) => segments.push(Segment { controls, end }),
            None => break,
        }
    }
    (start, segments)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_half_becomes_a_whole() {
        assert_eq!(
            symmetric("200 10 L 150 20 C 1 2 3 4 200 50"),
            "M200 10L150 20C1 2 3 4 200 50C397 4 399 2 250 20L200 10Z"
        );
        assert_eq!(symmetric("200 10 L 150 20"), "M200 10L150 20L250 20L200 10Z");
    }

    #[test]
    fn a_pair() {
        assert_eq!(mirrored("M10 20 C1 2 3 4 5 6 Z").trim(), "M390 20 C399 2 397 4 395 6 Z");
    }
}
