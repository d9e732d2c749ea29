//! Search in the page itself, over the compact index of all stores.

use devanture_api::suggest::{PlaceKind, Suggestion};
use devanture_search::{Hit, HitKind, Index};
use devanture_ui::dom::join;

use super::LocalIndex;
use crate::app::LocalWords;

/// As many as fit without scrolling on a phone.
const LIMIT: usize = 7;

struct Local(Index);

pub(super) fn build(bytes: &[u8]) -> Option<Box<dyn LocalIndex>> {
    Some(Box::new(Local(Index::decode(bytes).ok()?)))
}

impl LocalIndex for Local {
    fn suggest(&self, text: &str, words: &LocalWords<'_>) -> Vec<Suggestion> {
        self.0.search(text, LIMIT, None).iter().map(|hit| self.suggestion(hit, words)).collect()
    }

    fn place(&self, text: &str, words: &LocalWords<'_>) -> Option<Suggestion> {
        let hits = self.0.search(text, LIMIT, None);
        // A town without stores is near some spelling of one that has: the API knows it.
        let found = hits.iter().find(|hit| hit.kind != HitKind::Store && !hit.guessed)?;
        Some(self.suggestion(found, words))
    }
}

impl Local {
    fn suggestion(&self, hit: &Hit, words: &LocalWords<'_>) -> Suggestion {
        let index = &self.0;
        let ordinal = hit.ordinal;
        let place = join_some(&[index.region(ordinal), index.country(ordinal)]);
        let (kind, detail) = match hit.kind {
            HitKind::Town => (PlaceKind::Town, join_some(&[&place, &words.stores(hit.count)])),
            HitKind::Postcode => {
                (PlaceKind::Postcode, join_some(&[index.town(ordinal), &words.stores(hit.count)]))
            }
            HitKind::Store => (PlaceKind::Store, join_some(&[index.postcode(ordinal), index.town(ordinal)])),
        };
        Suggestion {
            kind,
            label: index.label(hit).into(),
            detail,
            location: hit.location,
            store_code: (hit.kind == HitKind::Store).then(|| index.code(ordinal)),
        }
    }
}

/// The parts that are not empty, with a dot between.
fn join_some(parts: &[&str]) -> String {
    let mut out = String::new();
    for part in parts.iter().filter(|part| !part.is_empty()) {
        out = if out.is_empty() { (*part).into() } else { join(&[&out, " · ", part]) };
    }
    out
}
