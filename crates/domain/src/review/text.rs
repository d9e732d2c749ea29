//! Whether a text can be shown, and the one form in which it is kept. It is never HTML: what looks like a tag stays text, and whoever
//! shows it escapes it.

/// The most characters of an author's name.
pub const MAX_AUTHOR: usize = 60;

/// How long a text may be, in characters after cleaning.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// At least so many.
    pub least: usize,
    /// At most so many.
    pub most: usize,
}

impl Limits {
    /// Of a title, where there is one.
    pub const TITLE: Self = Self { least: 2, most: 120 };
    /// Of what a reviewer writes here: enough to say something.
    pub const BODY: Self = Self { least: 10, most: 5_000 };
    /// Of what is taken over from elsewhere.
    pub const IMPORTED: Self = Self { least: 1, most: 10_000 };
    /// Of a brand's answer.
    pub const ANSWER: Self = Self { least: 2, most: 2_000 };
    /// Of what author and brand say to each other in private.
    pub const MESSAGE: Self = Self::ANSWER;
}

/// Why a text is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TextError {
    /// Fewer characters than this.
    TooShort(usize),
    /// More characters than this.
    TooLong(usize),
    /// Letters under heaps of marks, which run into the lines around.
    Marks,
    /// No letter and no digit: only signs, or only emoji.
    NoWords,
}

impl core::fmt::Display for TextError {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match self {
            Self::TooShort(least) => write!(f, "write at least {least} characters"),
            Self::TooLong(most) => write!(f, "write at most {most} characters"),
            Self::Marks => {
                f.write_str("holds letters with many marks above or below; write it in plain letters")
            }
            Self::NoWords => f.write_str("holds no word; say something about it"),
        }
    }
}

impl core::error::Error for TextError {}

/// More marks on one letter are in no language that is written with these: Vietnamese has two, and so has polytonic Greek with one to spare.
const MARKS: usize = 3;

/// A text of several lines in the form that is kept: spaces around it and at the ends of lines gone, at most one empty line
/// together, without what nobody sees. Of that form it gives back the same.
pub fn checked(text: &str, limits: Limits) -> Result<String, TextError> {
    clean(text, limits, true)
}

/// The same of a text of one line.
pub fn checked_line(text: &str, limits: Limits) -> Result<String, TextError> {
    clean(text, limits, false)
}

fn clean(text: &str, limits: Limits, lines: bool) -> Result<String, TextError> {
    let mut out = String::with_capacity(text.len().min(4 * limits.most));
    let (mut length, mut marks, mut words) = (0, 0, false);
    // What stands between two signs that are kept.
    let (mut space, mut breaks) = (false, 0u8);
    let mut signs = text.chars().peekable();
    while let Some(sign) = signs.next() {
        // Windows and old Macs.
        let sign = match sign {
            '\r' if signs.peek() == Some(&'\n') => continue,
            '\r' | '\u{85}' | '\u{2028}' | '\u{2029}' => '\n',
            other => other,
        };
        if sign == '\n' && lines {
            breaks = breaks.saturating_add(1);
            continue;
        }
        if sign.is_whitespace() {
            space = true;
            continue;
        }
        if sign.is_control() || is_hidden(sign) {
            continue;
        }
        marks = if is_mark(sign) { marks + 1 } else { 0 };
        if marks > MARKS {
            return Err(TextError::Marks);
        }
        if !out.is_empty() {
            let between = match (breaks, space) {
                (0, false) => "",
                (0, true) => " ",
                (1, _) => "\n",
                _ => "\n\n",
            };
            out.push_str(between);
            length += between.len();
        }
        (space, breaks) = (false, 0);
        words |= sign.is_alphanumeric();
        out.push(sign);
        length += 1;
        // Here and not at the end: a text may be as long as a body.
        if length > limits.most {
            return Err(TextError::TooLong(limits.most));
        }
    }
    if length < limits.least {
        return Err(TextError::TooShort(limits.least));
    }
    if words { Ok(out) } else { Err(TextError::NoWords) }
}

