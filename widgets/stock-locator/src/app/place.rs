//! Where stores are looked for: the search field, the device's position.

use std::rc::Rc;

use devanture_api::suggest::Suggestions;
use devanture_client::ClientError;
use devanture_domain::{geo::LatLng, place::PositionFailure};
use devanture_host::position;
use devanture_ui::search::Searching;
use yew::Context;

use super::App;
use crate::state::{Msg, Place};

impl App {
    pub(super) fn searching(&mut self, ctx: &Context<Self>, what: Searching) -> bool {
        match what {
            Searching::Typed => {
                if self.field.read() {
                    let link = ctx.link().clone();
                    self.field.pause(Box::new(move |asked| link.send_message(Msg::Ask(asked))));
                } else {
                    self.field.places.clear();
                }
            }
            Searching::Highlight(active) => self.field.highlight(active),
            Searching::Close => self.field.close(),
            Searching::Choose(index) => self.choose_place(ctx, index),
            Searching::Submit => {
                if let Some(index) = self.field.highlighted() {
                    self.choose_place(ctx, index);
                } else {
                    let text = self.field.question().to_owned();
                    self.field.close();
                    let place = if text.is_empty() { Place::Start } else { Place::Typed(text) };
                    self.look_from(ctx, place);
                }
            }
            Searching::Clear => {
                self.field.clear();
                self.look_from(ctx, Place::Start);
            }
            Searching::Focus => return false,
            Searching::Locate => {
                self.field.locate();
                let link = ctx.link().clone();
                position::locate(Rc::new(move |found| link.send_message(Msg::Located(found))));
            }
        }
        true
    }

    /// Asks the API, unless more was typed meanwhile.
    pub(super) fn ask(&mut self, ctx: &Context<Self>, asked: u32) {
        if self.field.is_newest(asked) {
            let link = ctx.link().clone();
            let answer = self.api.suggest(self.field.question());
            answer.then(move |found| link.send_message(Msg::Suggested(asked, found)));
        }
    }

    pub(super) fn suggested(&mut self, asked: u32, answer: Result<Suggestions, ClientError>) -> bool {
        if !self.field.is_newest(asked) {
            return false;
        }
        // A failed suggestion is not worth a message: the search itself will say.
        self.field.show(answer.map(|found| found.items).unwrap_or_default());
        true
    }

    pub(super) fn located(&mut self, ctx: &Context<Self>, found: Result<LatLng, PositionFailure>) {
        if let Some(at) = self.field.located(found) {
            self.look_from(ctx, Place::Device(at));
        }
    }

    fn choose_place(&mut self, ctx: &Context<Self>, index: usize) {
        if let Some(at) = self.field.choose(index) {
            self.look_from(ctx, Place::Known(self.field.text.clone(), at));
        }
    }

    pub(super) fn look_from(&mut self, ctx: &Context<Self>, place: Place) {
        self.place = place;
        self.field.settle();
        self.listing.limit = self.options.limit;
        self.load(ctx);
    }
}
