//! Reading an index, whatever the bytes may be.

use std::sync::OnceLock;

use devanture_domain::geo::LatLng;

use crate::{
    columns::{Codes, Lines},
    fold,
    index::Index,
    places::Places,
    terms,
    wire::{HAS_RANKS, MAGIC, MAX_STORES, Reader, SCALES, VERSION},
};

/// Why bytes are not an index.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DecodeError {
    /// Something else altogether: an HTML page, for instance.
    NotAnIndex,
    /// Written by a newer program.
    Version,
    /// Cut off, or its columns contradict each other.
    Damaged,
}

impl core::fmt::Display for DecodeError {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(match self {
            Self::NotAnIndex => "not a store index",
            Self::Version => "store index of another version",
            Self::Damaged => "damaged store index",
        })
    }
}

impl core::error::Error for DecodeError {}

// Its steps are marked `inline(never)`: all of them in one function take the browser's compiler, which runs beside it on the
// few cores of a phone, longer than they run.
pub(crate) fn decode(bytes: &[u8]) -> Result<Index, DecodeError> {
    let rest = bytes.strip_prefix(&MAGIC).ok_or(DecodeError::NotAnIndex)?;
    let (&version, rest) = rest.split_first().ok_or(DecodeError::Damaged)?;
    if version != VERSION {
        return Err(DecodeError::Version);
    }
    read(&mut Reader { bytes: rest }).ok_or(DecodeError::Damaged)
}

fn read(from: &mut Reader<'_>) -> Option<Index> {
    let scale = from.byte().filter(|scale| SCALES.contains(scale))?;
    let flags = from.byte()?;
    let stores = from.number()? as usize;
    let towns = from.number()? as usize;
    let areas = from.number()? as usize;
    // Every store costs at least a byte in each of its columns.
    if stores > MAX_STORES || stores > from.bytes.len() || towns > stores || areas > towns {
        return None;
    }

    let mut places = Places::read(from, stores, towns, areas)?;
    let names = Lines::read(&from.section()?, stores)?;
    let postcode_lines = Lines::read(&from.section()?, stores)?;
    let codes = Codes::read(from, stores)?;
    let locations = locations(&mut from.section()?, &mut from.section()?, stores, scale)?;
    let ranks = if flags & HAS_RANKS == 0 {
        [].into()
    } else {
        from.section().filter(|ranks| ranks.bytes.len() == stores)?.bytes.into()
    };

    let mut terms = terms::Builder::new(stores * 6);
    places.gather(&locations, &mut terms);
    let mut words = Vec::with_capacity(stores);
    for store in 0..stores as u32 {
        let mut count = 0u8;
        fold::words(names.get(store), &mut |word| {
            count = count.saturating_add(1);
            terms.add(word, places.len() + store);
        });
        words.push(count);
    }
    Some(Index {
        terms: terms.finish(),
        places,
        names,
        words: words.into(),
        postcode_lines,
        postcodes: OnceLock::new(),
        codes,
        tree: OnceLock::new(),
        locations,
        ranks,
    })
}

#[inline(never)]
fn locations(
    lats: &mut Reader<'_>,
    lngs: &mut Reader<'_>,
    stores: usize,
    scale: u8,
) -> Option<Box<[LatLng]>> {
    let unit = f64::from(10u32.pow(u32::from(scale)));
    let mut out = Vec::with_capacity(stores);
    let (mut lat, mut lng) = (0i32, 0i32);
    for _ in 0..stores {
        lat = lat.checked_add(lats.signed()?)?;
        lng = lng.checked_add(lngs.signed()?)?;
        out.push(LatLng::new(f64::from(lat) / unit, f64::from(lng) / unit).ok()?);
    }
    Some(out.into())
}
