//! Random feeds, moves, reservations and what is done with them, against a plain model: after each step the database says
//! what the model says, and no piece is promised twice. One file, as long as it
//! is: whether the model is right shows only beside the steps that are done to both.

use std::{
    collections::HashMap,
    hash::{BuildHasher as _, RandomState},
};

use devanture_domain::reservation::{Action, Actor, Refusal, State};
use devanture_storage::{
    Count, Counted, Database, FeedRun, NextStore, Paid, Payment, PaymentReport, StaffCount, StockMove,
    test_support::{PostgresServer, SqliteFile},
};
use proptest::{
    prelude::*,
    strategy::ValueTree as _,
    test_runner::{Config, RngAlgorithm, TestRng, TestRunner},
};

use super::{
    feeds::{began, said, slice, staged, unread},
    network::tenant,
    reservations::{Wish, act, done, made, reserve, wish},
    stock::{count, put},
};

const SKUS: [&str; 2] = ["A", "B"];
const LOCATIONS: [&str; 2] = ["FR-1", "FR-2"];
const START: i64 = 1_000_000;

/// A feed's row of an SKU at a location.
#[derive(Clone, Copy, Debug)]
enum Row {
    LeftOut,
    Unread,
    Says(u32),
}

#[derive(Clone, Debug)]
enum Step {
    /// A count from so long ago, which may say how many are never promised.
    Count {
        sku: usize,
        location: usize,
        on_hand: u32,
        safety: Option<u32>,
        ago: i64,
    },
    /// A seller's count, of what they were shown or of what has changed since.
    Look {
        sku: usize,
        location: usize,
        on_hand: u32,
        was_shown: bool,
        ago: i64,
    },
    /// A move from so long ago, with a number that may come twice.
    Move {
        sku: usize,
        location: usize,
        number: u8,
        delta: i64,
        ago: i64,
    },
    Reserve {
        location: usize,
        a: u32,
        b: u32,
        payment: Payment,
    },
    /// The checkout tells a payment, which it may tell twice.
    Pay {
        which: usize,
        number: u8,
    },
    Act {
        which: usize,
        action: Action,
        by: Actor,
    },
    PassOn {
        which: usize,
        location: usize,
        refusal: Option<Refusal>,
    },
    /// A full feed from so long ago begins to be applied. Of each SKU at each location it has a row or none.
    Feed {
        rows: [[Row; 2]; 2],
        ago: i64,
    },
    /// So many of its rows are applied.
    Slice {
        most: usize,
    },
}

fn step() -> impl Strategy<Value = Step> {
    let place = || (0usize..2, 0usize..2);
    let action = prop_oneof![
        6 => Just((Action::Accept, Actor::Staff)),
        2 => Just((Action::MarkReady, Actor::Staff)),
        6 => Just((Action::Collect, Actor::Staff)),
        1 => Just((Action::Refuse, Actor::Staff)),
        1 => Just((Action::NoShow, Actor::System)),
        1 => Just((Action::Expire, Actor::System)),
        1 => Just((Action::Cancel, Actor::Shopper)),
    ];
    let refusal = prop_oneof![Just(None), Just(Some(Refusal::NoTime)), Just(Some(Refusal::NotFound))];
    let payment = prop_oneof![2 => Just(Payment::InStore), 1 => Just(Payment::Checkout)];
    let row = prop_oneof![
        2 => Just(Row::LeftOut),
        1 => Just(Row::Unread),
        4 => (3u32..20).prop_map(Row::Says),
    ];
    prop_oneof![
        2 => (proptest::array::uniform2(proptest::array::uniform2(row)), 0i64..60)
            .prop_map(|(rows, ago)| Step::Feed { rows, ago }),
        4 => (1usize..3).prop_map(|most| Step::Slice { most }),
        2 => (place(), 3u32..20, proptest::option::of(0u32..3), 0i64..60)
            .prop_map(|((sku, location), on_hand, safety, ago)| Step::Count { sku, location, on_hand, safety, ago }),
        1 => (place(), 3u32..20, proptest::bool::weighted(0.8), 0i64..60)
            .prop_map(|((sku, location), on_hand, was_shown, ago)| Step::Look { sku, location, on_hand, was_shown, ago }),
        2 => (place(), 0u8..12, -2i64..4, 0i64..60).prop_map(|((sku, location), number, delta, ago)| Step::Move {
            sku, location, number, delta, ago,
        }),
        4 => (0usize..2, 0u32..3, 0u32..3, payment)
            .prop_map(|(location, a, b, payment)| Step::Reserve { location, a, b, payment }),
        2 => (0usize..3, 0u8..2).prop_map(|(which, number)| Step::Pay { which, number }),
        10 => (0usize..3, action).prop_map(|(which, (action, by))| Step::Act { which, action, by }),
        2 => (0usize..6, 0usize..2, refusal).prop_map(|(which, location, refusal)| Step::PassOn {
            which, location, refusal,
        }),
    ]
}

