//! How a message says times, sums and days, in French and in English.

use devanture_api::product::Money;
use devanture_domain::civil::{UtcMs, Zone as _, minute_text};

use crate::{index::language, pages::strings::Strings, zone::NamedZone};

/// Currencies of which one is not a hundred of something (ISO 4217).
const WHOLE: [&str; 16] = [
    "BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "VND", "VUV", "XAF", "XOF",
    "XPF",
];
const THOUSANDTHS: [&str; 7] = ["BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"];

/// French for French, English for all other languages.
#[derive(Clone, Copy)]
pub(crate) struct Words {
    french: bool,
    strings: &'static Strings,
}

impl Words {
    pub(crate) fn of(locale: &str) -> Self {
        Self { french: language(locale) == "fr", strings: Strings::of(locale) }
    }

    /// Of a text in both languages, the one.
    pub(crate) fn say(self, french: &'static str, english: &'static str) -> &'static str {
        if self.french { french } else { english }
    }

    pub(crate) fn lang(self) -> &'static str {
        self.say("fr", "en")
    }

    pub(crate) fn strings(self) -> &'static Strings {
        self.strings
    }

    /// `demain, dimanche 22 novembre 2026`: a message may be read later than it was written.
    pub(crate) fn day(self, at: UtcMs, now: UtcMs, zone: &NamedZone) -> String {
        let (date, today) = (zone.to_local(at).date, zone.to_local(now).date);
        let full = self.strings.date(date);
        match date.0 - today.0 {
            0 => format!("{}, {full}", self.say("aujourd’hui", "today")),
            1 => format!("{}, {full}", self.say("demain", "tomorrow")),
            _ => full,
        }
    }

    /// `demain, dimanche 22 novembre 2026, à partir de 10:00`
    pub(crate) fn from(self, at: UtcMs, now: UtcMs, zone: &NamedZone) -> String {
        let time = minute_text(zone.to_local(at).minute);
        format!("{}{} {time}", self.day(at, now, zone), self.say(", à partir de", ", from"))
    }

    /// `mardi 24 novembre 2026, 19:00`
    pub(crate) fn until(self, at: UtcMs, now: UtcMs, zone: &NamedZone) -> String {
        format!("{}, {}", self.day(at, now, zone), minute_text(zone.to_local(at).minute))
    }

    /// `1 234,50 €`, `€1,234.50`
    pub(crate) fn money(self, money: &Money) -> String {
        let digits = match &*money.currency {
            code if WHOLE.contains(&code) => 0,
            code if THOUSANDTHS.contains(&code) => 3,
            _ => 2,
        };
        let unit = 10_u64.pow(digits);
        let (whole, rest) = (money.amount.unsigned_abs() / unit, money.amount.unsigned_abs() % unit);
        let mut sum = String::new();
        let text = whole.to_string();
        for (i, digit) in text.chars().enumerate() {
            if i > 0 && (text.len() - i).is_multiple_of(3) {
                sum.push_str(self.say("\u{202f}", ","));
            }
            sum.push(digit);
        }
        if digits > 0 {
            let width = digits as usize;
            sum = format!("{sum}{}{rest:0width$}", self.say(",", "."));
        }
        let sign = if money.amount < 0 { "−" } else { "" };
        match (&*money.currency, self.french) {
            ("EUR", true) => format!("{sign}{sum}\u{a0}€"),
            ("EUR", false) => format!("{sign}€{sum}"),
            ("GBP", false) => format!("{sign}£{sum}"),
            ("USD", false) => format!("{sign}${sum}"),
            (code, true) => format!("{sign}{sum}\u{a0}{code}"),
            (code, false) => format!("{sign}{code}\u{a0}{sum}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_in_both_languages() {
        let sum = |locale, amount, currency: &str| {
            Words::of(locale).money(&Money { amount, currency: currency.to_owned() })
        };
        assert_eq!(sum("fr-FR", 123_450, "EUR"), "1\u{202f}234,50\u{a0}€");
        assert_eq!(sum("en-GB", 123_450, "EUR"), "€1,234.50");
        assert_eq!(sum("fr", 5, "CHF"), "0,05\u{a0}CHF");
        assert_eq!(sum("fr", 1_000_000, "XPF"), "1\u{202f}000\u{202f}000\u{a0}XPF");
        assert_eq!(sum("en", 1_234, "TND"), "TND\u{a0}1.234");
        assert_eq!(sum("de", -99, "USD"), "−$0.99");
    }
}
