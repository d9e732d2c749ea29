//! How many of a size were sold and how many stayed with who bought them, and what that says of the next who takes it.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};

use crate::review::Fit;

/// Pieces of a size that were sold over a time, and what became of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sales {
    /// How many were sold.
    pub sold: u32,
    /// Of these, how many came back, for whatever reason.
    pub returned: u32,
    /// Of those that came back, how many because they were too small.
    pub too_small: u32,
    /// Of those that came back, how many because they were too large.
    pub too_large: u32,
}

impl Sales {
    /// Of fewer pieces nothing is said. Where 17 of 20 were kept, 64 to 95 % would be in the long run (Wilson's interval of 95 %): most,
    /// and not by chance. Of ten it could as well be half.
    pub const ENOUGH: u32 = 20;

    /// Together with others: another colour, another size.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self {
            sold: self.sold.saturating_add(other.sold),
            returned: self.returned.saturating_add(other.returned),
            too_small: self.too_small.saturating_add(other.too_small),
            too_large: self.too_large.saturating_add(other.too_large),
        }
    }

    /// How many of them were kept, as exactly as so many can say.
    pub fn share(self) -> Option<Share> {
        let of = Share::OF.into_iter().find(|of| self.sold >= u32::from(*of))?;
        Some(Share { kept: scaled(self.sold.saturating_sub(self.returned), self.sold, of), of })
    }

    /// What who sent it back say of how it fits, all sizes together: where a tenth of all that was sold came back for that, which is more
    /// than half of what came back, and more than chance beside those who say the opposite (a sign test, 95 %, corrected for continuity).
    pub fn verdict(self) -> Option<Fit> {
        let (fit, most, least) = if self.too_small > self.too_large {
            (Fit::Small, u64::from(self.too_small), u64::from(self.too_large))
        } else {
            (Fit::Large, u64::from(self.too_large), u64::from(self.too_small))
        };
        let beyond = most.saturating_sub(least).saturating_sub(1);
        let certain = u128::from(beyond * beyond) * 25 > u128::from(most + least) * CHI_SQUARE_25;
        let weighs = most * 10 >= u64::from(self.sold) && most * 2 > u64::from(self.returned);
        (self.sold >= Self::ENOUGH && certain && weighs).then_some(fit)
    }
}

/// 25 times what chi-square passes by chance once in twenty times, with one degree of freedom (3.84).
const CHI_SQUARE_25: u128 = 96;

/// How many of a size were kept, of 20, 50 or 100: what so many pieces can say and no more. How many were sold is not to be seen in it,
/// which is nobody's business. Written `17/20`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Share {
    kept: u8,
    of: u8,
}

impl Share {
    /// What a share can be of, the most exact first.
    const OF: [u8; 3] = [100, 50, 20];

    /// Undoes [`Self::to_text`].
    pub fn parse(text: &str) -> Option<Self> {
        let (kept, of) = text.split_once('/')?;
        let share = Self { kept: kept.parse().ok()?, of: of.parse().ok()? };
        (Self::OF.contains(&share.of) && share.kept <= share.of).then_some(share)
    }

    /// `17/20`
    pub fn to_text(self) -> String {
        format!("{}/{}", self.kept, self.of)
    }

    /// Whole percents, where there were a hundred pieces to count them by.
    pub fn percent(self) -> Option<u8> {
        (self.of == 100).then_some(self.kept)
    }

    /// Of ten.
    pub fn tenths(self) -> u8 {
        scaled(u32::from(self.kept), u32::from(self.of), 10)
    }

    /// Whether more were kept than of the other, and not by chance: chi-square of the two shares (95 %, by Yates corrected for
    /// continuity) of at most a hundred pieces each, so a difference that is certain and hardly there is none.
    pub fn is_above(self, other: Self) -> bool {
        let [a, n, b, m] = [self.kept, self.of, other.kept, other.of].map(u64::from);
        let (all, kept) = (n + m, a + b);
        let beyond = (2 * a * m).saturating_sub(2 * b * n + all);
        // χ² = all (|a m − b n| − all / 2)² / (n m kept (all − kept)), without division.
        25 * all * beyond * beyond > 4 * 96 * n * m * kept * (all - kept)
    }
}

