//! What a shop and a review's author may say to each other in private, once the shop has said something.

use super::{Actor, State};

/// How many messages of an author may stand unanswered: more is no conversation.
const UNANSWERED: usize = 10;
/// Messages in all; who needs more telephones.
const MOST: usize = 200;

/// Why nothing can be said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Silence {
    /// The review was deleted.
    Deleted,
    /// An author answers; the shop has said nothing yet, neither in public nor in private.
    NotBegun,
    /// The shop has not answered so many of the author's messages.
    Unanswered,
    /// It is as long as it may be.
    Full,
    /// The author could not be told of an answer: they left no address, or no mail is sent.
    Unreachable,
}

/// Whether `by` may say something now. `answered` is that the shop has answered in public, `said` who has said each message up to now.
pub fn may_say(by: Actor, state: State, answered: bool, said: &[Actor]) -> Result<(), Silence> {
    if state == State::Deleted {
        return Err(Silence::Deleted);
    }
    if said.len() >= MOST {
        return Err(Silence::Full);
    }
    if by != Actor::Author {
        return Ok(());
    }
    let last = said.iter().rev().take_while(|by| **by == Actor::Author).count();
    if !answered && last == said.len() {
        Err(Silence::NotBegun)
    } else if last >= UNANSWERED {
        Err(Silence::Unanswered)
    } else {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const AUTHOR: Actor = Actor::Author;
    const STAFF: Actor = Actor::Staff;

    #[test]
    fn the_shop_begins_and_the_author_answers() {
        let shown = State::Published;
        assert_eq!(may_say(AUTHOR, shown, false, &[]), Err(Silence::NotBegun));
        assert_eq!(may_say(AUTHOR, shown, true, &[]), Ok(()), "to what was answered in public");
        assert_eq!(may_say(STAFF, shown, false, &[]), Ok(()));
        assert_eq!(may_say(AUTHOR, shown, false, &[STAFF]), Ok(()));
        // The public answer was taken away after the author had written.
        assert_eq!(may_say(AUTHOR, shown, false, &[AUTHOR]), Err(Silence::NotBegun));
        for state in [State::Submitted, State::Refused] {
            assert_eq!(may_say(AUTHOR, state, false, &[STAFF]), Ok(()), "{state:?}");
        }
        assert_eq!(may_say(STAFF, State::Deleted, true, &[]), Err(Silence::Deleted));
    }

    #[test]
    fn it_has_an_end() {
        let shown = State::Published;
        let mut said = vec![STAFF];
        said.extend([AUTHOR; 9]);
        assert_eq!(may_say(AUTHOR, shown, true, &said), Ok(()));
        said.push(AUTHOR);
        assert_eq!(may_say(AUTHOR, shown, true, &said), Err(Silence::Unanswered));
        assert_eq!(may_say(STAFF, shown, true, &said), Ok(()));
        said.push(STAFF);
        assert_eq!(may_say(AUTHOR, shown, true, &said), Ok(()));
        said.resize(200, STAFF);
        assert_eq!(may_say(STAFF, shown, true, &said), Err(Silence::Full));
    }
}
