//! Prices as shops write them → whole minor units. No number here is ever a float.

use super::text::{after, before};

/// An ISO 4217 code, three capital letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Currency([u8; 3]);

impl Currency {
    /// `None` when it is not three letters. Which codes exist is not checked: new ones come.
    pub fn parse(text: &str) -> Option<Self> {
        let code: [u8; 3] = text.trim_ascii().as_bytes().try_into().ok()?;
        let code = code.map(|letter| letter.to_ascii_uppercase());
        code.iter().all(u8::is_ascii_uppercase).then_some(Self(code))
    }

    /// The code, `EUR`.
    pub fn as_str(&self) -> &str {
        core::str::from_utf8(&self.0).unwrap_or_default()
    }

    /// Digits of the minor unit: 2 for cents, 0 where there is none, 3 for thousandths.
    pub fn digits(self) -> usize {
        let among = |codes: &str| codes.as_bytes().chunks_exact(3).any(|code| code == self.0);
        if among("BIFCLPDJFGNFISKJPYKMFKRWPYGRWFUGXUYIVNDVUVXAFXOFXPF") {
            0
        } else if among("BHDIQDJODKWDLYDOMRTND") {
            3
        } else {
            2
        }
    }
}

/// An amount, never negative.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Price {
    /// In the currency's minor unit: cents, or yen.
    pub minor: u64,
    /// What it is in.
    pub currency: Currency,
}

impl Price {
    /// An amount in JSON's notation, whose point is always a decimal one.
    pub fn from_number(number: &str, currency: Currency) -> Option<Self> {
        Self::read(number, currency, true)
    }

    /// An amount as people and templates write it: `1 299,00`, `1,299.00`, `€ 1.299,-`, `12.5`, `1'299`. `None` for a negative one, a
    /// range, an exponent, and where separators stand as in no number. What is beyond the minor unit is rounded.
    pub fn from_text(text: &str, currency: Currency) -> Option<Self> {
        Self::read(text, currency, false)
    }

    fn read(text: &str, currency: Currency, number: bool) -> Option<Self> {
        let start = text.bytes().position(|byte| byte.is_ascii_digit())?;
        let end = text.bytes().rposition(|byte| byte.is_ascii_digit())? + 1;
        let (sign, amount) = (before(text, start), text.get(start..end)?);
        if sign.chars().any(|char| matches!(char, '-' | '−' | '.' | ',')) {
            return None;
        }
        let point = decimal_point(amount, currency.digits(), number)?;
        let (whole, fraction) = match point {
            Some(at) => (before(amount, at), after(amount, at + 1)),
            None => (amount, ""),
        };
        let mut minor = 0_u64;
        let mut push = |digit: u8| {
            minor = minor.checked_mul(10)?.checked_add(u64::from(digit - b'0'))?;
            Some(())
        };
        whole.bytes().filter(u8::is_ascii_digit).try_for_each(&mut push)?;
        let decimals = fraction.bytes().chain(core::iter::repeat(b'0'));
        decimals.take(currency.digits()).try_for_each(&mut push)?;
        // Half a cent is rounded up. The sum is far from the type's end, or `push` had failed.
        let rest = fraction.as_bytes().get(currency.digits()).is_some_and(|digit| *digit >= b'5');
        let minor = minor.checked_add(u64::from(rest))?;
        // What JavaScript can count.
        (minor < 1 << 53).then_some(Self { minor, currency })
    }
}

