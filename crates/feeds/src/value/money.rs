//! Prices as people and programs write them, read digit by digit: a price is never a floating-point number.

/// The most that anything costs, in minor units.
const MAX_AMOUNT: i64 = 1_000_000_000_000;

/// A price.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Money {
    /// In minor units: cents.
    pub amount: i64,
    /// ISO 4217.
    pub currency: String,
}

/// What a feed's prices do not say themselves.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PriceStyle {
    /// ISO 4217, for prices without one.
    pub currency: Option<String>,
    /// The sign before the decimals, where 1,234 could mean either.
    pub decimal: Option<char>,
    /// Prices are whole numbers of minor units.
    pub minor_units: bool,
}

impl PriceStyle {
    /// Reads `89,00`, `89.00 EUR`, `€ 1 234.50`; `currency` is what another column says. `Err` says what is wrong.
    pub fn read(&self, text: &str, currency: &str) -> Result<Money, String> {
        let text = text.trim();
        let is_number = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',' | '\'' | '’' | '-' | '+');
        let first = text.find(is_number).ok_or_else(|| format!("{} is no price", shown(text)))?;
        let last = text.rfind(|c: char| c.is_ascii_digit()).map_or(first, |at| at + 1).max(first);
        let (before, number, after) = (text[..first].trim(), &text[first..last], text[last..].trim());
        let (("", said) | (said, "")) = (before, after) else {
            return Err(format!("{} is no price", shown(text)));
        };
        let currency = match (said, currency.trim()) {
            ("", "") => self.currency.clone().ok_or("says no currency; set currency in the mapping")?,
            ("", said) | (said, "") => code(said)?,
            (said, other) => {
                let (said, other) = (code(said)?, code(other)?);
                if said != other {
                    return Err(format!("is in {said}, and the currency is said to be {other}"));
                }
                said
            }
        };
        let amount =
            self.amount(number, decimals(&currency)).map_err(|why| format!("{} {why}", shown(text)))?;
        Ok(Money { amount, currency })
    }

    fn amount(&self, number: &str, decimals: usize) -> Result<i64, &'static str> {
        if number.starts_with('-') {
            return Err("is below nothing");
        }
        let number = number.strip_prefix('+').unwrap_or(number);
        let (whole, fraction) = if self.minor_units { (number, "") } else { self.split(number)? };
        let grouped = !self.minor_units;
        let mut digits = groups(whole, grouped).ok_or("is no price")?;
        if !fraction.bytes().all(|b| b.is_ascii_digit()) {
            return Err("is no price");
        }
        if !self.minor_units {
            let kept = fraction.trim_end_matches('0');
            if kept.len() > decimals {
                return Err("has more decimals than its currency");
            }
            digits.push_str(kept);
            digits.extend(std::iter::repeat_n('0', decimals - kept.len()));
        }
        let digits = digits.trim_start_matches('0');
        let amount = if digits.is_empty() { 0 } else { digits.parse().unwrap_or(i64::MAX) };
        if amount > MAX_AMOUNT { Err("is more than anything costs") } else { Ok(amount) }
    }

    /// Whole part and decimals. The last of `.` and `,` stands before the decimals, unless it is there more than once; one
    /// before exactly three digits could be either.
    fn split<'a>(&self, number: &'a str) -> Result<(&'a str, &'a str), &'static str> {
        if let Some(decimal) = self.decimal {
            return match number.split_once(decimal) {
                Some((_, fraction)) if fraction.contains(['.', ',']) => Err("is no price"),
                found => Ok(found.unwrap_or((number, ""))),
            };
        }
        let Some(at) = number.rfind(['.', ',']) else { return Ok((number, "")) };
        let (whole, rest) = number.split_at(at);
        let (sign, fraction) = rest.split_at(1);
        if whole.contains(sign) {
            return Ok((number, ""));
        }
        let mixed = whole.contains(['.', ',', '\'', '’', ' ', '\u{a0}', '\u{202f}']);
        if fraction.len() == 3 && !mixed && whole.len() <= 3 && !whole.starts_with('0') && !whole.is_empty() {
            return Err("could mean thousands or decimals; set decimal in the mapping");
        }
        Ok((whole, fraction))
    }
}

/// The digits of a whole number, with one kind of sign between groups of three.
fn groups(text: &str, grouped: bool) -> Option<String> {
    if text.bytes().all(|b| b.is_ascii_digit()) {
        return Some(text.to_owned());
    }
    let sign = text.chars().find(|c| !c.is_ascii_digit())?;
    let is_sign = matches!(sign, '.' | ',' | '\'' | '’' | ' ' | '\u{a0}' | '\u{202f}');
    let mut parts = text.split(sign);
    let first = parts.next()?;
    let of_three = |part: &str| part.len() == 3 && part.bytes().all(|b| b.is_ascii_digit());
    let fits =
        grouped && is_sign && (1..=3).contains(&first.len()) && first.bytes().all(|b| b.is_ascii_digit());
    (fits && parts.all(of_three)).then(|| text.chars().filter(char::is_ascii_digit).collect())
}

