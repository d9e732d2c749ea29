//! Stores and their import.

use std::collections::BTreeSet;

use devanture_domain::{
    appointment::AppointmentRules,
    civil::Date,
    geo::LatLng,
    hours::{Schedule, Span, SpecialDay},
};
use devanture_storage::{
    Address, Database, ImportAction, ImportOutcome, Ownership, Promotion, Store, StoreField,
};

use super::network::tenant;

pub(super) fn store(code: &str) -> Store {
    let day = vec![Span::parse("09:30", "12:30").unwrap(), Span::parse("14:00", "19:00").unwrap()];
    Store {
        ownership: Ownership::Franchise,
        address: Address {
            street: "12, rue de l’Échelle".to_owned(),
            postcode: "44000".to_owned(),
            town: "Nantes".to_owned(),
            region: Some("Pays de la Loire".to_owned()),
            country: "FR".to_owned(),
        },
        phone: Some("+33 2 40 00 00 00".to_owned()),
        email: Some("nantes@example.com".to_owned()),
        url: Some("https://example.com/nantes".to_owned()),
        hours: Schedule {
            weekly: std::array::from_fn(|_| day.clone()),
            special: vec![SpecialDay {
                date: Date::parse("2026-12-25").unwrap(),
                spans: vec![],
                note: Some("Noël".to_owned()),
            }],
        },
        services: vec!["tailor".to_owned(), "click_and_collect".to_owned()],
        brands: vec!["b1".to_owned()],
        promotions: vec![Promotion {
            id: "p1".to_owned(),
            title: "−20 %".to_owned(),
            text: String::new(),
            starts_on: Date::parse("2026-11-20").unwrap(),
            ends_on: Date::parse("2026-11-30").unwrap(),
            event: true,
        }],
        appointments: Some(AppointmentRules {
            slot_minutes: 30,
            capacity: 2,
            lead_minutes: 60,
            horizon_days: 30,
        }),
        ships: true,
        edited_fields: BTreeSet::from([StoreField::Phone]),
        ..Store::new(code, "Nantes Crébillon", LatLng::new(47.213_1, -1.560_6).unwrap(), "Europe/Paris")
    }
}

pub(super) async fn put(database: &Database, store: &Store) {
    let mut repository = database.write().await.unwrap();
    repository.put_store("maison", store).await.unwrap();
    repository.save().await.unwrap();
}

pub(super) async fn round_trip(database: &Database) {
    tenant(database).await;
    let full = store("FR-1");
    let bare = Store::new("FR-2", "", LatLng::new(-90.0, 180.0).unwrap(), "UTC");
    put(database, &full).await;
    put(database, &bare).await;
    let mut repository = database.read().await.unwrap();
    assert_eq!(repository.store("maison", "FR-1").await.unwrap(), Some(full));
    assert_eq!(repository.store("maison", "FR-2").await.unwrap(), Some(bare));
    assert_eq!(repository.count_stores("maison").await.unwrap(), 2);
}

pub(super) async fn absent_is_none(database: &Database) {
    tenant(database).await;
    let mut repository = database.write().await.unwrap();
    assert_eq!(repository.store("maison", "FR-1").await.unwrap(), None);
    assert_eq!(repository.edit_store("maison", &store("FR-1"), &BTreeSet::new()).await.unwrap(), None);
}

pub(super) async fn dropped_is_undone(database: &Database) {
    tenant(database).await;
    let mut repository = database.write().await.unwrap();
    repository.put_store("maison", &store("FR-1")).await.unwrap();
    drop(repository);
    assert_eq!(database.read().await.unwrap().count_stores("maison").await.unwrap(), 0);
}

pub(super) async fn import_keeps_local_edits(database: &Database) {
    tenant(database).await;
    let mut before = store("FR-1");
    before.edited_fields.clear();
    put(database, &before).await;

    // The store changes its hours and its phone number.
    let mut own = before.clone();
    own.hours.special.clear();
    own.phone = Some("+33 6 00 00 00 00".to_owned());
    own.ships = false;
    "not among the fields edited".clone_into(&mut own.name);
    let mut repository = database.write().await.unwrap();
    let fields = BTreeSet::from([StoreField::Hours, StoreField::Phone, StoreField::Ships]);
    let edited = repository.edit_store("maison", &own, &fields).await.unwrap().unwrap();
    assert_eq!(edited.name, before.name);
    repository.save().await.unwrap();

    let all = StoreField::ALL.into_iter().collect();
    let mut incoming = before.clone();
    "Nantes Graslin".clone_into(&mut incoming.name);
    let mut repository = database.write().await.unwrap();
    let outcome = repository.import_store("maison", &incoming, &all, false).await.unwrap();
    assert_eq!(
        outcome,
        ImportOutcome {
            action: ImportAction::Updated,
            kept: vec![StoreField::Phone, StoreField::Hours, StoreField::Ships]
        }
    );
    let kept = repository.store("maison", "FR-1").await.unwrap().unwrap();
    assert_eq!((kept.name.as_str(), &kept.phone), ("Nantes Graslin", &own.phone));
    assert_eq!((kept.hours, kept.ships), (own.hours, false));

    // Idempotent: nothing more to do, and still said.
    let again = repository.import_store("maison", &incoming, &all, false).await.unwrap();
    assert_eq!((again.action, again.kept.len()), (ImportAction::Unchanged, 3));

    // Told to, it overwrites, and the store's protection ends.
    let told = repository.import_store("maison", &incoming, &all, true).await.unwrap();
    assert_eq!(told, ImportOutcome { action: ImportAction::Updated, kept: vec![] });
    let overwritten = repository.store("maison", "FR-1").await.unwrap().unwrap();
    assert_eq!(overwritten, incoming);
}

