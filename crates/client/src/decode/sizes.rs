//! Sizes and charts.

use devanture_api::size::{ProductSizes, SizeChart, SizeLeft, SizeRange, SizeRow, SizesPage};

use super::{FromJs, Reader};

impl FromJs for SizesPage {
    fn read(from: &mut Reader) -> Self {
        Self { items: from.list("items"), locale: from.text("locale") }
    }
}

impl FromJs for ProductSizes {
    fn read(from: &mut Reader) -> Self {
        Self {
            key: from.text("key"),
            brand: from.optional_text("brand"),
            category: from.optional_text("category"),
            sizes: from.list("sizes"),
        }
    }
}

impl FromJs for SizeLeft {
    fn read(from: &mut Reader) -> Self {
        Self { size: from.text("size"), left: from.flag("left") }
    }
}

impl FromJs for SizeChart {
    fn read(from: &mut Reader) -> Self {
        Self {
            brand: from.optional_text("brand"),
            category: from.optional_text("category"),
            rows: from.list("rows"),
        }
    }
}

impl FromJs for SizeRow {
    fn read(from: &mut Reader) -> Self {
        Self { size: from.text("size"), body: from.list("body") }
    }
}

impl FromJs for SizeRange {
    fn read(from: &mut Reader) -> Self {
        let mm = |count: u32| u16::try_from(count).unwrap_or(u16::MAX);
        Self {
            dimension: from.text("dimension"),
            from_mm: mm(from.count("from_mm")),
            to_mm: mm(from.count("to_mm")),
        }
    }
}
