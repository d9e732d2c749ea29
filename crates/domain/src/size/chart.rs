//! Size charts: which body a maker cuts each size for.

use super::{body::Dimension, label::Label};

/// Where two neighbours are written in whole centimetres, 84–87 and 88–91, this much between them is no gap.
const STEP_MM: u16 = 10;
/// The most sizes of a chart.
const MAX_ROWS: usize = 60;
/// The longest label, in bytes.
const MAX_LABEL: usize = 40;

/// A girth or length from and to, in millimetres; the same twice where a chart names one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Range {
    /// Of what.
    pub dimension: Dimension,
    /// The least.
    pub from: u16,
    /// The most.
    pub to: u16,
}

/// One size.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// As it is on the product.
    pub label: String,
    /// What it is cut for, each dimension once.
    pub ranges: Vec<Range>,
}

impl Row {
    /// What it is cut for.
    pub fn range(&self, of: Dimension) -> Option<Range> {
        self.ranges.iter().find(|range| range.dimension == of).copied()
    }
}

/// Sizes from the smallest to the largest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chart {
    rows: Vec<Row>,
}

/// What is wrong with a chart. Rows are named by their labels.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ChartError {
    /// There are no sizes, or no measurement at all.
    Empty,
    /// There are more than 60 sizes.
    TooMany,
    /// A label that is empty, too long, or no size.
    NoSize(String),
    /// A label stands twice.
    Twice(String),
    /// A size lacks what others have.
    Missing(String, Dimension),
    /// More to begin with than at the end, twice the same, or on no human body.
    Unlikely(String, Dimension),
    /// Bodies between two sizes have none.
    Gap(String, String, Dimension),
    /// Bodies have two sizes.
    Overlap(String, String, Dimension),
    /// A larger size is cut for a smaller body.
    Order(String, String, Dimension),
}

impl core::fmt::Display for ChartError {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match self {
            Self::Empty => f.write_str("the chart has no size with a measurement: give a range in centimetres, such as 84-88, for each size"),
            Self::TooMany => write!(f, "the chart has more than {MAX_ROWS} sizes: make a chart for each category"),
            Self::NoSize(label) => write!(f, "“{label}” is not a size: write it as on the product, such as 40, 38/40, XL or W32 L34"),
            Self::Twice(label) => write!(f, "size {label} stands twice: keep one of the two"),
            Self::Missing(label, of) => write!(f, "size {label} has no {}, which others have: fill it in, or leave it out everywhere", of.name()),
            Self::Unlikely(label, of) => {
                let (least, most) = of.bounds();
                write!(f, "{} of size {label} must go upwards, from {} to {} cm: is it in inches?", of.name(), least / 10, most / 10)
            }
            Self::Gap(a, b, of) => write!(f, "there is a gap between {a} and {b} in {}: let {b} begin where {a} ends", of.name()),
            Self::Overlap(a, b, of) => write!(f, "{a} and {b} overlap in {}: let {b} begin where {a} ends", of.name()),
            Self::Order(a, b, of) => write!(f, "{b} comes after {a} but has a smaller {}: order sizes from the smallest", of.name()),
        }
    }
}

impl core::error::Error for ChartError {}

impl Chart {
    /// Checks what a maker says; all that is wrong is told at once.
    pub fn checked(rows: Vec<Row>) -> Result<Self, Vec<ChartError>> {
        let mut wrong = Vec::new();
        if rows.is_empty() || rows.iter().all(|row| row.ranges.is_empty()) {
            return Err(vec![ChartError::Empty]);
        }
        if rows.len() > MAX_ROWS {
            return Err(vec![ChartError::TooMany]);
        }
        for (at, row) in rows.iter().enumerate() {
            if row.label.len() > MAX_LABEL || Label::parse(&row.label).is_none() {
                wrong.push(ChartError::NoSize(row.label.chars().take(MAX_LABEL).collect()));
            }
            if rows.iter().take(at).any(|other| other.label.eq_ignore_ascii_case(&row.label)) {
                wrong.push(ChartError::Twice(row.label.clone()));
            }
        }
        for (dimension, _) in Dimension::ALL {
            if rows.iter().any(|row| row.range(dimension).is_some()) {
                column(&rows, dimension, &mut wrong);
            }
        }
        if wrong.is_empty() { Ok(Self { rows }) } else { Err(wrong) }
    }

    /// The sizes, from the smallest to the largest.
    pub fn rows(&self) -> &[Row] {
        &self.rows
    }

