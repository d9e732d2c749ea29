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
    let mut out: VecDeque<usize> = VecDeque::new();
    let mut sequence = 0;
    let mut pause = tokio::time::interval(PAUSE);
    loop {
        pause.tick().await;
        if !shop.tills.is_on.load(Ordering::Relaxed) {
            continue;
        }
        let place = next(started, sequence, places.len());
        out.push_back(place);
        let mut items = vec![moved(&places[place], -1.0)];
        if out.len() > OUT
            && let Some(back) = out.pop_front()
        {
            items.push(moved(&places[back], 1.0));
        }
        for item in &mut items {
            sequence += 1;
            item.sequence = sequence;
        }
        let moves = StockMoves { source: format!("simulator {started}"), items };
        let request =
            client.post(format!("{}{}", shop.api, routes::admin::STOCK_MOVES)).bearer_auth(&secret_key);
        match request.json(&moves).send().await.and_then(reqwest::Response::error_for_status) {
            Ok(_) => {
                shop.tills.sold.fetch_add(1, Ordering::Relaxed);
            }
            // The next goes on; these pieces were not sold.
            Err(error) => eprintln!("the tills were not heard: {error}"),
        }
    }
}

/// Spread over all places, and in another order each time.
fn next(started: i64, sequence: u64, places: usize) -> usize {
    let mixed = (started.unsigned_abs() ^ sequence.wrapping_mul(0x9e37_79b9_7f4a_7c15))
        .wrapping_mul(0xff51_afd7_ed55_8ccd);
    usize::try_from((mixed >> 20) % places as u64).unwrap_or(0)
}

fn moved((sku, location): &(String, String), change: f64) -> StockMove {
    StockMove {
        sequence: 0,
        sku: sku.clone(),
        location: location.clone(),
        change: Some(change),
        counted: None,
        at: now_ms(),
    }
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
