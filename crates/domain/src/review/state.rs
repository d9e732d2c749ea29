//! A review's life: who may do what, why, and what comes of it.

use serde::{Deserialize, Serialize};

/// Where a review stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(as = ReviewState))]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Written, or written anew, and not read by anybody yet.
    Submitted,
    /// Shown.
    Published,
    /// Not shown; its author was told why and may write it anew.
    Refused,
    /// Taken away for good; that it was, by whom and why stays written.
    Deleted,
}

/// What can be done with a review.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(as = ReviewAction))]
#[serde(rename_all = "snake_case")]
pub enum Action {
    /// It is written.
    Submit,
    /// It is written anew, and has to be read again.
    Edit,
    /// It is shown.
    Publish,
    /// It is not shown, for a reason.
    Refuse,
    /// It goes for good, for a reason.
    Delete,
    /// One of its photos goes for good, for a reason; it stands where it stood.
    RemovePhoto,
}

/// Who does something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(as = ReviewActor))]
#[serde(rename_all = "snake_case")]
pub enum Actor {
    /// Who wrote it, by their private link.
    Author,
    /// Head office.
    Staff,
    /// An import, or the operator.
    System,
}

/// Why a review is refused or deleted. That it is unfavourable is no reason.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(as = ReviewReason))]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// Insulting, hateful or obscene.
    Offensive,
    /// Names people, or says how to reach them.
    PersonalData,
    /// About something else than the product or the store: a delivery, another article.
    OffTopic,
    /// Advertises something.
    Advertising,
    /// There is cause to think that its author has not had what they write about.
    NotGenuine,
    /// Against the law.
    Unlawful,
    /// Nobody can make sense of it.
    Unreadable,
    /// A photo shows what it must not: people who were not asked, something else.
    Photo,
    /// Written twice.
    Duplicate,
    /// Its author asks for it.
    AuthorAsked,
}

/// What cannot be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotPossible {
    /// Not from this state.
    State(State),
    /// Not by this actor.
    Actor,
    /// Not without a reason.
    NoReason,
    /// Not for this reason.
    Reason(Reason),
}

impl State {
    /// Every state.
    pub const ALL: [Self; 4] = [Self::Submitted, Self::Published, Self::Refused, Self::Deleted];

    /// As written in the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Submitted => "submitted",
            Self::Published => "published",
            Self::Refused => "refused",
            Self::Deleted => "deleted",
        }
    }

    /// Undoes [`Self::as_str`].
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == text)
    }

    /// What it becomes by `action`; itself where that has been done already, since a request may come twice. What is shown is not
    /// refused any more but deleted: readers have seen it.
    pub fn after(self, action: Action, by: Actor, reason: Option<Reason>) -> Result<Self, NotPossible> {
        if !by.may(action) {
            return Err(NotPossible::Actor);
        }
        match (action.needs_reason(), reason) {
            (true, None) => return Err(NotPossible::NoReason),
            (false, Some(reason)) => return Err(NotPossible::Reason(reason)),
            (true, Some(reason)) if !reason.is_for(action, by) => return Err(NotPossible::Reason(reason)),
            _ => {}
        }
        match (self, action) {
            (Self::Submitted | Self::Published | Self::Refused, Action::Edit) => Ok(Self::Submitted),
            (Self::Submitted | Self::Refused | Self::Published, Action::Publish) => Ok(Self::Published),
            (Self::Submitted | Self::Refused, Action::Refuse) => Ok(Self::Refused),
            (_, Action::Delete) => Ok(Self::Deleted),
            (Self::Submitted | Self::Published | Self::Refused, Action::RemovePhoto) => Ok(self),
            _ => Err(NotPossible::State(self)),
        }
    }
}

impl Action {
    /// Every action.
    pub const ALL: [Self; 6] =
        [Self::Submit, Self::Edit, Self::Publish, Self::Refuse, Self::Delete, Self::RemovePhoto];

    /// As written in the trail.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Submit => "submit",
            Self::Edit => "edit",
            Self::Publish => "publish",
            Self::Refuse => "refuse",
            Self::Delete => "delete",
            Self::RemovePhoto => "remove_photo",
        }
    }

    /// Undoes [`Self::as_str`].
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|action| action.as_str() == text)
    }

    /// Whether it has to be said why.
    pub fn needs_reason(self) -> bool {
        matches!(self, Self::Refuse | Self::Delete | Self::RemovePhoto)
    }
}

impl Actor {
    /// Every actor.
    pub const ALL: [Self; 3] = [Self::Author, Self::Staff, Self::System];

    /// As written in the trail.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Author => "author",
            Self::Staff => "staff",
            Self::System => "system",
        }
    }

    /// Undoes [`Self::as_str`].
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|actor| actor.as_str() == text)
    }

    /// Nobody writes in another's name; nobody but head office judges, and an import takes over what was judged.
    fn may(self, action: Action) -> bool {
        match action {
            Action::Submit => self != Self::Staff,
            Action::Edit => self == Self::Author,
            Action::Publish => self != Self::Author,
            Action::Refuse | Action::RemovePhoto => self == Self::Staff,
            Action::Delete => true,
        }
    }
}

