//! Who is told that something can be had again: each once, whoever looks.

use devanture_storage::{
    Alert, AlertBounds, Alerting, Database, Letter, LetterKind, NewAlert, Outcome, PrivateToken, Product,
    Variant,
};

use super::{
    network::tenant,
    stock::{count, put},
};

const NOW: i64 = 1_795_000_000_000;
const DAY: i64 = 86_400_000;
const LEASE: i64 = 120_000;
const BOUNDS: AlertBounds = AlertBounds { person: 3, told_since: NOW - DAY, site: 100 };

async fn network(database: &Database) {
    tenant(database).await;
    let product = Product { id: "ROBE".to_owned(), name: "Robe".to_owned(), ..Product::default() };
    let variant =
        |sku: &str| Variant { sku: sku.to_owned(), product_id: "ROBE".to_owned(), ..Variant::default() };
    let mut repository = database.write().await.unwrap();
    repository.put_products("maison", &[product]).await.unwrap();
    repository.put_variants("maison", &["A", "B", "C", "D"].map(variant)).await.unwrap();
    repository.save().await.unwrap();
}

fn wish<'a>(id: &'a str, sku: &'a str, store: Option<&'a str>, email: &'a str) -> NewAlert<'a> {
    NewAlert {
        tenant: "maison",
        id,
        site_id: "shop",
        sku,
        location_code: store,
        locale: "fr",
        email: (email, email),
        at: NOW,
        expires_at: NOW + 90 * DAY,
    }
}

async fn add(database: &Database, new: &NewAlert<'_>) -> Alerting {
    let mut repository = database.write().await.unwrap();
    let done = repository.add_alert(new, BOUNDS).await.unwrap();
    repository.save().await.unwrap();
    done
}

async fn alert(database: &Database, id: &str) -> Option<Alert> {
    database.read().await.unwrap().alert("maison", id).await.unwrap()
}

async fn tell(database: &Database, id: &str, at: i64) -> bool {
    let mut repository = database.write().await.unwrap();
    let told = repository.tell_alert("maison", id, at).await.unwrap();
    repository.save().await.unwrap();
    told
}

async fn letters(database: &Database, now: i64) -> Vec<Letter> {
    let mut repository = database.write().await.unwrap();
    let letters = repository.lease_letters(now, now + LEASE, 50).await.unwrap();
    repository.save().await.unwrap();
    letters
}

async fn end(database: &Database, letter: &Letter, outcome: &Outcome) {
    let mut repository = database.write().await.unwrap();
    repository.end_letter(letter, outcome, NOW + 1).await.unwrap();
    repository.save().await.unwrap();
}

pub(super) async fn of_one_person_and_place_there_is_one(database: &Database) {
    network(database).await;
    let later =
        |id| NewAlert { at: NOW + DAY, expires_at: NOW + 91 * DAY, ..wish(id, "A", None, "zoe@b.fr") };
    assert_eq!(add(database, &wish("1", "A", None, "zoe@b.fr")).await, Alerting::Waits);
    assert_eq!(add(database, &later("2")).await, Alerting::Waits);
    assert_eq!(alert(database, "2").await, None);
    let first = alert(database, "1").await.unwrap();
    assert_eq!(
        (first.created_at, first.expires_at),
        (NOW, NOW + 91 * DAY),
        "its place kept, its time renewed"
    );
    assert_eq!((first.email.as_deref(), first.location_code, first.told_at), (Some("zoe@b.fr"), None, None));
    add(database, &wish("3", "A", Some("FR-1"), "zoe@b.fr")).await;
    add(database, &wish("4", "B", None, "zoe@b.fr")).await;
    assert_eq!(add(database, &wish("5", "C", None, "zoe@b.fr")).await, Alerting::TooMany);
    assert_eq!(add(database, &wish("6", "C", None, "ann@b.fr")).await, Alerting::Waits);
    assert_eq!(add(database, &later("7")).await, Alerting::Waits, "what there is already is not too many");
    let full = AlertBounds { site: 4, ..BOUNDS };
    let mut repository = database.write().await.unwrap();
    let refused = repository.add_alert(&wish("8", "A", None, "bob@b.fr"), full).await.unwrap();
    assert_eq!(refused, Alerting::Full);
    drop(repository);
    // Who was told may ask again, but counts for a day.
    assert!(tell(database, "1", NOW).await);
    assert_eq!(add(database, &wish("9", "A", None, "zoe@b.fr")).await, Alerting::TooMany);
    let mut repository = database.write().await.unwrap();
    let next_day = AlertBounds { told_since: NOW + 1, ..BOUNDS };
    assert_eq!(repository.add_alert(&later("9"), next_day).await.unwrap(), Alerting::Waits);
}

