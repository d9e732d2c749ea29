//! What the widget knows and what can happen to it.

use devanture_domain::size::Dimension;
use devanture_host::shop::{Change, Choice, Key};
use devanture_ui::strings::Strings;

use crate::lazy::{Loaded, Part};

/// The page's product, as the page shows it.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Seen {
    pub key: Option<Key>,
    /// Of the page's size selector; empty where there is none.
    pub choices: Vec<Choice>,
    /// Whether something else is chosen than the page came with, or its address says which.
    pub was_changed: bool,
    /// Whether that was the shopper, and neither a browser that remembers nor the address.
    pub was_chosen: bool,
}

/// What hangs on the line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Shows {
    #[default]
    Line,
    /// Why it is this size.
    Why,
    /// Who, which sizes, measurements.
    Panel,
}

/// What a shopper does.
#[derive(Clone)]
pub(crate) enum Action {
    /// Says why, or no more.
    Why,
    /// Opens or closes who, which sizes, measurements.
    Panel,
    /// Selects a size in the page.
    Choose(String),
    /// Shows which stores have a size; or has the shopper written to when it is back, where none near has.
    Near(String, bool),
    /// Hides what is not left, or shows it again.
    OnlyLeft,
    /// It may be kept in this browser.
    Keep,
    Retry(Part),
    /// Forgets everybody.
    Erase,
    /// Opens or closes what is said of other devices.
    Devices,
    Sync(Sync),
    Edit(Edit),
}

/// A change of what is remembered.
#[derive(Clone)]
pub(crate) enum Edit {
    Person(usize),
    /// What is typed as a new name.
    Name(String),
    AddPerson,
    RemovePerson(usize),
    /// Forgets a size.
    Forget(usize),
    /// A measurement, as it was typed.
    Measured(Dimension, String),
}

/// What a shopper does about their other devices.
#[derive(Clone, Copy)]
pub(crate) enum Sync {
    /// Keeps what is remembered under a new private link.
    Make,
    /// Copies that.
    Copy,
    /// Not in this browser any more.
    Stop,
    /// With their account at the shop again.
    Resume,
    /// Whether the sizes of a link that was opened are to be used here.
    Use(bool),
}

/// Something that the part that finds the shopper's size has to know.
pub(crate) enum Event {
    /// The page may be otherwise.
    Drawn,
    /// The shopper is using the size selector.
    Used,
    /// The shopper has chosen there.
    Chosen,
    /// The shopper has put it into the basket.
    Added,
    /// What is remembered may be otherwise.
    Memory,
    /// The API has answered.
    Told,
    /// The shopper chose a size here.
    Choose(String),
    OnlyLeft,
    /// The shopper lets it be kept in this browser.
    Keep,
    /// Everything is to be asked again.
    Refresh,
}

/// Something happened.
pub(crate) enum Msg {
    Act(Action),
    Part(Part, Option<Loaded>),
    Shop(Change),
    Event(Event),
    Memory,
    Consent,
    /// Something of the panel has come.
    Draw,
    /// An answer about other devices has come.
    Synced,
    Strings(Strings),
}