/// What is known of the pieces at one place.
#[derive(Default)]
struct Place {
    based_at: i64,
    base: i64,
    /// Moves with their times.
    moves: Vec<(i64, i64)>,
    reserved: i64,
    safety: u32,
}

impl Place {
    fn moved(&self) -> i64 {
        self.moves.iter().filter(|(at, _)| *at > self.based_at).map(|(_, delta)| delta).sum()
    }

    fn on_hand(&self) -> i64 {
        self.base + self.moved()
    }

    /// What can be promised.
    fn free(&self) -> i64 {
        self.on_hand() - self.reserved - i64::from(self.safety)
    }

    /// A count holds unless a later one was heard; says whether it does.
    fn count(&mut self, on_hand: u32, at: i64) -> bool {
        let holds = at >= self.based_at;
        if holds {
            self.base = i64::from(on_hand);
            self.based_at = at;
        }
        holds
    }
}

#[derive(Clone, Debug)]
struct Held {
    location: usize,
    pieces: [u32; 2],
    state: State,
    asked: u16,
    payment: Payment,
    /// Names of its payments.
    paid: Vec<String>,
}

#[derive(Default)]
struct Model {
    places: HashMap<(usize, usize), Place>,
    numbers: Vec<u8>,
    reservations: Vec<Held>,
    feed: Option<Feed>,
    feeds: usize,
    looks: usize,
}

/// A feed that is being applied: what it says of which SKU where, as far as that is not applied, in the order of the keys.
struct Feed {
    run: FeedRun,
    rest: Vec<((usize, usize), Option<u32>)>,
}

impl Model {
    /// The reservation that is so far back from the last.
    fn recent(&self, back: usize) -> Option<(usize, Held)> {
        let which = self.reservations.len().checked_sub(back + 1)?;
        Some((which, self.reservations[which].clone()))
    }

    /// Takes the pieces, if there are as many at a place that is known.
    fn hold(&mut self, location: usize, pieces: [u32; 2]) -> bool {
        let wanted = || pieces.into_iter().enumerate().filter(|(_, quantity)| *quantity > 0);
        let there = wanted().all(|(sku, quantity)| {
            let place = self.places.get(&(sku, location));
            place.is_some_and(|place| place.free() >= i64::from(quantity))
        });
        if there {
            for (sku, quantity) in wanted() {
                self.places.entry((sku, location)).or_default().reserved += i64::from(quantity);
            }
        }
        there
    }

    fn settle(&mut self, held: &Held, end: State, refusal: Option<Refusal>, now: i64) {
        if end.holds() {
            return;
        }
        for (sku, quantity) in held.pieces.into_iter().enumerate().filter(|(_, quantity)| *quantity > 0) {
            let Some(place) = self.places.get_mut(&(sku, held.location)) else { continue };
            place.reserved -= i64::from(quantity);
            if end == State::Collected {
                // After the last count, also where the clock was set back.
                place.moves.push((now.max(place.based_at + 1), -i64::from(quantity)));
            } else if refusal.is_some_and(Refusal::corrects_stock) {
                place.based_at = now.max(place.based_at);
                place.base = place.reserved - place.moved();
            }
        }
    }
}

