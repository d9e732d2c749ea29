//! From what a shopper typed to a place: the network's own stores and towns first, then the geocoders
//! that the operator switched on.

mod gazetteer;
mod geoplateforme;
mod nominatim;
mod remote;

use std::{future::Future, pin::Pin};

use devanture_api::{
    store::Origin,
    suggest::{PlaceKind, Suggestion},
};
use devanture_domain::geo::LatLng;

pub use gazetteer::OfflineGazetteer;
pub use geoplateforme::Geoplateforme;
pub use nominatim::Nominatim;
pub use remote::RemoteError;

use crate::{
    App,
    directory::{Scope, SiteView},
    index::{Network, fold},
};

/// Two places of the same name closer than this are the same.
const SAME_PLACE_M: f64 = 30_000.0;
/// How many stores are kept a place for among suggestions.
const STORES_AT_LEAST: usize = 3;

/// What is looked for.
#[derive(Clone, Copy, Debug)]
pub struct PlaceQuery<'a> {
    /// As typed, 1 to 200 characters.
    pub text: &'a str,
    /// At most so many.
    pub limit: usize,
    /// Near which places are likelier to be meant.
    pub near: LatLng,
    /// BCP 47 language for names.
    pub locale: &'a str,
}

/// Places found, best first; empty when a geocoder knows none or does not answer.
pub type Places<'a> = Pin<Box<dyn Future<Output = Vec<Suggestion>> + Send + 'a>>;

/// Knows where places are.
pub trait Geocoder: Send + Sync {
    /// Looks a place up. One that fails says so in the log, once, and answers nothing: a shopper gets
    /// by without it.
    fn places<'a>(&'a self, query: PlaceQuery<'a>) -> Places<'a>;

    /// Whether what shoppers type leaves this machine. Such geocoders are asked last, and only
    /// for street addresses and when the others found nothing.
    fn is_remote(&self) -> bool {
        false
    }
}

/// Suggestions while typing: places, then stores.
pub(crate) async fn suggest(app: &App, site: &SiteView, typed: &str, limit: usize) -> Vec<Suggestion> {
    let folded = fold(typed);
    let mut matching = site_stores(site, &folded, limit);
    // Who types a store's whole name or code means the store.
    let called = matching.iter().position(|index| site.network.is_called(*index, &folded));
    let called = called.map(|at| matching.remove(at)).and_then(|index| of_store(&site.network, index));
    let stores: Vec<Suggestion> =
        matching.into_iter().filter_map(|index| of_store(&site.network, index)).collect();
    let mut items = Vec::new();
    if is_address(&folded) {
        items = remote_places(app, site, typed, limit).await;
    }
    if items.is_empty() {
        items = local_places(app, site, typed, &folded, limit).await;
    }
    if items.is_empty() && stores.is_empty() && called.is_none() && !is_address(&folded) {
        items = remote_places(app, site, typed, limit).await;
    }
    let kept_free = stores.len().min(STORES_AT_LEAST) + usize::from(called.is_some());
    items.truncate(limit.saturating_sub(kept_free).max(usize::from(called.is_none())));
    items.splice(0..0, called);
    items.extend(stores);
    items.truncate(limit);
    items
}

/// The place meant by `typed`: a store called just so, else a place, else a store that matches.
pub(crate) async fn locate(app: &App, site: &SiteView, typed: &str) -> Option<Origin> {
    let folded = fold(typed);
    let stores = site_stores(site, &folded, 50);
    let called = stores.iter().copied().find(|index| site.network.is_called(*index, &folded));
    let address = match called {
        None if is_address(&folded) => remote_places(app, site, typed, 1).await.into_iter().next(),
        _ => None,
    };
    let place = match called {
        Some(index) => of_store(&site.network, index),
        None if address.is_some() => address,
        None => match local_places(app, site, typed, &folded, 1).await.into_iter().next() {
            Some(place) => Some(place),
            None => match stores.first() {
                Some(index) => of_store(&site.network, *index),
                None => remote_places(app, site, typed, 1).await.into_iter().next(),
            },
        },
    }?;
    let label = match place.detail.as_str() {
        _ if place.kind == PlaceKind::Store => place.label,
        "" => place.label,
        detail => format!("{} ({detail})", place.label),
    };
    Some(Origin { location: place.location, label: Some(label), is_default: false })
}

/// `12 rue de la paix`: three words and a house number, of which this machine knows none.
fn is_address(folded: &str) -> bool {
    let is_number = |word: &str| word.len() <= 4 && word.starts_with(|c: char| c.is_ascii_digit());
    folded.split(' ').count() >= 3 && folded.split(' ').any(is_number)
}

fn site_stores(site: &SiteView, folded: &str, limit: usize) -> Vec<u32> {
    match site.scope {
        Scope::Network => site.network.stores_named(folded, limit),
        Scope::Nothing => Vec::new(),
        Scope::Store(own) => {
            site.network.stores_named(folded, usize::MAX).into_iter().filter(|index| *index == own).collect()
        }
    }
}

/// What geocoders on this machine know, and the towns that have a store.
async fn local_places(
    app: &App,
    site: &SiteView,
    typed: &str,
    folded: &str,
    limit: usize,
) -> Vec<Suggestion> {
    let query = PlaceQuery { text: typed, limit, near: site.site.center, locale: &site.site.locale };
    let mut found = Vec::new();
    for geocoder in app.geocoders().iter().filter(|geocoder| !geocoder.is_remote()) {
        add_new(&mut found, geocoder.places(query).await);
    }
    let towns = if folded.is_empty() { Vec::new() } else { site.network.towns(folded, limit) };
    let towns = towns.into_iter().map(|town| Suggestion {
        kind: PlaceKind::Town,
        label: town.name.to_owned(),
        detail: town.country.to_owned(),
        location: town.location,
        store_code: None,
    });
    add_new(&mut found, towns.collect());
    found.truncate(limit);
    found
}

async fn remote_places(app: &App, site: &SiteView, typed: &str, limit: usize) -> Vec<Suggestion> {
    let query = PlaceQuery { text: typed, limit, near: site.site.center, locale: &site.site.locale };
    for geocoder in app.geocoders().iter().filter(|geocoder| geocoder.is_remote()) {
        let found = geocoder.places(query).await;
        if !found.is_empty() {
            return found;
        }
    }
    Vec::new()
}

/// Adds the places that are not there yet under the same name.
fn add_new(found: &mut Vec<Suggestion>, more: Vec<Suggestion>) {
    for one in more {
        let is_known = |known: &Suggestion| {
            known.location.distance_m(one.location) < SAME_PLACE_M && fold(&known.label) == fold(&one.label)
        };
        if !found.iter().any(is_known) {
            found.push(one);
        }
    }
}

fn of_store(network: &Network, index: u32) -> Option<Suggestion> {
    let store = network.store(index)?;
    Some(Suggestion {
        kind: PlaceKind::Store,
        label: store.name,
        detail: format!("{} {}", store.address.postcode, store.address.town).trim().to_owned(),
        location: store.location,
        store_code: Some(store.code),
    })
}
