//! Tills that are not there: stock that moves by itself, so that a visitor sees figures change. Now and then a piece is sold in
//! some store, and later one comes back to it; both are told to the API as a retailer's own tills would tell them. Whoever
//! looks at the shop can stop it, and start it again.

use std::{
    collections::VecDeque,
    sync::atomic::{AtomicBool, AtomicU64, Ordering},
    time::{Duration, SystemTime},
};

use axum::{
    extract::{Query, State},
    response::Redirect,
};
use devanture_api::{
    moves::{StockMove, StockMoves},
    routes,
};
use devanture_demo::stock::{WAREHOUSE, stock};
use maud::{Markup, html};
use serde::Deserialize;

use crate::{
    app::{SharedShop, Shop},
    lang::Lang,
};

const PAUSE: Duration = Duration::from_secs(4);
/// Pieces that are out before the first comes back.
const OUT: usize = 200;

/// The tills' switch, and what they have sold.
pub(crate) struct Tills {
    is_on: AtomicBool,
    sold: AtomicU64,
}

impl Default for Tills {
    fn default() -> Self {
        Self { is_on: AtomicBool::new(true), sold: AtomicU64::new(0) }
    }
}

/// Sells until the shop is stopped, with a secret key whose scope is `feeds`.
pub(crate) async fn run(shop: SharedShop, secret_key: String) {
    // A second call is an error that changes nothing.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let client = reqwest::Client::new();
    let places: Vec<(String, String)> = stock(&shop.network.stores)
        .filter(|one| one.on_hand > 0 && one.location != WAREHOUSE)
        .map(|one| (one.sku, one.location))
        .collect();
    // Another source each time, so that its numbers begin at 1.
    let started = now_ms();
    let source = format!("simulator {started}");
    let mut out = Out::default();
    let mut untold = None;
    let mut pause = tokio::time::interval(PAUSE);
    loop {
        pause.tick().await;
        if !shop.tills.is_on.load(Ordering::Relaxed) {
            continue;
        }
        let round = untold.take().unwrap_or_else(|| {
            let place = next(started, out.sequence, places.len());
            out.round(place, |place| &places[place], now_ms())
        });
        let moves = StockMoves { source: source.clone(), items: round.items.clone() };
        let request =
            client.post(format!("{}{}", shop.api, routes::admin::STOCK_MOVES)).bearer_auth(&secret_key);
        match request.json(&moves).send().await.and_then(reqwest::Response::error_for_status) {
            Ok(_) => {
                out.told(&round);
                shop.tills.sold.fetch_add(1, Ordering::Relaxed);
            }
            // Told again under the same numbers: whether it was heard is not known.
            Err(error) => {
                eprintln!("the tills were not heard: {error}");
                untold = Some(round);
            }
        }
    }
}

/// A sale, and what comes back with it.
struct Round {
    sold: usize,
    comes_back: bool,
    items: Vec<StockMove>,
}

/// Where the pieces are from that were sold and are not back, the first sold first.
#[derive(Default)]
struct Out {
    places: VecDeque<usize>,
    /// The last number that a move was told by.
    sequence: u64,
}

impl Out {
    /// Sells a piece at a place.
    fn round<'a>(&mut self, sold: usize, named: impl Fn(usize) -> &'a (String, String), at: i64) -> Round {
        let back = self.places.front().filter(|_| self.places.len() >= OUT);
        let changes = [Some((sold, -1.0)), back.map(|&back| (back, 1.0))];
        let mut items = Vec::new();
        for (place, change) in changes.into_iter().flatten() {
            self.sequence += 1;
            let (sku, location) = named(place).clone();
            items.push(StockMove {
                sequence: self.sequence,
                sku,
                location,
                change: Some(change),
                counted: None,
                at,
            });
        }
        Round { sold, comes_back: items.len() > 1, items }
    }

    /// It was heard.
    fn told(&mut self, round: &Round) {
        self.places.push_back(round.sold);
        if round.comes_back {
            self.places.pop_front();
        }
    }
}

/// Spread over all places, and in another order each time.
fn next(started: i64, sequence: u64, places: usize) -> usize {
    let mixed = (started.unsigned_abs() ^ sequence.wrapping_mul(0x9e37_79b9_7f4a_7c15))
        .wrapping_mul(0xff51_afd7_ed55_8ccd);
    usize::try_from((mixed >> 20) % places as u64).unwrap_or(0)
}

#[expect(clippy::disallowed_methods, reason = "the binary's clock")]
fn now_ms() -> i64 {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_millis()).unwrap_or(0)
}

/// The switch, for the foot of every page.
pub(crate) fn switch(shop: &Shop, lang: Lang, here: &str) -> Markup {
    if !shop.sells {
        return html! {};
    }
    let (is_on, sold) = (shop.tills.is_on.load(Ordering::Relaxed), shop.tills.sold.load(Ordering::Relaxed));
    html! {
        form.tills method="post" action={ (ADDRESS) "?on=" (!is_on) "&back=" (here) } {
            p {
                strong { (lang.t("Caisses simulées", "Simulated tills")) } " · "
                @if is_on { (lang.t("le stock bouge tout seul", "stock moves by itself")) }
                @else { (lang.t("arrêtées", "stopped")) }
                ", " (sold) " " (lang.t("pièces vendues", "pieces sold"))
            }
            button { @if is_on { (lang.t("Arrêter", "Stop")) } @else { (lang.t("Reprendre", "Start")) } }
        }
    }
}

/// Where the switch is.
pub(crate) const ADDRESS: &str = "/caisses";

#[derive(Deserialize)]
pub(crate) struct Switched {
    on: bool,
    back: String,
}

pub(crate) async fn switched(State(shop): State<SharedShop>, Query(form): Query<Switched>) -> Redirect {
    shop.tills.is_on.store(form.on, Ordering::Relaxed);
    // To a page of ours, whoever has sent this.
    let is_ours = form.back.starts_with('/') && !form.back.starts_with("//") && !form.back.contains('\\');
    Redirect::to(if is_ours { &form.back } else { "/" })
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use super::*;

    /// An API that is not heard now and then, or hears without its answer being heard.
    #[test]
    fn what_is_out_is_what_was_sold_and_not_more_comes_back() {
        let places: Vec<(String, String)> = (0..7).map(|i| (format!("S{i}"), "FR-1".to_owned())).collect();
        let mut out = Out::default();
        let mut stock: BTreeMap<String, f64> = BTreeMap::new();
        let mut heard = BTreeSet::new();
        let mut untold: Option<Round> = None;
        let (mut sold, mut back) = (0, 0);
        for n in 0..2000_usize {
            let round = untold.take().unwrap_or_else(|| out.round(n % 7, |place| &places[place], 0));
            let (arrives, answered) = (n % 5 != 0, n % 3 != 0);
            if arrives {
                for item in round.items.iter().filter(|item| heard.insert(item.sequence)) {
                    *stock.entry(item.sku.clone()).or_default() += item.change.unwrap();
                    if item.change == Some(-1.0) { sold += 1 } else { back += 1 }
                }
            }
            if arrives && answered {
                out.told(&round);
            } else {
                untold = Some(round);
            }
            assert!(stock.values().all(|change| *change <= 0.0), "{n}: {stock:?}");
            assert!(sold - back <= OUT + 1, "{n}");
        }
        assert!(sold > 900 && sold - back >= OUT, "{sold} {back}");
    }
}
