//! From what was typed to an ordered list.

use devanture_domain::geo::LatLng;

use crate::{
    fold,
    geo::{flat_km, middle},
    index::Index,
    postcodes,
    scan::{EXACT, MAX_WORDS, RESPELLED_COST, Scan, is_postcode},
};

/// Characters of a query that count.
const MAX_QUERY: usize = 200;

/// Most hits that one search returns.
const MAX_HITS: usize = 100;

/// With fewer hits than this, typing errors are looked for too.
const ENOUGH: usize = 3;

/// Eight stores, or 4,000 people.
const SURE_SIZE: u32 = 6;

/// What being in the shopper's country is worth.
const HOME: u32 = 200;

/// Where someone searches from, as far as it is known.
#[derive(Clone, Copy, Debug, Default)]
pub struct Origin<'a> {
    /// Their position: what is close to it comes first among equals.
    pub near: Option<LatLng>,
    /// Their country, ISO 3166-1 alpha-2, or empty: likewise.
    pub country: &'a str,
}

/// What a hit stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HitKind {
    /// A town with stores; `ordinal` is one of them, and its spelling of the town is the commonest.
    Town,
    /// Stores that share a postcode; `ordinal` is one of them.
    Postcode,
    /// One store.
    Store,
}

/// Where the words were found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    /// In the store's name.
    Name,
    /// In the name of the town.
    Town,
    /// In the state, province or country.
    Region,
    /// At the beginning of the postcode.
    Postcode,
}

/// One result.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Hit {
    /// The store, or or one of several.
    pub ordinal: u32,
    /// Comparable within one search only; higher is better.
    pub score: u32,
    /// What it stands for.
    pub kind: HitKind,
    /// Where the most telling word was found.
    pub field: Field,
    /// How many stores it stands for.
    pub count: u32,
    /// The store's position, or the middle of several.
    pub location: LatLng,
    /// Found only by allowing for typing errors or for words that are missing.
    pub guessed: bool,
}

impl Index {
    /// Finds towns, postcodes and stores for what was typed so far, best first, at most `limit` (and 100).
    ///
    /// All words must be found, in any order and each whole or as a beginning; when that gives next to
    /// nothing, and no sizeable town is called exactly that, typing errors are allowed and words that say little may be missing. `near` favours what is close to it.
    /// A town is one hit, not all of its stores: see [`Index::stores_in_town_of`].
    pub fn search(&self, query: &str, limit: usize, near: Option<LatLng>) -> Vec<Hit> {
        self.search_from(query, limit, Origin { near, country: "" })
    }

    /// Like [`Index::search`], for someone of whom more is known.
    pub fn search_from(&self, query: &str, limit: usize, from: Origin<'_>) -> Vec<Hit> {
        let words = query_words(query);
        let limit = limit.min(MAX_HITS);
        if words.is_empty() || limit == 0 {
            return Vec::new();
        }
        let mut best = Best { limit, sure: false, hits: Vec::with_capacity(limit + 1) };
        self.pass(&words, false, from, &mut best);
        // "SW1A 1AA" is one postcode in two words.
        let joined = [words.concat()];
        let is_joined = (2..=3).contains(&words.len())
            && is_postcode(&joined[0])
            && words.iter().all(|word| word.iter().any(u8::is_ascii_digit));
        if is_joined {
            self.pass(&joined, false, from, &mut best);
        }
        if best.hits.len() < ENOUGH.min(limit) && !best.sure {
            self.pass(if is_joined { &joined } else { &words }, true, from, &mut best);
        }
        best.hits
    }

    fn pass(&self, words: &[Vec<u8>], fuzzy: bool, from: Origin<'_>, best: &mut Best) {
        let scan = Scan::new(self, words, fuzzy);
        let mut need = scan.weights.iter().sum();
        if fuzzy {
            let most = self.heaviest(&scan);
            if most == 0 || most * 2 < need {
                return;
            }
            need = most - most / 4;
        }
        let ranking = Ranking { index: self, scan, words: words.len(), need, fuzzy, from };
        for place in 0..self.places.len() {
            ranking.place(place, best);
        }
        for (at, word) in words.iter().enumerate() {
            if is_postcode(word) {
                ranking.postcodes(at, word, best);
            }
        }
    }

