//! The outbox: told if and only if it happened, to each receiver by one instance at a time, and again until it is heard.

use std::collections::BTreeSet;

use devanture_domain::reservation::{Action, Actor, Notice, Refusal};
use devanture_storage::{
    Database, Delivery, NextStore, OutboxEvent, Outcome, PassedOn, Payment, Webhook, WebhookSecret,
    WebhookUse,
};

use super::{
    network::tenant,
    reservations::{Wish, act, done, made, reserve, token, wish},
    stock::{count, put},
};

const NOW: i64 = 1_795_000_000_000;
const LEASE: i64 = 60_000;

async fn network(database: &Database) {
    tenant(database).await;
    put(database, &[count("A", "FR-1", 90, NOW), count("A", "FR-2", 90, NOW)]).await;
}

/// What happened to a reservation.
pub(super) fn of(delivery: &Delivery) -> &OutboxEvent {
    delivery.event.reservation().unwrap()
}

/// Spreads what is new among these, and takes all that is due.
pub(super) async fn heard(database: &Database, receivers: &[&str], now: i64) -> Vec<Delivery> {
    let mut repository = database.write().await.unwrap();
    let to = |_: &str, _| receivers.iter().map(|name| (*name).to_owned()).collect();
    repository.spread_events(now, 500, to).await.unwrap();
    let mut deliveries = repository.lease_deliveries(now, now + LEASE, 500).await.unwrap();
    repository.save().await.unwrap();
    deliveries.sort_by_key(|one| (one.event.at(), one.event.reservation().map(|event| event.facts.number)));
    deliveries
}

pub(super) async fn end(database: &Database, delivery: &Delivery, outcome: &Outcome, now: i64) {
    let mut repository = database.write().await.unwrap();
    repository.end_delivery(delivery, outcome, now).await.unwrap();
    repository.save().await.unwrap();
}

pub(super) async fn told_if_it_happened(database: &Database) {
    network(database).await;
    assert!(made(&reserve(database, &wish(1, &[("A", 2)])).await));
    // Given up before it was saved: nobody hears of it.
    let mut repository = database.write().await.unwrap();
    repository.act("maison", "r1", &act(Action::Accept, Actor::Staff, NOW + 1)).await.unwrap().unwrap();
    drop(repository);
    for (i, action) in (1..).zip([Action::Accept, Action::Accept, Action::MarkReady, Action::Collect]) {
        done(database, "r1", &act(action, Actor::Staff, NOW + i)).await;
    }
    done(database, "r1", &act(Action::Cancel, Actor::Shopper, NOW + 9)).await;
    let told = heard(database, &["mail"], NOW + 10).await;
    let named = |delivery: &Delivery| (of(delivery).notice, delivery.event.id().to_owned());
    assert_eq!(
        told.iter().map(named).collect::<Vec<_>>(),
        [
            (Notice::Requested, "evt_r1_1".to_owned()),
            (Notice::Accepted, "evt_r1_2".to_owned()),
            (Notice::Ready, "evt_r1_3".to_owned()),
            (Notice::Collected, "evt_r1_4".to_owned()),
        ]
    );
    let (first, facts) = (of(&told[0]), &of(&told[0]).facts);
    assert_eq!((&*first.tenant, &*first.reservation_id, first.at), ("maison", "r1", NOW));
    assert_eq!(
        (&*facts.store_code, facts.due_at, facts.ready_from),
        ("FR-1", Some(NOW + 1000), Some(NOW + 500))
    );
    assert_eq!((&*facts.items[0].sku, facts.items[0].quantity), ("A", 2));
    assert!(heard(database, &["mail"], NOW + 11).await.is_empty(), "spread once, and leased");
    reserve(database, &wish(2, &[("A", 1)])).await;
    assert!(heard(database, &[], NOW + 12).await.is_empty());
    let mut repository = database.write().await.unwrap();
    assert_eq!(
        repository.forget_outbox(NOW, NOW).await.unwrap(),
        0,
        "nobody was to hear it: it is gone already"
    );
    assert_eq!(repository.outbox("maison", 99).await.unwrap().len(), told.len());
}

