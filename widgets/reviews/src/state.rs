//! What the widget knows and what can happen to it.

use devanture_api::review::{OwnReview, ReviewPage};
use devanture_client::ClientError;
use devanture_domain::review::{Reason, Sort};
use devanture_ui::strings::Strings;

use crate::{app::App, lazy::Part};

/// What fills the widget.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum View {
    List,
    /// Writing: by the token of a link that was sent, or openly.
    Write(Option<String>),
    /// The shopper's own review, by its private link.
    Own(String),
}

/// Somebody reports a review.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Reporting {
    pub id: String,
    pub reason: Option<Reason>,
    pub sending: bool,
    pub done: bool,
    /// Code of what went wrong.
    pub error: Option<String>,
}

/// What a shopper does.
#[derive(Clone)]
pub(crate) enum Action {
    /// Only these stars, or not only these any more.
    Stars(usize),
    Size(Option<String>),
    Language(Option<String>),
    Photos,
    Sort(Sort),
    /// What is typed into the search field.
    Words(String),
    /// Shows all again.
    Clear,
    More,
    Reload,
    Vote(String, bool),
    /// Opens the report of a review, or closes it.
    Report(Option<String>),
    ReportFor(Reason),
    SendReport,
    Write,
    ShowOwn,
    Back,
    /// Loads a part that did not come.
    Retry,
}

/// What the writing part tells.
#[derive(Clone)]
pub(crate) enum Told {
    /// It was written, or stands otherwise now.
    Own(Box<OwnReview>),
    /// There is none by this link.
    Gone,
}

/// Something happened.
pub(crate) enum Msg {
    Act(Action),
    /// No more was typed for a moment.
    Typed,
    /// The page that was asked for under this number, and whether it goes on from what is shown.
    Loaded(u32, bool, Result<ReviewPage, ClientError>),
    /// A part has an answer.
    Run(Box<dyn FnOnce(&mut App)>),
    Part(Part),
    Told(Told),
    /// The shopper's size of the page's product was found, or is another.
    Sized,
    Strings(Strings),
}
