//! What a label says.

use super::System;

/// The longest text that is looked at, in bytes.
const MAX_TEXT: usize = 60;

/// From one value to another, both in it; a single one is from and to itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// The lowest.
    pub from: i16,
    /// The highest.
    pub to: i16,
}

impl Span {
    /// One value.
    pub const fn one(value: i16) -> Self {
        Self { from: value, to: value }
    }

    const fn of(from: i16, to: i16) -> Option<Self> {
        if from <= to { Some(Self { from, to }) } else { None }
    }
}

/// A size as it is written, whatever it is the size of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Size {
    /// One for all.
    One,
    /// Steps from M: S is -1, XXL is 3.
    Letters(Span),
    /// Tenths: 38 is 380, 38½ is 385.
    Number(Span),
    /// Trousers, in inches.
    Waist {
        /// Round the waist.
        waist: i16,
        /// The inside leg.
        length: Option<i16>,
    },
    /// Bras: 90B, 34DD.
    Bra {
        /// As written.
        band: i16,
        /// AA is 0, A is 1; in inches DD is 5 and E is 6, in centimetres E is 5.
        cup: i16,
    },
    /// Children's, in months.
    Age(Span),
    /// Children's, in centimetres.
    Height(Span),
}

/// What a label says: a size, and the system where it is named.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Label {
    /// `UK` of `UK 12`.
    pub system: Option<System>,
    /// The size.
    pub size: Size,
}

const ONE: [&[u8]; 12] = [
    b"TU",
    b"U",
    b"OS",
    b"UNIQUE",
    b"TAILLEUNIQUE",
    b"ONESIZE",
    b"OSFA",
    b"ONESIZEFITSALL",
    b"UNICA",
    b"TAGLIAUNICA",
    b"TALLAUNICA",
    // Without what is not ASCII.
    b"EINHEITSGRE",
];
const BEFORE: [&[u8]; 8] =
    [b"TAILLE", b"SIZE", b"POINTURE", b"TAGLIA", b"TALLA", b"MAAT", b"GROESSE", b"GRE"];
const YEARS: [&[u8]; 11] =
    [b"ANS", b"AN", b"A", b"Y", b"YR", b"YRS", b"YEARS", b"YEAR", b"ANNI", b"JAHRE", b"JAAR"];
const MONTHS: [&[u8]; 7] = [b"MOIS", b"M", b"MO", b"MONTHS", b"MESI", b"MESES", b"MONATE"];

impl Label {
    /// Reads a label: `40`, `38/40`, `XXXL`, `Taille unique`, `W32 L34`, `UK 12`, `90B`, `3 ans`, `104 cm`, `38 (M)`. `None` for what
    /// is no size, a colour for example.
    pub fn parse(text: &str) -> Option<Self> {
        if text.len() > MAX_TEXT {
            return None;
        }
        // What stands in brackets says the same again.
        let text = text.split('(').next().unwrap_or_default();
        let mut tokens = Tokens::of(text);
        if ONE.contains(&&*tokens.letters_alone()) {
            return Some(Self { system: None, size: Size::One });
        }
        tokens.0.retain(|token| !matches!(token, Token::Word(word) if BEFORE.contains(&word.as_slice())));
        let mut system = None;
        tokens.0.retain(|token| {
            let named = if let Token::Word(word) = token { System::named(word) } else { None };
            // Of `UK 12 / EU 40`, the first.
            system = system.or(named);
            named.is_none()
        });
        Some(Self { system, size: size(&tokens.0)? })
    }
}

#[derive(Clone, Debug, PartialEq)]
enum Token {
    /// In tenths.
    Number(i16),
    /// Capitals.
    Word(Vec<u8>),
    /// `/`, `-` or `x` between two.
    To,
}

struct Tokens(Vec<Token>);

