//! The room of size charts: which body each size is cut for, by brand and category.

pub(crate) mod draft;

use devanture_api::staff_size::{KeptSizeChart, SizeCharts};

use self::draft::Draft;
use crate::reviews::Asked;

/// The room.
#[derive(Default)]
pub(crate) struct Charts {
    pub list: Asked<SizeCharts>,
    /// To what the list is narrowed down.
    pub search: String,
    pub draft: Option<Draft>,
    /// The key of what was done last, until something else is.
    pub told: Option<&'static str>,
}

/// What is asked before something is done with a chart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ChartAsk {
    Remove,
    /// Whether what was typed is given up.
    Leave,
    /// The same, for who signs out.
    SignOut,
}

impl Charts {
    pub(crate) fn items(&self) -> &[KeptSizeChart] {
        self.list.got.as_ref().map_or(&[], |list| &list.items)
    }

    /// Whether something was typed that the server does not have.
    pub(crate) fn is_unsaved(&self) -> bool {
        self.draft.as_ref().is_some_and(|draft| draft.touched)
    }
}

/// The code of a chart that was not removed, since somebody has changed it.
pub(crate) const NOT_REMOVED: &str = "not_removed";

/// Whether both are of the same brand and category, as the server compares them.
pub(crate) fn is_same(a: &KeptSizeChart, b: &KeptSizeChart) -> bool {
    key(a.brand.as_deref()) == key(b.brand.as_deref())
        && key(a.category.as_deref()) == key(b.category.as_deref())
}

/// How a brand or category is told from others, and found.
pub(crate) fn key(text: Option<&str>) -> String {
    text.unwrap_or_default().trim().chars().flat_map(char::to_uppercase).collect()
}