/// A part of a whole as so many of `of`, rounded; all only if it is all, and none only if it is none.
fn scaled(part: u32, whole: u32, of: u8) -> u8 {
    let (part, whole, of) = (u64::from(part), u64::from(whole).max(1), u64::from(of));
    let rounded = (2 * part * of + whole) / (2 * whole);
    let least = u64::from(part > 0);
    let most = of - u64::from(part < whole);
    u8::try_from(rounded.clamp(least, most)).unwrap_or(u8::MAX)
}

/// Which way somebody hesitates who has found their size: small says the next larger one, large the next smaller. It is what reviewers
/// say, or what comes back says, and nothing where the two are at odds, or where shoppers have kept the size to hesitate with less often
/// than this one, or the one on the other side more often.
pub fn hesitate(
    votes: Option<Fit>,
    returns: Option<Fit>,
    [smaller, mine, larger]: [Option<Share>; 3],
) -> Option<Fit> {
    let said = match (votes, returns) {
        (Some(one), None) | (None, Some(one)) => one,
        (Some(one), Some(other)) if one == other => one,
        _ => return None,
    };
    let (with, other) = match said {
        Fit::Small => (larger, smaller),
        Fit::True => return None,
        Fit::Large => (smaller, larger),
    };
    let above = |one: Option<Share>, other: Option<Share>| matches!((one, other), (Some(one), Some(other)) if one.is_above(other));
    (!above(mine, with) && !above(other, mine)).then_some(said)
}

impl Serialize for Share {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.to_text())
    }
}

