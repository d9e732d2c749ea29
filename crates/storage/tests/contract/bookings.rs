//! Appointments: never given twice.

use devanture_storage::{Booking, Contact, Database, NewAppointment, PrivateToken};

use super::{
    network::tenant,
    stores::{put, store},
};

const START: i64 = 1_795_000_000_000;

fn new(token: u8, key: &'static str) -> NewAppointment<'static> {
    NewAppointment {
        tenant: "maison",
        site_id: "shop",
        store_code: "FR-1",
        starts_at: START,
        ends_at: START + 1_800_000,
        capacity: 2,
        subject: Some("style"),
        locale: "fr",
        contact: Contact {
            name: "Zoé", email: Some("zoe@example.com"), phone: None, note: Some("☎ first")
        },
        created_at: 1,
        token: PrivateToken::from_random([token; 18]),
        idempotency_key: key,
        body: b"body",
    }
}

async fn network(database: &Database) {
    tenant(database).await;
    put(database, &store("FR-1")).await;
}

async fn book(database: &Database, new: &NewAppointment<'_>) -> Booking {
    let mut repository = database.write().await.unwrap();
    let booking = repository.book(new).await.unwrap();
    if booking == Booking::New {
        repository.save().await.unwrap();
    }
    booking
}

async fn booked(database: &Database) -> u16 {
    let mut repository = database.read().await.unwrap();
    let counts = repository.booked("maison", "FR-1", (START, START + 1)).await.unwrap();
    counts.get(&START).copied().unwrap_or(0)
}

pub(super) async fn found_by_token_only(database: &Database) {
    network(database).await;
    assert_eq!(book(database, &new(1, "k1")).await, Booking::New);
    let mut repository = database.read().await.unwrap();
    let found = repository.appointment(&PrivateToken::from_random([1; 18])).await.unwrap().unwrap();
    assert_eq!((found.store_code.as_str(), found.starts_at, found.cancelled_at), ("FR-1", START, None));
    assert_eq!((found.subject.as_deref(), found.locale.as_str()), (Some("style"), "fr"));
    assert_eq!(repository.appointment(&PrivateToken::from_random([2; 18])).await.unwrap(), None);
    let next = repository.booked("maison", "FR-1", (START + 1, START + 9)).await.unwrap();
    assert!(next.is_empty());
}

pub(super) async fn same_key_same_appointment(database: &Database) {
    network(database).await;
    assert_eq!(book(database, &new(1, "k1")).await, Booking::New);
    let again = book(database, &new(2, "k1")).await;
    assert_eq!(again, Booking::Again(PrivateToken::from_random([1; 18])));
    assert_eq!(booked(database).await, 1);
    // Another site's key of the same text is another key.
    let other_site = NewAppointment { site_id: "mini", ..new(3, "k1") };
    assert_eq!(book(database, &other_site).await, Booking::New);
}

pub(super) async fn same_key_other_body(database: &Database) {
    network(database).await;
    assert_eq!(book(database, &new(1, "k1")).await, Booking::New);
    let other = NewAppointment { body: b"other", starts_at: START + 1, ..new(2, "k1") };
    assert_eq!(book(database, &other).await, Booking::KeyReused);
    assert_eq!(booked(database).await, 1);
}

pub(super) async fn capacity_under_concurrency(database: &Database) {
    network(database).await;
    let tasks: Vec<_> = (0..12u8)
        .map(|i| {
            let database = database.clone();
            let key: &'static str = Box::leak(format!("key-{i}").into_boxed_str());
            tokio::spawn(async move { book(&database, &new(i, key)).await })
        })
        .collect();
    let mut won = 0;
    for task in tasks {
        match task.await.unwrap() {
            Booking::New => won += 1,
            Booking::Taken => {}
            other => panic!("{other:?}"),
        }
    }
    assert_eq!(won, 2, "capacity is 2");
    assert_eq!(booked(database).await, 2);
    // A loser may try again with the same key at another time, since nothing of it was saved.
    let later = NewAppointment { starts_at: START + 1_800_000, ..new(99, "key-after") };
    assert_eq!(book(database, &NewAppointment { starts_at: START, ..later.clone() }).await, Booking::Taken);
    assert_eq!(book(database, &later).await, Booking::New);
}

pub(super) async fn same_key_at_once_books_once(database: &Database) {
    network(database).await;
    let tasks: Vec<_> = (0..8u8)
        .map(|i| {
            let database = database.clone();
            tokio::spawn(async move { (i, book(&database, &new(i, "same")).await) })
        })
        .collect();
    let mut first = None;
    let mut again = Vec::new();
    for task in tasks {
        match task.await.unwrap() {
            (i, Booking::New) => assert_eq!(first.replace(i), None, "booked twice"),
            (_, Booking::Again(token)) => again.push(token),
            other => panic!("{other:?}"),
        }
    }
    let token = PrivateToken::from_random([first.unwrap(); 18]);
    assert_eq!(again.len(), 7);
    assert!(again.iter().all(|t| *t == token));
    assert_eq!(booked(database).await, 1);
}

pub(super) async fn cancelling_frees_the_time(database: &Database) {
    network(database).await;
    let one = NewAppointment { capacity: 1, ..new(1, "k1") };
    assert_eq!(book(database, &one).await, Booking::New);
    let two = NewAppointment { capacity: 1, ..new(2, "k2") };
    assert_eq!(book(database, &two).await, Booking::Taken);

    let mut repository = database.write().await.unwrap();
    assert_eq!(repository.cancel_appointment("other", &one.token, 5).await.unwrap(), None);
    let cancelled = repository.cancel_appointment("maison", &one.token, 6).await.unwrap().unwrap();
    assert_eq!(cancelled.cancelled_at, Some(6));
    let twice = repository.cancel_appointment("maison", &one.token, 7).await.unwrap().unwrap();
    assert_eq!(twice.cancelled_at, Some(6));
    repository.save().await.unwrap();

    assert_eq!(book(database, &two).await, Booking::New);
    // The first shopper's link cannot free what is now the second's.
    let mut repository = database.write().await.unwrap();
    repository.cancel_appointment("maison", &one.token, 8).await.unwrap();
    repository.save().await.unwrap();
    assert_eq!(booked(database).await, 1);
}

pub(super) async fn contacts_are_erased_apart(database: &Database) {
    network(database).await;
    assert_eq!(book(database, &new(1, "k1")).await, Booking::New);
    let mut repository = database.write().await.unwrap();
    assert_eq!(repository.erase_contacts(START).await.unwrap(), 0, "it has not ended yet");
    assert_eq!(repository.erase_contacts(START + 1_800_001).await.unwrap(), 1);
    let token = PrivateToken::from_random([1; 18]);
    assert!(repository.appointment(&token).await.unwrap().is_some());
    repository.save().await.unwrap();
}