pub(super) async fn told_of_the_next_store_and_of_what_is_not_paid(database: &Database) {
    network(database).await;
    reserve(database, &wish(1, &[("A", 1)])).await;
    reserve(database, &Wish { payment: Payment::Checkout, ..wish(2, &[("A", 1)]) }).await;
    let next = NextStore {
        asked: 1,
        location_code: "FR-2",
        delivered_to: None,
        due_at: NOW + 9000,
        ready_from: None,
        refusal: Some(Refusal::Sold),
        staff_id: Some("anne"),
        at: NOW + 1,
    };
    let mut repository = database.write().await.unwrap();
    let passed = repository.pass_on("maison", "r1", &next).await.unwrap();
    assert!(matches!(passed, Some(PassedOn::Done(_))));
    repository.save().await.unwrap();
    done(database, "r2", &act(Action::Expire, Actor::System, NOW + 2)).await;
    let told = heard(database, &["mail"], NOW + 3).await;
    let [asked, passed, unpaid] = &told[..] else { panic!("{told:?}") };
    assert_eq!((of(asked).notice, &*of(asked).reservation_id), (Notice::Requested, "r1"));
    let facts = &of(passed).facts;
    assert_eq!(
        (of(passed).notice, &*facts.store_code, facts.passed_from.as_deref(), facts.refusal.as_deref()),
        (Notice::PassedOn, "FR-2", Some("FR-1"), Some("sold"))
    );
    assert_eq!((facts.stores_asked, facts.due_at), (2, Some(NOW + 9000)));
    assert_eq!((of(unpaid).notice, of(unpaid).facts.unpaid), (Notice::Expired, true));
}

pub(super) async fn each_delivery_has_one_taker(database: &Database) {
    network(database).await;
    for number in 0..30 {
        reserve(database, &wish(number, &[("A", 1)])).await;
    }
    let takers = (0..4).map(|_| {
        let database = database.clone();
        tokio::spawn(async move {
            let mut taken = Vec::new();
            loop {
                let mut repository = database.write().await.unwrap();
                let spread =
                    repository.spread_events(NOW, 7, |_, _| vec!["mail".to_owned(), "hook".to_owned()]);
                let spread = spread.await.unwrap();
                let leased = repository.lease_deliveries(NOW, NOW + LEASE, 7).await.unwrap();
                repository.save().await.unwrap();
                if spread == 0 && leased.is_empty() {
                    return taken;
                }
                taken.extend(
                    leased.into_iter().map(|delivery| (delivery.event.id().to_owned(), delivery.receiver)),
                );
            }
        })
    });
    let mut taken = Vec::new();
    for taker in takers.collect::<Vec<_>>() {
        taken.extend(taker.await.unwrap());
    }
    let different: BTreeSet<_> = taken.iter().collect();
    assert_eq!((taken.len(), different.len()), (60, 60));
}

pub(super) async fn again_after_the_lease_and_until_it_is_done(database: &Database) {
    network(database).await;
    reserve(database, &wish(1, &[("A", 1)])).await;
    let first = heard(database, &["mail"], NOW).await.remove(0);
    assert!(heard(database, &[], NOW + LEASE - 1).await.is_empty());
    // Whoever had it has died.
    let second = heard(database, &[], NOW + LEASE).await.remove(0);
    assert_eq!((first.attempt, second.attempt, &second.event), (1, 2, &first.event));
    end(database, &first, &Outcome::Done, NOW + LEASE).await;
    let again = Outcome::Again { due_at: NOW + 5 * LEASE, failure: "answered 503".to_owned() };
    end(database, &second, &again, NOW + LEASE).await;
    let mut repository = database.read().await.unwrap();
    assert!(!repository.outbox_waits(NOW + 5 * LEASE - 1).await.unwrap());
    assert!(repository.outbox_waits(NOW + 5 * LEASE).await.unwrap(), "the first was too late to be believed");
    drop(repository);
    let third = heard(database, &[], NOW + 5 * LEASE).await.remove(0);
    end(database, &third, &Outcome::Done, NOW + 5 * LEASE).await;
    assert!(heard(database, &[], NOW + 500 * LEASE).await.is_empty());
}

