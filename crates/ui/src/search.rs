//! The search for a place: a field with suggestions, a combobox with a list box by the WAI-ARIA authoring practices, and the button
//! that asks for the device's position. Who uses it asks for the suggestions and does what is chosen.

use std::rc::Rc;

use devanture_domain::{
    geo::LatLng,
    place::{PositionFailure, Suggestion},
};
use gloo_timers::callback::Timeout;
use yew::NodeRef;

use crate::{clock, dom::HtmlElement};

mod form;
pub use form::form;

/// How long to wait for the next letter before asking the API.
const PAUSE_MS: u32 = 120;
/// The API refuses questions of more letters, and no place has such a name.
const MAX_BYTES: usize = 200;

/// The field and its list of suggestions.
#[derive(Default)]
pub struct Field {
    /// What is typed.
    pub text: String,
    /// The suggestion that the arrow keys are at.
    active: Option<usize>,
    /// What is suggested.
    pub places: Vec<Suggestion>,
    /// While the device is asked for its position.
    pub locating: bool,
    /// Why that failed, until the next search.
    notice: Option<PositionFailure>,
    /// Whether the list is shown.
    open: bool,
    input: NodeRef,
    /// Number of the newest question; answers to older ones are dropped.
    asked: u32,
    pause: Option<Timeout>,
}

/// What a shopper does with it.
#[derive(Clone, Copy)]
pub enum Searching {
    /// Another text, see [`Field::read`].
    Typed,
    /// The arrow keys.
    Highlight(Option<usize>),
    /// Suggestions are of no use any more.
    Close,
    /// A suggestion by its number.
    Choose(usize),
    /// What is typed, or highlighted, is what is meant.
    Submit,
    /// Away with it.
    Clear,
    /// The field is about to be used.
    Focus,
    /// The device's position.
    Locate,
}

/// Who is told.
pub type Tell = Rc<dyn Fn(Searching)>;

impl Field {
    /// Takes what has been typed; says whether suggestions are worth asking for: from two letters on.
    pub fn read(&mut self) -> bool {
        let input: Option<HtmlElement> = self.input.cast();
        let text = input.and_then(|input| crate::js::text(&input, "value")).unwrap_or_default();
        self.typed(&text)
    }

    /// Takes a text as if it had been typed.
    pub fn typed(&mut self, text: &str) -> bool {
        self.text.clear();
        self.text.push_str(&text[..text.floor_char_boundary(MAX_BYTES)]);
        self.asked += 1;
        self.pause = None;
        // What was highlighted answers another question.
        self.active = None;
        let enough = self.question().chars().nth(1).is_some();
        self.open &= enough;
        enough
    }

    /// What is meant, without spaces around it.
    pub fn question(&self) -> &str {
        self.text.trim()
    }

    /// Runs `ask` with the question's number when no more was typed for a moment.
    pub fn pause(&mut self, ask: Box<dyn FnOnce(u32)>) {
        let asked = self.asked;
        self.pause = Some(clock::after(PAUSE_MS, Box::new(move || ask(asked))));
    }

    /// Whether a question is still the newest.
    pub fn is_newest(&self, asked: u32) -> bool {
        self.asked == asked
    }

    /// Shows what is suggested.
    pub fn show(&mut self, places: Vec<Suggestion>) {
        self.places = places;
        self.active = None;
        self.open = true;
    }

    /// Goes along what is suggested.
    pub fn highlight(&mut self, active: Option<usize>) {
        self.open = true;
        self.active = active;
    }

    /// The suggestion that the arrow keys are at, where the list is shown.
    pub fn highlighted(&self) -> Option<usize> {
        self.active.filter(|_| self.open)
    }

    /// Takes a suggestion by its number: its name is what is typed now. Says where it is.
    pub fn choose(&mut self, index: usize) -> Option<LatLng> {
        let place = self.places.get(index)?;
        let at = place.location;
        self.text = place.label.clone();
        self.close();
        Some(at)
    }

    /// Waits for the device's position.
    pub fn locate(&mut self) {
        self.locating = true;
        self.notice = None;
    }

    /// Takes the device's position, unless something else was searched for meanwhile.
    pub fn located(&mut self, found: Result<LatLng, PositionFailure>) -> Option<LatLng> {
        if !core::mem::take(&mut self.locating) {
            return None;
        }
        match found {
            Ok(at) => {
                self.text.clear();
                Some(at)
            }
            Err(failure) => {
                self.notice = Some(failure);
                None
            }
        }
    }

    /// A place is being looked from: nothing else is waited for or complained of.
    pub fn settle(&mut self) {
        self.locating = false;
        self.notice = None;
    }

    /// Shows none, nor any that are still under way.
    pub fn close(&mut self) {
        self.pause = None;
        self.asked += 1;
        self.open = false;
        self.active = None;
    }

    /// Empties it, ready to be typed into.
    pub fn clear(&mut self) {
        self.text.clear();
        self.close();
        if let Some(input) = self.input.cast::<HtmlElement>() {
            let _ = input.focus();
        }
    }
}
