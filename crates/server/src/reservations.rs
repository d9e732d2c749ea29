//! Reservations whose time is up: the next store is asked, or they end.

use std::collections::BTreeMap;

use devanture_api::{product::Money, reservation::ReservedItem};
use devanture_domain::{
    civil::UtcMs,
    reservation::{Action, Actor, Refusal, State, answer_by, pick_up_by, promise},
};
use devanture_storage::{
    Act, Acted, Line, NamedVariant, NextStore, PassedOn, Repository, Reservation, StorageError,
};

use crate::{App, index::Network};

/// So many at once; the others follow.
const AT_ONCE: u16 = 100;

/// Deals with every reservation whose time is up; returns how many there were.
pub(crate) async fn settle_due(app: &App) -> Result<usize, StorageError> {
    let mut settled = 0;
    loop {
        let due = app.database().read().await?.due_reservations(app.now(), AT_ONCE).await?;
        let before = settled;
        for (tenant, id) in &due {
            match settle(app, tenant, id).await {
                Ok(done) => settled += usize::from(done),
                Err(error) if error.is_unavailable() => return Err(error),
                // The others are not kept waiting for one that cannot be read.
                Err(error) => tracing::error!(%error, id, "a reservation cannot be dealt with"),
            }
        }
        // None was left, or another instance has just dealt with those that were.
        if settled == before {
            return Ok(settled);
        }
    }
}

/// One in a transaction of its own: it is written down as done, or it is still due after a crash. Returns whether there was
/// anything to do.
async fn settle(app: &App, tenant: &str, id: &str) -> Result<bool, StorageError> {
    let now = app.now();
    let mut repository = app.database().write().await?;
    let Some(found) = repository.reservation(tenant, id).await? else { return Ok(false) };
    // Another instance, or the store, may have been faster.
    if found.due_at.is_none_or(|due_at| due_at > now) {
        return Ok(false);
    }
    let network = app.directory().load().network(tenant).cloned();
    if found.state == State::Requested
        && let Some(network) = network
        && ask_next(&mut repository, &network, &found, None, now).await?
    {
        repository.save().await?;
        return Ok(true);
    }
    let is_missed = matches!(found.state, State::Accepted | State::Ready) && !found.is_on_its_way();
    let action = if is_missed { Action::NoShow } else { Action::Expire };
    let act = Act {
        leg: Some(found.leg),
        action,
        by: Actor::System,
        staff_id: None,
        refusal: None,
        due_at: None,
        at: now,
    };
    let acted = repository.act(tenant, id, &act).await?;
    repository.save().await?;
    Ok(matches!(acted, Some(Acted::Done(_))))
}

/// Why the store before does not do it, if it has said so.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Refused<'a> {
    pub(crate) refusal: Refusal,
    pub(crate) staff_id: Option<&'a str>,
}

/// Asks the nearest store that has all of it and was not asked; the warehouses after the stores, or after as many as are
/// asked at most. Returns whether there was any.
pub(crate) async fn ask_next(
    repository: &mut Repository,
    network: &Network,
    found: &Reservation,
    refused: Option<Refused<'_>>,
    now: UtcMs,
) -> Result<bool, StorageError> {
    let rules = network.reservation_rules();
    if !rules.pass_on {
        return Ok(false);
    }
    let asked = repository.asked_locations(&found.tenant, &found.id).await?;
    let first = asked.first().filter(|code| network.find(code).is_some());
    for location in candidates(repository, network, found, &asked).await? {
        let is_warehouse = network.find(&location).is_none();
        // Nobody can go there: it sends the pieces to the store that the shopper chose, as long as there is one.
        let is_asked = if is_warehouse { first.is_some() } else { found.leg < rules.max_stores };
        if !is_asked {
            continue;
        }
        let (due_at, ready_from) = asked_times(network, &location, now);
        let next = NextStore {
            asked: found.leg,
            location_code: &location,
            delivered_to: first.filter(|_| is_warehouse).map(String::as_str),
            due_at,
            ready_from,
            refusal: refused.map(|refused| refused.refusal),
            staff_id: refused.and_then(|refused| refused.staff_id),
            at: now,
        };
        if matches!(repository.pass_on(&found.tenant, &found.id, &next).await?, Some(PassedOn::Done(_))) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Until when a place that is asked now has to answer, and from when it could be fetched there.
pub(crate) fn asked_times(network: &Network, location: &str, now: UtcMs) -> (UtcMs, Option<UtcMs>) {
    let rules = network.reservation_rules();
    match network.find(location) {
        Some(store) => {
            let (hours, zone) = (network.hours(store), network.zone(store));
            let promise = promise(hours, zone, rules, now);
            (answer_by(hours, zone, rules, now), promise.map(|promise| promise.ready_at))
        }
        None => (now + i64::from(rules.answer_minutes) * 60_000, None),
    }
}

/// Until when what lies ready at `from` can be fetched there.
pub(crate) fn fetched_by(network: &Network, location: &str, from: UtcMs) -> UtcMs {
    let rules = network.reservation_rules();
    match network.find(location) {
        Some(store) => pick_up_by(network.hours(store), network.zone(store), rules, from),
        None => from.saturating_add((i64::from(rules.hold_days) + 1) * 86_400_000),
    }
}

/// Some pieces, with what the catalogue says of them.
pub(crate) fn shown_item(
    named: Option<&NamedVariant>,
    sku: String,
    quantity: u32,
    price: Option<Money>,
) -> ReservedItem {
    let variant = named.map(|named| &named.variant);
    ReservedItem {
        name: named.map(|named| named.name.clone()),
        size: variant.and_then(|variant| variant.size.clone()),
        colour: variant.and_then(|variant| variant.colour.clone()),
        image_url: named
            .and_then(|named| named.variant.image_url.as_ref().or(named.image_url.as_ref()))
            .cloned(),
        sku,
        quantity,
        price,
    }
}

/// The lines of a reservation, with what the catalogue says of them.
pub(crate) fn shown_items(variants: &BTreeMap<String, NamedVariant>, lines: Vec<Line>) -> Vec<ReservedItem> {
    let item = |line: Line| {
        let price = line.price.map(|(amount, currency)| Money { amount, currency });
        shown_item(variants.get(&line.sku), line.sku, line.quantity, price)
    };
    lines.into_iter().map(item).collect()
}

/// Codes of the places that have all of it and were not asked, in the order in which they are.
async fn candidates(
    repository: &mut Repository,
    network: &Network,
    found: &Reservation,
    asked: &[String],
) -> Result<Vec<String>, StorageError> {
    let mut having: Option<Vec<String>> = None;
    for line in &found.lines {
        let stock = repository.stock_of(&found.tenant, &line.sku).await?;
        let enough: Vec<String> = stock
            .into_iter()
            .filter(|stock| stock.level.available() >= line.quantity && !asked.contains(&stock.location_code))
            .map(|stock| stock.location_code)
            .collect();
        having = Some(match having {
            None => enough,
            Some(before) => before.into_iter().filter(|code| enough.contains(code)).collect(),
        });
    }
    let mut places = having.unwrap_or_default();
    let start = network.find(asked.first().unwrap_or(&found.location_code));
    let start = start.map(|store| network.location(store));
    places.retain(|code| network.find(code).is_some() || network.is_warehouse(code));
    // Without a place to measure from, in the order of their codes; a warehouse is behind every store.
    places.sort_by_key(|code| {
        let store = network.find(code);
        (store.is_none(), start.zip(store).map(|(start, store)| network.found(start, store)))
    });
    Ok(places)
}
