//! Actions on their way to the server, in the order in which they were done.
//!
//! An action is kept until the server has answered it. It may arrive twice, when the answer to the first time was
//! lost; the server's actions change nothing the second time.

use devanture_api::{
    admin::StaffAction,
    staff_stock::{StockCount, StockFigures},
};
use devanture_domain::reservation::{Actor, State};
use serde::{Deserialize, Serialize};

/// Something that was done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Entry {
    /// The reservation's id, or the count's own.
    pub id: String,
    /// What.
    pub deed: Deed,
}

/// What was done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Deed {
    /// Something with a reservation.
    Act(StaffAction),
    /// A figure was corrected.
    Count(StockCount),
}

/// What is kept of it for the tab: nothing about shoppers.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Queue {
    /// The id of whose actions they are.
    pub owner: String,
    entries: Vec<Entry>,
}

impl Queue {
    /// An empty one.
    pub(crate) fn of(owner: String) -> Self {
        Self { owner, entries: Vec::new() }
    }

    /// Adds an action, unless it is there already.
    pub(crate) fn push(&mut self, entry: Entry) {
        if !self.entries.contains(&entry) {
            self.entries.push(entry);
        }
    }

    /// What is to be sent next.
    pub(crate) fn next(&self) -> Option<&Entry> {
        self.entries.first()
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    pub(crate) fn len(&self) -> usize {
        self.entries.len()
    }

    /// Takes out what the server has done.
    pub(crate) fn done(&mut self, entry: &Entry) {
        self.entries.retain(|known| known != entry);
    }

    /// Takes out what the server has refused, and with it what was to follow on it.
    pub(crate) fn refused(&mut self, entry: &Entry) {
        self.entries.retain(|known| known.id != entry.id);
    }

    /// Lets others go first: the server stumbles over this one.
    pub(crate) fn postpone(&mut self, id: &str) {
        let (later, mut first): (Vec<_>, Vec<_>) = self.entries.drain(..).partition(|entry| entry.id == id);
        first.extend(later);
        self.entries = first;
    }

    /// Whether something of this reservation is on its way.
    pub(crate) fn holds(&self, id: &str) -> bool {
        self.entries.iter().any(|entry| entry.id == id)
    }

    /// Where the reservation will stand once everything has been sent.
    pub(crate) fn predicted(&self, id: &str, state: State) -> State {
        let of_it = self.entries.iter().filter(|entry| entry.id == id);
        of_it.fold(state, |state, entry| match &entry.deed {
            Deed::Act(act) => state.after(act.action, Actor::Staff).unwrap_or(state),
            Deed::Count(_) => state,
        })
    }

    /// The count of this variant that is on its way.
    pub(crate) fn count_of(&self, store: &str, sku: &str) -> Option<&StockCount> {
        self.entries.iter().rev().find_map(|entry| match &entry.deed {
            Deed::Count(count) if count.store_code == store && count.sku == sku => Some(count),
            _ => None,
        })
    }

    /// What the figures will be once everything has been sent.
    pub(crate) fn counted(
        &self,
        store: &str,
        sku: &str,
        figures: Option<&StockFigures>,
    ) -> Option<StockFigures> {
        let Some(count) = self.count_of(store, sku) else { return figures.cloned() };
        let mut figures = figures?.clone();
        figures.on_hand = count.on_hand;
        figures.available = count.on_hand.saturating_sub(figures.reserved).saturating_sub(figures.safety);
        Some(figures)
    }
}

#[cfg(test)]
mod tests {
    use devanture_domain::reservation::Action;

    use super::*;

    fn entry(id: &str, action: Action) -> Entry {
        let act = StaffAction { action, refusal: None, pickup_code: None, propose: None };
        Entry { id: id.to_owned(), deed: Deed::Act(act) }
    }

    #[test]
    fn in_order_and_each_once() {
        let mut queue = Queue::default();
        queue.push(entry("a", Action::Accept));
        queue.push(entry("a", Action::Accept));
        queue.push(entry("a", Action::MarkReady));
        queue.push(entry("b", Action::Accept));
        assert_eq!(queue.len(), 3);
        assert_eq!(queue.predicted("a", State::Requested), State::Ready);
        assert_eq!(queue.predicted("c", State::Requested), State::Requested);
        queue.done(&entry("a", Action::Accept));
        assert_eq!(queue.next(), Some(&entry("a", Action::MarkReady)));
        queue.postpone("a");
        assert_eq!(queue.next(), Some(&entry("b", Action::Accept)));
    }

    #[test]
    fn what_follows_on_a_refused_one_is_not_sent() {
        let mut queue = Queue::default();
        queue.push(entry("a", Action::Accept));
        queue.push(entry("b", Action::Accept));
        queue.push(entry("a", Action::MarkReady));
        queue.refused(&entry("a", Action::Accept));
        assert!(!queue.holds("a") && queue.holds("b"));
    }

    #[test]
    fn counts_wait_like_the_rest() {
        let count = |id: &str, on_hand| StockCount {
            id: id.to_owned(),
            store_code: "S".to_owned(),
            sku: "A".to_owned(),
            on_hand,
            reason: devanture_api::staff_stock::CountReason::Found,
            seen: None,
            counted_at: 1,
        };
        let mut queue = Queue::default();
        for count in [count("1", 4), count("2", 6)] {
            queue.push(Entry { id: count.id.clone(), deed: Deed::Count(count) });
        }
        assert_eq!(queue.count_of("S", "A").unwrap().on_hand, 6, "the last that was done");
        assert!(queue.count_of("S", "B").is_none() && queue.count_of("T", "A").is_none());
        let kept = serde_json::to_string(&queue).unwrap();
        assert_eq!(serde_json::from_str::<Queue>(&kept).unwrap(), queue);
    }

    #[test]
    fn outlives_the_page() {
        let mut queue = Queue::of("s1".to_owned());
        queue.push(entry("a", Action::Accept));
        let kept = serde_json::to_string(&queue).unwrap();
        assert_eq!(serde_json::from_str::<Queue>(&kept).unwrap(), queue);
    }
}
