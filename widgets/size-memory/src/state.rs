//! What the widget knows and what can happen to it.

use devanture_api::size::{SizeChart, SizesPage};
use devanture_client::ClientError;
use devanture_domain::size::{Dimension, Mine};
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
}

/// How far it has come with the page's product.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Product {
    pub seen: Seen,
    /// The shopper's size among [`Product::sizes`].
    pub mine: Option<Mine>,
    /// The sizes that `mine` is about, each with whether it is left.
    pub sizes: Vec<(String, bool)>,
    /// Nothing is selected for whoever has chosen.
    pub is_chosen: bool,
    /// What was selected, and how often that was tried.
    pub preselected: Option<String>,
    pub tries: u8,
    /// What the shopper chose before it was known what it is a size of.
    pub waiting: Option<String>,
    /// The page has not taken it.
    pub is_refused: bool,
    pub is_counted: bool,
}

/// What the API said of a product.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Known {
    pub brand: Option<String>,
    pub category: Option<String>,
    /// Each with whether it is left.
    pub sizes: Vec<(String, bool)>,
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

/// The size chart of the page's product.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) enum ChartState {
    #[default]
    Unasked,
    Loading,
    None,
    Here(SizeChart),
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
    /// Shows which stores have it.
    Near,
    /// Hides what is not left, or shows it again.
    OnlyLeft,
    /// It may be kept in this browser.
    Keep,
    Person(usize),
    Name(String),
    AddPerson,
    RemovePerson(usize),
    /// A remembered size.
    Forget(usize),
    /// A measurement, as it was typed.
    Measured(Dimension, String),
    Erase,
    Retry(Part),
}

/// Something happened.
pub(crate) enum Msg {
    Act(Action),
    Part(Part, Option<Loaded>),
    Shop(Change),
    /// The sizes of the products that were asked for.
    Sizes(Vec<Key>, Result<SizesPage, ClientError>),
    Chart(Result<SizeChart, ClientError>),
    /// What is remembered is otherwise, by another widget or another tab.
    Memory,
    Consent,
    Refresh,
    Strings(Strings),
}
