//! What reviewers say and the catalogue does not: words and short runs of words, counted by the reviews that hold them.
//!
//! Words are compared by their stems, so that `ourlet` and `ourlets` are one. A phrase begins and ends with a word that means something.

use std::collections::{BTreeMap, HashMap, HashSet};

use devanture_api::staff_review::Phrase;
use snowball_stemmers_rs::{Algorithm, Stemmer};

/// The longest run of words.
const LONGEST: usize = 3;
/// What one person says is no way of speaking.
const LEAST: usize = 2;
const MOST: usize = 50;
const EXAMPLES: usize = 5;
/// Of a longer phrase with nearly all of a shorter one's reviews, the shorter says nothing more.
const NEARLY_ALL: (usize, usize) = (4, 5);

/// A language that words are compared in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Speech {
    French,
    English,
}

impl Speech {
    pub(crate) fn of(language: &str) -> Option<Self> {
        match language {
            "fr" => Some(Self::French),
            "en" => Some(Self::English),
            _ => None,
        }
    }

    fn code(self) -> &'static str {
        match self {
            Self::French => "fr",
            Self::English => "en",
        }
    }

    fn stemmer(self) -> Stemmer {
        Stemmer::create(match self {
            Self::French => Algorithm::French,
            Self::English => Algorithm::English,
        })
    }
}

/// A word of a text.
struct Word {
    written: String,
    stem: String,
    means_nothing: bool,
}

