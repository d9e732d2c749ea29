//! In which order reviews are listed, and the words that say so: readers have to be told.

use serde::{Deserialize, Serialize};

/// An order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Sort {
    /// The last published first.
    #[default]
    Newest,
    /// Those that most readers found helpful.
    Helpful,
    /// The most stars first.
    Highest,
    /// The fewest stars first.
    Lowest,
}

impl Sort {
    /// Every order.
    pub const ALL: [Self; 4] = [Self::Newest, Self::Helpful, Self::Highest, Self::Lowest];

    /// As written in requests.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Newest => "newest",
            Self::Helpful => "helpful",
            Self::Highest => "highest",
            Self::Lowest => "lowest",
        }
    }

    /// Undoes [`Self::as_str`].
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|sort| sort.as_str() == text)
    }

    /// The rule in words, in French or, for all other languages, in English.
    pub fn rule(self, french: bool) -> &'static str {
        match (self, french) {
            (Self::Newest, true) => "Avis triés par date de publication, du plus récent au plus ancien.",
            (Self::Newest, false) => "Reviews are sorted by date of publication, the newest first.",
            (Self::Helpful, true) => {
                "Avis triés par utilité : les votes « utile » moins les votes « pas utile », puis du plus récent au plus ancien."
            }
            (Self::Helpful, false) => {
                "Reviews are sorted by helpfulness: votes for less votes against, then the newest first."
            }
            (Self::Highest, true) => {
                "Avis triés par note, de la meilleure à la moins bonne, puis du plus récent au plus ancien."
            }
            (Self::Highest, false) => {
                "Reviews are sorted by rating, the highest first, then the newest first."
            }
            (Self::Lowest, true) => {
                "Avis triés par note, de la moins bonne à la meilleure, puis du plus récent au plus ancien."
            }
            (Self::Lowest, false) => "Reviews are sorted by rating, the lowest first, then the newest first.",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_order_says_its_rule_in_both_languages() {
        let mut rules = std::collections::BTreeSet::new();
        for sort in Sort::ALL {
            assert_eq!(Sort::parse(sort.as_str()), Some(sort));
            assert_eq!(serde_json::to_string(&sort).unwrap(), format!("\"{}\"", sort.as_str()));
            rules.extend([sort.rule(true), sort.rule(false)]);
        }
        assert_eq!(rules.len(), 8);
        assert_eq!(Sort::parse("best"), None);
    }
}