impl Tokens {
    fn of(text: &str) -> Self {
        let bytes = text.as_bytes();
        let (mut out, mut at): (Vec<Token>, usize) = (Vec::new(), 0);
        while let Some(&byte) = bytes.get(at) {
            if byte.is_ascii_digit() {
                let (number, next) = number(bytes, at);
                out.push(Token::Number(number));
                at = next;
            } else if byte.is_ascii_alphabetic() {
                let end = run(bytes, at, |byte| byte.is_ascii_alphabetic() || !byte.is_ascii());
                let word = bytes[at..end]
                    .iter()
                    .filter(|byte| byte.is_ascii())
                    .map(u8::to_ascii_uppercase)
                    .collect();
                out.push(Token::Word(word));
                at = end;
            } else {
                // En and em dash, both beginning with these bytes.
                let dash = bytes[at..].starts_with(&[0xe2, 0x80]);
                if (matches!(byte, b'/' | b'-') || dash) && !out.is_empty() && out.last() != Some(&Token::To)
                {
                    out.push(Token::To);
                }
                at += 1;
            }
        }
        if out.last() == Some(&Token::To) {
            out.pop();
        }
        Self(out)
    }

    /// All letters in one, if there is nothing else.
    fn letters_alone(&self) -> Vec<u8> {
        let mut out = Vec::new();
        for token in &self.0 {
            match token {
                Token::Word(word) => out.extend_from_slice(word),
                Token::Number(_) => return Vec::new(),
                Token::To => {}
            }
        }
        out
    }
}

fn run(bytes: &[u8], from: usize, is: impl Fn(u8) -> bool) -> usize {
    let rest = bytes.get(from..).unwrap_or_default();
    from + rest.iter().position(|byte| !is(*byte)).unwrap_or(rest.len())
}

/// A number in tenths, with its half or third; what has more than three digits is no size.
fn number(bytes: &[u8], from: usize) -> (i16, usize) {
    const FRACTIONS: [(&[u8], i16); 7] = [
        (b" 1/2", 5),
        (b" 1/3", 3),
        (b" 2/3", 7),
        (b",5", 5),
        (b".5", 5),
        ("½".as_bytes(), 5),
        (" ½".as_bytes(), 5),
    ];
    let end = run(bytes, from, |byte| byte.is_ascii_digit());
    let digits = &bytes[from..end];
    if digits.len() > 3 {
        return (-1, end);
    }
    let whole = digits.iter().fold(0, |sum, digit| sum * 10 + i16::from(digit - b'0')) * 10;
    let rest = &bytes[end..];
    match FRACTIONS.iter().find(|(text, _)| rest.starts_with(text)) {
        Some((text, tenths)) => (whole + tenths, end + text.len()),
        // `38,0`
        None if rest.starts_with(b".0") || rest.starts_with(b",0") => (whole, end + 2),
        None => (whole, end),
    }
}

fn size(tokens: &[Token]) -> Option<Size> {
    use Token::{Number, To, Word};
    if let Some(letters) = letters(tokens) {
        return Some(Size::Letters(letters));
    }
    match tokens {
        [Number(from)] => plain(*from, *from),
        // The inside leg is no longer than a little more than the waist, and no range runs backwards.
        [Number(waist), To, Number(length)] if length <= waist => jeans(*waist, Some(*length)),
        [Number(from), To, Number(to)] => plain(*from, *to),
        [Number(value), Word(unit)] => unit_of(*value, *value, unit).or_else(|| bra(*value, unit)),
        [Number(from), To, Number(to), Word(unit)] => unit_of(*from, *to, unit),
        [Number(from), Word(one), To, Number(to), Word(unit)] if one == unit => unit_of(*from, *to, unit),
        [Number(waist), Word(by), Number(length)] if by == b"X" => jeans(*waist, Some(*length)),
        [Word(w), Number(waist)] if w == b"W" => jeans(*waist, None),
        [Word(w), Number(waist), rest @ ..] if w == b"W" => match rest {
            [To, Word(l), Number(length)] | [Word(l), Number(length)] if l == b"L" => {
                jeans(*waist, Some(*length))
            }
            [To, Number(length)] => jeans(*waist, Some(*length)),
            _ => None,
        },
        [Word(t), Number(value)] if t == b"T" => plain(*value, *value),
        [Word(cup), Number(band)] => bra(*band, cup),
        // `12 / 40` of `UK 12 / EU 40`.
        _ => None,
    }
}

/// `104` and `98/104` are heights: those that children's clothes are made for are six centimetres apart from 50 on.
fn plain(from: i16, to: i16) -> Option<Size> {
    let span = Span::of(from, to).filter(|span| span.from >= 0 && span.to - span.from <= 200)?;
    let is_height = |tenths: i16| (740..=1880).contains(&tenths) && (tenths - 500) % 60 == 0;
    if is_height(from) && is_height(to) {
        return Some(Size::Height(Span { from: from / 10, to: to / 10 }));
    }
    (to <= 2000).then_some(Size::Number(span))
}

