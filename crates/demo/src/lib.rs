//! Lormelle, a French clothing chain that does not exist: 190 stores in real towns, own and
//! franchised, two sites, and a catalogue.
//!
//! Everything is the same at every run. What depends on the day (special opening days, promotions)
//! is computed from the `today` that the caller gives; where sites are served is given by
//! [`Origins`]. Street numbers, phone numbers, brands and people are invented; the phone numbers are
//! of the ranges that ARCEP keeps for fiction.

mod address;
pub mod catalogue;
pub mod charts;
mod holidays;
mod hours;
mod labels;
mod mix;
mod promotions;
pub mod reviews;
pub mod sales;
mod sites;
pub mod stock;
mod stores;
mod town;

use devanture_api::{
    site::{Label, Site},
    store::Store,
};
use devanture_domain::{appointment::AppointmentRules, civil::Date};

/// Name of the chain.
pub const NAME: &str = "Lormelle";
/// Key of the shop's site.
pub const SHOP_KEY: &str = "pk_Lorm3LLeB0utiqueFr2026AA";
/// Key of the franchisee's mini-site.
pub const MINI_SITE_KEY: &str = "pk_Lorm3LLeGuerandeFr2026AA";
/// Code of the store that the mini-site is pinned to.
pub const MINI_SITE_STORE: &str = sites::MINI_SITE_STORE;

/// Where the demo's sites are served.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origins {
    /// Of the shop, without a slash at its end: `http://127.0.0.1:4801`.
    pub shop: String,
    /// Of the franchisee's mini-site.
    pub mini_site: String,
}

/// Names in English.
#[derive(Clone, Debug, PartialEq)]
pub struct English {
    /// Of every service.
    pub services: Vec<Label>,
    /// Of everything that an appointment can be about.
    pub appointment_subjects: Vec<Label>,
}

/// The chain, its names in French.
#[derive(Clone, Debug, PartialEq)]
pub struct Network {
    /// As shown to shoppers.
    pub name: String,
    /// Every service that some store offers.
    pub services: Vec<Label>,
    /// Every brand that some store carries.
    pub brands: Vec<Label>,
    /// What an appointment can be about.
    pub appointment_subjects: Vec<Label>,
    /// The same services and subjects in English.
    pub english: English,
    /// The shop first, then mini-sites.
    pub sites: Vec<DemoSite>,
    /// In order of their codes.
    pub stores: Vec<DemoStore>,
}

/// A site with its key.
#[derive(Clone, Debug, PartialEq)]
pub struct DemoSite {
    /// Stable, `shop`.
    pub id: String,
    /// Publishable key.
    pub key: String,
    /// Origins that may use the key.
    pub origins: Vec<String>,
    /// What `GET /v1/site` answers.
    pub site: Site,
}

/// A store with what is not shown to shoppers as such.
#[derive(Clone, Debug, PartialEq)]
pub struct DemoStore {
    /// As the API shows it, without a distance.
    pub store: Store,
    /// Administrative region, for pages that list stores by it.
    pub region: String,
    /// How it gives appointments, if it does.
    pub appointment_rules: Option<AppointmentRules>,
    /// Whether it sends its pieces home.
    pub ships: bool,
}

/// The whole chain as it stands on `today`.
pub fn network(today: Date, origins: &Origins) -> Network {
    let stores = stores::stores(today, origins);
    Network {
        name: NAME.into(),
        services: labels::labels(labels::SERVICES),
        brands: labels::labels(labels::BRANDS),
        appointment_subjects: labels::labels(labels::SUBJECTS),
        english: English {
            services: labels::english(labels::SERVICES),
            appointment_subjects: labels::english(labels::SUBJECTS),
        },
        sites: sites::sites(origins, &stores),
        stores,
    }
}
