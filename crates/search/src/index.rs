//! The index in memory, and what it knows of each store.

use core::ops::Range;
use std::sync::OnceLock;

use devanture_domain::geo::LatLng;

use crate::{
    columns::{Codes, Lines},
    decode::{self, DecodeError},
    nearest::Tree,
    places::Places,
    postcodes::{self, Postcodes},
    search::{Hit, HitKind},
    terms::Terms,
};

/// A network of stores, ready to be searched. Never changes; cheap to share between threads.
///
/// Accessors answer with an empty text for an ordinal beyond the last store.
pub struct Index {
    pub(crate) terms: Terms,
    pub(crate) places: Places,
    pub(crate) names: Lines,
    /// Per store: words of its name.
    pub(crate) words: Box<[u8]>,
    pub(crate) postcode_lines: Lines,
    /// Sorted when first a digit is typed.
    pub(crate) postcodes: OnceLock<Postcodes>,
    pub(crate) codes: Codes,
    pub(crate) locations: Box<[LatLng]>,
    /// Built when first the nearest are asked for.
    pub(crate) tree: OnceLock<Tree>,
    /// Per store; empty when all are 0.
    pub(crate) ranks: Box<[u8]>,
}

impl Index {
    /// Reads what `encode` wrote and builds the search structures. Any bytes are safe to give: memory
    /// stays in proportion to their number.
    pub fn decode(bytes: &[u8]) -> Result<Self, DecodeError> {
        decode::decode(bytes)
    }

    /// Builds what searching for postcodes and for the nearest needs, a few milliseconds' work that else the first
    /// such search does.
    pub fn prepare(&self) {
        self.postcodes();
        self.tree.get_or_init(|| Tree::new(&self.locations));
    }

    pub(crate) fn postcodes(&self) -> &Postcodes {
        self.postcodes.get_or_init(|| Postcodes::new(&self.postcode_lines))
    }

    /// Number of stores.
    pub fn len(&self) -> u32 {
        self.names.len()
    }

    /// True when there is no store at all.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The retailer's code.
    pub fn code(&self, ordinal: u32) -> String {
        self.codes.get(ordinal)
    }

    /// The store's name.
    pub fn name(&self, ordinal: u32) -> &str {
        self.names.get(ordinal)
    }

    /// The town as the address has it.
    pub fn town(&self, ordinal: u32) -> &str {
        if ordinal < self.len() { self.places.town(ordinal) } else { "" }
    }

    /// State or province.
    pub fn region(&self, ordinal: u32) -> &str {
        if ordinal < self.len() { self.places.area(ordinal).1 } else { "" }
    }

    /// ISO 3166-1 alpha-2.
    pub fn country(&self, ordinal: u32) -> &str {
        if ordinal < self.len() { self.places.area(ordinal).0 } else { "" }
    }

    /// The postcode as the address has it.
    pub fn postcode(&self, ordinal: u32) -> &str {
        self.postcode_lines.get(ordinal)
    }

    /// Where the store is; `None` beyond the last.
    pub fn location(&self, ordinal: u32) -> Option<LatLng> {
        self.locations.get(ordinal as usize).copied()
    }

    /// What `encode` was given for the store: 0 unless it was a place of a gazetteer.
    pub fn rank(&self, ordinal: u32) -> u8 {
        self.ranks.get(ordinal as usize).copied().unwrap_or(0)
    }

    /// What to show for a hit: the town, the store's name, or the postcode (for a US ZIP+4 its first part).
    pub fn label(&self, hit: &Hit) -> &str {
        match hit.kind {
            HitKind::Town => self.town(hit.ordinal),
            HitKind::Store => self.name(hit.ordinal),
            HitKind::Postcode => {
                let text = self.postcode(hit.ordinal);
                let mut left = postcodes::area_len(text, self.country(hit.ordinal));
                let end = text.char_indices().find(|&(_, c)| {
                    let over = left == 0;
                    left -= u32::from(!over && c.is_ascii_alphanumeric());
                    over
                });
                end.and_then(|(at, _)| text.get(..at)).unwrap_or(text).trim_end_matches(' ')
            }
        }
    }

    /// The stores of the town that `ordinal` is in.
    pub fn stores_in_town_of(&self, ordinal: u32) -> Range<u32> {
        if ordinal < self.len() { self.places.stores(self.places.of(ordinal)) } else { 0..0 }
    }

    /// The `count` stores nearest to `at` with their distances in metres, nearest first, ties by ordinal.
    /// Exactly what sorting all stores by [`LatLng::distance_m`] gives, poles and date line included.
    pub fn nearest(&self, at: LatLng, count: usize) -> Vec<(u32, f64)> {
        self.tree
            .get_or_init(|| Tree::new(&self.locations))
            .nearest(&self.locations, at, count)
            .into_iter()
            .map(|(metres, store)| (store, metres))
            .collect()
    }
}
