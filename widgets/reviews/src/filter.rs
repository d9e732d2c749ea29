//! The list narrowed down and sorted over what is there already, so that it is shown before the API answers.

use std::rc::Rc;

use devanture_api::review::{Review, ReviewParams};
use devanture_domain::review::Sort;

/// What the list is narrowed to.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Narrow {
    /// Numbers of stars, one star first; none means all.
    pub stars: [bool; 5],
    pub size: Option<String>,
    pub language: Option<String>,
    pub photos: bool,
    /// As typed.
    pub words: String,
    pub sort: Sort,
}

impl Narrow {
    /// Whether anything is left out.
    pub(crate) fn is_on(&self) -> bool {
        self.has_stars()
            || self.size.is_some()
            || self.language.is_some()
            || self.photos
            || !self.words.is_empty()
    }

    fn has_stars(&self) -> bool {
        self.stars.contains(&true)
    }

    /// Says it to the API.
    pub(crate) fn ask(&self, mut params: ReviewParams) -> ReviewParams {
        let mut stars = String::new();
        for (number, on) in ['1', '2', '3', '4', '5'].into_iter().zip(self.stars) {
            if on {
                if !stars.is_empty() {
                    stars.push(',');
                }
                stars.push(number);
            }
        }
        params.stars = Some(stars).filter(|stars| !stars.is_empty());
        params.size.clone_from(&self.size);
        params.language.clone_from(&self.language);
        params.photos = self.photos;
        params.q = Some(self.words.clone()).filter(|words| !words.is_empty());
        params.sort = self.sort;
        params
    }

    /// Those of `known` that stay, in their order. Words are left to the API, which knows their forms.
    pub(crate) fn select(&self, known: &[Rc<Review>]) -> Vec<Rc<Review>> {
        let mut keyed: Vec<([i64; 2], Rc<Review>)> = Vec::new();
        for review in known {
            if self.fits(review) {
                keyed.push((self.key(review), review.clone()));
            }
        }
        // Those that come are nearly in order; the library's own sorting would be 2 KB of the download.
        for at in 1..keyed.len() {
            let mut to = at;
            while to > 0 && keyed[to - 1].0 < keyed[to].0 {
                keyed.swap(to - 1, to);
                to -= 1;
            }
        }
        keyed.into_iter().map(|(_, review)| review).collect()
    }

    fn fits(&self, review: &Review) -> bool {
        let stars = self.stars.get(usize::from(review.rating.stars()) - 1);
        (!self.has_stars() || stars == Some(&true))
            && self.size.as_ref().is_none_or(|size| review.size.as_ref() == Some(size))
            && self.language.as_ref().is_none_or(|language| review.language == *language)
            && (!self.photos || !review.photos.is_empty())
    }

    /// The greater the earlier.
    fn key(&self, review: &Review) -> [i64; 2] {
        let first = match self.sort {
            Sort::Newest => 0,
            Sort::Helpful => i64::from(review.helpful) - i64::from(review.unhelpful),
            Sort::Highest => review.rating.stars().into(),
            Sort::Lowest => -i64::from(review.rating.stars()),
        };
        [first, review.published_at.unwrap_or(0)]
    }
}

#[cfg(test)]
mod tests {
    use devanture_domain::review::{Checked, Rating};

    use super::*;

    fn review(id: &str, stars: u8, size: &str, at: i64, (helpful, unhelpful): (u32, u32)) -> Rc<Review> {
        Rc::new(Review {
            id: id.into(),
            rating: Rating::new(stars).unwrap(),
            title: None,
            body: String::new(),
            language: if at % 2 == 0 { "fr" } else { "en" }.into(),
            fit: None,
            usual_size: None,
            size: Some(size.into()),
            author: None,
            checked: Checked::Not,
            incentive: None,
            experienced_on: None,
            published_at: Some(at),
            edited_at: None,
            helpful,
            unhelpful,
            criteria: vec![],
            photos: vec![],
            answer: None,
        })
    }

    #[test]
    fn narrowed_and_sorted_as_the_api_does() {
        let all = [
            review("a", 5, "38", 4, (1, 0)),
            review("b", 1, "40", 3, (5, 1)),
            review("c", 4, "38", 2, (9, 8)),
            review("d", 5, "40", 1, (4, 0)),
        ];
        let ids = |narrow: Narrow| -> String {
            narrow.select(&all).iter().map(|review| review.id.as_str()).collect()
        };
        let sorted = |sort| ids(Narrow { sort, ..Narrow::default() });
        assert_eq!(sorted(Sort::Newest), "abcd");
        assert_eq!(sorted(Sort::Helpful), "bdac");
        assert_eq!(sorted(Sort::Highest), "adcb");
        assert_eq!(sorted(Sort::Lowest), "bcad");
        let five = [false, false, false, false, true];
        assert_eq!(ids(Narrow { stars: five, ..Narrow::default() }), "ad");
        assert_eq!(ids(Narrow { stars: five, size: Some("40".into()), ..Narrow::default() }), "d");
        assert_eq!(ids(Narrow { language: Some("fr".into()), ..Narrow::default() }), "ac");
        assert_eq!(ids(Narrow { photos: true, ..Narrow::default() }), "");
    }

    #[test]
    fn said_to_the_api() {
        let narrow = Narrow { stars: [true, false, false, true, false], ..Narrow::default() };
        assert!(narrow.is_on() && !Narrow::default().is_on());
        let params = narrow.ask(ReviewParams::default());
        assert_eq!((params.stars.as_deref(), params.q), (Some("1,4"), None));
        assert_eq!(Narrow::default().ask(ReviewParams::default()), ReviewParams::default());
    }
}