pub(super) async fn given_back_to_head_office(database: &Database) {
    tenant(database).await;
    let mut before = store("FR-1");
    before.edited_fields.clear();
    put(database, &before).await;
    let mut own = before.clone();
    own.hours = Schedule::default();
    own.promotions.clear();
    let fields = BTreeSet::from([StoreField::Hours, StoreField::Promotions]);
    let mut repository = database.write().await.unwrap();
    repository.edit_store("maison", &own, &fields).await.unwrap();
    own.hours.weekly[0] = vec![Span::parse("08:00", "09:00").unwrap()];
    let edited = repository.edit_store("maison", &own, &fields).await.unwrap().unwrap();
    let said = repository.head_office_store("maison", &edited).await.unwrap();
    assert_eq!(
        (&said.hours, &said.promotions),
        (&before.hours, &before.promotions),
        "as before the first edit"
    );

    // Head office changes its mind about the hours, which is kept for the store and not shown.
    let mut incoming = before.clone();
    incoming.hours.special.clear();
    let all = StoreField::ALL.into_iter().collect();
    let outcome = repository.import_store("maison", &incoming, &all, false).await.unwrap();
    assert_eq!((outcome.action, outcome.kept.len()), (ImportAction::Unchanged, 2));
    repository.save().await.unwrap();

    let mut repository = database.write().await.unwrap();
    let back = repository.give_back("maison", "FR-1", StoreField::Hours).await.unwrap().unwrap();
    assert_eq!((&back.hours, &back.promotions), (&incoming.hours, &own.promotions));
    assert_eq!(back.edited_fields, BTreeSet::from([StoreField::Promotions]));
    let again = repository.give_back("maison", "FR-1", StoreField::Hours).await.unwrap();
    assert_eq!(again, Some(back), "what is not its own stays");
    assert_eq!(repository.give_back("maison", "FR-9", StoreField::Hours).await.unwrap(), None);

    // Overwritten, and edited again: what is kept is what head office has said last.
    "−30 %".clone_into(&mut incoming.promotions[0].title);
    repository.import_store("maison", &incoming, &all, true).await.unwrap();
    let edited = repository.edit_store("maison", &own, &fields).await.unwrap().unwrap();
    assert_eq!(
        repository.head_office_store("maison", &edited).await.unwrap().promotions,
        incoming.promotions
    );
    // Every field can go both ways.
    let edited = repository.edit_store("maison", &store("FR-1"), &all).await.unwrap().unwrap();
    assert_eq!(edited.edited_fields, all);
    for field in StoreField::ALL {
        repository.give_back("maison", "FR-1", field).await.unwrap();
    }
    let back = repository.store("maison", "FR-1").await.unwrap().unwrap();
    assert_eq!(back, Store { edited_fields: BTreeSet::new(), ..incoming });
}

pub(super) async fn import_takes_only_what_the_file_has(database: &Database) {
    tenant(database).await;
    let before = store("FR-1");
    put(database, &before).await;
    let mut incoming = Store::new("FR-1", "New name", LatLng::new(1.0, 2.0).unwrap(), "UTC");
    incoming.email = Some("ignored@example.com".to_owned());
    let mut repository = database.write().await.unwrap();
    let supplied = BTreeSet::from([StoreField::Name]);
    repository.import_store("maison", &incoming, &supplied, false).await.unwrap();
    let after = repository.store("maison", "FR-1").await.unwrap().unwrap();
    assert_eq!(after, Store { name: "New name".to_owned(), ..before });

    let created = repository.import_store("maison", &store("FR-9"), &supplied, false).await.unwrap();
    assert_eq!(created.action, ImportAction::Created);
}

pub(super) async fn streamed_in_order(database: &Database) {
    tenant(database).await;
    let mut repository = database.write().await.unwrap();
    for code in ["c", "a", "b"] {
        repository.put_store("maison", &store(code)).await.unwrap();
    }
    let mut codes = Vec::new();
    repository.each_store("maison", |store| codes.push(store.code)).await.unwrap();
    assert_eq!(codes, ["a", "b", "c"]);
    let mut none = 0;
    repository.each_store("other", |_| none += 1).await.unwrap();
    assert_eq!(none, 0);
}
