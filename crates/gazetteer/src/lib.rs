//! Towns and postcodes, offline: what a shopper types instead of giving a position.
//!
//! 126,000 towns of the world, every French commune with its postcodes, and the larger Belgian towns with theirs,
//! in one file that is part of the program. It is a [`devanture_search::Index`] whose entries are one postcode of
//! one town each; population is their rank. So towns here and stores in the page are found by the same rules.

mod countries;
mod place;

use std::io::Read;

use devanture_api::suggest::PlaceKind;
use devanture_domain::geo::LatLng;
use devanture_search::{DecodeError, Hit, HitKind, Index, Origin};

pub use countries::country_name;
pub use place::Place;

/// To be shown or printed with the product, as the data's licences ask.
pub const ATTRIBUTION: &str = "Towns: GeoNames (geonames.org), CC BY 4.0. French communes and postcodes: INSEE, La \
Poste, IGN Admin Express, Licence Ouverte 2.0. Names of countries: Unicode CLDR.";

/// The index, compressed; `tools/README.md` tells how it is made.
static DATA: &[u8] = include_bytes!("../data/places.dvns.br");

/// All places, ready to be searched; some 15 MB of memory. Build one and share it.
pub struct Gazetteer {
    index: Index,
}

/// Why the gazetteer could not be read: the program was built from a damaged file.
#[derive(Debug)]
pub enum GazetteerError {
    /// Not decompressed.
    Compression(std::io::Error),
    /// Decompressed to something else.
    Index(DecodeError),
}

impl core::fmt::Display for GazetteerError {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match self {
            Self::Compression(cause) => write!(f, "gazetteer: {cause}"),
            Self::Index(cause) => write!(f, "gazetteer: {cause}"),
        }
    }
}

impl core::error::Error for GazetteerError {}

impl Gazetteer {
    /// Decompresses and indexes the built-in data; takes about a fifth of a second.
    pub fn embedded() -> Result<Self, GazetteerError> {
        let mut bytes = Vec::new();
        brotli_decompressor::Decompressor::new(DATA, 1 << 16)
            .read_to_end(&mut bytes)
            .map_err(GazetteerError::Compression)?;
        Ok(Self { index: Index::decode(&bytes).map_err(GazetteerError::Index)? })
    }

    /// Places for what was typed so far, best first, at most `limit` (and 100).
    ///
    /// `near` and `country_hint` (ISO 3166-1 alpha-2) put what is close, or in that country, first among equals.
    pub fn suggest(
        &self,
        q: &str,
        limit: usize,
        near: Option<LatLng>,
        country_hint: Option<&str>,
    ) -> Vec<Place> {
        let from = Origin { near, country: country_hint.unwrap_or("") };
        // A town found by its other name as well, or a postcode in two countries, would leave gaps.
        let hits = self.index.search_from(q, limit.saturating_mul(2).min(100), from);
        let mut seen: Vec<(PlaceKind, u32)> = Vec::new();
        let mut places = Vec::new();
        for hit in &hits {
            let key = (kind(hit), self.town_key(hit));
            if places.len() < limit && !seen.contains(&key) {
                seen.push(key);
                places.extend(self.place(hit));
            }
        }
        places
    }

    /// The place most likely meant by a town or postcode typed in full: `44000`, `Nantes`, `nantes 44`, `st malo`,
    /// `paris 11`, `saint-denis réunion`, `1000`. `None` when nothing is like it.
    pub fn resolve(&self, q: &str) -> Option<Place> {
        self.suggest(q, 1, None, None).pop()
    }

    /// Like [`Gazetteer::resolve`], for a shopper of whom more is known.
    pub fn resolve_from(&self, q: &str, near: Option<LatLng>, country_hint: Option<&str>) -> Option<Place> {
        self.suggest(q, 1, near, country_hint).pop()
    }

    /// How many postcodes and towns there are.
    pub fn len(&self) -> u32 {
        self.index.len()
    }

    /// True when the data file is empty.
    pub fn is_empty(&self) -> bool {
        self.index.is_empty()
    }

    /// Equal for hits that stand for the same place.
    fn town_key(&self, hit: &Hit) -> u32 {
        match hit.kind {
            HitKind::Postcode => hit.ordinal,
            HitKind::Town | HitKind::Store => self.index.stores_in_town_of(hit.ordinal).start,
        }
    }

    fn place(&self, hit: &Hit) -> Option<Place> {
        let entry = hit.ordinal;
        let kind = kind(hit);
        let name = if kind == PlaceKind::Postcode { self.index.label(hit) } else { self.index.town(entry) };
        let place = Place {
            kind,
            name: name.to_owned(),
            town: self.index.town(entry).to_owned(),
            detail: String::new(),
            region: self.index.region(entry).to_owned(),
            country: self.index.country(entry).to_owned(),
            location: self
                .index
                .location(entry)
                .filter(|_| kind == PlaceKind::Town)
                .or(Some(hit.location))?,
            population: self.index.code(entry).parse().unwrap_or(0),
        };
        Some(place.with_detail())
    }
}

fn kind(hit: &Hit) -> PlaceKind {
    match hit.kind {
        HitKind::Postcode => PlaceKind::Postcode,
        HitKind::Town | HitKind::Store => PlaceKind::Town,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    /// The counts are those of the sources: 34,875 communes and 45 quarters in 101 departments.
    #[test]
    fn every_french_commune_and_postcode_is_there() {
        let index = Gazetteer::embedded().unwrap().index;
        let french: Vec<u32> = (0..index.len()).filter(|&at| index.country(at) == "FR").collect();
        let postcodes: BTreeSet<&str> =
            french.iter().map(|&at| index.postcode(at)).filter(|p| !p.is_empty()).collect();
        let towns: BTreeSet<_> = french.iter().map(|&at| (index.region(at), index.town(at))).collect();
        let departments: BTreeSet<&str> = french.iter().map(|&at| index.region(at)).collect();
        assert_eq!((postcodes.len(), towns.len(), departments.len()), (6209, 34_920, 101));
    }
}
