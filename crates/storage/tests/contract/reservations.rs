//! Reservations: a piece is never promised twice, whatever comes at once.

use devanture_domain::reservation::{Action, Actor, NotPossible, Refusal, State};
use devanture_storage::{
    Act, Acted, Claim, Contacts, Database, NewReservation, NextStore, PassedOn, Payment, Price, PrivateToken,
    Reserver, Reserving,
};

use super::{
    network::tenant,
    stock::{count, level, put},
};

const NOW: i64 = 1_795_000_000_000;

/// What the tests vary of a reservation.
#[derive(Clone)]
pub(super) struct Wish {
    pub(super) number: u16,
    pub(super) key: String,
    pub(super) location: &'static str,
    pub(super) lines: Vec<(&'static str, u32)>,
    pub(super) payment: Payment,
    pub(super) now: i64,
}

pub(super) fn wish(number: u16, lines: &[(&'static str, u32)]) -> Wish {
    Wish {
        number,
        key: format!("key-{number}"),
        location: "FR-1",
        lines: lines.to_vec(),
        payment: Payment::InStore,
        now: NOW,
    }
}

pub(super) fn token(number: u16) -> PrivateToken {
    let mut bytes = [0; 18];
    bytes[..2].copy_from_slice(&number.to_le_bytes());
    PrivateToken::from_random(bytes)
}

pub(super) async fn reserve(database: &Database, wish: &Wish) -> Reserving {
    reserve_as(database, wish, &format!("C{}", wish.number)).await
}

async fn reserve_as(database: &Database, wish: &Wish, code: &str) -> Reserving {
    let (id, token) = (format!("r{}", wish.number), token(wish.number));
    let mut repository = database.write().await.unwrap();
    let reserving = repository.reserve(&wish.reservation(&id, code, &token)).await.unwrap();
    repository.save().await.unwrap();
    reserving
}

impl Wish {
    fn reservation<'a>(
        &'a self,
        id: &'a str,
        pickup_code: &'a str,
        token: &'a PrivateToken,
    ) -> NewReservation<'a> {
        NewReservation {
            claim: Claim {
                tenant: "maison",
                site_id: "shop",
                key: &self.key,
                body: b"body",
                token,
                at: self.now,
            },
            id,
            pickup_code,
            payment: self.payment,
            location_code: self.location,
            delivered_to: None,
            pieces: &self.lines,
            price_list: "default",
            due_at: self.now + 1000,
            ready_from: Some(self.now + 500),
            locale: "fr",
            reserver: Reserver {
                name: "Zoé",
                email: Some(("Zoe@example.com", "zoe@example.com")),
                phone: Some(("06 12 34 56 78", "+33612345678")),
            },
            staff_id: None,
        }
    }
}

/// Whether the pieces are held.
pub(super) fn made(reserving: &Reserving) -> bool {
    matches!(reserving, Reserving::New(_))
}

pub(super) fn act(action: Action, by: Actor, at: i64) -> Act<'static> {
    Act {
        leg: None,
        action,
        by,
        staff_id: (by == Actor::Staff).then_some("anne"),
        refusal: (action == Action::Refuse).then_some(Refusal::NotFound),
        due_at: Some(at + 5000),
        at,
    }
}

pub(super) async fn done(database: &Database, id: &str, act: &Act<'_>) -> Option<Acted> {
    let mut repository = database.write().await.unwrap();
    let acted = repository.act("maison", id, act).await.unwrap();
    repository.save().await.unwrap();
    acted
}

pub(super) async fn figures(database: &Database, sku: &str, location: &str) -> (u32, u32) {
    let level = level(database, sku, location).await;
    (level.on_hand, level.reserved)
}

async fn network(database: &Database) {
    tenant(database).await;
    put(database, &[count("A", "FR-1", 3, NOW), count("B", "FR-1", 1, NOW), count("A", "FR-2", 2, NOW)])
        .await;
}

pub(super) async fn a_code_is_one_reservations(database: &Database) {
    network(database).await;
    assert!(made(&reserve_as(database, &wish(1, &[("A", 1)]), "SAME").await));
    assert_eq!(reserve_as(database, &wish(2, &[("A", 1), ("B", 1)]), "SAME").await, Reserving::CodeTaken);
    assert_eq!(figures(database, "A", "FR-1").await, (3, 1));
    assert_eq!(figures(database, "B", "FR-1").await, (1, 0));
    // Nothing is kept of it: by the same key it can be had with another code.
    assert!(made(&reserve_as(database, &wish(2, &[("A", 1), ("B", 1)]), "OTHER").await));
    assert_eq!(figures(database, "A", "FR-1").await, (3, 2));
}

