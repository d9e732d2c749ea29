//! Text to comparable words: lower case, no accents, other alphabets in Latin letters.
//!
//! Folding works from left to right and never looks back further than one letter, so what is typed so
//! far folds to a prefix of what the whole word folds to. `ae`, `oe`, `ue` and `aa` lose their second
//! letter, which makes `Düsseldorf`, `Duesseldorf` and `Dusseldorf` one word. Chinese and Japanese,
//! written without spaces, become overlapping pairs of characters.

/// Longest word kept, in bytes; the rest of a longer one is ignored, in the index and in queries.
pub const MAX_WORD: usize = 32;

/// U+00C0 to U+017F. Capitals stand for two letters, see [`push_coded`].
const LATIN: &[u8; 192] = b"aaaaaaAceeeeiiiidnooooo-ouuuuyTSaaaaaaAceeeeiiiidnooooo-ouuuuyTy\
aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiiiJJjjkkkllllllllllnnnnnnnnnoooo\
ooOOrrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs";

/// U+0430 to U+044F; digits stand for two letters or more.
const CYRILLIC: &[u8; 32] = b"abvgdeZziyklmnoprstufKQCW1-y-eUI";

/// U+03B1 to U+03C9.
const GREEK: &[u8; 25] = b"avgdeziTiklmnxoprsstyfCPo";

/// What ASCII characters fold to: themselves, their small letter, or 0 where a word ends, as with all bytes beyond.
const ASCII: [u8; 256] = {
    let mut table = [0; 256];
    let mut at = 0u8;
    while at < 128 {
        if at.is_ascii_alphanumeric() {
            table[at as usize] = at.to_ascii_lowercase();
        }
        at += 1;
    }
    table
};

/// One word being built.
struct Word {
    bytes: [u8; MAX_WORD],
    len: usize,
    /// The letter that may swallow the next; 0 at a beginning, and after one that has swallowed its `e` or second `a`.
    before: u8,
}

impl Word {
    /// Takes ASCII letters and digits up to whatever else comes; how many. Nearly all text goes through this loop, and
    /// what runs once in a page is hardly optimised there, so each step counts.
    fn push_ascii(&mut self, text: &[u8]) -> usize {
        let (mut len, mut before) = (self.len, self.before);
        let mut taken = 0;
        for &byte in text {
            let letter = ASCII[usize::from(byte)];
            if letter == 0 {
                break;
            }
            taken += 1;
            if (letter == b'e' || letter == b'a') && swallows(before, letter) {
                before = 0;
                continue;
            }
            before = letter;
            if let Some(slot) = self.bytes.get_mut(len) {
                *slot = letter;
                len += 1;
            }
        }
        (self.len, self.before) = (len, before);
        taken
    }

    fn push(&mut self, letter: u8) {
        if swallows(self.before, letter) {
            self.before = 0;
        } else {
            self.push_verbatim(letter);
            self.before = letter;
        }
    }

    fn push_verbatim(&mut self, byte: u8) {
        self.before = 0;
        if let Some(slot) = self.bytes.get_mut(self.len) {
            *slot = byte;
            self.len += 1;
        }
    }

    /// A letter from one of the tables.
    fn push_coded(&mut self, code: u8) {
        let letters: &[u8] = match code {
            b'A' => b"ae",
            b'C' => b"ch",
            b'I' => b"ya",
            b'J' => b"ij",
            b'K' => b"kh",
            b'O' => b"oe",
            b'P' => b"ps",
            b'Q' => b"ts",
            b'S' => b"ss",
            b'T' => b"th",
            b'U' => b"yu",
            b'W' => b"sh",
            b'Z' => b"zh",
            b'1' => b"shch",
            b'-' => b"",
            _ => core::slice::from_ref(&code),
        };
        for &letter in letters {
            self.push(letter);
        }
    }

    fn push_char(&mut self, c: char) {
        for &byte in c.encode_utf8(&mut [0; 4]).as_bytes() {
            self.push_verbatim(byte);
        }
    }

    fn end(&mut self, each: &mut dyn FnMut(&[u8])) {
        if self.len > 0 {
            each(&self.bytes[..self.len]);
            self.len = 0;
        }
        self.before = 0;
    }
}