/// Does a step in both, and checks that both say the same of it.
async fn both(database: &Database, model: &mut Model, step: &Step, now: i64) {
    match *step {
        Step::Count { sku, location, on_hand, safety, ago } => {
            let count = count(SKUS[sku], LOCATIONS[location], on_hand, now - ago);
            put(database, &[Count { safety, ..count }]).await;
            let place = model.places.entry((sku, location)).or_default();
            if place.count(on_hand, now - ago) {
                place.safety = safety.unwrap_or(place.safety);
            }
        }
        Step::Look { sku, location, on_hand, was_shown, ago } => {
            look(database, model, (sku, location), (on_hand, was_shown), (now - ago, now)).await;
        }
        Step::Move { sku, location, number, delta, ago } => {
            let sequence = number.to_string();
            let one = StockMove {
                source: "till",
                sequence: &sequence,
                sku: SKUS[sku],
                location_code: LOCATIONS[location],
                delta,
                moved_at: now - ago,
            };
            let mut repository = database.write().await.unwrap();
            let new = repository.put_move("maison", &one).await.unwrap();
            repository.save().await.unwrap();
            assert_eq!(new, !model.numbers.contains(&number));
            if new {
                model.numbers.push(number);
                model.places.entry((sku, location)).or_default().moves.push((now - ago, delta));
            }
        }
        Step::Feed { rows, ago } => begin_feed(database, model, rows, now - ago).await,
        Step::Slice { most } => apply_slice(database, model, most).await,
        Step::Reserve { location, a, b, payment } => {
            let lines: Vec<_> = SKUS.into_iter().zip([a, b]).filter(|(_, quantity)| *quantity > 0).collect();
            if lines.is_empty() {
                return;
            }
            let number = u16::try_from(model.reservations.len()).unwrap();
            // The number of a refused wish is used again, as its key is.
            let asked = Wish { location: LOCATIONS[location], now, payment, ..wish(number, &lines) };
            let held = made(&reserve(database, &asked).await);
            assert_eq!(held, model.hold(location, [a, b]), "{step:?}");
            if held {
                let state = match payment {
                    Payment::InStore => State::Requested,
                    Payment::Checkout => State::AwaitingPayment,
                };
                let paid = Vec::new();
                model.reservations.push(Held { location, pieces: [a, b], state, asked: 1, payment, paid });
            }
        }
        Step::Pay { which, number } => pay(database, model, which, number, now).await,
        Step::Act { which, action, by } => {
            let Some((which, held)) = model.recent(which) else { return };
            let act = act(action, by, now);
            done(database, &format!("r{which}"), &act).await.unwrap();
            if let Ok(after) =
                held.state.after(action, by).map(|after| (after != held.state).then_some(after))
            {
                let Some(after) = after else { return };
                model.settle(&held, after, act.refusal, now);
                model.reservations[which].state = after;
            }
        }
        Step::PassOn { which, location, refusal } => {
            let Some((which, held)) = model.recent(which) else { return };
            let next = NextStore {
                asked: held.asked,
                location_code: LOCATIONS[location],
                delivered_to: None,
                due_at: now + 1,
                ready_from: None,
                refusal,
                staff_id: None,
                at: now,
            };
            let mut repository = database.write().await.unwrap();
            repository.pass_on("maison", &format!("r{which}"), &next).await.unwrap().unwrap();
            repository.save().await.unwrap();
            let (action, by) =
                refusal.map_or((Action::PassOn, Actor::System), |_| (Action::Refuse, Actor::Staff));
            let Ok(end) = held.state.after(action, by) else { return };
            if end != held.state && model.hold(location, held.pieces) {
                model.settle(&held, end, refusal, now);
                model.reservations[which] =
                    Held { location, state: State::Requested, asked: held.asked + 1, ..held };
            }
        }
    }
}

