//! The shop, and a franchisee's mini-site.

use devanture_api::site::Site;
use devanture_domain::geo::LatLng;

use crate::{DemoSite, DemoStore, MINI_SITE_KEY, NAME, Origins, SHOP_KEY, labels};

/// Guérande: a market town with a lunch break, run by a franchisee.
pub(crate) const MINI_SITE_STORE: &str = "1137";

pub(crate) fn sites(origins: &Origins, stores: &[DemoStore]) -> Vec<DemoSite> {
    let pinned = stores.iter().find(|store| store.store.code == MINI_SITE_STORE).map(|store| &store.store);
    let subjects = labels::labels(labels::SUBJECTS);
    // About the middle of metropolitan France, near Bourges.
    let france = LatLng::new(47.08, 2.4).ok();
    let shop = france.map(|center| DemoSite {
        id: "shop".into(),
        key: SHOP_KEY.into(),
        origins: vec![origins.shop.clone()],
        site: Site {
            name: NAME.into(),
            locale: "fr".into(),
            center,
            store_code: None,
            tiles: None,
            privacy_url: Some(format!("{}/confidentialite", origins.shop)),
            appointment_subjects: subjects.clone(),
            alerts: false,
        },
    });
    let mini_site = pinned.map(|store| DemoSite {
        id: "guerande".into(),
        key: MINI_SITE_KEY.into(),
        origins: vec![origins.mini_site.clone()],
        site: Site {
            name: store.name.clone(),
            locale: "fr".into(),
            center: store.location,
            store_code: Some(store.code.clone()),
            tiles: None,
            privacy_url: Some(format!("{}/confidentialite", origins.mini_site)),
            appointment_subjects: subjects,
            alerts: false,
        },
    });
    shop.into_iter().chain(mini_site).collect()
}