fn jeans(waist: i16, length: Option<i16>) -> Option<Size> {
    let is_inches = |tenths: &i16| (200..=600).contains(tenths) && tenths % 10 == 0;
    let length = match length {
        None => None,
        Some(length) => Some(length).filter(is_inches).map(|length| Some(length / 10))?,
    };
    is_inches(&waist).then_some(Size::Waist { waist: waist / 10, length })
}

fn unit_of(from: i16, to: i16, unit: &[u8]) -> Option<Size> {
    let span = Span::of(from / 10, to / 10).filter(|span| span.from >= 0)?;
    if unit == b"CM" {
        return (40..=200).contains(&span.to).then_some(Size::Height(span));
    }
    // `años` without its ñ.
    if span.to <= 18 && (YEARS.contains(&unit) || unit == b"AOS") {
        return Some(Size::Age(Span { from: span.from * 12, to: span.to * 12 }));
    }
    (span.to <= 48 && MONTHS.contains(&unit)).then_some(Size::Age(span))
}

fn bra(band: i16, cup: &[u8]) -> Option<Size> {
    let band = band / 10;
    let inches = (28..=56).contains(&band);
    if !inches && !(60..=140).contains(&band) {
        return None;
    }
    let cup = match cup {
        b"AA" => 0,
        b"DD" => 5,
        b"FF" => 8,
        [letter @ b'A'..=b'D'] => i16::from(letter - b'A') + 1,
        [b'E'] if inches => 6,
        [b'F'] if inches => 7,
        [b'G'] if inches => 9,
        [letter @ b'E'..=b'K'] if !inches => i16::from(letter - b'A') + 1,
        _ => return None,
    };
    Some(Size::Bra { band, cup })
}

/// `S`, `XXXL`, `3XL`, `S/M`, `Medium`.
fn letters(tokens: &[Token]) -> Option<Span> {
    let split = tokens.iter().position(|token| *token == Token::To);
    let (low, high) = match split {
        Some(at) => (&tokens[..at], &tokens[at + 1..]),
        None => (tokens, tokens),
    };
    Span::of(letter(low)?, letter(high)?)
}

