//! What the console knows, and what can happen to it.

use std::collections::HashSet;

use devanture_api::{
    admin::{StaffAction, StaffReservation, StaffReservations, StaffStore, StaffStores},
    staff::{Session, SignIn},
    staff_order::StaffOrder,
    staff_stock::{CountReason, CountedStock, StaffStock, StaffVariant},
    staff_store::OwnField,
};
use devanture_domain::{
    civil::UtcMs,
    reservation::{Action, Refusal, State},
    staff::{Permission, may},
};

use crate::{
    api::{Failure, Listed},
    app::{ChartMsg, ReviewAsk, ReviewMsg, ShopMsg, Word},
    charts::{ChartAsk, Charts},
    order::{Ordering, Typed},
    queue::Entry,
    reviews::Reviews,
    shop::Shop,
    stock::Shelf,
};

/// Which page is shown.
pub(crate) enum Stage {
    /// Whether somebody is signed in is being asked; `true` when that did not work yet.
    Starting(bool),
    SignIn(SignInPage),
    Room(Box<Room>),
}

/// The page to sign in.
#[derive(Default)]
pub(crate) struct SignInPage {
    pub sending: bool,
    pub error: Option<Failure>,
    /// Whether a session has ended by itself.
    pub expired: bool,
}

/// Which of the rooms one is in; the page's address says so after its `#`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    Reservations,
    Stock,
    Shop,
    Reviews,
    Charts,
}

impl Place {
    /// Every room, in the order of the menu.
    pub(crate) const ALL: [Self; 5] =
        [Self::Reservations, Self::Stock, Self::Shop, Self::Reviews, Self::Charts];

    /// What one has to be allowed to be let in.
    fn permission(self) -> Permission {
        match self {
            Self::Reservations | Self::Stock => Permission::ServeShoppers,
            // A manager sees and answers what is published of their store.
            Self::Shop | Self::Reviews => Permission::EditStore,
            Self::Charts => Permission::ManageNetwork,
        }
    }

    /// As in the address, and in the keys of its texts.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Reservations => "reservations",
            Self::Stock => "stock",
            Self::Shop => "shop",
            Self::Reviews => "reviews",
            Self::Charts => "charts",
        }
    }
}

/// What there is behind the door: the rooms, and what they share.
pub(crate) struct Room {
    pub session: Session,
    pub place: Place,
    pub shelf: Shelf,
    pub shop: Shop,
    pub reviews: Reviews,
    pub charts: Charts,
    pub stores: Vec<StaffStore>,
    /// Whether `stores` are known.
    pub loaded: bool,
    /// Its place in `stores`.
    pub store: Option<usize>,
    pub tab: Tab,
    pub open: Listing,
    pub ended: Listing,
    pub notices: Vec<Notice>,
    pub dialog: Option<Dialog>,
    pub menu: bool,
    /// Requests that were seen; none before the first list of a store is there.
    pub seen: Option<HashSet<String>>,
    /// What the server's clock is ahead of this device's.
    pub ahead: UtcMs,
    /// When the list was last heard to be so, by the server's clock.
    pub as_of: Option<UtcMs>,
    /// How many times in a row the list could not be had.
    pub failures: u32,
}

