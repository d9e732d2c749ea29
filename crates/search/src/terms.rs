//! Every word of the index in order, and where it occurs.

use core::ops::Range;

use crate::{fold, sort, synonyms};

/// Set in a posting when the word stands in the region or country, not in the name.
pub(crate) const REGION: u32 = 1 << 31;

/// Set in a posting when the document spells the word otherwise.
pub(crate) const RESPELLED: u32 = 1 << 30;

/// Sorted words with their postings; the postings of neighbours lie side by side.
pub(crate) struct Terms {
    text: Box<[u8]>,
    ends: Box<[u32]>,
    /// Bytes that each word shares with the one before.
    shared: Box<[u8]>,
    posting_ends: Box<[u32]>,
    postings: Box<[u32]>,
}

impl Terms {
    pub(crate) fn len(&self) -> u32 {
        self.ends.len() as u32
    }

    pub(crate) fn get(&self, term: u32) -> &[u8] {
        slice(&self.text, &self.ends, term..term + 1)
    }

    pub(crate) fn shared(&self, term: u32) -> usize {
        self.shared.get(term as usize).map_or(0, |&n| usize::from(n))
    }

    /// Documents that hold a word of `terms`, with their flags.
    pub(crate) fn postings(&self, terms: Range<u32>) -> &[u32] {
        slice(&self.postings, &self.posting_ends, terms)
    }

    /// Words that begin with `prefix`.
    pub(crate) fn starting_with(&self, prefix: &[u8]) -> Range<u32> {
        let begin = self.first(0, &|word| word < prefix);
        begin..self.first(begin, &|word| word.starts_with(prefix))
    }

    /// First word from `low` on for which `before` is false.
    fn first(&self, mut low: u32, before: &dyn Fn(&[u8]) -> bool) -> u32 {
        let mut high = self.len();
        while low < high {
            let middle = low.midpoint(high);
            if before(self.get(middle)) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        low
    }
}

fn slice<'a, T>(items: &'a [T], ends: &[u32], range: Range<u32>) -> &'a [T] {
    let end_of = |at: u32| if at == 0 { 0 } else { ends.get(at as usize - 1).map_or(0, |&e| e as usize) };
    items.get(end_of(range.start)..end_of(range.end)).unwrap_or(&[])
}

/// Equality by four bytes at once: the standard library's goes byte by byte in the browser.
fn same(a: &[u8], b: &[u8]) -> bool {
    let ((a_fours, a_rest), (b_fours, b_rest)) = (a.as_chunks(), b.as_chunks());
    a.len() == b.len()
        && a_fours.iter().zip(b_fours).all(|(a, b)| u32::from_le_bytes(*a) == u32::from_le_bytes(*b))
        && a_rest.iter().zip(b_rest).all(|(a, b)| a == b)
}

/// Gathers words while the columns are read.
pub(crate) struct Builder {
    text: Vec<u8>,
    ends: Vec<u32>,
    /// Open addressing: a word's number plus one, 0 for free.
    slots: Vec<u32>,
    pairs: Vec<(u32, u32)>,
    /// Per word that has other spellings, where those end in `spellings`; these words come first.
    spelling_ends: Vec<u32>,
    spellings: Vec<u32>,
}

impl Builder {
    /// `expected`: about how many words will be added.
    #[inline(never)]
    pub(crate) fn new(expected: usize) -> Self {
        let mut builder = Self {
            text: Vec::with_capacity(expected * 2),
            ends: Vec::new(),
            slots: vec![0; (expected / 4).next_power_of_two().max(1024)],
            pairs: Vec::with_capacity(expected),
            spelling_ends: Vec::new(),
            spellings: Vec::new(),
        };
        let mut same = Vec::new();
        for group in synonyms::GROUPS.split('\n') {
            let mut members = Vec::new();
            fold::words(group, &mut |word| members.push(builder.intern(word)));
            for &a in &members {
                same.extend(members.iter().filter(|&&b| b != a).map(|&b| (a, b)));
            }
        }
        for id in 0..builder.ends.len() as u32 {
            builder.spellings.extend(same.iter().filter(|&&(a, _)| a == id).map(|&(_, b)| b));
            builder.spelling_ends.push(builder.spellings.len() as u32);
        }
        builder
    }

