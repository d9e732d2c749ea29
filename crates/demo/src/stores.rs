//! One store per row of the table of towns.

use devanture_api::store::{Address, Ownership, Store};
use devanture_domain::{appointment::AppointmentRules, civil::Date};

use crate::{
    DemoStore, NAME, Origins, address, hours,
    labels::{self, Names},
    mix::chance,
    promotions,
    sites::MINI_SITE_STORE,
    town::{Town, towns},
};

/// Codes count up from here, in the order of the table.
const FIRST_CODE: usize = 1001;

pub(crate) fn stores(today: Date, origins: &Origins) -> Vec<DemoStore> {
    towns().iter().enumerate().map(|(index, town)| store(index, town, today, origins)).collect()
}

fn store(index: usize, town: &Town, today: Date, origins: &Origins) -> DemoStore {
    let code = (FIRST_CODE + index).to_string();
    let ownership = ownership(&code, town);
    let services = subset(labels::SERVICES, |service| offers(&code, town, service));
    let appointments =
        services.iter().any(|service| service == "personal-shopper" || service == "alterations");
    let url = if code == MINI_SITE_STORE {
        origins.mini_site.clone() + "/"
    } else {
        format!("{}/magasins/{code}", origins.shop)
    };
    let store = Store {
        name: format!("{NAME} {}", town.name),
        ownership,
        address: Address {
            street: address::street(&code, town),
            postcode: town.postcode.into(),
            town: town.municipality().into(),
            region: None,
            country: town.country.into(),
        },
        location: town.location,
        distance_m: None,
        phone: address::phone(index, town),
        email: Some(format!("magasin-{code}@lormelle.example")),
        url: Some(url),
        time_zone: town.zone.into(),
        hours: hours::schedule(&code, town, today),
        brands: subset(labels::BRANDS, |brand| carries(&code, town, brand)),
        promotions: promotions::promotions(&code, ownership, today),
        services,
        appointments,
        code: code.clone(),
    };
    let appointment_rules = appointments.then(|| AppointmentRules {
        slot_minutes: if town.is_small() { 30 } else { 45 },
        capacity: if town.population >= 140_000 { 3 } else { 1 },
        lead_minutes: 120,
        horizon_days: 42,
    });
    // The brand's own flagships.
    let ships = ownership == Ownership::Own && town.population >= 140_000;
    DemoStore { store, region: town.region.into(), appointment_rules, ships }
}

/// The brand runs the large ones itself; about two in five are franchised.
fn ownership(code: &str, town: &Town) -> Ownership {
    let franchised = match town.population {
        140_000.. => 5,
        45_000.. => 35,
        _ => 62,
    };
    if code == MINI_SITE_STORE || chance(code, "franchise", franchised) {
        Ownership::Franchise
    } else {
        Ownership::Own
    }
}

fn offers(code: &str, town: &Town, service: &str) -> bool {
    let percent = match (service, town.population >= 140_000) {
        ("click-collect", _) => 92,
        ("returns", _) => 88,
        ("gift-card", _) => 95,
        ("alterations", _) => 55,
        ("personal-shopper", true) => 85,
        ("personal-shopper", false) => 30,
        ("accessible", _) => 80,
        ("parking", true) => 20,
        ("parking", false) => 60,
        ("kids-corner", _) => 28,
        ("cobbler", _) => 9,
        ("second-hand", _) => 35,
        ("tax-refund", true) => 70,
        _ => 0,
    };
    // The mini-site shows appointments.
    (code == MINI_SITE_STORE && service == "alterations") || chance(code, service, percent)
}

fn carries(code: &str, town: &Town, brand: &str) -> bool {
    brand == "lormelle" || chance(code, brand, if town.is_small() { 55 } else { 80 })
}

fn subset(names: Names, mut keep: impl FnMut(&str) -> bool) -> Vec<String> {
    names.iter().filter(|(code, _)| keep(code)).map(|(code, _)| (*code).into()).collect()
}
