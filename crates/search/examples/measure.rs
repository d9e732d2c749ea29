//! Writes the index of the real network to the file named, and prints what reading and searching it costs.
//!
//! `cargo run --release -p devanture-search --features encode --example measure -- index.bin [query…]`

#[path = "../tests/common/mod.rs"]
mod common;

use std::time::Instant;

use devanture_search::{Index, encode};

fn main() {
    let mut args = std::env::args().skip(1);
    let (Some(path), Some(stores)) = (args.next(), common::stores()) else { return };
    let bytes = encode(stores.iter().map(common::Row::entry)).expect("encodes");
    std::fs::write(&path, &bytes).expect("is written");
    let start = Instant::now();
    let index = Index::decode(&bytes).expect("decodes");
    println!("{} stores, {} bytes, ready in {:.1} ms", index.len(), bytes.len(), ms(start));
    for query in args {
        let start = Instant::now();
        let hits = index.search(&query, 8, None);
        println!("\n{query}  ({:.2} ms)", ms(start));
        for hit in &hits {
            let at = hit.ordinal;
            println!(
                "  {:5} {:?} {:?} x{}  {} | {} {}, {} {}",
                hit.score,
                hit.kind,
                hit.field,
                hit.count,
                index.label(hit),
                index.postcode(at),
                index.town(at),
                index.region(at),
                index.country(at)
            );
        }
    }
}

fn ms(since: Instant) -> f64 {
    since.elapsed().as_secs_f64() * 1000.0
}