pub(super) async fn same_person_at_once(database: &Database) {
    network(database).await;
    let tasks = (0..6).map(|number| {
        let database = database.clone();
        tokio::spawn(async move { add(&database, &wish(&number.to_string(), "A", None, "zoe@b.fr")).await })
    });
    for task in tasks.collect::<Vec<_>>() {
        assert_eq!(task.await.unwrap(), Alerting::Waits);
    }
    let theirs = database.read().await.unwrap().person_alerts("maison", "zoe@b.fr").await.unwrap();
    assert_eq!(theirs.len(), 1);
    assert!(theirs[0].email.is_some());
}

pub(super) async fn looked_at_by_what_is_waited_for(database: &Database) {
    network(database).await;
    for (id, sku, store) in [
        ("1", "A", None),
        ("2", "A", Some("FR-1")),
        ("3", "B", Some("FR-1")),
        ("4", "C", None),
        ("5", "D", None),
    ] {
        add(database, &NewAlert { at: NOW + 1, ..wish(id, sku, store, &format!("{id}@b.fr")) }).await;
    }
    add(database, &wish("6", "A", None, "6@b.fr")).await;
    let mut only_ordered = count("D", "FR-1", 0, NOW);
    only_ordered.on_order = 9;
    let mut never_promised = count("C", "FR-1", 2, NOW);
    never_promised.safety = Some(2);
    put(database, &[count("A", "FR-2", 1, NOW), count("B", "FR-1", 1, NOW), never_promised, only_ordered])
        .await;
    let mut repository = database.read().await.unwrap();
    let (mut there, mut after) = (Vec::new(), None);
    loop {
        let found = repository.alerted_skus(after.as_ref(), 3).await.unwrap();
        there.extend(found.there);
        after = found.next;
        if after.is_none() {
            break;
        }
    }
    let of = |sku: &str| ("maison".to_owned(), sku.to_owned());
    assert_eq!(there, [of("A"), of("B")], "neither what is on its way nor what is kept back");
    let mut ids = async |sku, now, limit| {
        let found = repository.waiting_alerts(("maison", sku), now, limit).await.unwrap();
        found.into_iter().map(|one| one.id).collect::<Vec<_>>()
    };
    assert_eq!(
        ids("A", NOW, 9).await,
        ["6", "1"],
        "the oldest first, and nobody who waits for another store"
    );
    assert_eq!(ids("A", NOW, 1).await, ["6"]);
    assert_eq!(ids("B", NOW, 9).await, ["3"]);
    assert_eq!(ids("B", NOW + 90 * DAY, 9).await, [""; 0], "their time is up");
}