pub(super) async fn several_at_once_get_what_there_is(database: &Database) {
    network(database).await;
    put(database, &[count("C", "FR-1", 200, NOW)]).await;
    assert!(made(&reserve(database, &wish(1, &[("A", 1)])).await));
    let mut wishes = vec![
        wish(1, &[("A", 1)]),
        wish(2, &[("A", 1), ("B", 1)]),
        wish(3, &[("C", 1), ("B", 1)]),
        wish(4, &[("A", 2)]),
        wish(5, &[("A", 1), ("C", 2)]),
        wish(6, &[("A", 1)]),
        wish(7, &[("nothing", 1)]),
        Wish { location: "FR-2", ..wish(8, &[("A", 2)]) },
    ];
    // More than one statement takes.
    wishes.extend((10..130).map(|number| wish(number, &[("C", 1)])));
    let label = |wish: &Wish| (format!("r{}", wish.number), format!("C{}", wish.number), token(wish.number));
    let names: Vec<_> = wishes.iter().map(label).collect();
    let all: Vec<_> = wishes
        .iter()
        .zip(&names)
        .map(|(wish, (id, code, token))| wish.reservation(id, code, token))
        .collect();
    let mut repository = database.write().await.unwrap();
    let answers = repository.reserve_all(&all).await.unwrap();
    repository.save().await.unwrap();
    let lacks = |sku: &str| Reserving::NotEnough(sku.to_owned());
    assert_eq!(answers[0], Reserving::Again(token(1)));
    assert!(made(&answers[1]));
    assert_eq!(answers[2], lacks("B"));
    assert_eq!(answers[3], lacks("A"));
    assert!(made(&answers[4]));
    assert_eq!(answers[5], lacks("A"));
    assert_eq!(answers[6], lacks("nothing"));
    assert!(answers[7..].iter().all(made));
    assert_eq!(answers.len(), all.len());
    assert_eq!(figures(database, "A", "FR-1").await, (3, 3));
    assert_eq!(figures(database, "A", "FR-2").await, (2, 2));
    assert_eq!(figures(database, "B", "FR-1").await, (1, 1));
    assert_eq!(figures(database, "C", "FR-1").await, (200, 122));
    // What was refused left no key behind.
    assert!(made(&reserve(database, &wish(3, &[("C", 1)])).await));
}

pub(super) async fn held_until_collected(database: &Database) {
    network(database).await;
    let price = Price { sku: "A".to_owned(), amount: 8900, currency: "EUR".to_owned() };
    let mut repository = database.write().await.unwrap();
    repository.put_prices("maison", "default", &[price]).await.unwrap();
    repository.save().await.unwrap();
    let Reserving::New(new) = reserve(database, &wish(1, &[("B", 1), ("A", 2)])).await else { panic!() };
    assert_eq!(figures(database, "A", "FR-1").await, (3, 2));
    let steps = [Action::Accept, Action::MarkReady, Action::Collect];
    for (i, action) in (1..).zip(steps) {
        let acted = done(database, "r1", &act(action, Actor::Staff, NOW + i)).await;
        assert!(matches!(acted, Some(Acted::Done(_))), "{acted:?}");
        let again = done(database, "r1", &act(action, Actor::Staff, NOW + i)).await;
        assert!(matches!(again, Some(Acted::Already(_))), "{again:?}");
    }
    assert_eq!(figures(database, "A", "FR-1").await, (1, 0));
    assert_eq!(figures(database, "B", "FR-1").await, (0, 0));
    // A count from before is heard now: what has left does not come back.
    put(database, &[count("A", "FR-1", 3, NOW)]).await;
    assert_eq!(figures(database, "A", "FR-1").await, (1, 0));

    let mut repository = database.read().await.unwrap();
    let found = repository.reservation_by_token(&token(1)).await.unwrap().unwrap();
    assert_eq!((found.state, found.due_at, found.leg), (State::Collected, None, 1));
    let lines: Vec<_> = found.lines.iter().map(|line| (line.sku.as_str(), line.quantity)).collect();
    assert_eq!(lines, [("A", 2), ("B", 1)]);
    assert_eq!(repository.reservation_by_code("maison", "C1").await.unwrap(), Some(found));
    assert_eq!(repository.reservation_by_code("other", "C1").await.unwrap(), None);
    let prices: Vec<_> = new.lines.iter().map(|line| line.price.clone()).collect();
    assert_eq!(prices, [Some((8900, "EUR".to_owned())), None]);
    let events = repository.reservation_events("maison", "r1").await.unwrap();
    let told: Vec<_> = events.iter().map(|event| (event.before, event.after, &*event.actor)).collect();
    assert_eq!(
        told,
        [
            (None, State::Requested, "shopper"),
            (Some(State::Requested), State::Accepted, "staff"),
            (Some(State::Accepted), State::Ready, "staff"),
            (Some(State::Ready), State::Collected, "staff"),
        ]
    );
    assert_eq!(events[3].staff_id.as_deref(), Some("anne"));
    let answers = repository.answers("maison", NOW).await.unwrap();
    assert_eq!((answers["FR-1"].confirmed, answers["FR-1"].refused), (1, 0));
}

