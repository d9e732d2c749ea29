//! Search in the page itself, over the compact index of all stores.

use devanture_api::suggest::Suggestion;

use super::LocalIndex;
use crate::app::LocalWords;

struct Local;

pub(super) fn build(_bytes: &[u8]) -> Option<Box<dyn LocalIndex>> {
    Some(Box::new(Local))
}

impl LocalIndex for Local {
    fn suggest(&self, _text: &str, _words: &LocalWords<'_>) -> Vec<Suggestion> {
        Vec::new()
    }
}
