//! Any bytes, packed or not, as a feed of products, of stock and of sales, by any mapping: what comes before the first NUL is the mapping.
#![no_main]

use devanture_feeds::{Field, Incoming, Mapping, Rows, Subject};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Some(at) = bytes.iter().position(|&byte| byte == 0) else { return read(bytes, &Mapping::default()) };
    let mapping = String::from_utf8_lossy(&bytes[..at]);
    if let Ok(mapping) = Mapping::parse(&mapping) {
        read(&bytes[at + 1..], &mapping);
    }
});

fn read(file: &[u8], mapping: &Mapping) {
    for subject in [Subject::Products, Subject::Stock, Subject::Sales] {
        let Ok(mut rows) = Rows::open(Incoming::new(file, 1 << 20), subject, mapping, None) else { continue };
        let (mut line, mut count) = (0, 0);
        while let Some(row) = rows.next() {
            count += 1;
            assert!(row.line >= line && row.ordinal == count, "{} after {line}", row.line);
            line = row.line;
            if let Ok(cells) = row.cells {
                let _ = (cells.get(Field::Sku), cells.get(Field::Price), cells.get(Field::Quantity), cells.get(Field::Sold));
            }
        }
        assert!(rows.next().is_none(), "it ends once");
    }
}
