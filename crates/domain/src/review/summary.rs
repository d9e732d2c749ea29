//! What all reviews of something say together, from counts alone, so that it costs the same for three and for 20,000.

use super::{FitCounts, Scale};

/// A number of two decimals, kept whole: 437 is 4.37. An average that is rounded in binary would be another on each machine.
pub type Hundredths = u32;

/// Counts of what is published about one product or store.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Of each number of stars, one star first.
    pub stars: [u32; 5],
    /// Votes on the fit.
    pub fit: FitCounts,
    /// Of each criterion that was ever scored.
    pub criteria: Vec<CriterionCount>,
    /// With photos.
    pub with_photos: u32,
    /// Of whose authors it is known that they had it.
    pub verified: u32,
    /// For which something was given.
    pub incentivised: u32,
}

/// What was given for one criterion.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CriterionCount {
    /// Its code.
    pub code: String,
    /// 5 or 20.
    pub scale: Scale,
    /// By how many.
    pub count: u32,
    /// Points, all together.
    pub sum: u32,
}

impl Counts {
    /// How many reviews.
    pub fn total(&self) -> u32 {
        self.stars.iter().fold(0, |sum, stars| sum.saturating_add(*stars))
    }

    /// The mean of the stars, rounded half up; `None` without reviews, since nothing is no star.
    pub fn average(&self) -> Option<Hundredths> {
        let sum = (1..=5u64).zip(self.stars).map(|(stars, count)| stars * u64::from(count)).sum();
        mean(sum, self.total())
    }
}

impl CriterionCount {
    /// The mean of the points.
    pub fn average(&self) -> Option<Hundredths> {
        mean(u64::from(self.sum), self.count)
    }
}

fn mean(sum: u64, count: u32) -> Option<Hundredths> {
    if count == 0 {
        return None;
    }
    let count = u64::from(count);
    u32::try_from((sum * 200 + count) / (count * 2)).ok()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn averages_from_counts() {
        let of = |stars| Counts { stars, ..Counts::default() }.average();
        assert_eq!(of([0; 5]), None);
        assert_eq!(of([0, 0, 0, 0, 7]), Some(500));
        assert_eq!(of([1, 0, 0, 0, 2]), Some(367), "3.666… is rounded up");
        assert_eq!(of([0, 0, 1, 1, 0]), Some(350));
        assert_eq!(of([u32::MAX / 5; 5]), Some(300));
        let comfort = CriterionCount { code: String::new(), scale: Scale::Twenty, count: 8, sum: 145 };
        assert_eq!(comfort.average(), Some(1813), "18.125");
    }

    proptest! {
        #[test]
        fn between_the_lowest_and_the_highest(stars in prop::array::uniform5(0u32..100_000)) {
            let counts = Counts { stars, ..Counts::default() };
            let given: Vec<u32> = (1..=5).zip(stars).filter(|(_, n)| *n > 0).map(|(s, _)| s).collect();
            let Some(average) = counts.average() else {
                prop_assert!(given.is_empty());
                return Ok(());
            };
            prop_assert!(average >= given[0] * 100 && average <= given[given.len() - 1] * 100);
            // One more five never lowers it, one more one never raises it.
            let mut more = counts.clone();
            more.stars[4] += 1;
            prop_assert!(more.average().unwrap() >= average);
            let mut less = counts;
            less.stars[0] += 1;
            prop_assert!(less.average().unwrap() <= average);
        }
    }
}