/// A seller counts what they were shown, or what somebody else has counted since.
async fn look(
    database: &Database,
    model: &mut Model,
    (sku, location): (usize, usize),
    (on_hand, was_shown): (u32, bool),
    (counted_at, heard_at): (i64, i64),
) {
    let place = model.places.get(&(sku, location));
    let shown = place.filter(|_| was_shown);
    let shown = shown.map(|place| (u32::try_from(place.on_hand().max(0)).unwrap(), place.based_at));
    model.looks += 1;
    let id = format!("look-{}", model.looks);
    let look = StaffCount {
        id: &id,
        sku: SKUS[sku],
        location_code: LOCATIONS[location],
        on_hand,
        seen: shown,
        reason: "found",
        counted_at,
        heard_at,
    };
    let mut repository = database.write().await.unwrap();
    let counted = repository.count_by_staff("maison", &look).await.unwrap();
    repository.save().await.unwrap();
    let is_new = place.is_none();
    assert_eq!(matches!(counted, Counted::Done(..)), is_new || was_shown, "{counted:?}");
    if is_new || was_shown {
        let place = model.places.entry((sku, location)).or_default();
        // What was seen was there before it was counted.
        assert!(place.count(on_hand, counted_at.max(place.based_at)));
    }
}

async fn pay(database: &Database, model: &mut Model, which: usize, number: u8, now: i64) {
    let Some((which, mut held)) = model.recent(which) else { return };
    let payment = format!("pay-{which}-{number}");
    let report = PaymentReport {
        payment: &payment,
        amount: 100,
        currency: "EUR",
        due_at: now + 1000,
        ready_from: None,
        at: now,
    };
    let mut repository = database.write().await.unwrap();
    let paid = repository.pay("maison", &format!("r{which}"), &report).await.unwrap().unwrap();
    repository.save().await.unwrap();
    let told = match paid {
        Paid::InStore => "in store",
        Paid::Already { .. } => "already",
        Paid::Done(_) => "done",
        Paid::RefundDue(_) => "refund",
        Paid::OtherPayment => "other",
    };
    let expected = if held.payment == Payment::InStore {
        "in store"
    } else if held.paid.contains(&payment) {
        "already"
    } else {
        held.paid.push(payment);
        // What has expired unpaid is held again while it is there.
        let is_late = held.state == State::Expired && held.paid.len() == 1;
        let goes_on =
            held.state == State::AwaitingPayment || (is_late && model.hold(held.location, held.pieces));
        if goes_on {
            held.asked += u16::from(is_late);
            held.state = State::Requested;
        }
        if goes_on { "done" } else { "refund" }
    };
    assert_eq!(told, expected, "{:?}", model.reservations[which]);
    model.reservations[which] = held;
}

async fn begin_feed(database: &Database, model: &mut Model, rows: [[Row; 2]; 2], counted_at: i64) {
    let covers = |location: usize| rows.iter().any(|row| matches!(row[location], Row::Says(_)));
    if model.feed.is_some() || !(covers(0) || covers(1)) {
        return;
    }
    let (mut written, mut rest) = (Vec::new(), Vec::new());
    for (sku, location) in [(0, 0), (0, 1), (1, 0), (1, 1)] {
        let place = model.places.get(&(sku, location));
        let pieces = match rows[sku][location] {
            Row::Says(pieces) => {
                written.push(said(SKUS[sku], LOCATIONS[location], pieces));
                Some(pieces)
            }
            Row::Unread => {
                written.push(unread(SKUS[sku], LOCATIONS[location]));
                None
            }
            // None are left, if it was known and not counted later.
            Row::LeftOut if covers(location) && place.is_some_and(|place| place.based_at <= counted_at) => {
                Some(0)
            }
            Row::LeftOut => continue,
        };
        rest.push(((sku, location), pieces));
    }
    let run = staged(database, counted_at, &written).await;
    assert!(began(database, &run).await);
    model.feed = Some(Feed { run, rest });
    model.feeds += 1;
}

async fn apply_slice(database: &Database, model: &mut Model, most: usize) {
    let Some(mut feed) = model.feed.take() else { return };
    let more = slice(database, &feed.run, most).await.unwrap();
    let rest = feed.rest.split_off(most.min(feed.rest.len()));
    for (key, pieces) in std::mem::replace(&mut feed.rest, rest) {
        let Some(pieces) = pieces else { continue };
        model.places.entry(key).or_default().count(pieces, feed.run.counted_at);
    }
    assert!(more || feed.rest.is_empty());
    if more {
        model.feed = Some(feed);
    }
}