fn swallows(before: u8, letter: u8) -> bool {
    match before {
        b'a' => letter == b'a' || letter == b'e',
        b'o' | b'u' => letter == b'e',
        _ => false,
    }
}

/// Calls `each` with every folded word of `text`, in order. Words are UTF-8 unless cut at [`MAX_WORD`].
pub fn words(text: &str, each: &mut dyn FnMut(&[u8])) {
    let bytes = text.as_bytes();
    let mut word = Word { bytes: [0; MAX_WORD], len: 0, before: 0 };
    // The ideograph before, and whether it is already half of a pair.
    let mut ideograph: Option<(char, bool)> = None;
    let mut at = 0;
    loop {
        if ideograph.is_none() {
            at += word.push_ascii(bytes.get(at..).unwrap_or(&[]));
        }
        let Some(&byte) = bytes.get(at) else { break };
        let c = if byte < 0x80 {
            byte as char
        } else {
            text.get(at..).and_then(|rest| rest.chars().next()).unwrap_or(' ')
        };
        at += c.len_utf8();
        if let Some((first, paired)) = ideograph {
            if is_ideograph(c) {
                word.push_char(first);
                word.push_char(c);
                word.end(each);
                ideograph = Some((c, true));
                continue;
            }
            ideograph = None;
            end_ideographs(&mut word, first, paired, each);
        }
        match c as u32 {
            // After an ideograph.
            0x30..=0x39 | 0x41..=0x5a | 0x61..=0x7a => word.push(ASCII[usize::from(byte)]),
            // "King's" is one word, "L'Isle" two.
            0x27 | 0x60 | 0x2bc | 0x2019 => {
                let joins = match bytes.get(at..) {
                    Some([b's' | b't' | b'S' | b'T', after, ..]) => {
                        !after.is_ascii_alphabetic() && *after < 0x80
                    }
                    Some([b's' | b't' | b'S' | b'T']) => true,
                    _ => false,
                };
                if !joins {
                    word.end(each);
                }
            }
            0x00..=0xbf
            | 0x60c
            | 0x61b
            | 0x61f
            | 0x2000..=0x2bff
            | 0x3000..=0x3004
            | 0x3008..=0x3020
            | 0xfe00..=0xfe4f
            | 0xff01..=0xff0f
            | 0xff1a..=0xff20
            | 0xff3b..=0xff40
            | 0xff5b..=0xff65 => word.end(each),
            // Combining accents, left over from decomposed text.
            0x300..=0x36f => {}
            _ if is_ideograph(c) => {
                word.end(each);
                ideograph = Some((c, false));
            }
            _ => fold_letter(&mut word, c),
        }
    }
    if let Some((first, paired)) = ideograph {
        end_ideographs(&mut word, first, paired, each);
    }
    word.end(each);
}

/// A lone ideograph is a word of one; the last of several was already part of a pair.
fn end_ideographs(word: &mut Word, last: char, paired: bool, each: &mut dyn FnMut(&[u8])) {
    if !paired {
        word.push_char(last);
        word.end(each);
    }
}

/// Han and kana.
fn is_ideograph(c: char) -> bool {
    matches!(c as u32, 0x3005..=0x3007 | 0x3040..=0x30ff | 0x3400..=0x9fff | 0xf900..=0xfaff | 0x20000..=0x3ffff)
}