    /// What it goes by.
    pub fn dimensions(&self) -> impl Iterator<Item = Dimension> + '_ {
        Dimension::ALL
            .iter()
            .map(|(of, _)| *of)
            .filter(|of| self.rows.iter().any(|row| row.range(*of).is_some()))
    }
}

fn column(rows: &[Row], of: Dimension, wrong: &mut Vec<ChartError>) {
    let mut before: Option<(&Row, Range)> = None;
    for row in rows {
        let Some(range) = row.range(of) else {
            wrong.push(ChartError::Missing(row.label.clone(), of));
            continue;
        };
        let once = row.ranges.iter().filter(|range| range.dimension == of).count() == 1;
        if range.from > range.to || !of.allows(range.from) || !of.allows(range.to) || !once {
            wrong.push(ChartError::Unlikely(row.label.clone(), of));
            continue;
        }
        if let Some((last, known)) = before {
            let names = || (last.label.clone(), row.label.clone());
            // Sizes for the same leg in another width stand beside each other.
            let same = known.from == range.from && known.to == range.to;
            let points = known.from == known.to || range.from == range.to;
            let (a, b) = names();
            if same {
            } else if range.from < known.from || range.to < known.to {
                wrong.push(ChartError::Order(a, b, of));
            } else if range.from < known.to {
                wrong.push(ChartError::Overlap(a, b, of));
            } else if range.from > known.to + STEP_MM && !points {
                wrong.push(ChartError::Gap(a, b, of));
            }
        }
        before = Some((row, range));
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use proptest::prelude::*;

    pub(crate) fn row(label: &str, ranges: &[(Dimension, u16, u16)]) -> Row {
        let of = |&(dimension, from, to): &(Dimension, u16, u16)| Range { dimension, from, to };
        Row { label: label.to_owned(), ranges: ranges.iter().map(of).collect() }
    }

    use Dimension::{Chest, Waist};

    fn said(rows: Vec<Row>) -> String {
        let wrong = Chart::checked(rows).unwrap_err();
        wrong.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
    }

    #[test]
    fn touching_or_a_centimetre_apart() {
        for (to, from) in [(880, 880), (870, 880), (880, 890)] {
            Chart::checked(vec![row("38", &[(Chest, 840, to)]), row("40", &[(Chest, from, 920)])]).unwrap();
        }
        Chart::checked(vec![row("38", &[(Chest, 840, 840)]), row("40", &[(Chest, 880, 880)])]).unwrap();
    }

    #[test]
    fn gaps_and_overlaps_say_where() {
        assert!(
            said(vec![row("38", &[(Chest, 840, 860)]), row("40", &[(Chest, 900, 920)])])
                .contains("a gap between 38 and 40 in chest")
        );
        assert!(
            said(vec![row("38", &[(Chest, 840, 890)]), row("40", &[(Chest, 880, 920)])])
                .contains("38 and 40 overlap in chest")
        );
        assert!(
            said(vec![row("40", &[(Chest, 880, 920)]), row("38", &[(Chest, 840, 880)])])
                .contains("order sizes from the smallest")
        );
    }

    #[test]
    fn all_that_is_wrong_at_once() {
        let text = said(vec![
            row("rouge", &[(Chest, 840, 880), (Waist, 660, 700)]),
            row("40", &[(Chest, 880, 920)]),
            row("40", &[(Chest, 36, 40), (Waist, 740, 700)]),
        ]);
        for part in [
            "“rouge” is not a size",
            "40 stands twice",
            "40 has no waist",
            "chest of size 40 must go upwards, from 38 to 180 cm: is it in inches?",
        ] {
            assert!(text.contains(part), "{part} is not in {text}");
        }
        assert!(said(vec![]).contains("no size"));
        assert!(said(vec![row("40", &[])]).contains("no size"));
    }

    proptest! {
        #[test]
        fn a_body_has_one_size(start in 600u16..800, widths in proptest::collection::vec(10u16..60, 1..12), body in 600u16..1400) {
            let mut from = start;
            let mut rows = Vec::new();
            for (at, width) in widths.iter().enumerate() {
                rows.push(row(&(30 + 2 * at).to_string(), &[(Chest, from, from + width)]));
                from += width;
            }
            let chart = Chart::checked(rows).unwrap();
            let within = chart.rows().iter().filter(|row| row.range(Chest).is_some_and(|range| range.from <= body && body < range.to)).count();
            prop_assert_eq!(within, usize::from((start..from).contains(&body)));
        }
    }
}
