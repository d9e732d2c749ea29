//! Which stores of a network match.

use std::collections::BTreeMap;

use devanture_domain::civil::UtcMs;

use super::{BitSet, Network};

/// What stores must have to be listed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Filter<'a> {
    /// Open at this instant.
    pub(crate) open_at: Option<UtcMs>,
    /// All of these services.
    pub(crate) services: Vec<&'a str>,
    /// All of these brands.
    pub(crate) brands: Vec<&'a str>,
}

impl Network {
    /// The stores that match; `None` when all do.
    pub(crate) fn matching(&self, filter: &Filter<'_>) -> Option<BitSet> {
        let mut keep: Option<BitSet> = None;
        let mut narrow = |to: BitSet| match &mut keep {
            Some(keep) => keep.intersect(&to),
            None => keep = Some(to),
        };
        let nobody = || BitSet::none(self.entries.len());
        let with =
            |sets: &BTreeMap<Box<str>, BitSet>, code: &str| sets.get(code).cloned().unwrap_or_else(nobody);
        for code in &filter.services {
            narrow(with(&self.services, code));
        }
        for code in &filter.brands {
            narrow(with(&self.brands, code));
        }
        if let Some(now) = filter.open_at {
            narrow(self.open_now.at(now, &self.calendars, &self.calendar_of));
        }
        keep
    }
}
