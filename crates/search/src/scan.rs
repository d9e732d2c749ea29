//! Which documents hold which of the typed words, and how well.

use crate::{
    fuzzy,
    index::Index,
    postcodes,
    terms::{REGION, RESPELLED},
};

/// Words of a query that count; what follows is ignored.
pub(crate) const MAX_WORDS: usize = 8;

/// Set in a quality when the word stands in the name rather than in the region or postcode.
const IN_NAME: u8 = 0x80;

/// Best quality.
pub(crate) const EXACT: u8 = 100;

/// What "St" loses to "Saint" when that was typed, and "Wien" to "Vienna".
pub(crate) const RESPELLED_COST: u8 = 6;

/// Letters that a postcode must have before it is suggested.
const MIN_POSTCODE: usize = 3;

/// Per document and word, the best match found.
pub(crate) struct Scan {
    documents: usize,
    /// Per document, one bit per word found.
    masks: Vec<u8>,
    /// Per word and document: 0 to 100 with [`IN_NAME`].
    qualities: Vec<u8>,
    /// How telling each word is, by its rarity.
    pub(crate) weights: Vec<u32>,
    /// The same, added up for every mask.
    sums: [u32; 1 << MAX_WORDS],
}

impl Scan {
    pub(crate) fn new(index: &Index, words: &[Vec<u8>], fuzzy: bool) -> Self {
        let documents = (index.places.len() + index.len()) as usize;
        let mut scan = Self {
            documents,
            masks: vec![0; documents],
            qualities: vec![0; documents * words.len()],
            weights: Vec::with_capacity(words.len()),
            sums: [0; 1 << MAX_WORDS],
        };
        for (at, word) in words.iter().enumerate() {
            scan.word(index, at, word, at + 1 == words.len(), fuzzy);
        }
        for mask in 1..scan.sums.len() {
            let lowest = mask.trailing_zeros() as usize;
            let weight = scan.weights.get(lowest).copied().unwrap_or(0);
            scan.sums[mask] = scan.sums[mask & (mask - 1)] + weight;
        }
        scan
    }

    fn word(&mut self, index: &Index, at: usize, word: &[u8], last: bool, fuzzy: bool) {
        let mut found = 0u32;
        let errors = if fuzzy { fuzzy::allowance(word) } else { 0 };
        let mut term = |term: u32, errors: u8, whole: bool, regions: bool| {
            let text = index.terms.get(term);
            let mut quality = match (errors, whole) {
                (0, true) => EXACT,
                // The last word is still being typed. Of all, the nearer to the end the better.
                (0, false) if last => 80 + (10 * word.len() / text.len().max(1)) as u8,
                (0, false) => 50 + (30 * word.len() / text.len().max(1)) as u8,
                (1, true) => 50,
                (1, false) => 42,
                (_, true) => 36,
                (_, false) => 28,
            };
            // People rarely miss the first letter.
            if errors > 0 && text.first() != word.first() {
                quality -= 10;
            }
            for &posting in index.terms.postings(term..term + 1) {
                let document = posting & !(REGION | RESPELLED);
                let quality = if posting & RESPELLED == 0 { quality } else { quality - RESPELLED_COST };
                if posting & REGION == 0 {
                    found += u32::from(self.note(at, document, quality | IN_NAME));
                } else if regions {
                    self.note(at, document, quality / 2);
                }
            }
        };
        for number in index.terms.starting_with(word) {
            let whole = index.terms.get(number).len() == word.len();
            // Someone who typed on after "w" did not mean to type "washington".
            if !whole && !last && word.len() < 3 {
                continue;
            }
            // Two-letter states would match half of all beginnings.
            term(number, 0, whole, whole || word.len() > 3);
        }
        if errors > 0 {
            fuzzy::each_within(&index.terms, word, errors, &mut |number, errors, whole| {
                if errors > 0 {
                    term(number, errors, whole, true);
                }
            });
        }
        if is_postcode(word) {
            found += self.postcode(index, at, word, fuzzy);
        }
        let rarity = (self.documents as u32 / (found + 1)).max(1).ilog2();
        self.weights.push((1 + rarity) * (1 + rarity));
    }

    /// Stores whose postcode begins with `word`. When there are none and errors are allowed, the towns whose
    /// postcodes begin most like it: no store in 75017 still means Paris.
    fn postcode(&mut self, index: &Index, at: usize, word: &[u8], fuzzy: bool) -> u32 {
        let word = index.postcodes().as_written(word);
        let mut found = 0;
        for length in (MIN_POSTCODE..=word.len()).rev() {
            for at_postcode in index.postcodes().starting_with(&word[..length]) {
                let Some((key, store)) = index.postcodes().get(at_postcode) else { continue };
                found += u32::from(if length == word.len() {
                    self.note(at, index.places.len() + store, 90)
                } else {
                    // Postcodes as long as the typed one are probably of the same country.
                    let alike = postcodes::len(key) as usize == word.len();
                    self.note(at, index.places.of(store), if alike { 45 } else { 30 })
                });
            }
            if found > 0 || !fuzzy {
                break;
            }
        }
        found
    }

    /// True when the document did not hold the word yet.
    fn note(&mut self, word: usize, document: u32, quality: u8) -> bool {
        let document = document as usize;
        let best = &mut self.qualities[word * self.documents + document];
        *best = quality.max(*best);
        let mask = &mut self.masks[document];
        let new = *mask & 1 << word == 0;
        *mask |= 1 << word;
        new
    }

    /// Which words `document` holds.
    pub(crate) fn mask(&self, document: u32) -> u8 {
        self.masks[document as usize]
    }

    /// What the words of `mask` weigh together.
    pub(crate) fn weight(&self, mask: u8) -> u32 {
        self.sums[usize::from(mask)]
    }

    /// How well `document` holds `word`, and whether in its name.
    pub(crate) fn quality(&self, word: usize, document: u32) -> (u32, bool) {
        let raw = self.qualities[word * self.documents + document as usize];
        (u32::from(raw & !IN_NAME), raw & IN_NAME != 0)
    }
}

/// Whether a postcode may begin with `word`: it has a digit and says enough.
pub(crate) fn is_postcode(word: &[u8]) -> bool {
    word.len() >= MIN_POSTCODE
        && word.len() <= 12
        && word.iter().any(u8::is_ascii_digit)
        && postcodes::usable(word)
}
