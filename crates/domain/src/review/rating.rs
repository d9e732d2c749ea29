//! One to five stars.

use core::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// Whole stars, 1 to 5.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Rating(u8);

impl Rating {
    /// Every rating, the lowest first.
    pub const ALL: [Self; 5] = [Self(1), Self(2), Self(3), Self(4), Self(5)];

    /// `None` for anything but 1 to 5.
    pub fn new(stars: u8) -> Option<Self> {
        (1..=5).contains(&stars).then_some(Self(stars))
    }

    /// How many stars.
    pub fn stars(self) -> u8 {
        self.0
    }
}

impl Serialize for Rating {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_u8(self.0)
    }
}

impl<'de> Deserialize<'de> for Rating {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Stars)
    }
}

/// One error for whatever is no rating, a half star as well: it says what is.
struct Stars;

impl de::Visitor<'_> for Stars {
    type Value = Rating;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a whole number from 1 to 5")
    }

    fn visit_u64<E: de::Error>(self, stars: u64) -> Result<Rating, E> {
        let rating = u8::try_from(stars).ok().and_then(Rating::new);
        rating.ok_or_else(|| E::invalid_value(de::Unexpected::Unsigned(stars), &self))
    }

    fn visit_i64<E: de::Error>(self, stars: i64) -> Result<Rating, E> {
        let rating = u8::try_from(stars).ok().and_then(Rating::new);
        rating.ok_or_else(|| E::invalid_value(de::Unexpected::Signed(stars), &self))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_stars_only() {
        for rating in Rating::ALL {
            let text = serde_json::to_string(&rating).unwrap();
            assert_eq!(serde_json::from_str::<Rating>(&text).unwrap(), rating);
        }
        for bad in
            ["0", "6", "-1", "4.7", "5.0", "1e0", "\"5\"", "null", "true", "[5]", "99999999999999999999"]
        {
            let error = serde_json::from_str::<Rating>(bad).unwrap_err().to_string();
            assert!(error.contains("a whole number from 1 to 5"), "{bad}: {error}");
        }
    }
}
