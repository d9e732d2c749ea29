//! Sizes, charts, size memories.

use devanture_api::{
    size::{ProductSizes, SizeChart, SizeRange, SizeRow, SizesPage},
    size_memory::SizeMemory,
};
use devanture_domain::{review::Fit, size::Share};
use js_sys::Array;
use wasm_bindgen::JsCast as _;

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
            sizes: from.lines("sizes"),
            gone: from.lines("gone"),
            fit: from.optional("fit"),
            kept: from.shares("kept"),
            returned: from.optional_text("returned").and_then(|text| Fit::parse(&text)),
        }
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

impl FromJs for SizeMemory {
    fn read(from: &mut Reader) -> Self {
        Self {
            household: from.text("household"),
            version: from.count("version"),
            token: from.optional_text("token"),
        }
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

impl Reader {
    /// A list of texts without line ends, in one piece: of five hundred products, each text by itself would take 10 ms.
    fn lines(&mut self, key: &str) -> Vec<String> {
        let joined = self.joined(key);
        joined.split('\n').filter(|line| !line.is_empty()).map(ToOwned::to_owned).collect()
    }

    /// The same of shares, of which some may be null.
    fn shares(&mut self, key: &str) -> Vec<Option<Share>> {
        let joined = self.joined(key);
        if joined.is_empty() { Vec::new() } else { joined.split('\n').map(Share::parse).collect() }
    }

    /// Null is nothing between two line ends.
    fn joined(&mut self, key: &str) -> String {
        let list = self.get(key);
        let Some(list) = list.dyn_ref::<Array>() else {
            // An empty one may be left out.
            self.failed |= !list.is_undefined();
            return String::new();
        };
        String::from(list.join("\n"))
    }
}
