//! What is looked up in the stock.

use devanture_api::staff_stock::{CountedStock, StaffStock, StaffVariant, StockFigures};
use devanture_domain::stock::MAX_PIECES;

use crate::api::Failure;

/// The room of the stock.
#[derive(Default)]
pub(crate) struct Shelf {
    /// What was searched for last.
    pub typed: String,
    /// Whether an answer is awaited.
    pub asking: bool,
    pub found: Option<StaffStock>,
    pub failure: Option<Failure>,
    /// Counts searches and looks: answers to older ones come too late.
    pub number: u32,
    /// The variant that is looked at closely.
    pub look: Option<Look>,
}

/// A variant that is looked at closely.
pub(crate) struct Look {
    pub sku: String,
    pub seen: Option<StaffVariant>,
    pub failure: Option<Failure>,
    /// The form to correct its figure.
    pub counting: Option<Wrong>,
}

/// What is wrong with what was typed as a count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Wrong {
    pub number: bool,
    pub reason: bool,
}

impl Shelf {
    /// Puts figures that the server has just told in the place of those that are shown.
    pub(crate) fn correct(&mut self, CountedStock { sku, figures, .. }: &CountedStock) {
        let put = |known: &mut Option<StockFigures>| *known = Some(figures.clone());
        let found = self.found.iter_mut().flat_map(|found| &mut found.items);
        for variant in found.flat_map(|item| &mut item.variants).filter(|variant| variant.sku == *sku) {
            put(&mut variant.here);
        }
        if let Some(seen) =
            self.look.as_mut().filter(|look| look.sku == *sku).and_then(|look| look.seen.as_mut())
        {
            put(&mut seen.variant.here);
        }
    }
}

/// A number of pieces as it was typed.
pub(crate) fn pieces(typed: &str) -> Option<u32> {
    let digits: String = typed.chars().filter(|sign| !sign.is_whitespace()).collect();
    // The parser takes a plus for a sign.
    let plain = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    digits.parse().ok().filter(|count| plain && *count <= MAX_PIECES)
}

#[cfg(test)]
mod tests {
    use super::pieces;

    #[test]
    fn whole_numbers_of_pieces() {
        assert_eq!(pieces(" 12 "), Some(12));
        assert_eq!(pieces("1 000 000"), Some(1_000_000));
        for wrong in ["", " ", "-1", "+1", "1.5", "1e3", "1000001", "999999999999999999999", "x"] {
            assert_eq!(pieces(wrong), None, "{wrong}");
        }
    }
}