/// Where the decimal point of an amount is, if it has one. The outer `None`: this is no amount.
#[expect(clippy::option_option, reason = "no amount and no decimal point are two things")]
fn decimal_point(amount: &str, digits: usize, number: bool) -> Option<Option<usize>> {
    let is_space = |char| matches!(char, ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}' | '\'' | '’');
    let known = |char: char| char.is_ascii_digit() || is_space(char) || matches!(char, '.' | ',');
    if !amount.chars().all(known) {
        return None;
    }
    let last = amount.bytes().rposition(|byte| matches!(byte, b'.' | b','));
    let point = last.filter(|&at| {
        let (whole, fraction) = (before(amount, at), after(amount, at + 1));
        // `1,299` and `1.299` are thousands, unless there are thousandths. `0.999` and `1299.000` are of a template.
        let thousands =
            !number && fraction.len() == 3 && digits != 3 && whole.len() <= 3 && !whole.starts_with('0');
        !thousands && !whole.bytes().any(|byte| amount.as_bytes().get(at) == Some(&byte))
    });
    let end = point.unwrap_or(amount.len());
    if after(amount, end).chars().any(is_space) {
        return None;
    }
    // What is left are separators of thousands: of one kind, each with three digits after it.
    let mut mark = None;
    let mut digits = 0;
    for char in before(amount, end).chars() {
        if char.is_ascii_digit() {
            digits += 1;
            continue;
        }
        let right = match mark {
            None => (1..=3).contains(&digits),
            Some(mark) => mark == char && digits == 3,
        };
        if number || !right {
            return None;
        }
        mark = Some(char);
        digits = 0;
    }
    if mark.is_some() && digits != 3 {
        return None;
    }
    Some(point)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Currency, Price};

    fn minor(text: &str, currency: &str) -> Option<u64> {
        Price::from_text(text, Currency::parse(currency).expect("a code")).map(|price| price.minor)
    }

    #[test]
    fn as_shops_write_them() {
        for (text, currency, expected) in [
            ("1 299,00", "EUR", 129_900),
            ("1\u{202f}299,00 €", "EUR", 129_900),
            ("1,299.00", "USD", 129_900),
            ("$1,299", "USD", 129_900),
            ("1.299", "EUR", 129_900),
            ("1.299,00 €", "EUR", 129_900),
            ("€ 1.299,-", "EUR", 129_900),
            ("CHF 1'299.50", "CHF", 129_950),
            ("1.234.567,89", "EUR", 123_456_789),
            ("12.5", "EUR", 1250),
            ("12,5", "EUR", 1250),
            ("34.0000", "USD", 3400),
            ("1299.000", "USD", 129_900),
            ("0.999", "EUR", 100),
            ("29.899999999999998579", "EUR", 2990),
            ("19.995", "KWD", 19_995),
            ("¥1,200", "JPY", 1200),
            ("1200.00", "JPY", 1200),
            ("0", "EUR", 0),
            ("  29,90\u{a0}EUR TTC ", "EUR", 2990),
        ] {
            assert_eq!(minor(text, currency), Some(expected), "{text}");
        }
    }

    #[test]
    fn what_is_no_price() {
        for text in [
            "",
            "NaN",
            "free",
            "-5",
            "−5",
            "10 - 20",
            "10–20",
            "1e5",
            "2 for 30",
            "1,29,900",
            "1 2,50",
            "12,50 ,00",
            ".50",
            "1..2",
            "1,2.3,4",
            "99999999999999999999",
            "90071992547409.93",
            "1.299 000",
        ] {
            assert_eq!(minor(text, "EUR"), None, "{text}");
        }
    }

    #[test]
    fn json_s_point_is_decimal() {
        let number =
            |text| Price::from_number(text, Currency::parse("EUR").expect("a code")).map(|price| price.minor);
        assert_eq!(number("1.299"), Some(130));
        assert_eq!(number("1299"), Some(129_900));
        assert_eq!(number("1.5e3"), None);
        assert_eq!(number("-0.5"), None);
    }

    #[test]
    fn currencies() {
        assert_eq!(Currency::parse(" eur ").expect("a code").as_str(), "EUR");
        for wrong in ["", "€", "EURO", "E1R", "ÉU"] {
            assert_eq!(Currency::parse(wrong), None, "{wrong}");
        }
    }

    proptest! {
        #[test]
        fn every_way_to_write_one_amount(cents in 0_u64..10_000_000_000, style in 0..5_usize) {
            let (group, point) = [("", "."), (",", "."), (".", ","), ("\u{202f}", ","), ("'", ".")][style];
            let digits = (cents / 100).to_string();
            let mut whole = String::new();
            for (at, digit) in digits.chars().enumerate() {
                if at > 0 && (digits.len() - at) % 3 == 0 {
                    whole.push_str(group);
                }
                whole.push(digit);
            }
            let text = format!("{whole}{point}{:02}", cents % 100);
            prop_assert_eq!(minor(&text, "EUR"), Some(cents), "{}", text);
        }

        #[test]
        fn any_text(text in "[-0-9.,' €a\u{a0}\u{202f}’−]{0,24}", currency in "[A-Z]{3}") {
            let _ = minor(&text, &currency);
        }

        #[test]
        fn any_unicode(text in ".{0,24}") {
            let _ = minor(&text, "EUR");
        }
    }
}
