//! Tenants, sites and labels.

use devanture_domain::geo::LatLng;
use devanture_storage::{Database, Label, LabelKind, MigrationState, Site, Tiles, publishable_key};

pub(super) fn site(id: &str) -> Site {
    Site {
        tenant: "maison".to_owned(),
        id: id.to_owned(),
        publishable_key: publishable_key([id.len().try_into().unwrap(); 32]),
        name: "Maison d’été ☀".to_owned(),
        origins: vec!["https://a.example".to_owned(), "http://localhost:8080".to_owned()],
        locale: "fr".to_owned(),
        center: LatLng::new(46.6, -1.4).unwrap(),
        store_code: None,
        tiles: None,
        privacy_url: None,
        page_base_url: None,
        price_list: None,
    }
}

pub(super) async fn tenant(database: &Database) {
    let mut repository = database.write().await.unwrap();
    repository.put_tenant("maison", "Maison").await.unwrap();
    repository.save().await.unwrap();
}

pub(super) async fn migrations_are_idempotent(database: &Database) {
    let state = database.migration_state().await.unwrap();
    assert_eq!(state, MigrationState { applied: state.applied, pending: 0 });
    assert!(state.applied >= 7);
    database.migrate().await.unwrap();
    assert_eq!(database.migration_state().await.unwrap(), state);
    database.ping().await.unwrap();
}

pub(super) async fn sites_round_trip(database: &Database) {
    tenant(database).await;
    let plain = site("shop");
    let mut full = site("mini-site");
    full.store_code = Some("FR-1".to_owned());
    full.tiles =
        Some(Tiles { url: "https://t/{z}/{x}/{y}".to_owned(), attribution: "© Someone".to_owned() });
    full.privacy_url = Some("https://a.example/privacy".to_owned());
    full.page_base_url = Some("https://a.example/stores".to_owned());
    full.origins.clear();
    let mut repository = database.write().await.unwrap();
    repository.put_site(&plain).await.unwrap();
    repository.put_site(&full).await.unwrap();
    repository.save().await.unwrap();

    let mut repository = database.write().await.unwrap();
    assert_eq!(repository.sites().await.unwrap(), [full.clone(), plain.clone()]);
    assert_eq!(repository.site("shop").await.unwrap(), Some(plain));
    assert_eq!(repository.site("none").await.unwrap(), None);
    "Renamed".clone_into(&mut full.name);
    repository.put_site(&full).await.unwrap();
    assert_eq!(repository.site("mini-site").await.unwrap(), Some(full));
}

pub(super) async fn labels_keep_their_order(database: &Database) {
    tenant(database).await;
    let label = |kind, code: &str, locale: &str, name: &str| Label {
        kind,
        code: code.to_owned(),
        locale: locale.to_owned(),
        name: name.to_owned(),
    };
    let mut labels = vec![
        label(LabelKind::Service, "z-tailor", "fr", "Retouches"),
        label(LabelKind::Service, "a-click", "fr", "Retrait"),
        label(LabelKind::Service, "z-tailor", "en", "Alterations"),
        label(LabelKind::Brand, "b", "fr", "Brand"),
        label(LabelKind::Subject, "s", "fr", "Sujet"),
    ];
    let mut repository = database.write().await.unwrap();
    repository.put_labels("maison", &labels).await.unwrap();
    assert_eq!(repository.labels("maison").await.unwrap(), labels);
    "Ourlets".clone_into(&mut labels[0].name);
    repository.put_labels("maison", &labels).await.unwrap();
    assert_eq!(repository.labels("maison").await.unwrap(), labels);
    assert_eq!(repository.labels("other").await.unwrap(), []);
}

pub(super) async fn revision_counts_saved_changes_only(database: &Database) {
    async fn revision(database: &Database) -> i64 {
        let tenants = database.read().await.unwrap().tenants().await.unwrap();
        tenants.iter().find(|t| t.id == "maison").unwrap().revision
    }
    tenant(database).await;
    let before = revision(database).await;
    let mut repository = database.write().await.unwrap();
    repository.put_site(&site("shop")).await.unwrap();
    drop(repository);
    assert_eq!(revision(database).await, before, "a dropped transaction counts");
    let mut repository = database.write().await.unwrap();
    repository.put_site(&site("shop")).await.unwrap();
    repository.put_site(&site("other")).await.unwrap();
    repository.save().await.unwrap();
    assert_eq!(revision(database).await, before + 1);
}