/// Everything beyond ASCII that is written with spaces.
fn fold_letter(word: &mut Word, c: char) {
    let code = c as u32;
    let coded = match code {
        0xc0..=0x17f => LATIN[(code - 0xc0) as usize],
        // Further Latin letters, and accented Greek and Cyrillic ones that sound the same.
        0x1a0 | 0x1a1 | 0x1d1 | 0x1d2 | 0x1ecc..=0x1ee3 | 0x38c | 0x38f | 0x3cc | 0x3ce => b'o',
        0x1af | 0x1b0 | 0x1d3..=0x1dc | 0x1ee4..=0x1ef1 => b'u',
        0x1cd | 0x1ce | 0x1ea0..=0x1eb7 | 0x386 | 0x3ac => b'a',
        0x1cf
        | 0x1d0
        | 0x1ec8..=0x1ecb
        | 0x389
        | 0x38a
        | 0x390
        | 0x3aa
        | 0x3ae
        | 0x3af
        | 0x3ca
        | 0x406
        | 0x456 => b'i',
        0x18f | 0x259 | 0x1eb8..=0x1ec7 | 0x388 | 0x3ad | 0x401 | 0x451 => b'e',
        0x218 | 0x219 => b's',
        0x21a | 0x21b => b't',
        0x1e80..=0x1e85 => b'w',
        0x1e9e => b'S',
        0x1ef2..=0x1ef9 | 0x38e | 0x3ab | 0x3b0 | 0x3cb | 0x3cd => b'y',
        0x391..=0x3a9 => GREEK[(code - 0x391) as usize],
        0x3b1..=0x3c9 => GREEK[(code - 0x3b1) as usize],
        0x410..=0x42f => CYRILLIC[(code - 0x410) as usize],
        0x430..=0x44f => CYRILLIC[(code - 0x430) as usize],
        // Arabic: one alef, one ya, ta marbuta as ha; vowel signs and the lengthening stroke dropped.
        0x622 | 0x623 | 0x625 => return word.push_char('\u{627}'),
        0x649 => return word.push_char('\u{64a}'),
        0x629 => return word.push_char('\u{647}'),
        0x640 | 0x64b..=0x652 => return,
        0x660..=0x669 => return word.push_verbatim((code - 0x660) as u8 + b'0'),
        // Full-width forms.
        0xff10..=0xff19 => return word.push_verbatim((code - 0xff10) as u8 + b'0'),
        0xff21..=0xff3a => (code - 0xff21) as u8 + b'a',
        0xff41..=0xff5a => (code - 0xff41) as u8 + b'a',
        _ => return word.push_char(c),
    };
    word.push_coded(coded);
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn fold(text: &str) -> String {
        let mut out = Vec::new();
        words(text, &mut |w| out.push(String::from_utf8_lossy(w).into_owned()));
        out.join(" ")
    }

    #[test]
    fn spellings_of_one_town_are_one_word() {
        for (a, b) in [
            ("Düsseldorf", "DUESSELDORF"),
            ("Düsseldorf", "dusseldorf"),
            ("Weißenburg", "weissenburg"),
            ("Århus", "Aarhus"),
            ("København", "kobenhavn"),
            ("Łódź", "lodz"),
            ("İstanbul", "istanbul"),
            ("Diyarbakır", "DIYARBAKIR"),
            ("Cœur", "coeur"),
            ("Sa\u{303}o Paulo", "São Paulo"),
            ("Đà Nẵng", "da nang"),
            ("Москва", "moskva"),
            ("ΑΘΉΝΑ", "αθήνα"),
            ("Αθήνα", "athina"),
            ("جدة", "جده"),
            ("ＳＨＩＢＵＹＡ　１０９", "shibuya 109"),
        ] {
            assert_eq!(fold(a), fold(b), "{a} / {b}");
        }
    }

    #[test]
    fn splits_where_a_reader_would() {
        assert_eq!(fold("King's Cross"), "kings cross");
        assert_eq!(fold("L'Isle-d\u{2019}Abeau"), "l isle d abeau");
        assert_eq!(fold("W. 42nd St./8th Ave"), "w 42nd st 8th ave");
        assert_eq!(fold("北京市B1店"), "北京 京市 b1 店");
        assert_eq!(fold("☕ — !!"), "");
        assert_eq!(fold("queen"), "quen");
        assert_eq!(fold("1000e"), "1000e");
    }

    #[test]
    fn a_long_word_is_cut() {
        assert_eq!(fold(&"b".repeat(1000)).len(), MAX_WORD);
    }

    proptest! {
        #[test]
        fn typing_on_never_changes_what_was_typed(word in "[a-zA-ZäöüéßøåÅčıİжщяθψ]{1,20}") {
            let whole = fold(&word);
            for (at, _) in word.char_indices() {
                prop_assert!(whole.starts_with(&fold(&word[..at])));
            }
        }

        #[test]
        fn any_text_folds_to_short_words(text in "\\PC*") {
            words(&text, &mut |w| assert!(!w.is_empty() && w.len() <= MAX_WORD));
        }
    }
}