pub(super) async fn all_or_nothing(database: &Database) {
    network(database).await;
    let too_many = wish(1, &[("A", 1), ("B", 2)]);
    assert_eq!(reserve(database, &too_many).await, Reserving::NotEnough("B".to_owned()));
    assert_eq!(figures(database, "A", "FR-1").await, (3, 0));
    let unknown = wish(2, &[("A", 1), ("Z", 1)]);
    assert_eq!(reserve(database, &unknown).await, Reserving::NotEnough("Z".to_owned()));
    // Nothing was kept of it: the same key can be used for another try.
    assert!(made(&reserve(database, &Wish { lines: vec![("B", 1)], ..too_many }).await));
    let mut repository = database.read().await.unwrap();
    assert_eq!(repository.reservation("maison", "r2").await.unwrap(), None);
}

pub(super) async fn every_end_gives_back(database: &Database) {
    network(database).await;
    let ends = [
        (Action::Cancel, Actor::Shopper, State::Cancelled),
        (Action::Expire, Actor::System, State::Expired),
        (Action::Cancel, Actor::Staff, State::Cancelled),
    ];
    for (i, (action, by, end)) in (1..).zip(ends) {
        assert!(made(&reserve(database, &wish(i, &[("A", 3)])).await));
        let Some(Acted::Done(reservation)) =
            done(database, &format!("r{i}"), &act(action, by, NOW + 1)).await
        else {
            panic!("{action:?}")
        };
        assert_eq!((reservation.state, reservation.due_at), (end, None));
        assert_eq!(figures(database, "A", "FR-1").await, (3, 0));
    }
    let late = done(database, "r1", &act(Action::Accept, Actor::Staff, NOW + 2)).await;
    assert_eq!(late, Some(Acted::NotPossible(NotPossible::State(State::Cancelled))));
    assert_eq!(done(database, "none", &act(Action::Accept, Actor::Staff, NOW)).await, None);
}

pub(super) async fn a_refusal_corrects_the_figure(database: &Database) {
    network(database).await;
    assert!(made(&reserve(database, &wish(1, &[("A", 1)])).await));
    assert!(made(&reserve(database, &wish(2, &[("A", 1)])).await));
    done(database, "r1", &act(Action::Refuse, Actor::Staff, NOW + 9)).await;
    let level = level(database, "A", "FR-1").await;
    assert_eq!((level.on_hand, level.reserved, level.available(), level.counted_at), (1, 1, 0, NOW + 9));
    assert_eq!(reserve(database, &wish(3, &[("A", 1)])).await, Reserving::NotEnough("A".to_owned()));
}

