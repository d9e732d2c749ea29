//! Reviews of products and of stores: what is given, what may become of it, and what is said of all of them together.
//!
//! What readers of reviews have to be told (French decree 2017-1436, article L. 111-7-2 of the code de la consommation;
//! directive 2019/2161) is part of these types: when somebody wrote and when they had what they write about, how that was
//! checked, what they got for it, by which rule a list is sorted, and why a review is not shown.

mod conversation;
mod criteria;
mod fit;
mod rating;
mod rules;
mod sort;
mod state;
mod summary;
mod text;

use serde::{Deserialize, Serialize};

pub use conversation::{Silence, may_say};
pub use criteria::{Criterion, CriterionError, Points, Scale, check_points};
pub use fit::{Fit, FitCounts};
pub use rating::Rating;
pub use rules::ReviewRules;
pub use sort::Sort;
pub use state::{Action, Actor, NotPossible, Reason, State};
pub use summary::{Counts, CriterionCount, Hundredths};
pub use text::{Limits, MAX_AUTHOR, TextError, checked, checked_line};

/// What a review is about. The two are never mixed: a good product does not make a good store.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum About {
    /// A product, by the retailer's id.
    Product,
    /// A store's service, by the store's code.
    Store,
}

impl About {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Product, Self::Store];

    /// As written in the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Product => "product",
            Self::Store => "store",
        }
    }

    /// Undoes [`Self::as_str`].
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.as_str() == text)
    }
}

/// How it is known that the author had what they write about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Checked {
    /// It was written by a link that went to who had bought it.
    Purchase,
    /// It was written by a link that went to who had been in the store.
    Visit,
    /// The service that it was taken over from says so.
    Imported,
    /// It is not known.
    Not,
}

impl Checked {
    /// Every way.
    pub const ALL: [Self; 4] = [Self::Purchase, Self::Visit, Self::Imported, Self::Not];

    /// As written in the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Purchase => "purchase",
            Self::Visit => "visit",
            Self::Imported => "imported",
            Self::Not => "not",
        }
    }

    /// Undoes [`Self::as_str`].
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.as_str() == text)
    }

    /// Whether it may be called verified.
    pub fn is_verified(self) -> bool {
        self != Self::Not
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_the_database_read_back() {
        for about in About::ALL {
            assert_eq!(About::parse(about.as_str()), Some(about));
            assert_eq!(serde_json::to_string(&about).unwrap(), format!("\"{}\"", about.as_str()));
        }
        for checked in Checked::ALL {
            assert_eq!(Checked::parse(checked.as_str()), Some(checked));
            assert_eq!(serde_json::to_string(&checked).unwrap(), format!("\"{}\"", checked.as_str()));
        }
        assert_eq!((About::parse("shop"), Checked::parse("")), (None, None));
        assert!(!Checked::Not.is_verified() && Checked::Visit.is_verified());
    }
}
