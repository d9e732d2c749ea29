//! Random feeds, moves, reservations and what is done with them, against a plain model: after each step the database says
//! what the model says, and no piece is promised twice.

use std::collections::HashMap;

use devanture_domain::reservation::{Action, Actor, Refusal, State};
use devanture_storage::{Database, FeedRun, NextStore, StockMove};
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
    /// A count from so long ago.
    Count {
        sku: usize,
        location: usize,
        on_hand: u32,
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
    let row = prop_oneof![
        2 => Just(Row::LeftOut),
        1 => Just(Row::Unread),
        4 => (3u32..20).prop_map(Row::Says),
    ];
    prop_oneof![
        2 => (proptest::array::uniform2(proptest::array::uniform2(row)), 0i64..60)
            .prop_map(|(rows, ago)| Step::Feed { rows, ago }),
        4 => (1usize..3).prop_map(|most| Step::Slice { most }),
        2 => (place(), 3u32..20, 0i64..60).prop_map(|((sku, location), on_hand, ago)| Step::Count {
            sku, location, on_hand, ago,
        }),
        2 => (place(), 0u8..12, -2i64..4, 0i64..60).prop_map(|((sku, location), number, delta, ago)| Step::Move {
            sku, location, number, delta, ago,
        }),
        4 => (0usize..2, 0u32..3, 0u32..3).prop_map(|(location, a, b)| Step::Reserve { location, a, b }),
        6 => (0usize..3, action).prop_map(|(which, (action, by))| Step::Act { which, action, by }),
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
}

impl Place {
    fn on_hand(&self) -> i64 {
        self.base
            + self.moves.iter().filter(|(at, _)| *at > self.based_at).map(|(_, delta)| delta).sum::<i64>()
    }
}

#[derive(Clone)]
struct Held {
    location: usize,
    pieces: [u32; 2],
    state: State,
    asked: u16,
}

#[derive(Default)]
struct Model {
    places: HashMap<(usize, usize), Place>,
    numbers: Vec<u8>,
    reservations: Vec<Held>,
    feed: Option<Feed>,
    feeds: usize,
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
            place.is_some_and(|place| place.on_hand() - place.reserved >= i64::from(quantity))
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
                place.moves.push((now, -i64::from(quantity)));
            } else if refusal.is_some_and(Refusal::corrects_stock) {
                place.base = place.reserved;
                place.based_at = now;
            }
        }
    }
}

/// Does a step in both, and checks that both say the same of it.
async fn both(database: &Database, model: &mut Model, step: &Step, now: i64) {
    match *step {
        Step::Count { sku, location, on_hand, ago } => {
            put(database, &[count(SKUS[sku], LOCATIONS[location], on_hand, now - ago)]).await;
            let place = model.places.entry((sku, location)).or_default();
            if now - ago >= place.based_at {
                place.base = i64::from(on_hand);
                place.based_at = now - ago;
            }
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
        Step::Reserve { location, a, b } => {
            let lines: Vec<_> = SKUS.into_iter().zip([a, b]).filter(|(_, quantity)| *quantity > 0).collect();
            if lines.is_empty() {
                return;
            }
            let number = u16::try_from(model.reservations.len()).unwrap();
            // The number of a refused wish is used again, as its key is.
            let asked = Wish { location: LOCATIONS[location], now, ..wish(number, &lines) };
            let held = made(&reserve(database, &asked).await);
            assert_eq!(held, model.hold(location, [a, b]), "{step:?}");
            if held {
                model.reservations.push(Held { location, pieces: [a, b], state: State::Requested, asked: 1 });
            }
        }
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
        let place = model.places.entry(key).or_default();
        if feed.run.counted_at >= place.based_at {
            place.base = i64::from(pieces);
            place.based_at = feed.run.counted_at;
        }
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
            (level.on_hand, i64::from(level.reserved)),
            (on_hand, place.reserved),
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

pub(super) async fn says_what_a_plain_model_says(database: &Database) {
    // The same cases at each run and on each engine: what fails can be found again.
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &[7; 32]);
    let mut runner = TestRunner::new_with_rng(Config::default(), rng);
    let steps = proptest::collection::vec(step(), 400).new_tree(&mut runner).unwrap().current();
    tenant(database).await;
    let mut model = Model::default();
    for (i, step) in (1..).zip(&steps) {
        both(database, &mut model, step, START + i * 10).await;
        compare(database, &model, step).await;
    }
    let collected = model.reservations.iter().filter(|held| held.state == State::Collected).count();
    let made = model.reservations.len();
    let feeds = model.feeds;
    assert!(
        made >= 20 && collected >= 5 && feeds >= 8,
        "the cases are too tame: {made} reservations, {collected} collected, {feeds} feeds"
    );
}
