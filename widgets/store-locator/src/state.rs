//! What the widget knows and what can happen to it.

use devanture_api::{
    appointment::Appointment,
    store::{Store, StorePage},
    suggest::Suggestions,
};
use devanture_client::ClientError;
use devanture_domain::{geo::LatLng, place::PositionFailure};
use devanture_ui::{search::Searching, strings::Strings};

use crate::lazy::{Loaded, Part};

/// Where the list is measured from.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Place {
    /// The page's own coordinates or the site's centre.
    Start,
    /// What was typed, for the API to understand.
    Typed(String),
    /// A suggestion that was chosen.
    Known(String, LatLng),
    /// The device's position.
    Device(LatLng),
}

/// What fills the widget.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum View {
    List,
    Details(String),
    Appointment(String),
}

/// Filters that the shopper sets.
#[derive(Clone, Default, PartialEq)]
pub(crate) struct Filters {
    pub open_now: bool,
    pub services: Vec<String>,
    pub brand: Option<String>,
}

impl Filters {
    /// What an action on a filter makes of them.
    pub(crate) fn apply(&mut self, action: Action) {
        match action {
            Action::ToggleOpenNow => self.open_now = !self.open_now,
            Action::ToggleService(code) => match self.services.iter().position(|other| *other == code) {
                Some(at) => drop(self.services.remove(at)),
                None => self.services.push(code),
            },
            Action::SetBrand(brand) => self.brand = brand,
            Action::ClearFilters => *self = Self::default(),
            _ => {}
        }
    }

    pub(crate) fn count(&self) -> usize {
        usize::from(self.open_now) + self.services.len() + usize::from(self.brand.is_some())
    }
}

/// The list as far as it is loaded.
#[derive(Default)]
pub(crate) struct Listing {
    pub page: Option<StorePage>,
    pub loading: bool,
    pub error: Option<ClientError>,
    /// Number of the newest request; answers to older ones are dropped.
    pub asked: u32,
}

/// What a shopper does.
#[derive(Clone)]
pub(crate) enum Action {
    Search(Searching),
    // Filters.
    ToggleOpenNow,
    ToggleService(String),
    SetBrand(Option<String>),
    ClearFilters,
    // The list.
    More,
    Reload,
    ToggleMap,
    // One store.
    Open(String),
    Book(String),
    Back,
    SetMine(Option<String>),
    /// Loads a part that did not come.
    Retry(Part),
}

/// Something happened.
pub(crate) enum Msg {
    Act(Action),
    /// No more was typed for a moment: time to ask for suggestions, under this number.
    Ask(u32),
    /// A search that the host page asks for.
    SearchText(String),
    Suggested(u32, Result<Suggestions, ClientError>),
    Located(Result<LatLng, PositionFailure>),
    /// Answer to a request by its number; whether it was for more of the same list.
    Loaded(u32, bool, Result<StorePage, ClientError>),
    Opened(Result<Store, ClientError>),
    Booked(Appointment),
    MineChanged,
    MineLoaded(Result<Store, ClientError>),
    Part(Part, Option<Loaded>),
    Strings(Strings),
    /// The clock reached a change of opening state.
    Tick,
}
