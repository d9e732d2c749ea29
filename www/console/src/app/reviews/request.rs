//! Asking a customer for reviews: products are looked for, then all is sent at once.

use devanture_api::{problem::code, staff_review::ReviewRequestsMade, staff_stock::StaffStock};
use devanture_ui::{js, task};
use yew::Context;

use crate::{
    api::{
        self, Failure,
        reviews::{self as of_reviews, NotAsked},
    },
    app::{App, ReviewMsg, page},
    model::Msg,
    reviews::request::{Asking, Typed, refused},
    texts::Texts,
};

/// What can happen to the form.
pub(crate) enum RequestMsg {
    Open,
    Close,
    Search(String),
    Found(u32, Result<StaffStock, Failure>),
    /// The product of this place among those that were found.
    Choose(usize),
    Remove(usize),
    /// The fields hold this now.
    Typed(Box<Typed>),
    Send(Box<Typed>),
    /// Sent with this key.
    Sent(String, Result<ReviewRequestsMade, NotAsked>),
}

impl App {
    pub(super) fn request(&mut self, ctx: &Context<Self>, msg: RequestMsg) {
        match msg {
            RequestMsg::Open => {
                let Some(room) = self.room() else { return };
                let on = Texts::iso_day(room.now(), room.zone());
                let typed = Typed { on, locale: self.texts.lang.to_owned(), ..Typed::default() };
                let Some(reviews) = self.reviews_mut() else { return };
                reviews.made = None;
                reviews.asking = Some(Box::new(Asking::new(js::random_id(), typed)));
                self.focus = Some("ask-title".to_owned());
            }
            RequestMsg::Close => {
                let Some(reviews) = self.reviews_mut() else { return };
                reviews.asking = None;
                self.focus = Some("rv-ask".to_owned());
            }
            RequestMsg::Search(typed) => self.search_asked(ctx, &typed),
            RequestMsg::Found(number, answer) => {
                if answer == Err(Failure::SignedOut) {
                    return self.expire();
                }
                let Some(asking) = self.asking() else { return };
                let count = answer.as_ref().ok().map(|found| found.items.len());
                if !asking.found.answer(number, answer) {
                    return;
                }
                let Some(count) = count else { return };
                let found = asking.found.got.iter().flat_map(|found| &found.items);
                // What was scanned, or typed from the label, is meant.
                let exact = found.clone().position(|item| item.variants.iter().any(|one| one.exact));
                self.said = self.texts.count("stock.found", count);
                if let Some(at) = exact {
                    self.choose_asked(at);
                }
            }
            RequestMsg::Choose(at) => self.choose_asked(at),
            RequestMsg::Remove(at) => {
                let Some(asking) = self.asking() else { return };
                if at < asking.chosen.len() {
                    asking.chosen.remove(at);
                }
                self.focus = Some("ask-q".to_owned());
            }
            RequestMsg::Typed(typed) => {
                if let Some(asking) = self.asking() {
                    asking.hold(*typed);
                }
            }
            RequestMsg::Send(typed) => self.send_asked(ctx, *typed),
            RequestMsg::Sent(key, answer) => self.asked(ctx, &key, answer),
        }
    }

    fn asking(&mut self) -> Option<&mut Asking> {
        self.reviews_mut()?.asking.as_deref_mut()
    }

    fn search_asked(&mut self, ctx: &Context<Self>, typed: &str) {
        let typed = typed.trim().to_owned();
        let store = self.room().and_then(|room| room.store()).map(|store| store.code.clone());
        let Some(asking) = self.asking() else { return };
        let number = asking.found.ask();
        asking.found.got = None;
        asking.query.clone_from(&typed);
        let Some(store) = store.filter(|_| !typed.is_empty()) else {
            asking.found.asking = false;
            return;
        };
        let link = ctx.link().clone();
        task::spawn(Box::pin(async move {
            let answer = api::stock(&store, &typed).await;
            link.send_message(Msg::Review(ReviewMsg::Request(RequestMsg::Found(number, answer))));
        }));
    }

    /// Takes a product up; the field is free for the next one.
    fn choose_asked(&mut self, at: usize) {
        let Some(asking) = self.asking() else { return };
        let Some(found) = asking.found.got.take() else { return };
        let Some(product) = found.items.get(at) else { return };
        asking.choose(product);
        asking.query.clear();
        asking.wrong.retain(|(field, _)| *field != "ask-q");
        let said = product.name.clone();
        self.said = self.texts.fill("rv.ask.chosen", &[("name", &said)]);
        page::set_value("ask-q", "");
        self.focus = Some("ask-q".to_owned());
    }

    fn send_asked(&mut self, ctx: &Context<Self>, typed: Typed) {
        let Some(asking) = self.asking().filter(|asking| !asking.sending) else { return };
        let Some(body) = asking.checked(typed, js::random_id) else {
            self.focus =
                self.asking().and_then(|asking| asking.wrong.first()).map(|(id, _)| (*id).to_owned());
            return;
        };
        asking.sending = true;
        let (key, link) = (asking.key.clone(), ctx.link().clone());
        task::spawn(Box::pin(async move {
            let answer = of_reviews::ask(&body).await;
            link.send_message(Msg::Review(ReviewMsg::Request(RequestMsg::Sent(key, answer))));
        }));
    }

    fn asked(&mut self, ctx: &Context<Self>, key: &str, answer: Result<ReviewRequestsMade, NotAsked>) {
        let Some(asking) = self.asking().filter(|asking| asking.key == key) else { return };
        asking.sending = false;
        match answer {
            Ok(made) => {
                let Some(reviews) = self.reviews_mut() else { return };
                reviews.asking = None;
                reviews.made = Some(made.items.len());
                // Where the new ones are.
                reviews.requests_state.clear();
                reviews.requests.got = None;
                self.said = self.texts.count("rv.ask.done", made.items.len());
                self.focus = Some("rv-made".to_owned());
                self.ask_requests(ctx, false);
            }
            Err(NotAsked { failure: Failure::SignedOut, .. }) => self.expire(),
            Err(NotAsked { failure, field }) => {
                let of_store =
                    matches!(&failure, Failure::Refused { code, .. } if code == code::STORE_NOT_FOUND);
                let field = if of_store { Some("store".to_owned()) } else { field };
                if let Some(wrong) = field.as_deref().and_then(refused) {
                    asking.wrong = vec![wrong];
                    self.focus = Some(wrong.0.to_owned());
                } else {
                    asking.failure = Some(failure);
                    self.focus = Some("ask-form".to_owned());
                }
            }
        }
    }
}
