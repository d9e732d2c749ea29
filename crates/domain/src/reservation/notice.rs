//! What somebody outside hears of a reservation: its shopper by mail, the shop's programs by webhooks.

use super::State;

/// Something that happened to a reservation and is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Notice {
    /// A store has been asked.
    Requested,
    /// It has the pieces.
    Accepted,
    /// It has not, and nobody else was asked.
    Refused,
    /// It has not, or did not answer, and another store has been asked.
    PassedOn,
    /// It has not, and proposes something else.
    Proposed,
    /// The pieces lie ready.
    Ready,
    /// Nobody answered, or paid, in time.
    Expired,
    /// Called off.
    Cancelled,
    /// The shopper has the pieces.
    Collected,
    /// Nobody came.
    NoShow,
    /// What was paid in the checkout has to be paid back there.
    RefundDue,
}

impl Notice {
    /// Every notice.
    pub const ALL: [Self; 11] = [
        Self::Requested,
        Self::Accepted,
        Self::Refused,
        Self::PassedOn,
        Self::Proposed,
        Self::Ready,
        Self::Expired,
        Self::Cancelled,
        Self::Collected,
        Self::NoShow,
        Self::RefundDue,
    ];

    /// What is told when a reservation comes into a state. One that waits for its payment is nobody's business yet.
    pub fn of(after: State) -> Option<Self> {
        Some(match after {
            State::AwaitingPayment => return None,
            State::Requested => Self::Requested,
            State::Accepted => Self::Accepted,
            State::Ready => Self::Ready,
            State::Collected => Self::Collected,
            State::Refused => Self::Refused,
            State::Expired => Self::Expired,
            State::Cancelled => Self::Cancelled,
            State::NoShow => Self::NoShow,
            State::PassedOn => Self::PassedOn,
        })
    }

    /// As written in the database and in webhooks.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Requested => "reservation.requested",
            Self::Accepted => "reservation.accepted",
            Self::Refused => "reservation.refused",
            Self::PassedOn => "reservation.passed_on",
            Self::Proposed => "reservation.proposed",
            Self::Ready => "reservation.ready",
            Self::Expired => "reservation.expired",
            Self::Cancelled => "reservation.cancelled",
            Self::Collected => "reservation.collected",
            Self::NoShow => "reservation.no_show",
            Self::RefundDue => "reservation.refund_due",
        }
    }

    /// Undoes [`Self::as_str`].
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|notice| notice.as_str() == text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_state_but_one_is_told_under_a_name_of_its_own() {
        let told: std::collections::BTreeSet<_> = State::ALL.into_iter().filter_map(Notice::of).collect();
        assert_eq!(told.len(), State::ALL.len() - 1);
        for notice in Notice::ALL {
            assert_eq!(Notice::parse(notice.as_str()), Some(notice));
        }
        assert_eq!(Notice::parse("reservation.lost"), None);
    }
}
