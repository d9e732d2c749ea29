//! Postcodes in order, for search by what they begin with.

use core::ops::Range;

use crate::{columns::Lines, fold, sort};

/// Letters and digits of a postcode that take part in search.
const LETTERS: u32 = 12;

/// Postcodes as numbers to base 37, ascending, and whose they are.
pub(crate) struct Postcodes {
    keys: Box<[u64]>,
    stores: Box<[u32]>,
}

impl Postcodes {
    /// `postcodes` has one line per store.
    pub(crate) fn new(postcodes: &Lines) -> Self {
        let mut items = Vec::with_capacity(postcodes.len() as usize);
        for store in 0..postcodes.len() {
            let key = key(postcodes.get(store));
            if key > 0 {
                items.push((key, store));
            }
        }
        sort::sort(&mut items);
        Self { keys: items.iter().map(|i| i.0).collect(), stores: items.iter().map(|i| i.1).collect() }
    }

    /// Where the postcodes that begin with `typed` (folded) stand.
    pub(crate) fn starting_with(&self, typed: &[u8]) -> Range<usize> {
        let low = key_of(typed);
        let size = 37u64.pow(LETTERS.saturating_sub(typed.len() as u32));
        self.keys.partition_point(|&k| k < low)..self.keys.partition_point(|&k| k < low + size)
    }

    /// `typed`, without zeros at its front when only then something begins with it: spreadsheets eat
    /// them from the data.
    pub(crate) fn as_written<'a>(&self, typed: &'a [u8]) -> &'a [u8] {
        let zeros = typed.iter().take_while(|&&b| b == b'0').count();
        let lost = zeros > 0 && typed.len() > zeros + 2 && self.starting_with(typed).is_empty();
        if lost { &typed[zeros..] } else { typed }
    }

    /// Key and store at `at`.
    pub(crate) fn get(&self, at: usize) -> Option<(u64, u32)> {
        Some((*self.keys.get(at)?, *self.stores.get(at)?))
    }
}

/// The key of a postcode as written; 0 when it has no letter or digit.
pub(crate) fn key(postcode: &str) -> u64 {
    let (mut key, mut left) = (0, LETTERS);
    fold::words(postcode, &mut |word| {
        for &byte in word {
            if left > 0 && digit(byte) > 0 {
                left -= 1;
                key = key * 37 + digit(byte);
            }
        }
    });
    key * 37u64.pow(left)
}

/// The key of a postcode that is just `typed`.
pub(crate) fn key_of(typed: &[u8]) -> u64 {
    let mut size = 37u64.pow(LETTERS);
    typed.iter().take(LETTERS as usize).fold(0, |key, &byte| {
        size /= 37;
        key + size * digit(byte)
    })
}

/// How many letters and digits of `postcode` name an area that people know. The four after a US ZIP
/// stand for a few houses; with its first zero lost, eight digits are left instead of nine.
pub(crate) fn area_len(postcode: &str, country: &str) -> u32 {
    let digits = postcode.bytes().filter(u8::is_ascii_digit).count();
    match digits {
        8 | 9 if country == "US" => digits as u32 - 4,
        _ => LETTERS,
    }
}

/// How many letters and digits `key` has.
pub(crate) fn len(mut key: u64) -> u32 {
    let mut len = LETTERS;
    while len > 0 && key.is_multiple_of(37) {
        key /= 37;
        len -= 1;
    }
    len
}

/// `key` without what follows its first `len` letters.
pub(crate) fn cut(key: u64, len: u32) -> u64 {
    key - key % 37u64.pow(LETTERS - len.min(LETTERS))
}

/// Whether all of `word` can stand in a postcode.
pub(crate) fn usable(word: &[u8]) -> bool {
    word.iter().all(|&byte| digit(byte) > 0)
}

fn digit(byte: u8) -> u64 {
    match byte {
        b'0'..=b'9' => u64::from(byte - b'0') + 1,
        b'a'..=b'z' => u64::from(byte - b'a') + 11,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::Reader;

    fn all(postcodes: &Postcodes, typed: &str) -> Vec<u32> {
        let typed = postcodes.as_written(typed.as_bytes());
        postcodes.starting_with(typed).filter_map(|at| Some(postcodes.get(at)?.1)).collect()
    }

    #[test]
    fn by_prefix_whatever_the_spacing() {
        let written = ["SW1A 1AA", "SW1V1BB", "902104602", "90210", "1000", "100-0001", "2108-1234"];
        let text = written.join("\n");
        let lines = Lines::read(&Reader { bytes: text.as_bytes() }, written.len()).unwrap();
        let postcodes = Postcodes::new(&lines);
        assert_eq!(all(&postcodes, "sw1"), [0, 1]);
        assert_eq!(all(&postcodes, "sw1a1"), [0]);
        assert_eq!(all(&postcodes, "90210"), [3, 2]);
        assert_eq!(all(&postcodes, "1000"), [4, 5]);
        assert_eq!(all(&postcodes, "02108"), [6]);
        assert_eq!(all(&postcodes, "x"), [0; 0]);
        assert_eq!(cut(key("902104602"), area_len("902104602", "US")), key("90210"));
        assert_ne!(cut(key("902104602"), area_len("902104602", "BR")), key("90210"));
    }
}
