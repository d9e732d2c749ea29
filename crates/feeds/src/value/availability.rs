//! Google's words for what can be had.

use devanture_domain::stock;

use super::money::shown;

/// [The attribute `availability`](https://support.google.com/merchants/answer/3061198) of a local inventory.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Availability {
    InStock,
    Limited,
    OnDisplay,
    Out,
}

impl Availability {
    const ALL: [Self; 4] = [Self::InStock, Self::Limited, Self::OnDisplay, Self::Out];

    /// Also with spaces instead of underscores, as older files have it.
    pub(crate) fn read(text: &str) -> Result<Self, String> {
        let word = text.trim().to_ascii_lowercase().replace([' ', '-'], "_");
        Self::ALL.into_iter().find(|one| one.as_str() == word).ok_or_else(|| {
            format!(
                "{} is not in_stock, limited_availability, on_display_to_order or out_of_stock",
                shown(text)
            )
        })
    }

    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::InStock => "in_stock",
            Self::Limited => "limited_availability",
            Self::OnDisplay => "on_display_to_order",
            Self::Out => "out_of_stock",
        }
    }
}

impl From<stock::Availability> for Availability {
    fn from(ours: stock::Availability) -> Self {
        match ours {
            stock::Availability::InStock => Self::InStock,
            stock::Availability::Low => Self::Limited,
            stock::Availability::ToOrder => Self::OnDisplay,
            stock::Availability::Out => Self::Out,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_old_and_new() {
        assert_eq!(Availability::read(" In stock"), Ok(Availability::InStock));
        assert_eq!(Availability::read("on_display_to_order"), Ok(Availability::OnDisplay));
        assert!(Availability::read("preorder").unwrap_err().contains("out_of_stock"));
    }
}