fn letter(tokens: &[Token]) -> Option<i16> {
    let (times, word) = match tokens {
        [Token::Word(word)] => (0, word.as_slice()),
        // `3XL` is XXXL.
        [Token::Number(times), Token::Word(word)] if word.first() == Some(&b'X') => {
            (times / 10 - 1, word.as_slice())
        }
        _ => return None,
    };
    let more = word.iter().take_while(|byte| **byte == b'X').count();
    let more = i16::try_from(more).ok().filter(|more| (0..=9).contains(&(more + times)))? + times;
    match word.get(usize::try_from(more - times).unwrap_or(0)..)? {
        b"S" | b"SMALL" => Some(-1 - more),
        b"M" | b"MEDIUM" if more == 0 => Some(0),
        b"L" | b"LARGE" => Some(1 + more),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn size(text: &str) -> Option<Size> {
        Label::parse(text).map(|label| label.size)
    }

    fn number(from: i16, to: i16) -> Size {
        Size::Number(Span { from: from * 10, to: to * 10 })
    }

    #[test]
    fn as_shops_write_them() {
        for text in ["40", " 40 ", "T40", "T.40", "Taille 40", "40 (M)", "Taille : 40", "40,0"] {
            assert_eq!(size(text), Some(number(40, 40)), "{text}");
        }
        assert_eq!(size("0"), Some(number(0, 0)));
        for text in ["38/40", "38-40", "38 / 40", "38–40"] {
            assert_eq!(size(text), Some(number(38, 40)), "{text}");
        }
        for text in ["38.5", "38,5", "38 1/2", "38½"] {
            assert_eq!(size(text), Some(Size::Number(Span::one(385))), "{text}");
        }
        assert_eq!(size("42 2/3"), Some(Size::Number(Span::one(427))));
    }

    #[test]
    fn letters() {
        for (text, from, to) in [
            ("XXXL", 4, 4),
            ("3XL", 4, 4),
            ("XXXXL", 5, 5),
            ("4XL", 5, 5),
            ("xxs", -3, -3),
            ("2XS", -3, -3),
            ("M", 0, 0),
            ("Large", 1, 1),
            ("S/M", -1, 0),
            ("XL-XXL", 2, 3),
        ] {
            assert_eq!(size(text), Some(Size::Letters(Span { from, to })), "{text}");
        }
        assert_eq!(size("XM"), None);
        assert_eq!(size("XXXXXXXXXXXXL"), None);
        assert_eq!(size("L/S"), None, "backwards");
    }

    #[test]
    fn one_for_all() {
        for text in ["TU", "Taille unique", "One size", "Einheitsgröße", "Taglia unica", "ONE-SIZE"] {
            assert_eq!(size(text), Some(Size::One), "{text}");
        }
    }

    #[test]
    fn trousers_in_inches() {
        let jeans = Some(Size::Waist { waist: 32, length: Some(34) });
        for text in ["W32 L34", "W32/L34", "w32l34", "W32/34", "32x34"] {
            assert_eq!(size(text), jeans, "{text}");
        }
        assert_eq!(size("W32"), Some(Size::Waist { waist: 32, length: None }));
        assert_eq!(size("32/32"), Some(Size::Waist { waist: 32, length: Some(32) }));
        assert_eq!(size("W3 L4"), None);
    }

    #[test]
    fn bras() {
        assert_eq!(size("90B"), Some(Size::Bra { band: 90, cup: 2 }));
        assert_eq!(size("B 90"), Some(Size::Bra { band: 90, cup: 2 }));
        assert_eq!(size("34DD"), Some(Size::Bra { band: 34, cup: 5 }));
        assert_eq!(
            (size("34E"), size("75E")),
            (Some(Size::Bra { band: 34, cup: 6 }), Some(Size::Bra { band: 75, cup: 5 }))
        );
        assert_eq!(size("90Z"), None);
    }

    #[test]
    fn children() {
        for (text, from, to) in [
            ("3 ans", 36, 36),
            ("4A", 48, 48),
            ("18 mois", 18, 18),
            ("18M", 18, 18),
            ("6-9 mois", 6, 9),
            ("2/3 ans", 24, 36),
            ("10 años", 120, 120),
        ] {
            assert_eq!(size(text), Some(Size::Age(Span { from, to })), "{text}");
        }
        for text in ["104 cm", "104", "104cm"] {
            assert_eq!(size(text), Some(Size::Height(Span::one(104))), "{text}");
        }
        assert_eq!(size("98/104"), Some(Size::Height(Span { from: 98, to: 104 })));
    }

    #[test]
    fn systems() {
        for (text, system) in [
            ("UK 12", System::Uk),
            ("12 UK", System::Uk),
            ("IT44", System::It),
            ("EU 38", System::De),
            ("US 8", System::Us),
        ] {
            assert_eq!(Label::parse(text).and_then(|label| label.system), Some(system), "{text}");
        }
        assert_eq!(Label::parse("40").and_then(|label| label.system), None);
    }

    #[test]
    fn no_sizes() {
        for text in [
            "",
            " ",
            "Noir",
            "Bleu marine",
            "Choose an option",
            "-",
            "/",
            "1234567",
            "40 40 40",
            "<b>",
            "2026-11-22",
            "é",
            "12 V",
        ] {
            assert_eq!(size(text), None, "{text}");
        }
        assert_eq!(size(&"4".repeat(1000)), None);
    }

    proptest! {
        #[test]
        fn never_fails(text in "\\PC{0,70}") {
            let _ = Label::parse(&text);
        }

        #[test]
        fn spaces_and_case_change_nothing(text in "([0-9]{1,3}|[XSMLWxsml]{1,4}|[0-9]{2} ?(ans|mois|cm|B))") {
            prop_assert_eq!(Label::parse(&text), Label::parse(&format!(" {} ", text.to_uppercase())));
        }

        #[test]
        fn ranges_run_upwards(from in 0i16..300, to in 0i16..300) {
            let both = size(&format!("{from}/{to}"));
            if let Some(Size::Number(span) | Size::Height(span)) = both {
                prop_assert!(span.from <= span.to);
            }
        }
    }
}
