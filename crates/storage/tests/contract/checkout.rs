//! Payments in the host's checkout, and proposals of stores that refuse.

use devanture_domain::reservation::{Action, Actor, Notice, State};
use devanture_storage::{
    Acted, Database, Paid, Payment, PaymentReport, Price, Proposal, TakeProposal, Taken,
};

use super::{
    network::tenant,
    outbox::{heard, of},
    reservations::{Wish, act, done, figures, reserve, wish},
    stock::{count, put},
};

const NOW: i64 = 1_795_000_000_000;

async fn network(database: &Database) {
    tenant(database).await;
    put(database, &[count("A", "FR-1", 1, NOW), count("B", "FR-1", 2, NOW)]).await;
}

async fn unpaid(database: &Database, number: u16, lines: &[(&'static str, u32)]) {
    reserve(database, &Wish { payment: Payment::Checkout, ..wish(number, lines) }).await;
}

fn report(payment: &'static str, at: i64) -> PaymentReport<'static> {
    PaymentReport {
        payment,
        amount: 8900,
        currency: "EUR",
        due_at: at + 7000,
        ready_from: Some(at + 3000),
        at,
    }
}

async fn pay(database: &Database, id: &str, report: &PaymentReport<'_>) -> Option<Paid> {
    let mut repository = database.write().await.unwrap();
    let paid = repository.pay("maison", id, report).await.unwrap();
    repository.save().await.unwrap();
    paid
}

async fn told(database: &Database, now: i64) -> Vec<(Notice, Vec<String>)> {
    let told = heard(database, &["hook"], now).await;
    told.into_iter()
        .map(|one| {
            let refunds = of(&one).facts.refunds.iter().map(|refund| refund.payment.clone()).collect();
            (of(&one).notice, refunds)
        })
        .collect()
}

pub(super) async fn paid_once_and_the_store_is_asked(database: &Database) {
    network(database).await;
    unpaid(database, 1, &[("A", 1)]).await;
    assert_eq!(told(database, NOW).await, [], "nobody hears before it is paid");
    assert_eq!(pay(database, "r9", &report("P1", NOW + 1)).await, None);
    let Some(Paid::Done(paid)) = pay(database, "r1", &report("P1", NOW + 1)).await else { panic!() };
    assert_eq!(
        (paid.state, paid.due_at, paid.ready_from),
        (State::Requested, Some(NOW + 7001), Some(NOW + 3001))
    );
    let again = pay(database, "r1", &report("P1", NOW + 2)).await;
    assert!(matches!(again, Some(Paid::Already { refund_due: false, .. })), "{again:?}");
    let other = PaymentReport { amount: 1, ..report("P1", NOW + 3) };
    assert_eq!(pay(database, "r1", &other).await, Some(Paid::OtherPayment));
    reserve(database, &wish(2, &[("B", 1)])).await;
    assert_eq!(pay(database, "r2", &report("P2", NOW + 3)).await, Some(Paid::InStore));
    assert_eq!(pay(database, "r2", &report("P1", NOW + 3)).await, Some(Paid::OtherPayment));
    assert_eq!(told(database, NOW + 4).await, [(Notice::Requested, vec![]), (Notice::Requested, vec![])]);
    // Paid twice by mistake: the second goes back, the first stays.
    let twice = pay(database, "r1", &report("P3", NOW + 5)).await;
    assert!(matches!(twice, Some(Paid::RefundDue(_))), "{twice:?}");
    let due = told(database, NOW + 6).await;
    assert_eq!(due.len(), 1);
    assert_eq!((due[0].0, &*due[0].1), (Notice::RefundDue, &["P3".to_owned()][..]));
    done(database, "r1", &act(Action::Refuse, Actor::Staff, NOW + 7)).await;
    let due = told(database, NOW + 8).await;
    assert_eq!(due, [(Notice::Refused, vec![]), (Notice::RefundDue, vec!["P1".to_owned()])]);
}

pub(super) async fn paid_too_late(database: &Database) {
    network(database).await;
    unpaid(database, 1, &[("A", 1)]).await;
    done(database, "r1", &act(Action::Expire, Actor::System, NOW + 1)).await;
    assert_eq!(figures(database, "A", "FR-1").await, (1, 0));
    let Some(Paid::Done(paid)) = pay(database, "r1", &report("P1", NOW + 2)).await else { panic!() };
    assert_eq!((paid.state, paid.leg), (State::Requested, 2));
    assert_eq!(figures(database, "A", "FR-1").await, (1, 1), "held again");
    assert_eq!(told(database, NOW + 3).await, [(Notice::Expired, vec![]), (Notice::Requested, vec![])]);
    // The last piece is another's now; B, which is there, is not held either.
    unpaid(database, 2, &[("A", 1), ("B", 1)]).await;
    put(database, &[count("A", "FR-1", 2, NOW + 4)]).await;
    unpaid(database, 3, &[("A", 1), ("B", 1)]).await;
    done(database, "r3", &act(Action::Expire, Actor::System, NOW + 5)).await;
    unpaid(database, 4, &[("A", 1)]).await;
    let late = pay(database, "r3", &report("P3", NOW + 6)).await;
    assert!(matches!(late, Some(Paid::RefundDue(_))), "{late:?}");
    assert_eq!(figures(database, "B", "FR-1").await, (2, 0));
    let again = pay(database, "r3", &report("P3", NOW + 7)).await;
    assert!(matches!(again, Some(Paid::Already { refund_due: true, .. })), "{again:?}");
    assert_eq!(
        told(database, NOW + 8).await,
        [(Notice::Expired, vec![]), (Notice::RefundDue, vec!["P3".to_owned()])]
    );
}

fn proposal(sku: &str) -> Proposal {
    Proposal { sku: sku.to_owned(), quantity: 1, open_until: NOW + 9000 }
}

fn take(at: i64) -> TakeProposal<'static> {
    TakeProposal { price_list: "default", due_at: at + 7000, ready_from: Some(at + 3000), at }
}

async fn refuse_and_propose(database: &Database, id: &str, sku: &str, at: i64) {
    let mut repository = database.write().await.unwrap();
    let found = repository.reservation("maison", id).await.unwrap().unwrap();
    repository.propose(&found, &proposal(sku), at).await.unwrap();
    let acted = repository.act("maison", id, &act(Action::Refuse, Actor::Staff, at)).await.unwrap();
    assert!(matches!(acted, Some(Acted::Done(_))), "{acted:?}");
    repository.save().await.unwrap();
}

async fn taken(database: &Database, id: &str, at: i64) -> Option<Taken> {
    let mut repository = database.write().await.unwrap();
    let taken = repository.take_proposal("maison", id, &take(at)).await.unwrap();
    repository.save().await.unwrap();
    taken
}

pub(super) async fn proposed_and_taken(database: &Database) {
    network(database).await;
    let price = Price { sku: "B".to_owned(), amount: 5900, currency: "EUR".to_owned() };
    let mut repository = database.write().await.unwrap();
    repository.put_prices("maison", "default", &[price]).await.unwrap();
    repository.save().await.unwrap();
    reserve(database, &wish(1, &[("A", 1)])).await;
    assert_eq!(taken(database, "r1", NOW + 1).await, Some(Taken::None));
    refuse_and_propose(database, "r1", "B", NOW + 1).await;
    assert_eq!(figures(database, "B", "FR-1").await, (2, 0), "nothing is held for it");
    let mut repository = database.read().await.unwrap();
    let found = repository.reservation("maison", "r1").await.unwrap().unwrap();
    assert_eq!(repository.proposal(&found).await.unwrap(), Some(proposal("B")));
    drop(repository);
    let Some(Taken::Done(made)) = taken(database, "r1", NOW + 2).await else { panic!() };
    assert_eq!((made.state, made.leg, made.due_at), (State::Accepted, 2, Some(NOW + 7002)));
    let lines: Vec<_> =
        made.lines.iter().map(|line| (&*line.sku, line.quantity, line.price.clone())).collect();
    assert_eq!(lines, [("B", 1, Some((5900, "EUR".to_owned())))]);
    assert_eq!(figures(database, "B", "FR-1").await, (2, 1));
    let again = taken(database, "r1", NOW + 3).await;
    assert_eq!(again, Some(Taken::Already(made.clone())));
    let mut repository = database.read().await.unwrap();
    assert_eq!(repository.reservation("maison", "r1").await.unwrap(), Some(made));
    let events = repository.reservation_events("maison", "r1").await.unwrap();
    let events: Vec<_> =
        events.iter().map(|one| (one.leg, one.after, one.refusal.as_deref(), one.sku.as_deref())).collect();
    assert_eq!(
        events,
        [
            (1, State::Requested, None, None),
            (1, State::Refused, Some("not_found"), Some("B")),
            (2, State::Accepted, None, Some("B")),
        ]
    );
    drop(repository);
    let told: Vec<_> = heard(database, &["mail"], NOW + 4).await.iter().map(|one| of(one).clone()).collect();
    let kinds: Vec<_> = told.iter().map(|event| event.notice).collect();
    assert_eq!(kinds, [Notice::Requested, Notice::Proposed, Notice::Accepted]);
    assert_eq!(told[1].facts.proposal.as_ref().map(|proposal| &*proposal.sku), Some("B"));
    assert_eq!((&*told[1].facts.items[0].sku, &*told[2].facts.items[0].sku), ("A", "B"));
    done(database, "r1", &act(Action::Collect, Actor::Staff, NOW + 5)).await;
    assert_eq!(figures(database, "B", "FR-1").await, (1, 0));
    assert_eq!(taken(database, "r1", NOW + 6).await, Some(Taken::None));
}

pub(super) async fn a_proposal_that_is_gone(database: &Database) {
    network(database).await;
    put(database, &[count("A", "FR-1", 9, NOW)]).await;
    for number in 1..4 {
        unpaid(database, number, &[("A", 1)]).await;
        pay(database, &format!("r{number}"), &report(["", "P1", "P2", "P3"][usize::from(number)], NOW)).await;
    }
    for number in 1..4 {
        refuse_and_propose(database, &format!("r{number}"), "B", NOW + 1).await;
    }
    assert_eq!(taken(database, "r1", NOW + 9001).await, Some(Taken::None), "too late");
    // Three want the last two at once.
    let takers = [1, 2, 3].map(|number| {
        let database = database.clone();
        tokio::spawn(async move { taken(&database, &format!("r{number}"), NOW + 2).await })
    });
    let mut gone = Vec::new();
    for taker in takers {
        match taker.await.unwrap() {
            Some(Taken::Done(made)) => assert_eq!(made.payment, Payment::InStore, "the first was paid back"),
            other => gone.push(other),
        }
    }
    assert_eq!(gone, [Some(Taken::Gone("B".to_owned()))]);
    assert_eq!(figures(database, "B", "FR-1").await, (2, 2));
    let refunds = told(database, NOW + 3).await.into_iter().filter(|one| one.0 == Notice::RefundDue);
    assert_eq!(refunds.count(), 3);
}