async fn compare(database: &Database, model: &Model, step: &Step) {
    let mut repository = database.read().await.unwrap();
    for (which, held) in model.reservations.iter().enumerate() {
        let found = repository.reservation("maison", &format!("r{which}")).await.unwrap().unwrap();
        assert_eq!((found.state, &*found.location_code), (held.state, LOCATIONS[held.location]), "{step:?}");
    }
    for (sku, location) in [(0, 0), (0, 1), (1, 0), (1, 1)] {
        let found = repository.stock_at("maison", SKUS[sku], LOCATIONS[location]).await.unwrap();
        let Some(place) = model.places.get(&(sku, location)) else {
            assert_eq!(found, None, "{step:?}");
            continue;
        };
        let level = found.unwrap().level;
        let on_hand = u32::try_from(place.on_hand().max(0)).unwrap();
        assert_eq!(
            (level.on_hand, i64::from(level.reserved), level.safety),
            (on_hand, place.reserved, place.safety),
            "{step:?} {sku} {location}"
        );
        let promised: u32 = model
            .reservations
            .iter()
            .filter(|held| held.location == location && held.state.holds())
            .map(|held| held.pieces[sku])
            .sum();
        assert_eq!(level.reserved, promised, "{step:?}");
    }
}

/// Between two steps; now and then the clock is set back.
fn pause() -> impl Strategy<Value = i64> {
    prop_oneof![12 => Just(10_i64), 1 => -60i64..0]
}

/// Cases that are the same at each run and on each engine. As many as `DEVANTURE_MODEL_CASES` says are drawn instead, or the one
/// that `DEVANTURE_TEST_SEED` brings back.
fn seeds(usual: u8) -> Vec<u64> {
    if let Ok(seed) = std::env::var("DEVANTURE_TEST_SEED") {
        return vec![seed.parse().unwrap()];
    }
    match std::env::var("DEVANTURE_MODEL_CASES") {
        Ok(cases) => (0..cases.parse::<u64>().unwrap()).map(|n| RandomState::new().hash_one(n)).collect(),
        Err(_) => (1..=u64::from(usual)).collect(),
    }
}

async fn says_what_a_plain_model_says(database: &Database, seed: u64) -> [usize; 4] {
    let mut key = [7; 32];
    key[..8].copy_from_slice(&seed.to_le_bytes());
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &key);
    let mut runner = TestRunner::new_with_rng(Config::default(), rng);
    let steps = proptest::collection::vec((step(), pause()), 400).new_tree(&mut runner).unwrap().current();
    tenant(database).await;
    let (mut model, mut now) = (Model::default(), START);
    for (step, pause) in &steps {
        now += pause;
        both(database, &mut model, step, now).await;
        compare(database, &model, step).await;
    }
    let of = |is: fn(&Held) -> bool| model.reservations.iter().filter(|held| is(held)).count();
    [
        model.reservations.len(),
        of(|held| held.state == State::Collected),
        of(|held| !held.paid.is_empty()),
        model.feeds,
    ]
}

/// What came about in all cases together.
fn are_not_tame(all: &[[usize; 4]]) {
    let of = |at: usize| all.iter().map(|one| one[at]).sum::<usize>() / all.len();
    let [made, collected, paid, feeds] = [of(0), of(1), of(2), of(3)];
    assert!(
        made >= 20 && collected >= 5 && paid >= 4 && feeds >= 8,
        "the cases are too tame: {made} reservations, {collected} collected, {paid} paid, {feeds} feeds"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn on_sqlite() {
    let mut all = Vec::new();
    for seed in seeds(6) {
        println!("DEVANTURE_TEST_SEED={seed}");
        let file = SqliteFile::new().await;
        all.push(says_what_a_plain_model_says(&file.database, seed).await);
    }
    are_not_tame(&all);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn on_postgres() {
    let server = PostgresServer::start();
    let mut all = Vec::new();
    for seed in seeds(3) {
        println!("DEVANTURE_TEST_SEED={seed}");
        let database = server.database().await;
        all.push(says_what_a_plain_model_says(&database, seed).await);
        database.close().await;
    }
    are_not_tame(&all);
}
