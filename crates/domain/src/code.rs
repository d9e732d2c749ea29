//! Codes that retailers give: SKUs, products' ids, stores' codes. Files, tills and pages write the same code in different
//! ways, so each is brought into one form before it is kept or looked for.
//!
//! Spaces around a code go, a run of spaces within becomes one (two codes that differ in where a space is stay two), and
//! letters become capitals.

/// The most characters that a code may have.
pub const MAX_CODE: usize = 64;

/// Why a text is no code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CodeError {
    /// Nothing, or only spaces.
    Empty,
    /// More than [`MAX_CODE`] characters.
    TooLong,
    /// A control character or one that nobody sees, of which two codes that look alike could differ.
    Invisible(char),
}

impl core::fmt::Display for CodeError {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match self {
            Self::Empty => f.write_str("is empty"),
            Self::TooLong => write!(f, "is longer than {MAX_CODE} characters"),
            Self::Invisible(sign) => {
                write!(f, "holds the character U+{:04X}, which nobody sees", u32::from(*sign))
            }
        }
    }
}

impl core::error::Error for CodeError {}

/// The one form of a code: 1 to [`MAX_CODE`] visible characters, capitals, single spaces within. Of that form it gives back
/// the same.
pub fn normalised(text: &str) -> Result<String, CodeError> {
    let text = text.trim();
    let mut code = String::with_capacity(text.len().min(4 * MAX_CODE));
    let (mut length, mut space) = (0, false);
    for sign in text.chars() {
        if sign.is_control() || is_invisible(sign) {
            return Err(CodeError::Invisible(sign));
        }
        if sign.is_whitespace() {
            space = true;
            continue;
        }
        if core::mem::take(&mut space) {
            code.push(' ');
            length += 1;
        }
        for capital in sign.to_uppercase() {
            code.push(capital);
            length += 1;
        }
        // Here and not at the end: a text may be as long as a file.
        if length > MAX_CODE {
            return Err(CodeError::TooLong);
        }
    }
    if code.is_empty() { Err(CodeError::Empty) } else { Ok(code) }
}

/// Soft hyphens, joiners, marks of direction, byte order marks: Unicode's format characters, as far as they come in texts.
fn is_invisible(sign: char) -> bool {
    matches!(sign,
        '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn one_form() {
        for text in ["ROBE 38", " robe 38", "Robe\u{a0}38\t", "robe  \u{202f} 38"] {
            assert_eq!(normalised(text).as_deref(), Ok("ROBE 38"), "{text:?}");
        }
        assert_eq!(normalised("été/ß").as_deref(), Ok("ÉTÉ/SS"));
        assert_eq!(normalised("ROBE38").as_deref(), Ok("ROBE38"), "another code");
        assert_eq!(normalised(&"é".repeat(64)), Ok("É".repeat(64)));
    }

    #[test]
    fn no_codes() {
        assert_eq!(normalised(" \t\n"), Err(CodeError::Empty));
        assert_eq!(normalised(&"x".repeat(65)), Err(CodeError::TooLong));
        assert_eq!(normalised(&"ß".repeat(33)), Err(CodeError::TooLong));
        for sign in ['\0', '\n', '\u{7f}', '\u{200b}', '\u{feff}', '\u{202e}'] {
            assert_eq!(normalised(&format!("A{sign}B")), Err(CodeError::Invisible(sign)));
        }
    }

    proptest! {
        #[test]
        fn the_form_stays(text in "\\PC{0,80}|[ a-zß\u{a0}\u{149}\u{1c6}]{0,70}") {
            let Ok(code) = normalised(&text) else { return Ok(()) };
            prop_assert!(code.chars().count() <= MAX_CODE && code.trim() == code && !code.contains("  "));
            prop_assert_eq!(normalised(&code), Ok(code.clone()));
            prop_assert_eq!(normalised(&format!(" {} ", text.to_uppercase())), Ok(code));
        }
    }
}
