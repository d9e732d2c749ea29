//! Addresses of the store pages: slugs of stores and towns.

use std::collections::BTreeMap;

use devanture_api::store::Store;

use super::{Network, fold};

/// A town with stores, as its page is found.
#[derive(Debug)]
pub(crate) struct TownPage {
    /// As in the stores' addresses.
    pub(crate) name: String,
    /// Its stores.
    pub(crate) stores: Vec<u32>,
}

/// Towns by lower-case country code and slug.
#[derive(Debug, Default)]
pub(crate) struct Places(BTreeMap<(String, String), TownPage>);

impl Places {
    pub(crate) fn town(&self, country: &str, slug: &str) -> Option<&TownPage> {
        self.0.get(&(country.to_owned(), slug.to_owned()))
    }

    /// Country, slug and town, by country and then name.
    pub(crate) fn towns(&self) -> impl Iterator<Item = (&str, &str, &TownPage)> {
        self.0.iter().map(|((country, slug), town)| (country.as_str(), slug.as_str(), town))
    }
}

impl Network {
    /// Every town that has a store; gathered when the first page is asked for.
    pub(crate) fn places(&self) -> &Places {
        self.places.get_or_init(|| {
            let mut places = Places::default();
            for index in 0..self.len() {
                let Some(store) = self.store(index) else { continue };
                let town = places
                    .0
                    .entry((country(&store), town_slug(&store)))
                    .or_insert_with(|| TownPage { name: store.address.town.clone(), stores: Vec::new() });
                town.stores.push(index);
            }
            places
        })
    }

    /// The store that a page's address means: the address ends with the store's code.
    pub(crate) fn by_slug(&self, slug: &str) -> Option<(u32, Store)> {
        let ends = std::iter::once(0).chain(slug.match_indices('-').map(|(at, _)| at + 1));
        let candidates: Vec<u32> = ends.filter_map(|at| self.find(&slug[at..])).collect();
        // Codes may hold dashes, so several may fit: then the one whose address it is, or the longest.
        let exact = candidates
            .iter()
            .copied()
            .find(|index| self.store(*index).is_some_and(|s| store_slug(&s) == slug));
        let index = exact.or_else(|| candidates.first().copied())?;
        self.store(index).map(|store| (index, store))
    }
}

/// `nantes-maison-nantes-FR-NTE`
pub(crate) fn store_slug(store: &Store) -> String {
    let (town, name) = (slug(&store.address.town), slug(&store.name));
    // Most names hold the town already.
    let name = if name.contains(&town) || town.is_empty() { name } else { format!("{town}-{name}") };
    if name.is_empty() { store.code.clone() } else { format!("{name}-{}", store.code) }
}

/// `saint-denis`; a store without a town is listed under its country.
pub(crate) fn town_slug(store: &Store) -> String {
    let slug = slug(&store.address.town);
    if slug.is_empty() { "-".to_owned() } else { slug }
}

/// `fr`
pub(crate) fn country(store: &Store) -> String {
    store.address.country.to_ascii_lowercase()
}

fn slug(text: &str) -> String {
    fold(text).replace(' ', "-")
}
