//! What the demo promises to those who build on it.

use std::collections::{BTreeMap, BTreeSet};

use devanture_api::{site::Label, store::Ownership};
use devanture_demo::{MINI_SITE_STORE, Network, Origins, catalogue, network};
use devanture_domain::civil::Date;

fn on(date: &str) -> Network {
    let origins = Origins { shop: "http://127.0.0.1:1".into(), mini_site: "http://127.0.0.1:2".into() };
    network(Date::parse(date).expect("a date"), &origins)
}

#[test]
fn the_chain_has_190_stores_and_two_in_five_are_franchised() {
    let network = on("2026-11-21");
    let codes: BTreeSet<&str> = network.stores.iter().map(|store| store.store.code.as_str()).collect();
    assert_eq!(codes.len(), 190);
    let franchised = network.stores.iter().filter(|s| s.store.ownership == Ownership::Franchise).count();
    assert!((66..=86).contains(&franchised), "{franchised}");
    let zones: BTreeMap<&str, usize> = network.stores.iter().fold(BTreeMap::new(), |mut zones, store| {
        *zones.entry(store.store.time_zone.as_str()).or_default() += 1;
        zones
    });
    assert_eq!(zones, BTreeMap::from([("Europe/Brussels", 6), ("Europe/Paris", 180), ("Indian/Reunion", 4)]));
}

#[test]
fn it_is_the_same_every_time() {
    assert_eq!(on("2026-11-21"), on("2026-11-21"));
}

#[test]
fn hours_are_well_formed_on_any_day() {
    for today in ["2026-11-21", "2027-02-28", "2028-02-29", "2027-06-30"] {
        for store in on(today).stores {
            let hours = store.store.hours;
            assert_eq!(hours.clone().checked(), Ok(hours.clone()), "{}", store.store.name);
            let may_day = hours.special.iter().find(|day| day.date.to_text().ends_with("-05-01"));
            assert!(may_day.is_some_and(|day| day.spans.is_empty()), "{}", store.store.name);
        }
    }
}

#[test]
fn market_towns_keep_a_lunch_break_and_some_streets_open_late_or_on_sunday() {
    let stores = on("2026-11-21").stores;
    let count = |has: &dyn Fn(&devanture_domain::hours::Schedule) -> bool| {
        stores.iter().filter(|store| has(&store.store.hours)).count()
    };
    assert!(count(&|hours| hours.weekly[1].len() == 2) > 40);
    assert!(count(&|hours| hours.weekly[0].is_empty()) > 20);
    assert!(count(&|hours| !hours.weekly[6].is_empty()) > 5);
    assert!(count(&|hours| hours.weekly[3].iter().any(|span| span.closes() == 21 * 60)) > 5);
}

#[test]
fn something_is_announced_on_any_day() {
    for today in ["2026-11-21", "2027-01-15", "2027-08-01"] {
        let today = Date::parse(today).unwrap();
        let network = on(&today.to_text());
        let promotions = network.stores.iter().flat_map(|store| &store.store.promotions);
        assert!(promotions.clone().count() > 100);
        assert!(promotions.clone().all(|p| p.ends_on >= today && p.starts_on <= p.ends_on));
        assert!(promotions.clone().any(|p| p.event));
        let ids = network.stores.iter().all(|store| {
            let ids: BTreeSet<_> = store.store.promotions.iter().map(|p| &p.id).collect();
            ids.len() == store.store.promotions.len()
        });
        assert!(ids, "ids are unique within a store");
    }
}

#[test]
fn the_mini_site_is_pinned_to_a_franchisee_that_gives_appointments() {
    let network = on("2026-11-21");
    let site = &network.sites[1];
    assert_eq!(site.site.store_code.as_deref(), Some(MINI_SITE_STORE));
    let store = network.stores.iter().find(|store| store.store.code == MINI_SITE_STORE).unwrap();
    assert_eq!(store.store.name, "Lormelle Guérande");
    assert_eq!(store.store.ownership, Ownership::Franchise);
    assert!(store.appointment_rules.is_some());
    assert_eq!(site.site.center, store.store.location);
}

#[test]
fn flagships_of_the_brand_ship() {
    let stores = on("2026-11-21").stores;
    let shipping: Vec<_> = stores.iter().filter(|store| store.ships).collect();
    assert!((10..=60).contains(&shipping.len()), "{}", shipping.len());
    assert!(shipping.iter().all(|store| store.store.ownership == Ownership::Own));
}

#[test]
fn keys_codes_and_numbers_are_well_formed() {
    let network = on("2026-11-21");
    for site in &network.sites {
        let secret = site.key.strip_prefix("pk_").unwrap();
        assert_eq!(secret.len(), 24);
        assert!(secret.bytes().all(|b| b.is_ascii_alphanumeric()));
    }
    let services: BTreeSet<&str> = network.services.iter().map(|label| label.code.as_str()).collect();
    let other = |french: &[Label], english: &[Label]| {
        french.len() == english.len()
            && french.iter().zip(english).all(|(fr, en)| fr.code == en.code && fr.name != en.name)
    };
    assert!(other(&network.services, &network.english.services), "every service has an English name");
    assert!(other(&network.appointment_subjects, &network.english.appointment_subjects));
    let brands: BTreeSet<&str> = network.brands.iter().map(|label| label.code.as_str()).collect();
    let fiction = ["+33 1 99 00 ", "+33 2 61 91 ", "+33 3 53 01 ", "+33 4 65 71 ", "+33 5 36 49 "];
    for store in &network.stores {
        let store = &store.store;
        assert!(store.services.iter().all(|code| services.contains(code.as_str())));
        assert!(store.brands.iter().all(|code| brands.contains(code.as_str())));
        assert!(
            store.phone.iter().all(|phone| phone.len() == 17 && fiction.iter().any(|f| phone.starts_with(f)))
        );
    }
    for product in catalogue::products() {
        assert!(brands.contains(product.brand), "{}", product.slug);
        assert!(product.was_cents.is_none_or(|was| was > product.price_cents), "{}", product.slug);
    }
    let slugs: BTreeSet<&str> = catalogue::products().map(|product| product.slug).collect();
    assert_eq!(slugs.len(), 400);
}

#[test]
fn reviews_are_the_same_each_day_and_of_both_languages() {
    use devanture_demo::{catalogue::products, reviews};
    let today = Date::from_ymd(2026, 11, 22).unwrap();
    let all: Vec<_> = products().map(|product| (product, reviews::of_product(product, today))).collect();
    let count: usize = all.iter().map(|(_, reviews)| reviews.len()).sum();
    assert!((300..3000).contains(&count), "{count}");
    let said = || all.iter().flat_map(|(_, reviews)| reviews);
    assert!(said().filter(|review| review.language == "en").count() * 6 > count);
    assert!(said().any(|review| review.answer.is_some()) && said().any(|review| review.incentive.is_some()));
    let ids: std::collections::BTreeSet<_> = said().map(|review| &review.id).collect();
    assert_eq!(ids.len(), count);
    for (product, reviews) in &all {
        assert_eq!(*reviews, reviews::of_product(product, today));
        for review in reviews {
            assert!(
                review.experienced_on < review.published_on && review.published_on < today,
                "{}",
                review.id
            );
            assert!(review.size.is_none_or(|size| product.sizes.contains(&size)), "{}", review.id);
        }
    }
    assert!(
        reviews::REFUSED.iter().any(|one| one.reason.is_some())
            && reviews::REFUSED.iter().any(|one| one.reason.is_none())
    );
}
