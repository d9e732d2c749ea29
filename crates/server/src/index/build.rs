//! Loading a network from the database.

use std::{
    collections::{BTreeMap, HashMap},
    ops::Range,
    sync::{Mutex, OnceLock},
};

use devanture_api::store::{Address, Ownership, Promotion, Store};
use devanture_domain::{
    civil::{Date, UtcMs, Zone as _},
    hours::Schedule,
};
use devanture_storage::{Repository, StorageError, Tenant};

use super::{BitSet, Entry, Network, nearest::NearestIndex, open, text};
use crate::zone::NamedZone;

/// How many days ahead special days are sent.
const SPECIAL_DAYS_AHEAD: i32 = 60;

impl Network {
    /// Reads the tenant's stores and labels and writes each store's JSON as of `now`.
    pub(crate) async fn load(
        repository: &mut Repository,
        tenant: &Tenant,
        now: UtcMs,
    ) -> Result<Self, StorageError> {
        let mut builder = Builder { now, expires_at: UtcMs::MAX, ..Builder::default() };
        repository.each_store(&tenant.id, |store| builder.add(store)).await?;
        let labels = repository.labels(&tenant.id).await?;
        let warehouses = repository.warehouses(&tenant.id).await?;
        Ok(builder.finish(tenant, labels, warehouses.into_iter().map(|warehouse| warehouse.code).collect()))
    }
}

/// Everything known of one store until all are sorted by code.
struct Loaded {
    entry: Entry,
    /// Where in [`Builder::json`] its JSON is.
    json: Range<usize>,
    location: devanture_domain::geo::LatLng,
    calendar: u32,
    town: Box<str>,
    country: Box<str>,
    services: Vec<u32>,
    brands: Vec<u32>,
}

#[derive(Default)]
struct Builder {
    now: UtcMs,
    expires_at: UtcMs,
    loaded: Vec<Loaded>,
    /// Every store's JSON, in order of appearance.
    json: String,
    zones: HashMap<String, NamedZone>,
    calendars: Vec<open::Calendar>,
    calendar_ids: HashMap<String, u32>,
    services: Codes,
    brands: Codes,
}

/// Codes in order of appearance.
#[derive(Default)]
struct Codes(HashMap<Box<str>, u32>);

impl Codes {
    fn ids(&mut self, codes: &[String]) -> Vec<u32> {
        let mut id = |code: &String| {
            let next = u32::try_from(self.0.len()).unwrap_or(u32::MAX);
            *self.0.entry(code.as_str().into()).or_insert(next)
        };
        codes.iter().map(&mut id).collect()
    }

    /// Turns each store's ids into one set of stores per code.
    fn sets<'a>(self, ids: impl ExactSizeIterator<Item = &'a [u32]>) -> BTreeMap<Box<str>, BitSet> {
        let mut sets = vec![BitSet::none(ids.len()); self.0.len()];
        for (store, ids) in (0u32..).zip(ids) {
            for id in ids {
                sets[*id as usize].insert(store);
            }
        }
        self.0.into_iter().map(|(code, id)| (code, std::mem::take(&mut sets[id as usize]))).collect()
    }
}

impl Builder {
    fn add(&mut self, store: devanture_storage::Store) {
        let zone = self.zone(&store.time_zone);
        let today = zone.to_local(self.now).date;
        if !store.promotions.is_empty() || !store.hours.special.is_empty() {
            self.expires_at = self.expires_at.min(zone.next_midnight(self.now));
        }
        let calendar = self.calendar(&store, zone);
        let (services, brands) = (self.services.ids(&store.services), self.brands.ids(&store.brands));
        let (rules, ships) = (store.appointments, store.ships);
        let address = &store.address;
        let words =
            text::words(&store.name, &[&address.street, &address.postcode, &address.town, &store.code]);
        let (town, country) = (address.town.as_str().into(), address.country.as_str().into());
        let (code, location) = (store.code.as_str().into(), store.location);
        let mut json = match serde_json::to_string(&as_shown(store, today)) {
            Ok(json) => json,
            Err(error) => {
                tracing::error!(%error, code, "a store cannot be written as JSON and is left out");
                return;
            }
        };
        json.pop();
        let from = self.json.len();
        self.json.push_str(&json);
        self.loaded.push(Loaded {
            entry: Entry { code, words, rules, ships },
            json: from..self.json.len(),
            location,
            calendar,
            town,
            country,
            services,
            brands,
        });
    }

