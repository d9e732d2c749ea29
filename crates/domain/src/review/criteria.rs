//! What is scored apart from the stars: comfort, welcome, waiting time.

use serde::{Deserialize, Serialize};

/// How many points there are to give.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "u8", into = "u8")]
pub enum Scale {
    /// 1 to 5.
    Five,
    /// 1 to 20, as French schools mark.
    Twenty,
}

impl Scale {
    /// The most points.
    pub fn most(self) -> u8 {
        match self {
            Self::Five => 5,
            Self::Twenty => 20,
        }
    }
}

impl From<Scale> for u8 {
    fn from(scale: Scale) -> Self {
        scale.most()
    }
}

impl TryFrom<u8> for Scale {
    type Error = &'static str;

    fn try_from(most: u8) -> Result<Self, Self::Error> {
        match most {
            5 => Ok(Self::Five),
            20 => Ok(Self::Twenty),
            _ => Err("criteria have 5 or 20 points"),
        }
    }
}

/// Something that a network asks its reviewers to score; its name is a label of the same code.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Criterion {
    /// Stable.
    pub code: String,
    /// 5 or 20.
    #[cfg_attr(feature = "openapi", schema(value_type = u8))]
    pub scale: Scale,
}

/// What one reviewer has given for one criterion.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Points {
    /// The criterion's code.
    pub code: String,
    /// 1 to the criterion's most.
    pub points: u8,
}

/// Why points cannot be taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CriterionError {
    /// The network does not ask for this.
    Unknown(String),
    /// Scored twice.
    Twice(String),
    /// Not between 1 and the most.
    OutOfRange(String, u8),
}

impl core::fmt::Display for CriterionError {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match self {
            Self::Unknown(code) => write!(f, "{code} is not asked for"),
            Self::Twice(code) => write!(f, "{code} is scored twice"),
            Self::OutOfRange(code, most) => write!(f, "{code} takes 1 to {most} points"),
        }
    }
}

impl core::error::Error for CriterionError {}

/// Whether these points are for what is asked, each once and within its scale. None has to be given.
pub fn check_points(given: &[Points], asked: &[Criterion]) -> Result<(), CriterionError> {
    for (at, one) in given.iter().enumerate() {
        let Some(criterion) = asked.iter().find(|criterion| criterion.code == one.code) else {
            return Err(CriterionError::Unknown(one.code.chars().take(64).collect()));
        };
        if given[..at].iter().any(|before| before.code == one.code) {
            return Err(CriterionError::Twice(one.code.clone()));
        }
        let most = criterion.scale.most();
        if !(1..=most).contains(&one.points) {
            return Err(CriterionError::OutOfRange(one.code.clone(), most));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_within_its_scale_and_once() {
        let asked = [
            Criterion { code: "comfort".to_owned(), scale: Scale::Five },
            Criterion { code: "welcome".to_owned(), scale: Scale::Twenty },
        ];
        let points = |code: &str, points| Points { code: code.to_owned(), points };
        assert_eq!(check_points(&[], &asked), Ok(()));
        assert_eq!(check_points(&[points("welcome", 20), points("comfort", 1)], &asked), Ok(()));
        let refused = |given: &[Points]| check_points(given, &asked).unwrap_err().to_string();
        assert_eq!(refused(&[points("comfort", 6)]), "comfort takes 1 to 5 points");
        assert_eq!(refused(&[points("welcome", 0)]), "welcome takes 1 to 20 points");
        assert_eq!(refused(&[points("comfort", 5), points("comfort", 5)]), "comfort is scored twice");
        assert_eq!(refused(&[points("price", 5)]), "price is not asked for");
        assert!(serde_json::from_str::<Scale>("10").is_err());
        assert_eq!(serde_json::to_string(&Scale::Twenty).unwrap(), "20");
    }
}
