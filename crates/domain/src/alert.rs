//! Who is told that a variant can be had again, where more wait for it than there are pieces.

use std::collections::BTreeMap;

use crate::civil::UtcMs;

/// How long somebody waits to be told.
pub const WAITS_MS: UtcMs = 90 * 86_400_000;

/// Before the next are told of the same pieces: long enough to read a mail and reserve, short enough that what nobody comes for
/// is not kept from the others for a day.
pub const PAUSE_MS: UtcMs = 3_600_000;

/// Which of those who wait, the oldest first, are told now: within a pause no more than there are pieces, in all and at each
/// store. Each waits for one store, by its code, or for any (`None`); `told` is who was told within the pause already. A
/// piece that was reserved meanwhile counts twice, as taken and as told of: rather too few are told than too many.
pub fn turns(pieces: &[(&str, u32)], told: &[Option<&str>], waiting: &[Option<&str>]) -> Vec<usize> {
    let mut left: BTreeMap<&str, u32> = pieces.iter().copied().collect();
    let mut in_all: u32 = pieces.iter().fold(0, |sum, (_, count)| sum.saturating_add(*count));
    let mut take = |store: Option<&str>| {
        if in_all == 0 {
            return false;
        }
        if let Some(store) = store {
            let Some(there) = left.get_mut(store).filter(|there| **there > 0) else { return false };
            *there -= 1;
        }
        in_all -= 1;
        true
    };
    for store in told {
        // One whose store has none any more has been told of a piece all the same.
        if !take(*store) {
            take(None);
        }
    }
    waiting.iter().enumerate().filter(|(_, store)| take(**store)).map(|(index, _)| index).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_oldest_first_and_no_more_than_there_are() {
        let any = None;
        assert_eq!(turns(&[("A", 2)], &[], &[any, any, any]), [0, 1]);
        assert_eq!(turns(&[("A", 1), ("B", 1)], &[], &[Some("A"), Some("A"), Some("B"), any]), [0, 2]);
        assert_eq!(
            turns(&[("A", 1)], &[], &[Some("B"), Some("A")]),
            [1],
            "who waits elsewhere holds nobody up"
        );
        assert_eq!(turns(&[], &[], &[any]), [0; 0]);
    }

    #[test]
    fn the_next_wait_until_the_pause_is_over() {
        assert_eq!(turns(&[("A", 1)], &[None], &[None, Some("A")]), [0; 0]);
        assert_eq!(turns(&[("A", 2)], &[Some("A")], &[Some("A"), None]), [0]);
        assert_eq!(turns(&[("A", 1), ("B", 1)], &[Some("C"), Some("A")], &[None]), [0; 0]);
    }

    fn store() -> impl Strategy<Value = Option<&'static str>> {
        prop_oneof![Just(None), Just(Some("A")), Just(Some("B")), Just(Some("C"))]
    }

    proptest! {
        #[test]
        fn never_more_than_pieces(
            a in 0_u32..5, b in 0_u32..5,
            told in proptest::collection::vec(store(), 0..6),
            waiting in proptest::collection::vec(store(), 0..12),
        ) {
            let now = turns(&[("A", a), ("B", b)], &told, &waiting);
            prop_assert!(now.len() <= (a + b) as usize);
            prop_assert!(now.is_empty() || now.len() + told.len() <= (a + b) as usize);
            for (code, pieces) in [("A", a), ("B", b), ("C", 0)] {
                let at = |one: Option<&str>| one == Some(code);
                let new = now.iter().filter(|index| at(waiting[**index])).count();
                prop_assert!(new == 0 || new + told.iter().filter(|one| at(**one)).count() <= pieces as usize);
            }
            // Whoever is passed over could not have been told before those behind them.
            let first_any = waiting.iter().position(Option::is_none);
            if let (Some(first), Some(last)) = (first_any, now.last()) {
                prop_assert!(now.contains(&first) || first > *last);
            }
        }
    }
}