    fn zone(&mut self, name: &str) -> NamedZone {
        if let Some(zone) = self.zones.get(name) {
            return zone.clone();
        }
        let zone = NamedZone::get(name).unwrap_or_else(|| {
            tracing::warn!(zone = name, "unknown time zone, taken for UTC");
            NamedZone::utc()
        });
        self.zones.insert(name.to_owned(), zone.clone());
        zone
    }

    /// Stores with the same hours in the same zone share one calendar.
    fn calendar(&mut self, store: &devanture_storage::Store, zone: NamedZone) -> u32 {
        let hours = serde_json::to_string(&store.hours).unwrap_or_default();
        let next = u32::try_from(self.calendars.len()).unwrap_or(u32::MAX);
        let id = *self.calendar_ids.entry(format!("{}\n{hours}", store.time_zone)).or_insert(next);
        if id == next {
            self.calendars.push(open::Calendar {
                hours: store.hours.clone(),
                zone,
                zone_name: store.time_zone.as_str().into(),
            });
        }
        id
    }

    fn finish(
        self,
        tenant: &Tenant,
        labels: Vec<devanture_storage::Label>,
        warehouses: Vec<String>,
    ) -> Network {
        let Self { expires_at, mut loaded, json: appeared, calendars, services, brands, .. } = self;
        // PostgreSQL may sort by a language's rules; cursors need one order on all engines.
        loaded.sort_unstable_by(|a, b| a.entry.code.cmp(&b.entry.code));
        let services = services.sets(loaded.iter().map(|l| l.services.as_slice()));
        let brands = brands.sets(loaded.iter().map(|l| l.brands.as_slice()));
        let mut towns = text::Towns::default();
        let mut by_code = HashMap::with_capacity(loaded.len());
        for (index, one) in (0u32..).zip(&loaded) {
            towns.add(&one.town, &one.country, index);
            by_code.insert(one.entry.code.clone(), index);
        }
        let nearest = NearestIndex::new(loaded.iter().map(|l| l.location).collect());
        let mut json = String::with_capacity(appeared.len());
        let mut json_at = vec![0..0; loaded.len()];
        let end = |json: &String| u32::try_from(json.len()).unwrap_or(u32::MAX);
        for index in nearest.order() {
            let start = end(&json);
            json.push_str(&appeared[loaded[index as usize].json.clone()]);
            json_at[index as usize] = start..end(&json);
        }
        let calendar_of = loaded.iter().map(|l| l.calendar).collect();
        Network {
            revision: tenant.revision,
            expires_at,
            entries: loaded.into_iter().map(|l| l.entry).collect(),
            json: json.into(),
            json_at,
            by_code,
            nearest,
            calendars,
            calendar_of,
            open_now: open::OpenNow::default(),
            services,
            brands,
            towns,
            labels,
            search: Mutex::default(),
            reservation_rules: tenant.reservations,
            review_rules: tenant.reviews.clone(),
            warehouses,
            places: OnceLock::new(),
        }
    }
}

/// The store as shoppers see it on `today`: what is past is gone.
fn as_shown(store: devanture_storage::Store, today: Date) -> Store {
    let devanture_storage::Store { address, mut hours, promotions, .. } = store;
    keep_near(&mut hours, today);
    Store {
        code: store.code,
        name: store.name,
        ownership: match store.ownership {
            devanture_storage::Ownership::Own => Ownership::Own,
            devanture_storage::Ownership::Franchise => Ownership::Franchise,
            devanture_storage::Ownership::Licensed => Ownership::Licensed,
        },
        address: Address {
            street: address.street,
            postcode: address.postcode,
            town: address.town,
            region: address.region,
            country: address.country,
        },
        location: store.location,
        distance_m: None,
        phone: store.phone,
        email: store.email,
        url: store.url,
        time_zone: store.time_zone,
        hours,
        services: store.services,
        brands: store.brands,
        promotions: promotions
            .into_iter()
            .filter(|p| p.ends_on >= today)
            .map(|p| Promotion {
                id: p.id,
                title: p.title,
                text: p.text,
                starts_on: p.starts_on,
                ends_on: p.ends_on,
                event: p.event,
            })
            .collect(),
        appointments: store.appointments.is_some(),
    }
}

/// Yesterday counts, since its night may still be running.
fn keep_near(hours: &mut Schedule, today: Date) {
    hours.special.retain(|day| (today.plus(-1)..=today.plus(SPECIAL_DAYS_AHEAD)).contains(&day.date));
}
