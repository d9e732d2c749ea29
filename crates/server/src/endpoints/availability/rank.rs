//! Which stores are shown, in which order.

use std::collections::HashMap;

use devanture_domain::{geo::LatLng, stock::StockLevel};

use super::wanted::Wanted;
use crate::{directory::SiteView, index::Found, shelf::Pieces};

/// A store, with what it holds of each thing wanted.
pub(super) struct Ranked {
    pub(super) found: Found,
    pub(super) levels: Vec<Option<StockLevel>>,
    /// How many of the things wanted it has enough of.
    pub(super) covered: usize,
}

/// Stores in the order in which they are shown, and how many have everything.
pub(super) struct Ranking {
    pub(super) stores: Vec<Ranked>,
    pub(super) with_all: u32,
    /// Who can send it home, for each thing wanted.
    pub(super) senders: Vec<Option<Sender>>,
}

/// Who sends pieces home.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sender {
    Warehouse,
    /// A store that ships, where no warehouse has enough: the nearest.
    Store(u32),
}

/// `first` come first, whatever they hold; then at most `limit` others that hold something of it.
pub(super) fn rank(
    site: &SiteView,
    wanted: &[Wanted],
    stock: &[Pieces],
    start: LatLng,
    (first, limit): (&[u32], usize),
) -> Ranking {
    let mut levels: HashMap<u32, Vec<Option<StockLevel>>> = HashMap::new();
    let mut senders = Vec::with_capacity(wanted.len());
    for (i, rows) in stock.iter().enumerate() {
        let (mut in_warehouse, mut shipping) = (false, Vec::new());
        for row in rows.iter() {
            let is_enough = row.level.available() >= wanted[i].quantity;
            if let Some(store) = site.network.find(&row.location_code) {
                levels.entry(store).or_insert_with(|| vec![None; wanted.len()])[i] = Some(row.level);
                if is_enough && site.network.ships(store) {
                    shipping.push(store);
                }
            } else if is_enough && site.network.is_warehouse(&row.location_code) {
                in_warehouse = true;
            }
        }
        senders.push(if in_warehouse {
            Some(Sender::Warehouse)
        } else {
            shipping.into_iter().min_by_key(|store| site.network.found(start, *store)).map(Sender::Store)
        });
    }
    let ranked = |store: u32, levels: Vec<Option<StockLevel>>| Ranked {
        found: site.network.found(start, store),
        covered: covered(wanted, &levels),
        levels,
    };
    let mut stores: Vec<Ranked> = first
        .iter()
        .map(|store| ranked(*store, levels.remove(store).unwrap_or_else(|| vec![None; wanted.len()])))
        .collect();
    let mut others: Vec<Ranked> = levels
        .into_iter()
        .map(|(store, levels)| ranked(store, levels))
        .filter(|one| one.covered > 0)
        .collect();
    let has_all = |one: &&Ranked| one.covered == wanted.len();
    let with_all = stores.iter().chain(&others).filter(has_all).count();
    let order = |one: &Ranked| (usize::MAX - one.covered, one.found);
    if others.len() > limit {
        others.select_nth_unstable_by_key(limit, order);
        others.truncate(limit);
    }
    others.sort_unstable_by_key(order);
    stores.append(&mut others);
    Ranking { stores, with_all: u32::try_from(with_all).unwrap_or(u32::MAX), senders }
}

fn covered(wanted: &[Wanted], levels: &[Option<StockLevel>]) -> usize {
    let enough = |(wanted, level): &(&Wanted, &Option<StockLevel>)| {
        level.is_some_and(|level| level.available() >= wanted.quantity)
    };
    wanted.iter().zip(levels).filter(enough).count()
}