    /// The most that words found together weigh, in any store or town.
    fn heaviest(&self, scan: &Scan) -> u32 {
        let of_place = |place: u32| {
            let mask = scan.mask(place);
            let stores =
                self.places.stores(place).map(|s| scan.weight(scan.mask(self.places.len() + s) | mask));
            stores.max().unwrap_or(0)
        };
        (0..self.places.len()).map(of_place).max().unwrap_or(0)
    }
}

fn query_words(query: &str) -> Vec<Vec<u8>> {
    let end = query.char_indices().nth(MAX_QUERY).map_or(query.len(), |(at, _)| at);
    let query = query.get(..end).unwrap_or(query);
    let mut words: Vec<Vec<u8>> = Vec::new();
    fold::words(query, &mut |word| {
        if words.len() < MAX_WORDS && !words.iter().any(|w| w == word) {
            words.push(word.to_vec());
        }
    });
    words
}

/// The best hits so far, best first.
struct Best {
    limit: usize,
    /// Something was called exactly what was typed, and is not so small that it may itself be a misspelling.
    sure: bool,
    hits: Vec<Hit>,
}

impl Best {
    fn offer(&mut self, mut hit: Hit) {
        // A second pass may find the same again, and rate it differently.
        if let Some(at) = self.hits.iter().position(|h| (h.kind, h.ordinal) == (hit.kind, hit.ordinal)) {
            if self.hits[at].score >= hit.score {
                return;
            }
            hit.guessed &= self.hits.remove(at).guessed;
        }
        let at = self.hits.partition_point(|h| (h.score, !h.ordinal) >= (hit.score, !hit.ordinal));
        self.hits.insert(at, hit);
        self.hits.truncate(self.limit);
    }

    /// Whether a hit of `score` could still get in.
    fn admits(&self, score: u32) -> bool {
        self.hits.len() < self.limit || self.hits.last().is_some_and(|h| h.score <= score)
    }
}

struct Ranking<'a> {
    index: &'a Index,
    scan: Scan,
    words: usize,
    need: u32,
    fuzzy: bool,
    from: Origin<'a>,
}