/// One of the two lists.
#[derive(Default)]
pub(crate) struct Listing {
    pub items: Option<Vec<StaffReservation>>,
    pub etag: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tab {
    Open,
    Ended,
}

/// Something that the seller has to know, until they have put it away.
pub(crate) enum Notice {
    /// An action that the server refused.
    Refused {
        id: String,
        /// Whose and what, as far as it is known.
        about: String,
        action: Action,
        code: String,
        /// Where it stands instead.
        state: Option<State>,
    },
    /// Actions of somebody else, who was signed in before, and which were not sent.
    NotTheirs(usize),
    /// A count that the server refused: of which SKU, and the code.
    NotCounted(String, String),
    /// Signing out needs the network.
    StillSignedIn,
    /// The browser shows no notifications.
    NoNotifications,
}

/// What is asked before something is done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Dialog {
    /// The reservation's id; empty for what concerns none.
    pub id: String,
    pub ask: Ask,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Ask {
    /// Why it is refused; `true` when no reason was chosen.
    Refuse(bool),
    /// The pickup code.
    Collect { checking: bool, scanning: bool, wrong: Option<WrongCode> },
    /// Whether nobody came.
    NoShow,
    /// A barcode for the search, by the camera; `true` when there is none.
    Find(bool),
    /// For whom something is ordered.
    Order(Box<Ordering>),
    /// Whether head office's word is to hold again.
    GiveBack(OwnField),
    /// In the room of reviews.
    Review(ReviewAsk),
    /// In the room of size charts.
    Chart(ChartAsk),
    /// Whether to sign out although so many actions are not sent.
    SignOut(usize),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum WrongCode {
    /// Nothing was typed.
    Missing,
    /// The server says that it is another's.
    Refused,
    /// The camera cannot be used.
    NoCamera,
}

/// What a poll brought.
pub(crate) struct Polled {
    /// What it was asked in: answers to what has changed meanwhile are not believed.
    pub epoch: u32,
    pub open: Result<Listed, Failure>,
    pub ended: Option<Result<Listed, Failure>>,
}

/// What the server has done.
pub(crate) enum Done {
    Acted(StaffReservation),
    Counted(CountedStock),
}

/// What can happen.
pub(crate) enum Msg {
    Start,
    Started(Result<Session, Failure>),
    SignIn(SignIn),
    SignedIn(Result<Session, Failure>),
    SignOut,
    SignOutAnyway,
    SignedOut(Result<(), Failure>),
    Language(&'static str),
    LoadStores,
    Stores(Result<StaffStores, Failure>),
    Store(String),
    Tab(Tab),
    Poll,
    Polled(Box<Polled>),
    /// A list, to see in it where a reservation stands that could not be acted upon.
    LookedUp(String, StaffReservations),
    Tick,
    Act(String, Action),
    Ask(Dialog),
    Close,
    /// Why, and the SKU that is proposed instead, if any.
    Refuse(Option<Refusal>, String),
    Collect(String),
    NoShow,
    Scan,
    Scanned(Option<String>),
    Send,
    /// Carries the visit in which it was sent.
    Sent(u32, Entry, Box<Result<Done, Failure>>),
    /// The address has changed.
    Moved,
    Search(String),
    /// What was found, by the number of the search.
    Found(u32, Result<StaffStock, Failure>),
    /// A variant to look at closely; none to go back to what was found.
    Look(Option<String>),
    Seen(u32, Box<Result<StaffVariant, Failure>>),
    /// Listens to the store.
    Listen,
    /// What a stream says, by its number.
    Heard(u32, Word),
    /// From which place.
    AskToOrder(String),
    Order(Typed),
    /// Carries the key of what was sent.
    Ordered(String, Box<Result<StaffOrder, Failure>>),
    /// In the room of the store itself.
    Shop(ShopMsg),
    /// In the room of reviews.
    Review(ReviewMsg),
    /// In the room of size charts.
    Chart(ChartMsg),
    /// The form to correct a figure is opened, or put away.
    Counting(bool),
    /// What was typed into it.
    Count(String, Option<CountReason>),
    Sound,
    /// The seller has touched the page, which is when a browser allows sound.
    Touched,
    Notify,
    NotifyAllowed(bool),
    Menu(bool),
    /// The page came to the front or went, or the network did.
    Page,
    Dismiss(usize),
}

impl Room {
    pub(crate) fn new(session: Session) -> Self {
        Self {
            session,
            place: Place::Reservations,
            shelf: Shelf::default(),
            shop: Shop::default(),
            reviews: Reviews::default(),
            charts: Charts::default(),
            stores: Vec::new(),
            loaded: false,
            store: None,
            tab: Tab::Open,
            open: Listing::default(),
            ended: Listing::default(),
            notices: Vec::new(),
            dialog: None,
            menu: false,
            seen: None,
            ahead: 0,
            as_of: None,
            failures: 0,
        }
    }

    /// Whether there is anything to do for them there.
    pub(crate) fn may_enter(&self, place: Place) -> bool {
        may(self.session.staff.role, place.permission())
    }

    /// The store that is looked at.
    pub(crate) fn store(&self) -> Option<&StaffStore> {
        self.stores.get(self.store?)
    }

    /// Of which times are told: that of the store that is looked at.
    pub(crate) fn zone(&self) -> &str {
        self.store().map_or("UTC", |store| &store.time_zone)
    }

    /// The server's clock.
    pub(crate) fn now(&self) -> UtcMs {
        devanture_ui::clock::now() + self.ahead
    }

    /// The list of the tab.
    pub(crate) fn shown(&self) -> &Listing {
        match self.tab {
            Tab::Open => &self.open,
            Tab::Ended => &self.ended,
        }
    }

    /// A reservation of either list.
    pub(crate) fn find(&self, id: &str) -> Option<&StaffReservation> {
        let lists = [&self.open, &self.ended];
        lists.into_iter().flat_map(|list| list.items.iter().flatten()).find(|item| item.id == id)
    }

    /// How many requests wait for an answer.
    pub(crate) fn to_answer(&self) -> usize {
        self.open.items.iter().flatten().filter(|item| item.state == State::Requested).count()
    }

    /// Puts what the server says about a reservation into the lists.
    pub(crate) fn replace(&mut self, item: StaffReservation) {
        let Some(items) = &mut self.open.items else { return };
        if item.state.holds() {
            if let Some(known) = items.iter_mut().find(|known| known.id == item.id) {
                *known = item;
            }
        } else {
            items.retain(|known| known.id != item.id);
        }
        // The mark was of another list.
        self.open.etag = None;
        self.ended.etag = None;
    }
}

/// What the shopper shows, as it is compared: spaces, dashes and case do not matter.
pub(crate) fn plain_code(typed: &str) -> String {
    typed.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_uppercase).collect()
}

/// An action that needs nothing but itself.
pub(crate) fn plain(action: Action) -> StaffAction {
    StaffAction { action, refusal: None, pickup_code: None, propose: None }
}

#[cfg(test)]
mod tests {
    use super::plain_code;

    #[test]
    fn codes_however_they_are_typed() {
        assert_eq!(plain_code(" ab-12 cd "), "AB12CD");
        assert_eq!(plain_code(" - "), "");
    }
}
