//! A reservation's life at one store: who may do what, and what comes of it.
//!
//! A request that its store does not answer in time, or refuses, is passed on: its life at that store has ended, and
//! another begins at the next one.

mod notice;
mod promise;
mod rules;

use serde::{Deserialize, Serialize};

pub use notice::Notice;
pub use promise::{Promise, answer_by, pick_up_by, promise};
pub use rules::ReservationRules;

/// Where a reservation stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Click & collect: the pieces are held until the host page's checkout says that they are paid.
    AwaitingPayment,
    /// The store has been asked.
    Requested,
    /// The store has the pieces and will put them aside.
    Accepted,
    /// They lie ready.
    Ready,
    /// The shopper has them.
    Collected,
    /// The store does not have them after all.
    Refused,
    /// Nobody answered, or paid, in time.
    Expired,
    /// Called off.
    Cancelled,
    /// They could be fetched until the last day and nobody came.
    NoShow,
    /// This store did not answer in time, and another has been asked.
    PassedOn,
}

/// What can be done with a reservation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Action {
    /// The checkout says that it is paid.
    Pay,
    /// The store has the pieces.
    Accept,
    /// The store has not.
    Refuse,
    /// The pieces lie ready.
    MarkReady,
    /// The shopper has come and has them.
    Collect,
    /// The shopper does not want them any more.
    Cancel,
    /// Time is up.
    Expire,
    /// Nobody came.
    NoShow,
    /// Another store is asked.
    PassOn,
}

/// Who does something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Actor {
    /// Who holds the private link.
    Shopper,
    /// A seller of the store, or head office.
    Staff,
    /// The clock, or the host's checkout.
    System,
}

/// Why a store refuses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Refusal {
    /// The piece is not where it should be.
    NotFound,
    /// It was sold while the request came.
    Sold,
    /// It is there and cannot be sold.
    Damaged,
    /// Nobody has the time, or the store closes early.
    NoTime,
}

impl Refusal {
    /// Whether there are fewer pieces than the figures said.
    pub fn corrects_stock(self) -> bool {
        !matches!(self, Self::NoTime)
    }
}

/// What cannot be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotPossible {
    /// Not from this state.
    State(State),
    /// Not by this actor.
    Actor,
}

impl State {
    /// Every state.
    pub const ALL: [Self; 10] = [
        Self::AwaitingPayment,
        Self::Requested,
        Self::Accepted,
        Self::Ready,
        Self::Collected,
        Self::Refused,
        Self::Expired,
        Self::Cancelled,
        Self::NoShow,
        Self::PassedOn,
    ];

    /// Whether pieces are held in it.
    pub fn holds(self) -> bool {
        matches!(self, Self::AwaitingPayment | Self::Requested | Self::Accepted | Self::Ready)
    }

    /// What it becomes by `action`; itself where that has been done already, since a request may come twice.
    pub fn after(self, action: Action, by: Actor) -> Result<Self, NotPossible> {
        if !by.may(action) {
            return Err(NotPossible::Actor);
        }
        let done = action.result();
        match (self, action) {
            (same, _) if same == done => Ok(same),
            (Self::AwaitingPayment, Action::Pay | Action::Cancel | Action::Expire)
            | (
                Self::Requested,
                Action::Accept | Action::Refuse | Action::Cancel | Action::Expire | Action::PassOn,
            )
            | (
                Self::Accepted,
                // Some stores never say that it is ready: who does not come is not told from it.
                Action::MarkReady
                | Action::Collect
                | Action::Refuse
                | Action::Cancel
                | Action::Expire
                | Action::NoShow,
            )
            | (Self::Ready, Action::Collect | Action::Cancel | Action::NoShow) => Ok(done),
            (state, _) => Err(NotPossible::State(state)),
        }
    }

    /// As written in the database and on the wire.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::AwaitingPayment => "awaiting_payment",
            Self::Requested => "requested",
            Self::Accepted => "accepted",
            Self::Ready => "ready",
            Self::Collected => "collected",
            Self::Refused => "refused",
            Self::Expired => "expired",
            Self::Cancelled => "cancelled",
            Self::NoShow => "no_show",
            Self::PassedOn => "passed_on",
        }
    }

    /// Undoes [`Self::as_str`].
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == text)
    }
}

impl Action {
    /// The state that it ends in.
    fn result(self) -> State {
        match self {
            Self::Pay => State::Requested,
            Self::Accept => State::Accepted,
            Self::Refuse => State::Refused,
            Self::MarkReady => State::Ready,
            Self::Collect => State::Collected,
            Self::Cancel => State::Cancelled,
            Self::Expire => State::Expired,
            Self::NoShow => State::NoShow,
            Self::PassOn => State::PassedOn,
        }
    }
}

impl Actor {
    /// Whether it is this actor's to do.
    pub fn may(self, action: Action) -> bool {
        match self {
            Self::Shopper => action == Action::Cancel,
            Self::Staff => !matches!(action, Action::Pay | Action::Expire | Action::PassOn),
            Self::System => {
                matches!(action, Action::Pay | Action::Expire | Action::PassOn | Action::NoShow)
            }
        }
    }

    /// As written in the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Shopper => "shopper",
            Self::Staff => "staff",
            Self::System => "system",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const ACTIONS: [Action; 9] = [
        Action::Pay,
        Action::Accept,
        Action::Refuse,
        Action::MarkReady,
        Action::Collect,
        Action::Cancel,
        Action::Expire,
        Action::NoShow,
        Action::PassOn,
    ];
    const ACTORS: [Actor; 3] = [Actor::Shopper, Actor::Staff, Actor::System];

    #[test]
    fn the_usual_way() {
        let mut state = State::AwaitingPayment;
        for (action, actor) in [
            (Action::Pay, Actor::System),
            (Action::Accept, Actor::Staff),
            (Action::MarkReady, Actor::Staff),
            (Action::Collect, Actor::Staff),
        ] {
            state = state.after(action, actor).unwrap();
            assert_eq!(state.after(action, actor), Ok(state), "sent twice");
        }
        assert_eq!(state, State::Collected);
    }

    #[test]
    fn what_cannot_be() {
        assert_eq!(
            State::Collected.after(Action::Cancel, Actor::Shopper),
            Err(NotPossible::State(State::Collected))
        );
        assert_eq!(
            State::Requested.after(Action::Collect, Actor::Staff),
            Err(NotPossible::State(State::Requested))
        );
        assert_eq!(State::Requested.after(Action::Accept, Actor::Shopper), Err(NotPossible::Actor));
        assert_eq!(State::Ready.after(Action::Refuse, Actor::Staff), Err(NotPossible::State(State::Ready)));
        assert_eq!(State::Requested.after(Action::PassOn, Actor::Staff), Err(NotPossible::Actor));
    }

    #[test]
    fn every_state_has_its_name() {
        for state in State::ALL {
            assert_eq!(State::parse(state.as_str()), Some(state));
            assert_eq!(serde_json::to_string(&state).unwrap(), format!("\"{}\"", state.as_str()));
        }
    }

    proptest! {
        /// Whatever comes in whatever order, pieces that were let go are never held again, and what was collected stays so.
        #[test]
        fn an_end_is_an_end(steps in proptest::collection::vec((0usize..9, 0usize..3), 0..40)) {
            let mut state = State::AwaitingPayment;
            let mut ended = None;
            for (action, actor) in steps {
                state = state.after(ACTIONS[action], ACTORS[actor]).unwrap_or(state);
                if let Some(end) = ended {
                    prop_assert_eq!(state, end);
                } else if !state.holds() {
                    ended = Some(state);
                }
            }
        }
    }
}
