//! Finding stores and the network's own towns by what a shopper typed.

use std::collections::BTreeMap;

use devanture_domain::geo::LatLng;

use super::{Entry, Network};

/// Towns that have a store, by folded name and country.
#[derive(Debug, Default)]
pub(super) struct Towns(BTreeMap<(Box<str>, Box<str>), Town>);

#[derive(Debug)]
struct Town {
    name: Box<str>,
    /// A store there.
    store: u32,
}

/// A town of the network.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct TownMatch<'a> {
    pub(crate) name: &'a str,
    pub(crate) country: &'a str,
    pub(crate) location: LatLng,
}

impl Towns {
    pub(super) fn add(&mut self, name: &str, country: &str, store: u32) {
        let folded = fold(name);
        if !folded.is_empty() {
            self.0
                .entry((folded.into(), country.into()))
                .or_insert_with(|| Town { name: name.into(), store });
        }
    }
}

impl Network {
    /// Towns whose name begins with `folded`, exact ones first, then by name; at most `limit`.
    pub(crate) fn towns<'a>(&'a self, folded: &str, limit: usize) -> Vec<TownMatch<'a>> {
        self.towns
            .0
            .range::<(Box<str>, Box<str>), _>((Box::from(folded), Box::from(""))..)
            .take_while(|((name, _), _)| name.starts_with(folded))
            .take(limit)
            .map(|((_, country), town)| TownMatch {
                name: &town.name,
                country,
                location: self.location(town.store),
            })
            .collect()
    }

    /// Stores in which every typed word begins a word of the name or address, or that have the code
    /// typed; at most `limit`, by code.
    pub(crate) fn stores_named(&self, folded: &str, limit: usize) -> Vec<u32> {
        let words: Vec<String> =
            folded.split(' ').filter(|w| !w.is_empty()).map(|w| format!(" {w}")).collect();
        if words.is_empty() {
            return Vec::new();
        }
        (0u32..)
            .zip(&self.entries)
            .filter(|(_, entry)| words.iter().all(|word| entry.words.contains(word.as_str())))
            .map(|(index, _)| index)
            .take(limit)
            .collect()
    }

    /// Whether `folded` is the store's whole name or its code.
    pub(crate) fn is_called(&self, index: u32, folded: &str) -> bool {
        let entry: &Entry = &self.entries[index as usize];
        fold(&entry.code) == folded
            || entry.words.split_once('\n').is_some_and(|(name, _)| name.trim() == folded)
    }
}

/// The searchable form of a store: ` name`, a line break, ` street postcode town code`, folded, a
/// space before each word.
pub(super) fn words(name: &str, rest: &[&str]) -> Box<str> {
    let mut out = String::from(" ");
    out.push_str(&fold(name));
    out.push('\n');
    for part in rest {
        let folded = fold(part);
        if !folded.is_empty() {
            out.push(' ');
            out.push_str(&folded);
        }
    }
    out.into()
}

/// Lower case, without accents, every run of other signs one space: `Saint-Étienne` → `saint etienne`.
pub(crate) fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars().flat_map(char::to_lowercase) {
        match plain(c) {
            Some(letters) => out.push_str(letters),
            None if c.is_alphanumeric() => out.push(c),
            // A combining accent that was typed apart belongs to its letter.
            None if ('\u{300}'..='\u{36f}').contains(&c) => {}
            None => {
                if !out.is_empty() && !out.ends_with(' ') {
                    out.push(' ');
                }
            }
        }
    }
    out.truncate(out.trim_end().len());
    out
}

fn plain(c: char) -> Option<&'static str> {
    Some(match c {
        'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' | 'ā' | 'ă' | 'ą' => "a",
        'ç' | 'ć' | 'č' => "c",
        'ď' | 'đ' | 'ð' => "d",
        'è' | 'é' | 'ê' | 'ë' | 'ē' | 'ė' | 'ę' | 'ě' => "e",
        'ğ' => "g",
        'ì' | 'í' | 'î' | 'ï' | 'ī' | 'į' | 'ı' => "i",
        'ķ' => "k",
        'ł' | 'ľ' | 'ļ' => "l",
        'ñ' | 'ń' | 'ň' | 'ņ' => "n",
        'ò' | 'ó' | 'ô' | 'õ' | 'ö' | 'ø' | 'ō' | 'ő' => "o",
        'ř' => "r",
        'ś' | 'š' | 'ş' | 'ș' => "s",
        'ť' | 'ţ' | 'ț' => "t",
        'ù' | 'ú' | 'û' | 'ü' | 'ū' | 'ů' | 'ű' | 'ų' => "u",
        'ý' | 'ÿ' => "y",
        'ź' | 'ż' | 'ž' => "z",
        'æ' => "ae",
        'œ' => "oe",
        'ß' => "ss",
        'þ' => "th",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folding() {
        assert_eq!(fold("  Saint-Étienne—Œuvre "), "saint etienne oeuvre");
        assert_eq!(fold("e\u{301}té"), "ete");
        assert_eq!(fold("東京 Tōkyō 🗼"), "東京 tokyo");
        assert_eq!(fold("'; DROP TABLE stores;--"), "drop table stores");
    }
}
