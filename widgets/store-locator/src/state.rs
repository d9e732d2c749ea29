//! What the widget knows and what can happen to it.

use devanture_api::{
    appointment::Appointment,
    store::{Store, StorePage},
    suggest::Suggestion,
};
use devanture_client::ClientError;
use devanture_domain::geo::LatLng;
use devanture_host::position::PositionFailure;

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

/// The search field and its list of suggestions.
#[derive(Default)]
pub(crate) struct Field {
    pub text: String,
    pub items: Vec<Suggestion>,
    /// Highlighted by the arrow keys.
    pub active: Option<usize>,
    pub open: bool,
    /// Number of the newest question; answers to older ones are dropped.
    pub asked: u32,
}

/// Filters that the shopper sets.
#[derive(Clone, Default, PartialEq)]
pub(crate) struct Filters {
    pub open_now: bool,
    pub services: Vec<String>,
    pub brand: Option<String>,
}

impl Filters {
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

/// Why the shopper's position could not be used, until the next search.
pub(crate) type Notice = PositionFailure;

/// Something happened.
pub(crate) enum Msg {
    // The search field.
    Typed(String),
    Suggested(u32, Result<Vec<Suggestion>, ClientError>),
    Highlight(Option<usize>),
    CloseSuggestions,
    Choose(usize),
    Submit,
    Clear,
    SearchText(String),
    FieldFocused,
    // The device's position.
    Locate,
    Located(Result<LatLng, PositionFailure>),
    // Filters.
    ToggleOpenNow,
    ToggleService(String),
    SetBrand(Option<String>),
    ClearFilters,
    // The list.
    Loaded(u32, bool, Result<StorePage, ClientError>),
    More,
    Reload,
    // One store.
    Open(String),
    Opened(Result<Store, ClientError>),
    Book(String),
    Booked(Appointment),
    Back,
    // My store.
    SetMine(Option<String>),
    MineChanged,
    MineLoaded(Result<Store, ClientError>),
    // Lazy parts.
    Part(Part, Option<Loaded>),
    Retry(Part),
    ToggleMap,
    // The clock reached a change of opening state.
    Tick,
}