impl<'de> Deserialize<'de> for Share {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).ok_or_else(|| D::Error::custom("a share is of 20, 50 or 100, as 17/20"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn sales(sold: u32, returned: u32, too_small: u32, too_large: u32) -> Sales {
        Sales { sold, returned, too_small, too_large }
    }

    fn share(sold: u32, returned: u32) -> Option<String> {
        sales(sold, returned, 0, 0).share().map(Share::to_text)
    }

    fn of(text: &str) -> Share {
        Share::parse(text).unwrap()
    }

    #[test]
    fn silence_below_the_threshold_and_no_more_than_so_many_can_say() {
        assert_eq!(share(0, 0), None);
        assert_eq!(share(Sales::ENOUGH - 1, 0), None);
        assert_eq!(share(Sales::ENOUGH, 3).as_deref(), Some("17/20"));
        assert_eq!(share(49, 10).as_deref(), Some("16/20"));
        assert_eq!(share(50, 10).as_deref(), Some("40/50"));
        assert_eq!(share(100, 15).as_deref(), Some("85/100"));
        assert_eq!(share(12_345, 1_852).as_deref(), Some("85/100"));
        assert_eq!(share(u32::MAX, 1).as_deref(), Some("99/100"), "all only if it is all");
        assert_eq!(share(1_000, 999).as_deref(), Some("1/100"), "none only if it is none");
        assert_eq!(share(40, 40).as_deref(), Some("0/20"));
        assert_eq!((of("85/100").percent(), of("43/50").percent()), (Some(85), None));
        assert_eq!((of("43/50").tenths(), of("19/20").tenths(), of("20/20").tenths()), (9, 9, 10));
        for bad in ["", "17", "17/", "/20", "17/30", "21/20", "-1/20", "1.5/20", "17/20/1", "300/100"] {
            assert_eq!(Share::parse(bad), None, "{bad}");
        }
    }

    #[test]
    fn what_comes_back_says_how_it_fits() {
        assert_eq!(sales(100, 20, 15, 2).verdict(), Some(Fit::Small));
        assert_eq!(sales(100, 20, 2, 15).verdict(), Some(Fit::Large));
        assert_eq!(sales(19, 19, 19, 0).verdict(), None, "too few were sold");
        assert_eq!(sales(20, 5, 5, 0).verdict(), None, "five of five are chance");
        assert_eq!(sales(20, 6, 6, 0).verdict(), Some(Fit::Small));
        assert_eq!(sales(100, 20, 10, 7).verdict(), None, "about as many say the opposite");
        assert_eq!(sales(100, 40, 15, 0).verdict(), None, "most came back for something else");
        assert_eq!(sales(1_000, 30, 30, 0).verdict(), None, "nearly all kept it");
        assert_eq!(sales(1_000, 100, 50, 50).verdict(), None);
        assert_eq!(sales(u32::MAX, u32::MAX, u32::MAX, 0).verdict(), Some(Fit::Small));
    }

    #[test]
    fn differences_that_are_more_than_chance() {
        for (more, less) in
            [("90/100", "75/100"), ("20/20", "13/20"), ("45/50", "34/50"), ("100/100", "0/20")]
        {
            assert!(of(more).is_above(of(less)) && !of(less).is_above(of(more)), "{more} {less}");
        }
        for (one, other) in
            [("90/100", "82/100"), ("18/20", "14/20"), ("20/20", "100/100"), ("0/20", "0/100")]
        {
            assert!(!of(one).is_above(of(other)) && !of(other).is_above(of(one)), "{one} {other}");
        }
    }

    #[test]
    fn hesitating_where_nothing_is_at_odds() {
        use Fit::{Large, Small, True};
        let (well, badly) = (Some(of("95/100")), Some(of("60/100")));
        let silent = [None; 3];
        for (votes, returns, kept, expected) in [
            (None, None, silent, None),
            (Some(Small), None, silent, Some(Small)),
            (None, Some(Large), silent, Some(Large)),
            (Some(Small), Some(Small), silent, Some(Small)),
            (Some(Small), Some(Large), silent, None),
            (Some(True), Some(Small), silent, None),
            (Some(True), None, [well; 3], None),
            (Some(Small), None, [None, badly, well], Some(Small)),
            (Some(Small), None, [None, well, badly], None),
            (Some(Small), None, [well, badly, None], None),
            (Some(Large), None, [well, badly, None], Some(Large)),
            (Some(Large), Some(Large), [badly, well, None], None),
            (None, Some(Large), [None, badly, well], None),
            (None, None, [None, badly, well], None),
        ] {
            assert_eq!(hesitate(votes, returns, kept), expected, "{votes:?} {returns:?} {kept:?}");
        }
    }

    proptest! {
        #[test]
        fn close_to_what_it_is_of(sold in 20u32..5_000_000, part in 0.0f64..=1.0) {
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a part of it")]
            let returned = (f64::from(sold) * part) as u32;
            let share = sales(sold, returned, 0, 0).share().unwrap();
            let exact = f64::from(sold - returned) / f64::from(sold);
            let told = f64::from(share.kept) / f64::from(share.of);
            prop_assert!((exact - told).abs() <= 1.0 / f64::from(share.of));
            prop_assert_eq!(Share::parse(&share.to_text()), Some(share));
            prop_assert_eq!(serde_json::from_str::<Share>(&serde_json::to_string(&share).unwrap()).unwrap(), share);
        }

        #[test]
        fn never_both_ways(a in 0u8..=100, n in 0usize..3, b in 0u8..=100, m in 0usize..3) {
            let [n, m] = [Share::OF[n], Share::OF[m]];
            let (one, other) = (Share { kept: a.min(n), of: n }, Share { kept: b.min(m), of: m });
            prop_assert!(!(one.is_above(other) && other.is_above(one)));
            if one.is_above(other) {
                prop_assert!(u16::from(one.kept) * u16::from(m) > u16::from(other.kept) * u16::from(n));
            }
        }

        #[test]
        fn the_opposite_of_the_opposite(small in 0u32..500, large in 0u32..500, other in 0u32..500, kept in 0u32..5_000) {
            let returned = small + large + other;
            let turned = |fit| match fit { Fit::Small => Fit::Large, Fit::True => Fit::True, Fit::Large => Fit::Small };
            let one = sales(returned + kept, returned, small, large).verdict();
            prop_assert_eq!(sales(returned + kept, returned, large, small).verdict().map(turned), one);
        }
    }
}
