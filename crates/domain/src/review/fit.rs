//! Whether a piece comes out as its size says.

use serde::{Deserialize, Serialize};

/// How a piece fits who usually wears its size.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Fit {
    /// Smaller than its size says.
    Small,
    /// As its size says.
    True,
    /// Larger than its size says.
    Large,
}

impl Fit {
    /// The three, the smallest first.
    pub const ALL: [Self; 3] = [Self::Small, Self::True, Self::Large];

    /// As written in the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Small => "small",
            Self::True => "true",
            Self::Large => "large",
        }
    }

    /// Undoes [`Self::as_str`].
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|fit| fit.as_str() == text)
    }
}

/// Votes of all reviewers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FitCounts {
    /// Who says small.
    pub small: u32,
    /// Who says as its size says.
    #[serde(rename = "true")]
    pub true_to_size: u32,
    /// Who says large.
    pub large: u32,
}

impl FitCounts {
    /// Fewer votes say nothing: with five, one more could turn them.
    pub const ENOUGH: u32 = 5;

    /// All votes.
    pub fn total(self) -> u32 {
        self.small.saturating_add(self.true_to_size).saturating_add(self.large)
    }

    /// What most say, if there are enough and more than half agree.
    pub fn verdict(self) -> Option<Fit> {
        let total = self.total();
        if total < Self::ENOUGH {
            return None;
        }
        let votes = [(Fit::Small, self.small), (Fit::True, self.true_to_size), (Fit::Large, self.large)];
        votes.into_iter().find(|(_, votes)| *votes > total / 2).map(|(fit, _)| fit)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn silence_until_enough_agree() {
        let of = |small, true_to_size, large| FitCounts { small, true_to_size, large }.verdict();
        assert_eq!(of(0, 0, 0), None);
        assert_eq!(of(4, 0, 0), None, "too few");
        assert_eq!(of(3, 1, 1), Some(Fit::Small));
        assert_eq!(of(2, 2, 2), None, "nobody agrees");
        assert_eq!(of(3, 3, 0), None, "half is not most");
        assert_eq!(of(1, 9, 0), Some(Fit::True));
        assert_eq!(of(0, 2, 4), Some(Fit::Large));
        for fit in Fit::ALL {
            assert_eq!(Fit::parse(fit.as_str()), Some(fit));
            assert_eq!(serde_json::to_string(&fit).unwrap(), format!("\"{}\"", fit.as_str()));
        }
    }
}