pub(super) async fn passed_on_with_its_pieces(database: &Database) {
    network(database).await;
    assert!(made(&reserve(database, &wish(1, &[("A", 2)])).await));
    let to = |asked, location_code, refusal| NextStore {
        asked,
        location_code,
        delivered_to: (location_code == "FR-2").then_some("FR-3"),
        due_at: NOW + 9_000,
        ready_from: None,
        refusal,
        staff_id: None,
        at: NOW + 10,
    };
    let pass = async |next: NextStore<'static>| {
        let mut repository = database.write().await.unwrap();
        let passed = repository.pass_on("maison", "r1", &next).await.unwrap();
        repository.save().await.unwrap();
        passed
    };
    assert_eq!(pass(to(1, "FR-9", None)).await, Some(PassedOn::NotEnough("A".to_owned())));
    assert_eq!(figures(database, "A", "FR-1").await, (3, 2), "nothing has changed");
    let Some(PassedOn::Done(passed)) = pass(to(1, "FR-2", None)).await else { panic!() };
    assert_eq!((&*passed.location_code, passed.leg, passed.state), ("FR-2", 2, State::Requested));
    assert_eq!(figures(database, "A", "FR-1").await, (3, 0));
    assert_eq!(figures(database, "A", "FR-2").await, (2, 2));
    // Decided before, by another instance or by the first store.
    let late = Some(PassedOn::NotPossible(NotPossible::State(State::PassedOn)));
    assert_eq!(pass(to(1, "FR-1", None)).await, late);
    let by_first = Act { leg: Some(1), ..act(Action::Accept, Actor::Staff, NOW + 11) };
    let late = Some(Acted::NotPossible(NotPossible::State(State::PassedOn)));
    assert_eq!(done(database, "r1", &by_first).await, late);
    let mut repository = database.read().await.unwrap();
    let gone = repository.store_reservations("maison", "FR-1", (true, 9)).await.unwrap();
    let [gone] = &gone[..] else { panic!() };
    assert_eq!(
        (gone.reservation.state, gone.reservation.due_at, &gone.person),
        (State::PassedOn, None, &None)
    );
    let come = repository.store_reservations("maison", "FR-2", (false, 9)).await.unwrap();
    let [come] = &come[..] else { panic!() };
    assert_eq!((come.reservation.state, come.reservation.due_at), (State::Requested, Some(NOW + 9_000)));
    assert_eq!(come.reservation.lines.len(), 1);
    drop(repository);
    let sent = async |ended: bool| {
        let mut repository = database.read().await.unwrap();
        let all = repository.store_reservations("maison", "FR-3", (ended, 9)).await.unwrap();
        all.into_iter().map(|one| (one.reservation.state, one.reservation.delivered_to)).collect::<Vec<_>>()
    };
    assert_eq!(sent(false).await, [], "not before it is sent");
    let Some(PassedOn::Done(back)) = pass(to(2, "FR-1", Some(Refusal::NoTime))).await else { panic!() };
    let mut repository = database.read().await.unwrap();
    assert_eq!(repository.reservation("maison", "r1").await.unwrap(), Some(*back));
    assert_eq!(repository.asked_locations("maison", "r1").await.unwrap(), ["FR-1", "FR-2", "FR-1"]);
    let states: Vec<State> = repository
        .reservation_events("maison", "r1")
        .await
        .unwrap()
        .iter()
        .map(|event| event.after)
        .collect();
    assert_eq!(
        states,
        [State::Requested, State::PassedOn, State::Requested, State::Refused, State::Requested]
    );
    drop(repository);
    assert!(matches!(pass(to(3, "FR-2", None)).await, Some(PassedOn::Done(_))));
    done(database, "r1", &act(Action::Accept, Actor::Staff, NOW + 12)).await;
    assert_eq!(sent(false).await, [(State::Accepted, Some("FR-3".to_owned()))]);
    done(database, "r1", &act(Action::Collect, Actor::Staff, NOW + 13)).await;
    assert_eq!(sent(false).await, []);
    assert_eq!(sent(true).await, [(State::Collected, Some("FR-3".to_owned()))]);
    assert_eq!(figures(database, "A", "FR-2").await, (0, 0), "it is of where it came from");
}

pub(super) async fn due_and_counted_per_person(database: &Database) {
    network(database).await;
    assert!(made(&reserve(database, &wish(1, &[("A", 1)])).await));
    assert!(made(&reserve(database, &Wish { payment: Payment::Checkout, ..wish(2, &[("A", 1)]) }).await));
    let mut repository = database.read().await.unwrap();
    assert!(repository.due_reservations(NOW + 999, 10).await.unwrap().is_empty());
    assert_eq!(repository.due_reservations(NOW + 1000, 1).await.unwrap().len(), 1);
    assert_eq!(repository.due_reservations(NOW + 1000, 10).await.unwrap().len(), 2);
    drop(repository);
    done(database, "r2", &act(Action::Pay, Actor::System, NOW)).await;
    done(database, "r2", &act(Action::Accept, Actor::Staff, NOW)).await;
    done(database, "r2", &act(Action::MarkReady, Actor::Staff, NOW)).await;
    done(database, "r2", &act(Action::NoShow, Actor::Staff, NOW + 7)).await;
    let mut repository = database.read().await.unwrap();
    let email = Contacts { tenant: "maison", email_key: Some("zoe@example.com"), phone_key: None };
    let phone =
        Contacts { tenant: "maison", email_key: Some("other@example.com"), phone_key: Some("+33612345678") };
    let nobody = Contacts { tenant: "maison", email_key: None, phone_key: None };
    let elsewhere = Contacts { tenant: "other", ..email };
    let counts = repository.open_and_missed(&[email, nobody, phone, elsewhere], NOW).await.unwrap();
    assert_eq!(counts, [(1, 1), (0, 0), (1, 1), (0, 0)]);
    assert_eq!(repository.open_and_missed(&[email], NOW + 8).await.unwrap(), [(1, 0)]);
    let many = vec![email; 120];
    assert_eq!(repository.open_and_missed(&many, NOW).await.unwrap(), vec![(1, 1); 120]);
}