/// What changes how other signs are drawn, or hides between them: overrides and isolates of direction, soft hyphens, spaces
/// without width, tags, private signs. Marks of direction and joiners are left: Arabic, Persian and emoji need them.
fn is_hidden(sign: char) -> bool {
    matches!(sign,
        '\u{ad}' | '\u{34f}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}' | '\u{200b}'
        | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}'
        | '\u{e000}'..='\u{f8ff}' | '\u{e0000}'..='\u{10ffff}')
}

/// Combining marks of the blocks that heaps are made of.
fn is_mark(sign: char) -> bool {
    matches!(sign,
        '\u{300}'..='\u{36f}' | '\u{483}'..='\u{489}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}'
        | '\u{20d0}'..='\u{20ff}' | '\u{fe20}'..='\u{fe2f}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn body(text: &str) -> Result<String, TextError> {
        checked(text, Limits::BODY)
    }

    #[test]
    fn one_form() {
        assert_eq!(
            body("  Très belle robe, \t coupe parfaite. \r\n\r\n\r\n\r\nJe recommande\u{a0}! \n").as_deref(),
            Ok("Très belle robe, coupe parfaite.\n\nJe recommande !")
        );
        assert_eq!(checked_line("Belle\nrobe\r\n !", Limits::TITLE).as_deref(), Ok("Belle robe !"));
        assert_eq!(body("مرحبا بالعالم الجميل").as_deref(), Ok("مرحبا بالعالم الجميل"));
        assert_eq!(body("Tiếng Việt đẹp lắm").as_deref(), Ok("Tiếng Việt đẹp lắm"));
        let family = "Super pour la famille 👨\u{200d}👩\u{200d}👧 ❤\u{fe0f}";
        assert_eq!(body(family).as_deref(), Ok(family));
    }

    #[test]
    fn tags_stay_text() {
        let text = "<script>alert(1)</script> <b>jolie</b> & chère";
        assert_eq!(body(text).as_deref(), Ok(text));
    }

    #[test]
    fn what_nobody_sees_goes() {
        assert_eq!(
            body("une rob\u{202e}e bleue\u{2066} à\u{0} po\u{200b}is\u{feff}").as_deref(),
            Ok("une robe bleue à pois")
        );
        assert_eq!(body("\u{202e}\u{200b}\u{feff}"), Err(TextError::TooShort(10)));
    }

    #[test]
    fn refused() {
        assert_eq!(body(&"long ".repeat(20_000)), Err(TextError::TooLong(5_000)));
        assert_eq!(body(&"\u{200b}".repeat(100_000)), Err(TextError::TooShort(10)));
        assert_eq!(body("bof"), Err(TextError::TooShort(10)));
        assert_eq!(body("😍😍😍😍😍😍😍😍😍😍😍😍"), Err(TextError::NoWords));
        assert_eq!(body("!!!!!!!!!!!!!!!!!"), Err(TextError::NoWords));
        let heap: String = "robe bleue"
            .chars()
            .flat_map(|c| [c, '\u{335}', '\u{489}', '\u{301}', '\u{31b}', '\u{36f}'])
            .collect();
        assert_eq!(body(&heap), Err(TextError::Marks));
    }

    proptest! {
        #[test]
        fn the_form_stays(text in "(\\PC|[ \n\t\r\u{0}\u{202e}\u{300}\u{ad}a-z]){0,80}") {
            let limits = Limits { least: 0, most: 60 };
            let Ok(clean) = checked(&text, limits) else { return Ok(()) };
            prop_assert_eq!(clean.trim(), &clean);
            prop_assert!(clean.chars().count() <= 60 && !clean.contains("\n\n\n") && !clean.contains("  "));
            prop_assert!(!clean.chars().any(|c| (c.is_control() && c != '\n') || is_hidden(c)));
            prop_assert_eq!(checked(&clean, limits), Ok(clean.clone()));
        }
    }
}
