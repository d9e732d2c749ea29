//! What the widget knows and what can happen to it.

use devanture_api::{availability::AvailabilityPage, product::Product, suggest::Suggestions};
use devanture_client::ClientError;
use devanture_domain::{geo::LatLng, place::PositionFailure};
use devanture_ui::{search::Searching, strings::Strings};

use crate::lazy::{Found, Loaded, Part};

/// Where stores are looked for.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Place {
    /// Nothing is known: the site's centre, which is not spoken of.
    Start,
    /// What was typed, for the API to understand.
    Typed(String),
    /// A suggestion that was chosen, or the shopper's own store.
    Known(String, LatLng),
    /// The device's position.
    Device(LatLng),
}

/// What fills the widget.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum View {
    List,
    /// The form for a store, by its code.
    Reserve(String),
    /// The reservation that was made.
    Ticket,
}

/// The product that the sizes are of.
#[derive(Default)]
pub(crate) struct Lookup {
    pub product: Option<Product>,
    /// What the page says beside numbers: the size and colour that are chosen there.
    pub found: Option<Found>,
    /// What it may be known by, those not tried yet.
    pub next: Vec<Key>,
    pub loading: bool,
    pub error: Option<ClientError>,
    /// Number of the newest request; answers to older ones are dropped.
    pub asked: u32,
}

/// What a product is known by.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Key {
    Sku(String),
    Gtin(String),
    Id(String),
}

/// The stores.
#[derive(Default)]
pub(crate) struct Listing {
    pub page: Option<AvailabilityPage>,
    pub loading: bool,
    pub error: Option<ClientError>,
    pub asked: u32,
    /// The most stores to ask for.
    pub limit: u16,
}

/// What a shopper does.
#[derive(Clone)]
pub(crate) enum Action {
    Search(Searching),
    /// Opens or closes what compact and button modes hide.
    Toggle,
    /// A variant by its SKU.
    Choose(String),
    /// A colour, by the name that is shown.
    Colour(String),
    More,
    Reload,
    SetMine(Option<String>),
    Reserve(String),
    ShowTicket,
    Back,
    /// Loads a part that did not come.
    Retry(Part),
}

/// What the reservation's part tells.
#[derive(Clone)]
pub(crate) enum Told {
    /// It is there by this link; or has come to an end.
    Held(Option<String>),
    /// Somebody was faster.
    NotEnough,
    /// There is none by this link.
    Gone,
}

/// Something happened.
pub(crate) enum Msg {
    Act(Action),
    /// No more was typed for a moment: time to ask for suggestions, under this number.
    Ask(u32),
    Suggested(u32, Result<Suggestions, ClientError>),
    Located(Result<LatLng, PositionFailure>),
    /// The host page asks for other items, or for its own again: in a size, and with a letter offered where nothing is near.
    Check(Option<String>, Option<String>, bool),
    /// The page shows another product, or another variant.
    Page(Option<Found>),
    /// The product that was asked for by a key, under this number.
    Product(u32, Key, Result<Product, ClientError>),
    Loaded(u32, Result<AvailabilityPage, ClientError>),
    MineChanged,
    /// The size memory has found the shopper's size.
    Sized,
    Part(Part, Option<Loaded>),
    Told(Told),
    Strings(Strings),
    /// A minute has passed.
    Tick,
}
