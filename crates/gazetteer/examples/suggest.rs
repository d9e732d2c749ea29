//! Suggestions and what they cost: `cargo run --release -p devanture-gazetteer --example suggest -- nan 'st malo'`.

use std::{hint::black_box, time::Instant};

use devanture_gazetteer::{Gazetteer, GazetteerError};

fn main() -> Result<(), GazetteerError> {
    let start = Instant::now();
    let gazetteer = Gazetteer::embedded()?;
    println!("{} entries, ready in {:.0} ms", gazetteer.len(), start.elapsed().as_secs_f64() * 1e3);
    if let Ok(status) = std::fs::read_to_string("/proc/self/status") {
        status
            .lines()
            .filter(|l| l.starts_with("VmRSS") || l.starts_with("VmHWM"))
            .for_each(|l| println!("{l}"));
    }
    for q in std::env::args().skip(1) {
        let start = Instant::now();
        for _ in 0..20 {
            black_box(gazetteer.suggest(&q, 8, None, Some("FR")));
        }
        println!("\n{q}  ({:.2} ms)", start.elapsed().as_secs_f64() * 1e3 / 20.0);
        for place in gazetteer.suggest(&q, 8, None, Some("FR")) {
            println!("  {:?} {}, {} ({})", place.kind, place.name, place.detail, place.population);
        }
    }
    Ok(())
}