pub(super) async fn people_are_erased_apart(database: &Database) {
    network(database).await;
    assert!(made(&reserve(database, &wish(1, &[("A", 1)])).await));
    assert!(made(&reserve(database, &wish(2, &[("A", 1)])).await));
    done(database, "r1", &act(Action::Expire, Actor::System, NOW + 5)).await;
    let email = Contacts { tenant: "maison", email_key: Some("zoe@example.com"), phone_key: None };
    let mut repository = database.write().await.unwrap();
    let ended = repository.store_reservations("maison", "FR-1", (true, 9)).await.unwrap();
    let person = ended[0].person.clone().unwrap();
    assert_eq!((&*person.name, person.email.as_deref()), ("Zoé", Some("Zoe@example.com")));
    assert_eq!(repository.erase_reservers(NOW + 5, 0).await.unwrap(), 0, "too early");
    assert_eq!(repository.erase_reservers(NOW + 6, 0).await.unwrap(), 1);
    let ended = repository.store_reservations("maison", "FR-1", (true, 9)).await.unwrap();
    assert_eq!((ended.len(), &ended[0].person), (1, &None));
    let open = repository.store_reservations("maison", "FR-1", (false, 9)).await.unwrap();
    assert!(open.len() == 1 && open[0].person.is_some(), "still open");
    // Whom it was is forgotten, that it was the same person is not.
    assert_eq!(repository.open_and_missed(&[email], NOW).await.unwrap(), [(1, 0)]);
    repository.erase_reservers(NOW + 6, NOW + 6).await.unwrap();
    repository.save().await.unwrap();
}

/// 200 shoppers after 10 pieces.
pub(super) async fn never_promised_twice(database: &Database) {
    tenant(database).await;
    put(database, &[count("A", "FR-1", 11, NOW)]).await;
    let mut repository = database.write().await.unwrap();
    let spare = devanture_storage::Count { safety: Some(1), ..count("A", "FR-1", 11, NOW) };
    repository.put_counts("maison", &[spare]).await.unwrap();
    repository.save().await.unwrap();
    let shoppers: Vec<_> = (0..200)
        .map(|i| {
            let database = database.clone();
            tokio::spawn(async move { reserve(&database, &wish(i, &[("A", 1)])).await })
        })
        .collect();
    let (mut held, mut refused) = (0, 0);
    for shopper in shoppers {
        match shopper.await.unwrap() {
            Reserving::New(_) => held += 1,
            Reserving::NotEnough(_) => refused += 1,
            other => panic!("{other:?}"),
        }
    }
    assert_eq!((held, refused), (10, 190));
    assert_eq!(figures(database, "A", "FR-1").await, (11, 10));
}

pub(super) async fn same_key_holds_once(database: &Database) {
    network(database).await;
    let tasks: Vec<_> = (0..5)
        .map(|i| {
            let database = database.clone();
            let wish = Wish { key: "same".to_owned(), ..wish(i, &[("A", 1)]) };
            tokio::spawn(async move { (i, reserve(&database, &wish).await) })
        })
        .collect();
    let mut first = None;
    let mut again = Vec::new();
    for task in tasks {
        match task.await.unwrap() {
            (i, Reserving::New(_)) => assert_eq!(first.replace(i), None, "held twice"),
            (_, Reserving::Again(token)) => again.push(token),
            other => panic!("{other:?}"),
        }
    }
    assert_eq!(again, vec![token(first.unwrap()); 4]);
    assert_eq!(figures(database, "A", "FR-1").await, (3, 1));
}
