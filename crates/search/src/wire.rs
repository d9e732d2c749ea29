//! Bytes of the index: sections, each its length and its bytes; numbers as LEB128.
//!
//! ```text
//! "DVNS" version=1 scale flags stores towns areas        (the last three LEB128)
//! areas      "CC\tregion" lines, sorted
//! per area   number of towns
//! towns      lines
//! per town   number of stores
//! names      lines
//! postcodes  lines
//! templates  lines: store codes with each number replaced by U+0001
//! per store  its template, zigzag difference from the one before
//! numbers    of the codes, all first ones, all second ones …, as four planes of bytes
//! latitude   per store, zigzag difference, in 10^-scale degrees
//! longitude  likewise
//! ranks      one byte per store, when flags has bit 0
//! ```
//! Columns lie apart so that a general compressor finds the likeness within each.

/// First bytes of every index.
pub(crate) const MAGIC: [u8; 4] = *b"DVNS";
/// Version written and read.
pub(crate) const VERSION: u8 = 1;
/// Decimals that coordinates may have.
pub(crate) const SCALES: core::ops::RangeInclusive<u8> = 2..=6;
/// Flag: a section of ranks follows.
pub(crate) const HAS_RANKS: u8 = 1;
/// Stands for a number in a code template.
pub(crate) const NUMBER: char = '\u{1}';
/// Bits 29 and above of a document number are flags.
pub(crate) const MAX_STORES: usize = 1 << 28;

/// Reads numbers and sections from the front of `bytes`; `None` when they run out.
pub(crate) struct Reader<'a> {
    pub(crate) bytes: &'a [u8],
}

impl<'a> Reader<'a> {
    pub(crate) fn take(&mut self, count: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.bytes.split_at_checked(count)?;
        self.bytes = rest;
        Some(taken)
    }

    pub(crate) fn byte(&mut self) -> Option<u8> {
        let (&first, rest) = self.bytes.split_first()?;
        self.bytes = rest;
        Some(first)
    }

    pub(crate) fn number(&mut self) -> Option<u32> {
        let (mut value, mut shift) = (0u32, 0);
        loop {
            let byte = self.byte()?;
            value |= u32::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Some(value);
            }
            shift += 7;
            if shift > 28 {
                return None;
            }
        }
    }

    /// A difference: 0, -1, 1, -2, …
    pub(crate) fn signed(&mut self) -> Option<i32> {
        let raw = self.number()?;
        Some((raw >> 1).cast_signed() ^ -(raw & 1).cast_signed())
    }

    pub(crate) fn section(&mut self) -> Option<Reader<'a>> {
        let length = self.number()? as usize;
        Some(Reader { bytes: self.take(length)? })
    }
}

#[cfg(feature = "encode")]
pub(crate) mod write {
    /// Appends `value` as LEB128.
    pub(crate) fn number(out: &mut Vec<u8>, mut value: u32) {
        while value >= 0x80 {
            out.push(value as u8 | 0x80);
            value >>= 7;
        }
        out.push(value as u8);
    }

    /// Appends a difference.
    pub(crate) fn signed(out: &mut Vec<u8>, value: i32) {
        number(out, ((value << 1) ^ (value >> 31)).cast_unsigned());
    }
}

#[cfg(all(test, feature = "encode"))]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn numbers_come_back(value in any::<u32>(), difference in any::<i32>()) {
            let mut out = Vec::new();
            write::number(&mut out, value);
            write::signed(&mut out, difference);
            let mut reader = Reader { bytes: &out };
            prop_assert_eq!(reader.number(), Some(value));
            prop_assert_eq!(reader.signed(), Some(difference));
            prop_assert_eq!(reader.byte(), None);
        }
    }

    #[test]
    fn a_number_without_end_is_refused() {
        assert_eq!(Reader { bytes: &[0xff; 20] }.number(), None);
    }
}