/// The phrases of reviews, by their ids and texts, that `catalogue` does not have.
pub(crate) fn new_phrases(speech: Speech, reviews: &[(String, String)], catalogue: &[String]) -> Vec<Phrase> {
    let stop: HashSet<&str> = stop_words::get(speech.code()).iter().copied().collect();
    let stemmer = speech.stemmer();
    let known: HashSet<String> = catalogue
        .iter()
        .flat_map(|text| sentences(text, &stop, &stemmer))
        .flatten()
        .map(|word| word.stem)
        .collect();
    // By stems: how it is written, and where.
    let mut found: HashMap<Vec<String>, Found> = HashMap::new();
    for (at, (_, text)) in reviews.iter().enumerate() {
        for sentence in sentences(text, &stop, &stemmer) {
            for run in runs(&sentence) {
                // What is made of the catalogue's words alone is nothing new.
                if run.iter().all(|word| word.means_nothing || known.contains(&word.stem)) {
                    continue;
                }
                let stems = run.iter().map(|word| word.stem.clone()).collect();
                let written: Vec<&str> = run.iter().map(|word| word.written.as_str()).collect();
                found.entry(stems).or_default().add(at, written.join(" "));
            }
        }
    }
    found.retain(|_, one| one.reviews.len() >= LEAST);
    let mut all: Vec<(Vec<String>, Found)> = found.into_iter().collect();
    // The longest first, so that each shorter one meets those that it is a part of.
    all.sort_by(|(a, _), (b, _)| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
    let mut kept: Vec<(Vec<String>, Found)> = Vec::new();
    for (stems, one) in all {
        let says_no_more = kept.iter().any(|(longer, more)| {
            longer.len() > stems.len()
                && longer.windows(stems.len()).any(|part| part == stems)
                && more.reviews.len() * NEARLY_ALL.1 >= one.reviews.len() * NEARLY_ALL.0
        });
        if !says_no_more {
            kept.push((stems, one));
        }
    }
    kept.sort_by(|(a, one), (b, other)| {
        other.reviews.len().cmp(&one.reviews.len()).then(b.len().cmp(&a.len())).then_with(|| a.cmp(b))
    });
    kept.truncate(MOST);
    kept.into_iter()
        .map(|(_, one)| Phrase {
            count: u32::try_from(one.reviews.len()).unwrap_or(u32::MAX),
            reviews: one.reviews.iter().take(EXAMPLES).map(|at| reviews[*at].0.clone()).collect(),
            text: one.text(),
        })
        .collect()
}

#[derive(Default)]
struct Found {
    /// In which reviews, by their places; each once, in order.
    reviews: Vec<usize>,
    written: BTreeMap<String, usize>,
}

impl Found {
    fn add(&mut self, at: usize, written: String) {
        if self.reviews.last() != Some(&at) {
            self.reviews.push(at);
        }
        *self.written.entry(written).or_default() += 1;
    }

    /// As most write it; of equals the first in the alphabet.
    fn text(self) -> String {
        let most = self.written.values().copied().max().unwrap_or(0);
        self.written.into_iter().find(|(_, count)| *count == most).map(|(text, _)| text).unwrap_or_default()
    }
}

/// Runs of words of a sentence that begin and end with one that means something.
fn runs(sentence: &[Word]) -> impl Iterator<Item = &[Word]> {
    (1..=LONGEST).flat_map(move |length| sentence.windows(length)).filter(|run| {
        let ends = [run.first(), run.last()];
        ends.into_iter().flatten().all(|word| !word.means_nothing)
    })
}

/// The words of each sentence: a phrase does not go across a comma.
fn sentences(text: &str, stop: &HashSet<&str>, stemmer: &Stemmer) -> Vec<Vec<Word>> {
    let ends = |sign: char| {
        matches!(
            sign,
            '.' | ',' | ';' | ':' | '!' | '?' | '\n' | '(' | ')' | '…' | '«' | '»' | '"' | '–' | '—'
        )
    };
    let word = |text: &str| {
        let written = text.to_lowercase();
        let means_nothing = written.chars().count() < 2
            || stop.contains(written.as_str())
            || written.chars().all(char::is_numeric);
        let stem = stemmer.stem(&written).into_owned();
        Word { written, stem, means_nothing }
    };
    text.split(ends)
        .map(|sentence| {
            let words = sentence.split(|sign: char| !sign.is_alphanumeric());
            words.filter(|text| !text.is_empty()).map(word).collect()
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn phrases(speech: Speech, texts: &[&str], catalogue: &[&str]) -> Vec<(String, u32)> {
        let reviews: Vec<(String, String)> =
            texts.iter().enumerate().map(|(n, text)| (format!("r{n}"), (*text).to_owned())).collect();
        let catalogue: Vec<String> = catalogue.iter().map(|text| (*text).to_owned()).collect();
        new_phrases(speech, &reviews, &catalogue).into_iter().map(|one| (one.text, one.count)).collect()
    }

    #[test]
    fn what_french_reviewers_say() {
        let said = phrases(
            Speech::French,
            &[
                "Idéale pour un mariage, les poches profondes sont pratiques.",
                "Portée à un mariage d’été. J’ai fait reprendre l’ourlet.",
                "Robe parfaite pour les mariages ; ourlets à reprendre !",
                "La robe est verte.",
                "De vraies poches profondes, enfin",
            ],
            &["Robe Augustine", "Vert sapin", "robe verte"],
        );
        assert!(said.contains(&("mariage".to_owned(), 3)), "{said:?}");
        assert!(said.contains(&("poches profondes".to_owned(), 2)), "{said:?}");
        assert!(said.iter().any(|(text, count)| text.starts_with("ourlet") && *count == 2), "{said:?}");
        for nothing in ["robe", "verte", "robe verte", "poches", "profondes", "pour", "un mariage", "été"] {
            assert!(!said.iter().any(|(text, _)| text == nothing), "{nothing}: {said:?}");
        }
    }

    #[test]
    fn what_english_reviewers_say() {
        let said = phrases(
            Speech::English,
            &[
                "Runs small in the shoulders.",
                "It ran small; the shoulders are tight",
                "Running small, itchy wool",
            ],
            &["Wool jumper"],
        );
        assert!(said.iter().any(|(text, count)| text == "shoulders" && *count == 2), "{said:?}");
        assert!(!said.iter().any(|(text, _)| text == "wool"), "{said:?}");
    }

    #[test]
    fn each_review_counts_once() {
        let said = phrases(Speech::French, &["Mariage, mariage, mariage", "Un 38 ou un 40 ?", "Un 38"], &[]);
        assert!(said.is_empty(), "{said:?}");
        assert_eq!(Speech::of("de"), None);
        assert!(phrases(Speech::French, &[], &["Robe"]).is_empty());
    }
}
