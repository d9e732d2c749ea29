//! Towns of the network: which stores are in which, and what they are called.

use core::ops::Range;

use crate::{columns::Lines, fold, terms, wire::Reader};

/// Towns as written, and places: neighbours that differ in spelling only (`DUESSELDORF`, `Düsseldorf`).
pub(crate) struct Places {
    /// `country TAB region`.
    areas: Lines,
    towns: Lines,
    /// Per town: its area.
    area: Box<[u32]>,
    /// Per town: its first store; one more at the end.
    town_start: Box<[u32]>,
    /// Per place: its first town; one more at the end.
    place_start: Box<[u32]>,
    /// Per place: words of its name.
    words: Box<[u8]>,
}

impl Places {
    /// Reads the columns and adds every word to `terms`; place `n` is document `n`.
    pub(crate) fn read(
        from: &mut Reader<'_>,
        stores: usize,
        towns: usize,
        areas: usize,
        terms: &mut terms::Builder,
    ) -> Option<Self> {
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
        if area.len() as u32 != towns.len() || total as usize != stores {
            return None;
        }

        let mut place_start = Vec::with_capacity(area.len() + 1);
        let mut words = Vec::with_capacity(area.len());
        let (mut last, mut now): (Vec<u8>, Vec<u8>) = (Vec::new(), Vec::new());
        for (town, &its_area) in area.iter().enumerate() {
            core::mem::swap(&mut last, &mut now);
            now.clear();
            let mut count = 0u8;
            fold::words(towns.get(town as u32), &mut |word| {
                count = count.saturating_add(1);
                now.extend_from_slice(word);
                now.push(b' ');
            });
            if town > 0 && area[town - 1] == its_area && last == now {
                continue;
            }
            let place = place_start.len() as u32;
            place_start.push(town as u32);
            words.push(count);
            for word in now.split(|&b| b == b' ').filter(|w| !w.is_empty()) {
                terms.add(word, place);
            }
            fold::words(areas.get(its_area), &mut |word| terms.add(word, place | terms::REGION));
        }
        place_start.push(area.len() as u32);
        Some(Self {
            areas,
            towns,
            area: area.into(),
            town_start: town_start.into(),
            place_start: place_start.into(),
            words: words.into(),
        })
    }

    /// How many places there are.
    pub(crate) fn len(&self) -> u32 {
        self.words.len() as u32
    }

    /// The stores of `place`, which stand side by side.
    pub(crate) fn stores(&self, place: u32) -> Range<u32> {
        let start = |at: u32| {
            let town = self.place_start.get(at as usize).copied().unwrap_or(0);
            self.town_start.get(town as usize).copied().unwrap_or(0)
        };
        start(place)..start(place + 1)
    }

    /// A store of `place` that spells its name as most others do.
    pub(crate) fn face(&self, place: u32) -> u32 {
        let mut best = (0, 0);
        let towns = self.place_start.get(place as usize..place as usize + 2).map_or(0..0, |p| p[0]..p[1]);
        for pair in self.town_start.get(towns.start as usize..=towns.end as usize).unwrap_or(&[]).windows(2) {
            if pair[1] - pair[0] > best.0 {
                best = (pair[1] - pair[0], pair[0]);
            }
        }
        best.1
    }

    /// Words in the name of `place`.
    pub(crate) fn words(&self, place: u32) -> u32 {
        self.words.get(place as usize).map_or(0, |&w| u32::from(w))
    }

    /// The place that `store` is in.
    pub(crate) fn of(&self, store: u32) -> u32 {
        let town = self.town_of(store);
        self.place_start.partition_point(|&first| first <= town).saturating_sub(1) as u32
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