pub(super) async fn given_up_seen_tried_again_and_forgotten(database: &Database) {
    network(database).await;
    for number in 1..4 {
        reserve(database, &Wish { now: NOW + i64::from(number), ..wish(number, &[("A", 1)]) }).await;
    }
    let told = heard(database, &["mail"], NOW + 10).await;
    let dead = Outcome::Dead { failure: "answered 410".to_owned() };
    end(database, &told[0], &dead, NOW + 10).await;
    end(database, &told[1], &Outcome::Done, NOW + 10).await;
    let mut repository = database.write().await.unwrap();
    let listed = repository.outbox("maison", 9).await.unwrap();
    let shown: Vec<_> = listed.iter().map(|one| (&*one.event_id, one.dead, one.failure.as_deref())).collect();
    assert_eq!(shown, [("evt_r1_1", true, Some("answered 410")), ("evt_r3_1", false, None)]);
    assert_eq!(repository.outbox("other", 9).await.unwrap(), []);
    assert_eq!(repository.retry_deliveries("other", None, NOW + 11).await.unwrap(), 0);
    assert_eq!(repository.retry_deliveries("maison", Some("evt_r1_1"), NOW + 11).await.unwrap(), 1);
    repository.save().await.unwrap();
    let again = heard(database, &[], NOW + 11).await;
    assert_eq!(again.iter().map(|one| one.event.id()).collect::<Vec<_>>(), ["evt_r1_1"]);
    end(database, &again[0], &dead, NOW + 20).await;
    let mut repository = database.write().await.unwrap();
    assert_eq!(repository.forget_outbox(NOW + 10, NOW + 20).await.unwrap(), 0);
    assert_eq!(repository.forget_outbox(NOW + 11, NOW + 20).await.unwrap(), 1, "the one that was done");
    assert_eq!(repository.forget_outbox(NOW + 11, NOW + 21).await.unwrap(), 1, "the one that was given up");
    assert_eq!(repository.retry_deliveries("maison", None, NOW + 30).await.unwrap(), 1);
}

pub(super) async fn programs_and_links(database: &Database) {
    network(database).await;
    let webhook = |id: &str, does: WebhookUse| Webhook {
        tenant: "maison".to_owned(),
        id: id.to_owned(),
        does,
        secret: WebhookSecret::from_random([9; 32]),
        created_at: NOW,
    };
    let hears = webhook("wh_1", WebhookUse::Events("https://shop.example/hooks".to_owned()));
    let (pays, mut signs) = (webhook("wh_2", WebhookUse::Payments), webhook("wh_3", WebhookUse::Customers));
    signs.secret = WebhookSecret::from_random([8; 32]);
    let mut repository = database.write().await.unwrap();
    repository.add_webhook(&hears).await.unwrap();
    repository.add_webhook(&pays).await.unwrap();
    repository.add_webhook(&signs).await.unwrap();
    repository.save().await.unwrap();
    assert!(hears.secret.reveal().starts_with("whsec_") && !format!("{hears:?}").contains("whsec_"));
    assert_eq!(WebhookSecret::parse(&hears.secret.reveal()), Some(hears.secret.clone()));
    reserve(database, &wish(1, &[("A", 1)])).await;
    assert_eq!(heard(database, &["wh_1"], NOW).await.len(), 1);
    let mut repository = database.write().await.unwrap();
    assert_eq!(repository.webhooks().await.unwrap(), [hears.clone(), pays.clone(), signs.clone()]);
    assert_eq!(repository.webhook("wh_2").await.unwrap(), Some(pays));
    assert_eq!(repository.customer_secrets("maison").await.unwrap(), [signs.secret]);
    assert_eq!(repository.customer_secrets("other").await.unwrap(), []);
    assert!(!repository.remove_webhook("other", "wh_1").await.unwrap(), "another's");
    assert_eq!(repository.outbox("maison", 9).await.unwrap().len(), 1);
    assert!(repository.remove_webhook("maison", "wh_1").await.unwrap());
    assert_eq!(repository.outbox("maison", 9).await.unwrap().len(), 0, "what waited for it went with it");
    // Two links open one reservation, until whom it is for is erased.
    repository.add_link("maison", "r1", &token(101)).await.unwrap();
    repository.save().await.unwrap();
    let mut repository = database.read().await.unwrap();
    let (first, second) = (
        repository.reservation_by_token(&token(1)).await.unwrap(),
        repository.reservation_by_token(&token(101)).await.unwrap(),
    );
    assert!(first.is_some() && first == second);
    assert_eq!(repository.reservation_by_token(&token(102)).await.unwrap(), None);
    drop(repository);
    done(database, "r1", &act(Action::Cancel, Actor::Shopper, NOW + 1)).await;
    let mut repository = database.write().await.unwrap();
    repository.erase_reservers(NOW + 2, NOW).await.unwrap();
    assert_eq!(repository.reservation_by_token(&token(101)).await.unwrap(), None);
    assert!(repository.reservation_by_token(&token(1)).await.unwrap().is_some());
}