impl Reason {
    /// Every reason.
    pub const ALL: [Self; 10] = [
        Self::Offensive,
        Self::PersonalData,
        Self::OffTopic,
        Self::Advertising,
        Self::NotGenuine,
        Self::Unlawful,
        Self::Unreadable,
        Self::Photo,
        Self::Duplicate,
        Self::AuthorAsked,
    ];

    /// As written in the trail.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Offensive => "offensive",
            Self::PersonalData => "personal_data",
            Self::OffTopic => "off_topic",
            Self::Advertising => "advertising",
            Self::NotGenuine => "not_genuine",
            Self::Unlawful => "unlawful",
            Self::Unreadable => "unreadable",
            Self::Photo => "photo",
            Self::Duplicate => "duplicate",
            Self::AuthorAsked => "author_asked",
        }
    }

    /// Undoes [`Self::as_str`].
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reason| reason.as_str() == text)
    }

    /// An author only asks; that they ask is no reason to refuse.
    fn is_for(self, action: Action, by: Actor) -> bool {
        match by {
            Actor::Author => self == Self::AuthorAsked,
            Actor::Staff | Actor::System => action != Action::Refuse || self != Self::AuthorAsked,
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::{prelude::*, sample::select};

    use super::*;

    #[test]
    fn read_judged_and_written_anew() {
        let by = |state: State, action, actor, reason| state.after(action, actor, reason);
        assert_eq!(by(State::Submitted, Action::Publish, Actor::Staff, None), Ok(State::Published));
        let why = Some(Reason::Offensive);
        assert_eq!(by(State::Submitted, Action::Refuse, Actor::Staff, why), Ok(State::Refused));
        assert_eq!(by(State::Submitted, Action::Refuse, Actor::Staff, None), Err(NotPossible::NoReason));
        assert_eq!(
            by(State::Submitted, Action::Publish, Actor::Staff, why),
            Err(NotPossible::Reason(Reason::Offensive))
        );
        assert_eq!(by(State::Refused, Action::Edit, Actor::Author, None), Ok(State::Submitted));
        assert_eq!(by(State::Published, Action::Edit, Actor::Author, None), Ok(State::Submitted));
        assert_eq!(by(State::Published, Action::Edit, Actor::Staff, None), Err(NotPossible::Actor));
        assert_eq!(
            by(State::Published, Action::Refuse, Actor::Staff, why),
            Err(NotPossible::State(State::Published)),
            "what was shown is deleted, not refused"
        );
        let asked = Some(Reason::AuthorAsked);
        assert_eq!(by(State::Published, Action::Delete, Actor::Author, asked), Ok(State::Deleted));
        assert_eq!(
            by(State::Submitted, Action::Refuse, Actor::Staff, asked),
            Err(NotPossible::Reason(Reason::AuthorAsked))
        );
        assert_eq!(
            by(State::Published, Action::Delete, Actor::Author, why),
            Err(NotPossible::Reason(Reason::Offensive))
        );
    }

    #[test]
    fn words_of_the_trail_read_back() {
        assert!(State::ALL.into_iter().all(|one| State::parse(one.as_str()) == Some(one)));
        assert!(Action::ALL.into_iter().all(|one| Action::parse(one.as_str()) == Some(one)));
        assert!(Actor::ALL.into_iter().all(|one| Actor::parse(one.as_str()) == Some(one)));
        for reason in Reason::ALL {
            assert_eq!(Reason::parse(reason.as_str()), Some(reason));
            assert_eq!(serde_json::to_string(&reason).unwrap(), format!("\"{}\"", reason.as_str()));
        }
        assert_eq!(Reason::parse("unfavourable"), None);
    }

    fn reason() -> impl Strategy<Value = Option<Reason>> {
        prop::option::of(select(Reason::ALL.to_vec()))
    }

    proptest! {
        #[test]
        fn whatever_is_tried(steps in prop::collection::vec((select(Action::ALL.to_vec()), select(Actor::ALL.to_vec()), reason()), 0..20)) {
            let (mut state, mut gone) = (State::Submitted, false);
            for (action, by, reason) in steps {
                let Ok(next) = state.after(action, by, reason) else { continue };
                // Nothing goes and nothing is refused without a reason, nothing comes back, nobody but its author writes.
                prop_assert!(next != State::Refused || reason.is_some());
                prop_assert!(next != State::Deleted || reason.is_some());
                prop_assert!(!gone || next == State::Deleted);
                prop_assert!(next != State::Submitted || by == Actor::Author || action == Action::RemovePhoto);
                prop_assert!(next != State::Published || by != Actor::Author);
                gone = next == State::Deleted;
                state = next;
            }
        }
    }
}
