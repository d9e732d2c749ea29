//! The search field, suggestions and the device's position.

use std::rc::Rc;

use devanture_api::suggest::{PlaceKind, Suggestions};
use devanture_client::ClientError;
use devanture_domain::{geo::LatLng, place::PositionFailure};
use devanture_host::position;
use devanture_ui::{js, search::Searching, strings::Strings};
use yew::Context;

use super::App;
use crate::{
    lazy::Part,
    state::{Msg, Place},
};

impl App {
    pub(super) fn searching(&mut self, ctx: &Context<Self>, what: Searching) -> bool {
        match what {
            Searching::Typed => {
                let enough = self.field.read();
                self.typed(ctx, enough);
            }
            Searching::Highlight(active) => self.field.highlight(active),
            Searching::Close => self.field.close(),
            Searching::Choose(index) => self.choose(ctx, index),
            Searching::Submit => match self.field.highlighted() {
                Some(index) => self.choose(ctx, index),
                None => self.submit(ctx),
            },
            Searching::Clear => {
                self.field.clear();
                self.search_from(ctx, Place::Start);
            }
            Searching::Focus => {
                if self.options.local_search && self.local.is_none() {
                    self.want(ctx, Part::Search);
                }
                return false;
            }
            Searching::Locate => self.locate(ctx),
        }
        true
    }

    pub(super) fn suggested(&mut self, asked: u32, answer: Result<Suggestions, ClientError>) -> bool {
        if !self.field.is_newest(asked) {
            return false;
        }
        // A failed suggestion is not worth a message: the search itself will say.
        self.field.show(answer.map(|found| found.items).unwrap_or_default());
        true
    }

    fn locate(&mut self, ctx: &Context<Self>) {
        self.field.locate();
        let link = ctx.link().clone();
        position::locate(Rc::new(move |found| link.send_message(Msg::Located(found))));
    }

    pub(super) fn located(&mut self, ctx: &Context<Self>, found: Result<LatLng, PositionFailure>) {
        if let Some(at) = self.field.located(found) {
            self.search_from(ctx, Place::Device(at));
        }
    }

    /// Suggests something, if enough was typed.
    pub(super) fn typed(&mut self, ctx: &Context<Self>, enough: bool) {
        if !enough {
            self.field.places.clear();
            return;
        }
        if let Some(index) = &self.local {
            let places = index.suggest(self.field.question(), &LocalWords(&self.t, self));
            self.field.show(places);
            return;
        }
        let link = ctx.link().clone();
        self.field.pause(Box::new(move |asked| link.send_message(Msg::Ask(asked))));
    }

    /// Asks the API, unless more was typed meanwhile.
    pub(super) fn ask(&mut self, ctx: &Context<Self>, asked: u32) {
        if self.field.is_newest(asked) {
            let link = ctx.link().clone();
            let answer = self.api.suggest(self.field.question());
            answer.then(move |found| link.send_message(Msg::Suggested(asked, found)));
        }
    }

    fn choose(&mut self, ctx: &Context<Self>, index: usize) {
        let store = self.field.places.get(index).filter(|place| place.kind == PlaceKind::Store);
        let code = store.and_then(|store| store.store_code.clone());
        let Some(at) = self.field.choose(index) else { return };
        if let Some(code) = code {
            self.open_store(ctx, code);
        }
        self.search_from(ctx, Place::Known(self.field.text.clone(), at));
    }

    pub(super) fn submit(&mut self, ctx: &Context<Self>) {
        let text = self.field.question().to_owned();
        self.field.close();
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
        self.field.settle();
        self.load(ctx, false);
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
