//! The search field, suggestions and the device's position.

use devanture_api::suggest::{PlaceKind, Suggestions};
use devanture_client::ClientError;
use devanture_domain::geo::LatLng;
use devanture_host::position::{self, PositionFailure};
use devanture_ui::{dom::HtmlElement, js, strings::Strings};
use yew::Context;

use super::App;
use crate::state::{Msg, Place};

/// How long to wait for the next letter before asking the API.
const DEBOUNCE_MS: u32 = 120;
/// What is worth asking for.
const MIN_CHARS: usize = 2;
/// The API refuses longer questions, and no place has such a name.
const MAX_CHARS: usize = 200;

impl App {
    pub(super) fn suggested(&mut self, asked: u32, answer: Result<Suggestions, ClientError>) -> bool {
        if asked != self.field.asked {
            return false;
        }
        // A failed suggestion is not worth a message: the search itself will say.
        self.field.items = answer.map(|found| found.items).unwrap_or_default();
        self.field.active = None;
        self.field.open = true;
        true
    }

    pub(super) fn clear(&mut self, ctx: &Context<Self>) {
        self.field.text.clear();
        self.close_suggestions();
        self.search_from(ctx, Place::Start);
        if let Some(input) = self.input.cast::<HtmlElement>() {
            let _ = input.focus();
        }
    }

    pub(super) fn locate(&mut self, ctx: &Context<Self>) {
        self.locating = true;
        self.notice = None;
        let link = ctx.link().clone();
        position::locate(move |found| link.send_message(Msg::Located(found)));
    }

    pub(super) fn located(&mut self, ctx: &Context<Self>, found: Result<LatLng, PositionFailure>) {
        if !std::mem::take(&mut self.locating) {
            // Something else was searched for meanwhile.
            return;
        }
        match found {
            Ok(at) => {
                self.field.text.clear();
                self.search_from(ctx, Place::Device(at));
            }
            Err(failure) => self.notice = Some(failure),
        }
    }

    pub(super) fn typed(&mut self, ctx: &Context<Self>, text: &str) {
        self.field.text = limited(text);
        self.field.asked += 1;
        let asked = self.field.asked;
        let question = self.field.text.trim().to_owned();
        if question.chars().count() < MIN_CHARS {
            self.cancel_debounce();
            self.field.items.clear();
            self.field.open = false;
            return;
        }
        if let Some(index) = &self.local {
            self.field.items = index.suggest(&question, &LocalWords(&self.t, self));
            self.field.active = None;
            self.field.open = true;
            return;
        }
        self.debounce(ctx, DEBOUNCE_MS, Msg::Ask(asked));
    }

    /// Asks the API, unless more was typed meanwhile.
    pub(super) fn ask(&mut self, ctx: &Context<Self>, asked: u32) {
        if asked == self.field.asked {
            let link = ctx.link().clone();
            let answer = self.api.suggest(self.field.text.trim());
            answer.then(move |found| link.send_message(Msg::Suggested(asked, found)));
        }
    }

    pub(super) fn choose(&mut self, ctx: &Context<Self>, index: usize) {
        let Some(item) = self.field.items.get(index).cloned() else { return };
        self.field.text.clone_from(&item.label);
        self.close_suggestions();
        if let (PlaceKind::Store, Some(code)) = (item.kind, &item.store_code) {
            self.open_store(ctx, code.clone());
        }
        self.search_from(ctx, Place::Known(item.label, item.location));
    }

    pub(super) fn submit(&mut self, ctx: &Context<Self>) {
        let text = self.field.text.trim().to_owned();
        self.close_suggestions();
        if text.is_empty() {
            return self.search_from(ctx, Place::Start);
        }
        let local = self.local.as_ref();
        match local.and_then(|index| index.place(&text, &LocalWords(&self.t, self))) {
            Some(item) => self.search_from(ctx, Place::Known(item.label, item.location)),
            None => self.search_from(ctx, Place::Typed(text)),
        }
    }

    fn search_from(&mut self, ctx: &Context<Self>, place: Place) {
        self.place = place;
        self.locating = false;
        self.notice = None;
        self.load(ctx, false);
    }

    pub(super) fn close_suggestions(&mut self) {
        self.cancel_debounce();
        // An answer still under way would open the list again.
        self.field.asked += 1;
        self.field.open = false;
        self.field.active = None;
    }

    /// Tells the host what was searched, once the answer is there.
    pub(super) fn emit_search(&self, ctx: &Context<Self>, total: u32) {
        let query = match &self.place {
            Place::Start | Place::Device(_) => "",
            Place::Typed(text) | Place::Known(text, _) => text,
        };
        let detail = js::object(&[("query", query.into()), ("total", total.into())]);
        Self::emit(ctx, "devanture-search", &detail);
    }
}

/// Words that the local index needs for the second line of a suggestion.
pub(crate) struct LocalWords<'a>(&'a Strings, &'a App);

impl LocalWords<'_> {
    /// "12 stores"
    pub(crate) fn stores(&self, count: u32) -> String {
        self.0.plural("stores", count, &self.1.formats, &[])
    }
}

pub(super) fn limited(text: &str) -> String {
    text.chars().take(MAX_CHARS).collect()
}
