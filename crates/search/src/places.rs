//! Towns of the network: which stores are in which, and what they are called.

use core::ops::Range;

use devanture_domain::geo::LatLng;

use crate::{columns::Lines, fold, geo::flat_km, terms, wire::Reader};

/// Stores of equal town this far apart, in km, are in different towns of that name.
pub(crate) const FAR_KM: f64 = 120.0;

/// Words of a town's or region's name that count.
const MAX_WORDS: u8 = 16;

/// Towns as written, and places: neighbours that differ in spelling only (`DUESSELDORF`, `Düsseldorf`).
pub(crate) struct Places {
    /// `country TAB region`.
    areas: Lines,
    towns: Lines,
    /// Per town: its area.
    area: Box<[u32]>,
    /// Per town: its first store; one more at the end.
    town_start: Box<[u32]>,
    /// Per place: its first store; one more at the end.
    place_start: Box<[u32]>,
    /// Per place: words of its name.
    words: Box<[u8]>,
}

impl Places {
    /// Reads the columns; there are no places before [`Places::gather`].
    #[inline(never)]
    pub(crate) fn read(from: &mut Reader<'_>, stores: usize, towns: usize, areas: usize) -> Option<Self> {
        let areas = Lines::read(&from.section()?, areas)?;
        let mut towns_per_area = from.section()?;
        let towns = Lines::read(&from.section()?, towns)?;
        let mut stores_per_town = from.section()?;

        let mut area = Vec::with_capacity(towns.len() as usize);
        for at in 0..areas.len() {
            let count = towns_per_area.number()?;
            if count > towns.len() - area.len() as u32 {
                return None;
            }
            area.extend(core::iter::repeat_n(at, count as usize));
        }
        let mut town_start = vec![0];
        let mut total = 0u32;
        for _ in 0..towns.len() {
            let count = stores_per_town.number().filter(|&count| count > 0)?;
            total = total.checked_add(count)?;
            town_start.push(total);
        }
        let fits = area.len() as u32 == towns.len() && total as usize == stores;
        fits.then(|| Self {
            areas,
            towns,
            area: area.into(),
            town_start: town_start.into(),
            place_start: [].into(),
            words: [].into(),
        })
    }

    /// Finds the places and adds their words to `terms`; place `n` is document `n`.
    #[inline(never)]
    pub(crate) fn gather(&mut self, locations: &[LatLng], terms: &mut terms::Builder) {
        let mut place_start = Vec::with_capacity(self.area.len() + 1);
        let mut words = Vec::with_capacity(self.area.len());
        let (mut last, mut now, mut region) = (Vec::new(), Vec::new(), Vec::new());
        for (town, (&area, stores)) in self.area.iter().zip(self.town_start.windows(2)).enumerate() {
            core::mem::swap(&mut last, &mut now);
            let name = self.towns.get(town as u32);
            let mut count = folded(name, &mut now);
            // Nobody types "city": without it the name is whole.
            if name.ends_with('市') && count > 1 {
                count -= 1;
            }
            if town == 0 || self.area[town - 1] != area {
                folded(self.areas.get(area), &mut region);
            }
            let same = town > 0 && self.area[town - 1] == area && last == now;
            for store in stores[0]..stores[1] {
                let here = store as usize;
                if (store > stores[0] || same) && flat_km(locations[here - 1], locations[here]) < FAR_KM {
                    continue;
                }
                let place = place_start.len() as u32;
                place_start.push(store);
                words.push(count);
                for word in now.split(|&b| b == b' ').filter(|w| !w.is_empty()) {
                    terms.add(word, place);
                }
                for word in region.split(|&b| b == b' ').filter(|w| !w.is_empty()) {
                    terms.add(word, place | terms::REGION);
                }
            }
        }
        place_start.push(locations.len() as u32);
        self.place_start = place_start.into();
        self.words = words.into();
    }

    /// How many places there are.
    pub(crate) fn len(&self) -> u32 {
        self.words.len() as u32
    }

    /// The stores of `place`, which stand side by side.
    pub(crate) fn stores(&self, place: u32) -> Range<u32> {
        let start = |at: u32| self.place_start.get(at as usize).copied().unwrap_or(0);
        start(place)..start(place + 1)
    }

    /// A store of `place` that spells its name as most others do.
    pub(crate) fn face(&self, place: u32) -> u32 {
        let stores = self.stores(place);
        let mut best = (0, stores.start);
        let mut from = stores.start;
        while from < stores.end {
            let town = self.town_of(from) as usize;
            let to = self.town_start.get(town + 1).map_or(stores.end, |&next| next.min(stores.end));
            if to - from > best.0 {
                best = (to - from, from);
            }
            from = to;
        }
        best.1
    }

    /// Words in the name of `place`.
    pub(crate) fn words(&self, place: u32) -> u32 {
        self.words.get(place as usize).map_or(0, |&w| u32::from(w))
    }

    /// The place that `store` is in.
    pub(crate) fn of(&self, store: u32) -> u32 {
        self.place_start.partition_point(|&first| first <= store).saturating_sub(1) as u32
    }

    fn town_of(&self, store: u32) -> u32 {
        self.town_start.partition_point(|&first| first <= store).saturating_sub(1) as u32
    }

    /// The town of `store` as written.
    pub(crate) fn town(&self, store: u32) -> &str {
        self.towns.get(self.town_of(store))
    }

    /// Country and region of `store`.
    pub(crate) fn area(&self, store: u32) -> (&str, &str) {
        let area = self.area.get(self.town_of(store) as usize).copied().unwrap_or(u32::MAX);
        self.areas.get(area).split_once('\t').unwrap_or(("", ""))
    }
}

/// Puts the words of `text` into `out`, each followed by a space; their number. Only so many count: a damaged
/// index could otherwise repeat a long name for each of thousands of places.
fn folded(text: &str, out: &mut Vec<u8>) -> u8 {
    out.clear();
    let mut count = 0;
    fold::words(text, &mut |word| {
        if count < MAX_WORDS {
            count += 1;
            out.extend_from_slice(word);
            out.push(b' ');
        }
    });
    count
}