fn code(said: &str) -> Result<String, String> {
    match said {
        "€" => Ok("EUR".to_owned()),
        "£" => Ok("GBP".to_owned()),
        _ if said.len() == 3 && said.bytes().all(|b| b.is_ascii_alphabetic()) => {
            Ok(said.to_ascii_uppercase())
        }
        _ => Err(format!("{} is no currency of three letters, as EUR", shown(said))),
    }
}

/// How many decimals a currency has, by ISO 4217.
fn decimals(currency: &str) -> usize {
    match currency {
        "BIF" | "CLP" | "DJF" | "GNF" | "ISK" | "JPY" | "KMF" | "KRW" | "PYG" | "RWF" | "UGX" | "UYI"
        | "VND" | "VUV" | "XAF" | "XOF" | "XPF" => 0,
        "BHD" | "IQD" | "JOD" | "KWD" | "LYD" | "OMR" | "TND" => 3,
        "CLF" | "UYW" => 4,
        _ => 2,
    }
}

/// `12.50 EUR`, as Google writes it.
pub fn price_text(amount: i64, currency: &str) -> String {
    let decimals = decimals(currency);
    let digits = format!("{:0>width$}", amount.unsigned_abs(), width = decimals + 1);
    let (whole, fraction) = digits.split_at(digits.len() - decimals);
    let sign = if amount < 0 { "-" } else { "" };
    let point = if decimals > 0 { "." } else { "" };
    format!("{sign}{whole}{point}{fraction} {currency}")
}

pub(super) fn shown(text: &str) -> String {
    let start: String = text.chars().take(40).collect();
    if start.len() < text.len() { format!("{start:?}…") } else { format!("{start:?}") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(text: &str) -> Result<i64, String> {
        let style = PriceStyle { currency: Some("EUR".to_owned()), ..PriceStyle::default() };
        style.read(text, "").map(|money| money.amount)
    }

    #[test]
    fn as_people_write_them() {
        for (text, amount) in [
            ("89", 8900),
            ("89,00", 8900),
            ("89.00 EUR", 8900),
            ("EUR 89.0", 8900),
            ("€89", 8900),
            ("1 234,5 €", 123_450),
            ("1\u{202f}234.50", 123_450),
            ("1,234.56", 123_456),
            ("1.234,56", 123_456),
            ("1.234.567", 123_456_700),
            ("1'234.00", 123_400),
            ("1234.560", 123_456),
            ("0.990", 99),
            (".99", 99),
            ("0", 0),
        ] {
            assert_eq!(read(text), Ok(amount), "{text}");
        }
    }

    #[test]
    fn no_prices() {
        for (text, part) in [
            ("", "no price"),
            ("free", "no price"),
            ("NaN", "no price"),
            ("-1.00", "below nothing"),
            ("1.005", "thousands or decimals"),
            ("0.005", "more decimals"),
            ("1e18", "no price"),
            ("1.2.3", "no price"),
            ("12,34,567", "no price"),
            ("99999999999999999999", "more than anything"),
            ("12 $", "no currency"),
            ("1.00 EUR 2", "no price"),
        ] {
            let refused = read(text).unwrap_err();
            assert!(refused.contains(part), "{text}: {refused}");
        }
        assert!(PriceStyle::default().read("1.00", "").unwrap_err().contains("set currency"));
        assert!(PriceStyle::default().read("1.00 EUR", "USD").unwrap_err().contains("is said to be USD"));
    }

    #[test]
    fn by_the_mapping_and_by_the_currency() {
        let minor = PriceStyle { minor_units: true, ..PriceStyle::default() };
        assert_eq!(minor.read("8900", "eur"), Ok(Money { amount: 8900, currency: "EUR".to_owned() }));
        assert!(minor.read("89.00", "EUR").is_err());
        let comma = PriceStyle { decimal: Some(','), ..PriceStyle::default() };
        assert_eq!(comma.read("1.234 EUR", "").map(|m| m.amount), Ok(123_400));
        assert!(comma.read("1,234 EUR", "").is_err(), "three decimals");
        assert_eq!(PriceStyle::default().read("1500 JPY", "").map(|m| m.amount), Ok(1500));
        assert_eq!(PriceStyle::default().read("1.5 TND", "").map(|m| m.amount), Ok(1500));
    }

    proptest! {
        #[test]
        fn what_is_written_is_read(amount in 0..MAX_AMOUNT, currency in "EUR|JPY|CLF|USD") {
            let text = price_text(amount, &currency);
            let style = PriceStyle { decimal: Some('.'), ..PriceStyle::default() };
            prop_assert_eq!(style.read(&text, "").map(|money| (money.amount, money.currency)), Ok((amount, currency)));
        }

        #[test]
        fn any_text(text in "\\PC{0,40}|[0-9.,' €+-]{0,20}", minor: bool) {
            let style = PriceStyle { minor_units: minor, currency: Some("EUR".to_owned()), decimal: None };
            if let Ok(money) = style.read(&text, "") {
                prop_assert!((0..=MAX_AMOUNT).contains(&money.amount));
            }
        }
    }
}
