//! The widgets' texts, filled in as the browser fills them in: `Intl` is not here to do it.

use std::{collections::HashMap, sync::LazyLock};

use crate::{index::language, pages::strings::Strings};

type Texts = HashMap<String, String>;

static ENGLISH: LazyLock<Texts> =
    LazyLock::new(|| texts(include_str!("../../../../widgets/store-locator/locales/en.json")));
static FRENCH: LazyLock<Texts> =
    LazyLock::new(|| texts(include_str!("../../../../widgets/store-locator/locales/fr.json")));

static REVIEWS_ENGLISH: LazyLock<Texts> =
    LazyLock::new(|| texts(include_str!("../../../../widgets/reviews/locales/en.json")));
static REVIEWS_FRENCH: LazyLock<Texts> =
    LazyLock::new(|| texts(include_str!("../../../../widgets/reviews/locales/fr.json")));

/// The committed files are read by a test, so that this never comes to nothing.
fn texts(json: &str) -> Texts {
    serde_json::from_str(json).unwrap_or_default()
}

/// Texts of a language, and how a region writes numbers and times.
pub(super) struct Words {
    texts: &'static Texts,
    french: bool,
    twelve_hours: bool,
    miles: bool,
}

impl Words {
    /// Of a BCP 47 language. One without a region is the shopper's own variety, as in the widget: the
    /// first of it that `accepted` (an `Accept-Language`) lists. `None` where it is not known how that
    /// writes times and numbers.
    pub(super) fn of(lang: &str, accepted: &str) -> Option<Self> {
        let own = accepted
            .split(',')
            .filter_map(|one| one.split(';').next())
            .map(str::trim)
            .find(|one| one.strip_prefix(lang).is_some_and(|rest| rest.starts_with('-')));
        let french = Self { texts: &FRENCH, french: true, twelve_hours: false, miles: false };
        let english = Self { texts: &ENGLISH, french: false, twelve_hours: false, miles: false };
        match own.unwrap_or(lang) {
            "fr" | "fr-FR" | "fr-BE" | "fr-LU" | "fr-RE" => Some(french),
            "en-GB" => Some(Self { miles: true, ..english }),
            "en-IE" => Some(english),
            "en" => Some(Self { twelve_hours: true, ..english }),
            "en-US" => Some(Self { twelve_hours: true, miles: true, ..english }),
            _ => None,
        }
    }

    /// The reviews' texts, French for French and English for all other languages.
    pub(super) fn of_reviews(lang: &str) -> Self {
        let french = language(lang) == "fr";
        let texts: &'static Texts = if french { &REVIEWS_FRENCH } else { &REVIEWS_ENGLISH };
        Self { texts, french, twelve_hours: false, miles: false }
    }

    /// What they are written in.
    pub(super) fn lang(&self) -> &'static str {
        if self.french { "fr" } else { "en" }
    }

    /// A number with a point, as this language writes it.
    pub(super) fn decimal(&self, number: &str) -> String {
        if self.french { number.replace('.', ",") } else { number.to_owned() }
    }

    /// The text of `key`; the key itself where a locale lacks it.
    pub(super) fn text<'a>(&self, key: &'a str) -> &'a str
    where
        'static: 'a,
    {
        self.texts.get(key).map_or(key, String::as_str)
    }

    /// With one placeholder filled.
    pub(super) fn fill(&self, key: &str, values: &[(&str, &str)]) -> String {
        values.iter().fold(self.text(key).to_owned(), |text, (name, value)| {
            text.replace(&format!("{{{name}}}"), value)
        })
    }

    /// The form of `key` for a count, with `{count}` filled.
    pub(super) fn plural(&self, key: &str, count: u32) -> String {
        let one = count == 1 || (self.french && count == 0);
        let key = format!("{key}.{}", if one { "one" } else { "other" });
        self.fill(&key, &[("count", &self.integer(count))])
    }

    pub(super) fn integer(&self, value: u32) -> String {
        let digits = value.to_string();
        let mut out = String::new();
        for (i, digit) in digits.chars().enumerate() {
            if i > 0 && (digits.len() - i).is_multiple_of(3) {
                out.push(if self.french { '\u{202f}' } else { ',' });
            }
            out.push(digit);
        }
        out
    }

    /// `9:30`, `9:30 AM`
    pub(super) fn time(&self, minute: u16) -> String {
        let (hour, minute) = (minute / 60 % 24, minute % 60);
        if !self.twelve_hours {
            return format!("{hour}:{minute:02}");
        }
        let half = if hour < 12 { "AM" } else { "PM" };
        format!("{}:{minute:02} {half}", (hour + 11) % 12 + 1)
    }

    /// The name of a day, Monday being 0.
    pub(super) fn weekday(&self, day: usize) -> &'static str {
        Strings::of(if self.french { "fr" } else { "en" }).days.get(day).copied().unwrap_or_default()
    }

    /// Metres below one kilometre, then kilometres; or miles.
    pub(super) fn distance(&self, metres: f64) -> String {
        let decimal = |value: f64| {
            if value >= 10.0 {
                #[expect(
                    clippy::cast_possible_truncation,
                    clippy::cast_sign_loss,
                    reason = "at most half the Earth's circumference"
                )]
                return self.integer(value.round() as u32);
            }
            let text = format!("{value:.1}");
            let text = text.strip_suffix(".0").unwrap_or(&text);
            if self.french { text.replace('.', ",") } else { text.to_owned() }
        };
        let space = if self.french { '\u{202f}' } else { ' ' };
        if self.miles {
            format!("{} mi", decimal((metres / 1609.344).max(0.1)))
        } else if metres < 950.0 {
            format!("{:.0}{space}m", (metres / 10.0).round() * 10.0)
        } else {
            format!("{}{space}km", decimal(metres / 1000.0))
        }
    }
}
