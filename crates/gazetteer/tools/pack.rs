//! Packs what `places.mjs` printed into the data file: `gazetteer-pack places.tsv places.dvns.br`.

use std::{env, error::Error, fs, io::Write};

use devanture_domain::geo::LatLng;
use devanture_search::{Entry, Options, encode_with};

fn main() -> Result<(), Box<dyn Error>> {
    let mut args = env::args().skip(1);
    let (Some(from), Some(to)) = (args.next(), args.next()) else {
        return Err("usage: gazetteer-pack places.tsv places.dvns.br".into());
    };
    let text = fs::read_to_string(from)?;
    let entries = text.lines().map(entry).collect::<Result<Vec<_>, _>>()?;
    // Three decimals are a hundred metres, which is finer than where a town's middle is.
    let bytes = encode_with(entries.iter().copied(), Options { decimals: 3 })?;
    let mut packed = Vec::new();
    brotli::CompressorWriter::new(&mut packed, 1 << 16, 11, 24).write_all(&bytes)?;
    println!("{} entries, {} bytes, {} packed", entries.len(), bytes.len(), packed.len());
    fs::write(to, packed)?;
    Ok(())
}

/// One line; the number of inhabitants becomes the code, and its size the rank.
fn entry(line: &str) -> Result<Entry<'_>, Box<dyn Error>> {
    let fields: Vec<&str> = line.split('\t').collect();
    let &[country, region, town, name, postcode, code, lat, lng] = fields.as_slice() else {
        return Err(format!("not eight fields: {line}").into());
    };
    let location = LatLng::new(lat.parse()?, lng.parse()?)?;
    Ok(Entry { code, name, town, region, postcode, country, location, rank: rank(code.parse()?) })
}

/// Twice the logarithm to base two of how many times 500 people there are: 0 to 32.
fn rank(inhabitants: u32) -> u8 {
    let times = u64::from(inhabitants / 500);
    u8::try_from((times * times).checked_ilog2().unwrap_or(0)).unwrap_or(32).min(32)
}