pub(super) async fn told_once_by_several_at_once(database: &Database) {
    network(database).await;
    for number in 0..10 {
        let (id, email) = (format!("a{number}"), format!("{number}@b.fr"));
        add(database, &NewAlert { at: NOW + number, ..wish(&id, "A", None, &email) }).await;
    }
    put(database, &[count("A", "FR-1", 4, NOW)]).await;
    let tasks = (0..4).map(|_| {
        let database = database.clone();
        tokio::spawn(async move {
            let mut repository = database.write().await.unwrap();
            repository.take_alerted("maison", "A").await.unwrap();
            let told = repository.told_alerts(("maison", "A"), NOW - 1).await.unwrap().len();
            let waiting = repository.waiting_alerts(("maison", "A"), NOW, 50).await.unwrap();
            for one in waiting.iter().take(4_usize.saturating_sub(told)) {
                assert!(repository.tell_alert("maison", &one.id, NOW).await.unwrap());
            }
            repository.save().await.unwrap();
        })
    });
    for task in tasks.collect::<Vec<_>>() {
        task.await.unwrap();
    }
    assert!(!tell(database, "a0", NOW + 1).await, "told already");
    let mut told = letters(database, NOW).await;
    told.sort_by(|a, b| a.subject.cmp(&b.subject));
    let whom: Vec<_> = told.iter().map(|letter| (letter.kind, &*letter.subject)).collect();
    assert_eq!(whom, ["a0", "a1", "a2", "a3"].map(|id| (LetterKind::Back, id)));
    assert!(letters(database, NOW + 1).await.is_empty(), "leased");
    // The process is killed: again after the lease, under the same id.
    let again = letters(database, NOW + LEASE).await;
    assert_eq!(again.len(), 4);
    assert!(again.iter().all(|letter| letter.attempt == 2 && told.iter().any(|first| first.id == letter.id)));
}

pub(super) async fn the_address_goes_with_the_letter(database: &Database) {
    network(database).await;
    add(database, &wish("1", "A", None, "zoe@b.fr")).await;
    tell(database, "1", NOW).await;
    let letter = letters(database, NOW).await.remove(0);
    end(database, &letter, &Outcome::Again { due_at: NOW + 5, failure: "busy".to_owned() }).await;
    assert!(alert(database, "1").await.unwrap().email.is_some(), "tried again");
    let letter = letters(database, NOW + 5).await.remove(0);
    // Nothing was left: it waits again, and the end of that letter takes nothing from the next.
    let mut repository = database.write().await.unwrap();
    repository.reopen_alert("maison", "1", NOW).await.unwrap();
    repository.save().await.unwrap();
    assert!(tell(database, "1", NOW + 6).await);
    end(database, &letter, &Outcome::Done).await;
    assert!(alert(database, "1").await.unwrap().email.is_some());
    let next = letters(database, NOW + 6).await.remove(0);
    assert_ne!(next.id, letter.id);
    end(database, &next, &Outcome::Done).await;
    let told = alert(database, "1").await.unwrap();
    assert_eq!((told.email, told.told_at), (None, Some(NOW + 6)));
}

pub(super) async fn given_up_erased_and_forgotten(database: &Database) {
    network(database).await;
    let token = PrivateToken::from_random([7; 18]);
    add(database, &wish("1", "A", None, "zoe@b.fr")).await;
    add(database, &wish("2", "B", None, "zoe@b.fr")).await;
    add(database, &wish("3", "A", None, "ann@b.fr")).await;
    tell(database, "1", NOW).await;
    let mut repository = database.write().await.unwrap();
    repository.add_alert_link("maison", "1", &token).await.unwrap();
    repository.save().await.unwrap();
    let mut repository = database.write().await.unwrap();
    assert_eq!(repository.alert_by(&PrivateToken::from_random([8; 18])).await.unwrap(), None);
    let opened = repository.alert_by(&token).await.unwrap().unwrap();
    assert!(repository.waits_for_anything(&opened).await.unwrap());
    assert_eq!(repository.give_up_alerts(&opened).await.unwrap(), 1);
    assert!(!repository.waits_for_anything(&opened).await.unwrap());
    assert_eq!(repository.give_up_alerts(&opened).await.unwrap(), 0);
    repository.save().await.unwrap();
    assert!(alert(database, "2").await.is_none());
    assert!(alert(database, "3").await.is_some(), "somebody else's");
    let mut repository = database.write().await.unwrap();
    assert_eq!(repository.forget_alerts(NOW + 90 * DAY - 1, NOW).await.unwrap(), 0);
    assert_eq!(repository.forget_alerts(NOW + 90 * DAY, NOW).await.unwrap(), 1, "waited too long");
    assert_eq!(repository.erase_alerts("maison", "zoe@b.fr").await.unwrap(), 1, "with its link");
    assert_eq!(repository.alert_by(&token).await.unwrap(), None);
    assert!(repository.person_alerts("maison", "zoe@b.fr").await.unwrap().is_empty());
    repository.save().await.unwrap();
}