    /// Notes that `word` occurs in `posting`.
    pub(crate) fn add(&mut self, word: &[u8], posting: u32) {
        let id = self.intern(word);
        self.pairs.push((id, posting));
        if id < self.spelling_ends.len() as u32 {
            for &other in slice(&self.spellings, &self.spelling_ends, id..id + 1) {
                self.pairs.push((other, posting | RESPELLED));
            }
        }
    }

    fn intern(&mut self, word: &[u8]) -> u32 {
        if self.ends.len() * 2 > self.slots.len() {
            self.grow();
        }
        let at = self.find(word);
        if let Some(&taken @ 1..) = self.slots.get(at) {
            return taken - 1;
        }
        self.text.extend_from_slice(word);
        self.ends.push(self.text.len() as u32);
        let id = self.ends.len() as u32;
        self.slots[at] = id;
        id - 1
    }

    fn grow(&mut self) {
        self.slots = vec![0; self.slots.len() * 2];
        for id in 0..self.ends.len() as u32 {
            let at = self.find(slice(&self.text, &self.ends, id..id + 1));
            self.slots[at] = id + 1;
        }
    }

    /// The slot that holds `word`, or the free one where it belongs.
    fn find(&self, word: &[u8]) -> usize {
        let mix = |hash: u32, part: u32| (hash.rotate_left(5) ^ part).wrapping_mul(0x9E37_79B1);
        let (fours, rest) = word.as_chunks();
        let hash = fours.iter().fold(0, |hash, four| mix(hash, u32::from_le_bytes(*four)));
        let hash = rest.iter().fold(hash, |hash, &byte| mix(hash, u32::from(byte)));
        let mask = self.slots.len() - 1;
        let mut at = (hash ^ hash >> 15) as usize & mask;
        while let taken @ 1.. = self.slots[at] {
            if same(slice(&self.text, &self.ends, taken - 1..taken), word) {
                break;
            }
            at = (at + 1) & mask;
        }
        at
    }

    /// Sorts the words and lays out their postings.
    #[inline(never)]
    pub(crate) fn finish(self) -> Terms {
        let word = |id: u32| slice(&self.text, &self.ends, id..id + 1);
        let mut order: Vec<sort::Keyed> = (0..self.ends.len() as u32).map(|id| (0, id)).collect();
        sort::sort_by_bytes(&mut order, &word);

        let mut text = Vec::with_capacity(self.text.len());
        let mut ends = Vec::with_capacity(order.len());
        let mut shared = Vec::with_capacity(order.len());
        let mut rank = vec![0u32; order.len()];
        let mut last: &[u8] = &[];
        for (at, &(_, id)) in order.iter().enumerate() {
            let now = word(id);
            shared.push(last.iter().zip(now).take_while(|(a, b)| a == b).count() as u8);
            text.extend_from_slice(now);
            ends.push(text.len() as u32);
            rank[id as usize] = at as u32;
            last = now;
        }

        // Counting sort by word; documents were added in order and stay so.
        let mut posting_ends = vec![0u32; order.len() + 1];
        for &(id, _) in &self.pairs {
            posting_ends[rank[id as usize] as usize + 1] += 1;
        }
        for at in 1..posting_ends.len() {
            posting_ends[at] += posting_ends[at - 1];
        }
        let mut postings = vec![0; self.pairs.len()];
        for &(id, posting) in &self.pairs {
            let next = &mut posting_ends[rank[id as usize] as usize];
            postings[*next as usize] = posting;
            *next += 1;
        }
        // Each beginning has moved on to its end.
        posting_ends.pop();
        Terms {
            text: text.into(),
            ends: ends.into(),
            shared: shared.into(),
            posting_ends: posting_ends.into(),
            postings: postings.into(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_by_prefix_and_by_other_spelling() {
        let mut builder = Builder::new(4);
        builder.add(b"saint", 1);
        builder.add(b"malo", 1);
        builder.add(b"malmo", 2);
        for filler in 0..3000u32 {
            builder.add(format!("z{filler}").as_bytes(), 3);
        }
        let terms = builder.finish();
        assert_eq!(terms.postings(terms.starting_with(b"mal")), [2, 1]);
        assert_eq!(terms.postings(terms.starting_with(b"st")), [1 | RESPELLED]);
        assert_eq!(terms.postings(terms.starting_with(b"z2999")), [3]);
        assert!(terms.starting_with(b"qq").is_empty());
        assert_eq!(terms.starting_with(b""), 0..terms.len());
    }
}
