//! The chain's size charts: one for each kind of thing that has sizes.

use devanture_domain::size::{Chart, Dimension, Label, Range, Row, Size};

use crate::catalogue::{Department, Product, products};

/// The category of a product, as the catalogue has it: `women > dress`.
pub fn category(product: &Product) -> String {
    format!("{:?} > {:?}", product.department, product.garment).to_lowercase()
}

/// A chart for each category, by the sizes of its first product.
pub fn charts() -> Vec<(String, Chart)> {
    let mut out: Vec<(String, Chart)> = Vec::new();
    for product in products() {
        let category = category(product);
        if out.iter().any(|(known, _)| *known == category) {
            continue;
        }
        let rows: Option<Vec<Row>> = product.sizes.iter().map(|size| row(product.department, size)).collect();
        let chart = rows.and_then(|rows| Chart::checked(rows).ok());
        out.extend(chart.map(|chart| (category, chart)));
    }
    out
}

/// What a size is cut for, in centimetres; `None` for what has no sizes.
fn row(department: Department, label: &str) -> Option<Row> {
    use Dimension::{Chest, Foot, Height, Hip, Waist};
    let cm = |dimension, from: i16, to: i16| {
        let mm = |cm: i16| u16::try_from(cm * 10).unwrap_or(0);
        Range { dimension, from: mm(from), to: mm(to) }
    };
    let ranges = match (Label::parse(label)?.size, department) {
        (Size::Number(size), Department::Women) => {
            let chest = size.from / 5 + 6;
            vec![
                cm(Chest, chest, chest + 4),
                cm(Waist, chest - 18, chest - 14),
                cm(Hip, chest + 8, chest + 12),
            ]
        }
        (Size::Number(size), Department::Men) => {
            let waist = size.from / 5;
            vec![cm(Waist, waist, waist + 4), cm(Hip, waist + 18, waist + 22)]
        }
        // Two thirds of a centimetre to a size, in tenths of one to come out even.
        (Size::Number(size), Department::Accessories) => {
            let foot = |eu: i16| u16::try_from(eu * 2 / 3 - 18).unwrap_or(0);
            vec![Range { dimension: Foot, from: foot(size.from), to: foot(size.from + 10) }]
        }
        (Size::Letters(size), Department::Women) => {
            let chest = 90 + size.from * 8;
            vec![cm(Chest, chest, chest + 8), cm(Waist, chest - 18, chest - 10)]
        }
        (Size::Letters(size), _) => {
            let chest = 94 + size.from * 8;
            vec![cm(Chest, chest, chest + 8), cm(Waist, chest - 14, chest - 6)]
        }
        (Size::Age(age), _) => {
            let height = 75 + age.from / 2;
            vec![cm(Height, height, height + 12)]
        }
        _ => return None,
    };
    Some(Row { label: label.to_owned(), ranges })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_with_sizes_has_one() {
        let charts = charts();
        for product in products().filter(|product| product.sizes != ["TU"]) {
            let found = charts.iter().find(|(of, _)| *of == category(product));
            let (_, chart) = found.unwrap_or_else(|| panic!("{} has none", category(product)));
            assert_eq!(chart.rows().len(), product.sizes.len(), "{}", product.slug);
        }
    }
}