impl Ranking<'_> {
    /// Offers the place itself, and those of its stores that their own names bring in.
    fn place(&self, place: u32, best: &mut Best) {
        let mask = self.scan.mask(place);
        let stores = self.index.places.stores(place);
        if self.scan.weight(mask) >= self.need {
            self.town(place, best);
        }
        for store in stores {
            let document = self.index.places.len() + store;
            let own = self.scan.mask(document);
            if own != 0 && self.scan.weight(own | mask) >= self.need {
                self.store(place, store, document, best);
            }
        }
    }

    fn town(&self, place: u32, best: &mut Best) {
        let (mut total, mut weights, mut named, mut exact) = (0, 0, 0, true);
        let mut field = (0, Field::Region);
        for word in 0..self.words {
            let (quality, in_name) = self.scan.quality(word, place);
            let weight = self.scan.weights[word];
            total += quality * weight;
            weights += weight;
            named += u32::from(in_name);
            exact &= in_name && quality >= u32::from(EXACT - RESPELLED_COST);
            if in_name && weight >= field.0 {
                field = (weight, Field::Town);
            }
        }
        let stores = self.index.places.stores(place);
        let words = self.index.places.words(place).max(1);
        let size = self.size(place);
        let mut score = 60 + 10 * total / weights + 150 * named.min(words) / words + 14 * size;
        if exact && named >= words {
            score += 100;
            best.sure |= size >= SURE_SIZE;
        }
        score += self.nearness(stores.start);
        if best.admits(score) {
            let Some(location) = self.middle(stores.clone()) else { return };
            let count = stores.end - stores.start;
            let ordinal = self.index.places.face(place);
            let guessed = self.fuzzy;
            best.offer(Hit { ordinal, score, kind: HitKind::Town, field: field.1, count, location, guessed });
        }
    }

    fn store(&self, place: u32, store: u32, document: u32, best: &mut Best) {
        let (mut total, mut weights, mut named, mut brings) = (0, 0, 0, false);
        let mut field = (0, Field::Town);
        for word in 0..self.words {
            let (own, in_name) = self.scan.quality(word, document);
            let (towns, _) = self.scan.quality(word, place);
            let weight = self.scan.weights[word];
            total += own.max(towns) * weight;
            weights += weight;
            if in_name {
                named += 1;
                if own > towns {
                    brings = true;
                    if weight >= field.0 {
                        field = (weight, Field::Name);
                    }
                }
            }
        }
        // The town, or the postcode, says it already.
        if !brings {
            return;
        }
        let words = self.index.words.get(store as usize).map_or(1, |&w| u32::from(w).max(1));
        let points = 10 * total / weights
            + 100 * named.min(words) / words
            + 3 * self.size(place)
            + self.nearness(store);
        if best.admits(points)
            && let Some(location) = self.index.location(store)
        {
            best.offer(Hit {
                ordinal: store,
                score: points,
                kind: HitKind::Store,
                field: field.1,
                count: 1,
                location,
                guessed: self.fuzzy,
            });
        }
    }

    /// Offers the postcodes that begin with `word` and whose towns hold the other words.
    fn postcodes(&self, word: usize, typed: &[u8], best: &mut Best) {
        let typed = self.index.postcodes().as_written(typed);
        let mut groups: Vec<Group> = Vec::new();
        for at in self.index.postcodes().starting_with(typed) {
            let Some((key, store)) = self.index.postcodes().get(at) else { continue };
            let place = self.index.places.of(store);
            let mask = self.scan.mask(place) | 1 << word;
            if self.scan.weight(mask) < self.need {
                continue;
            }
            let country = self.index.country(store);
            let len = postcodes::area_len(self.index.postcode(store), country);
            let key = postcodes::cut(key, len);
            let same = |g: &&mut Group| g.key == key && self.index.country(g.stores[0]) == country;
            // Equal keys are neighbours but for other countries' in between.
            match groups.iter_mut().rev().take(8).find(same) {
                Some(group) => group.stores.push(store),
                None => groups.push(Group { key, place, stores: vec![store] }),
            }
        }
        for group in groups {
            let whole = postcodes::key_of(typed) == group.key;
            best.sure |= whole && self.words == 1;
            let (mut total, mut weights) = (0, 0);
            for other in 0..self.words {
                let weight = self.scan.weights[other];
                let quality = if other == word {
                    if whole { 100 } else { 75 }
                } else {
                    self.scan.quality(other, group.place).0
                };
                total += quality * weight;
                weights += weight;
            }
            let count = group.stores.len() as u32;
            let first = |&&store: &&u32| (self.index.rank(store), !store);
            let ordinal = group.stores.iter().max_by_key(first).map_or(0, |&store| store);
            let score = 160
                + 10 * total / weights
                + 10 * count.ilog2()
                + 2 * self.size(group.place)
                + self.nearness(ordinal);
            if best.admits(score)
                && let Some(location) = self.middle(group.stores.iter().copied())
            {
                best.offer(Hit {
                    ordinal,
                    score,
                    kind: HitKind::Postcode,
                    field: Field::Postcode,
                    count,
                    location,
                    guessed: self.fuzzy,
                });
            }
        }
    }

    /// Twice the logarithm of the number of stores, or the rank, 0 to 32.
    fn size(&self, place: u32) -> u32 {
        let stores = self.index.places.stores(place);
        let count = stores.end - stores.start;
        if self.index.ranks.is_empty() {
            // Half steps matter between towns of few stores.
            return (count * count).checked_ilog2().unwrap_or(0).min(32);
        }
        stores.map(|s| u32::from(self.index.rank(s))).max().unwrap_or(0).min(32)
    }

    /// What being close and in the right country is worth; for closeness 0 to 200, half of it at 50 km.
    #[expect(clippy::cast_sign_loss, reason = "the quotient lies between 0 and 200")]
    fn nearness(&self, store: u32) -> u32 {
        let home = !self.from.country.is_empty() && self.index.country(store) == self.from.country;
        let bonus = if home { HOME } else { 0 };
        let (Some(near), Some(at)) = (self.from.near, self.index.location(store)) else { return bonus };
        let km = flat_km(near, at);
        bonus + (200.0 * 50.0 / (50.0 + km)) as u32
    }

    fn middle(&self, stores: impl Iterator<Item = u32>) -> Option<LatLng> {
        middle(stores.filter_map(|s| self.index.location(s)))
    }
}

/// Stores that share a postcode area.
struct Group {
    key: u64,
    place: u32,
    stores: Vec<u32>,
}
