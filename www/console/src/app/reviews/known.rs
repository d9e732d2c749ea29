//! What is asked beside the queue: figures, words, who was asked, and what is kept of a person.

use devanture_ui::task;
use yew::Context;

use super::{ReviewAsk, ReviewMsg};
use crate::{
    api::{Failure, reviews as api},
    app::App,
    model::{Ask, Dialog, Msg},
};

impl App {
    pub(super) fn known(&mut self, ctx: &Context<Self>, msg: ReviewMsg) {
        match msg {
            ReviewMsg::Figures(product, store) => self.ask_figures(ctx, product, store),
            ReviewMsg::Figured(number, answer) => {
                self.got(answer, |reviews, answer| reviews.figures.answer(number, answer));
            }
            ReviewMsg::Words(product, category, language) => {
                let Some(reviews) = self.reviews_mut() else { return };
                let number = reviews.words.ask();
                reviews.words.got = None;
                let link = ctx.link().clone();
                task::spawn(Box::pin(async move {
                    let answer = api::phrases(&product, &category, &language).await;
                    link.send_message(Msg::Review(ReviewMsg::Worded(number, answer)));
                }));
            }
            ReviewMsg::Worded(number, answer) => {
                self.got(answer, |reviews, answer| reviews.words.answer(number, answer));
            }
            ReviewMsg::Requests(state) => {
                let Some(reviews) = self.reviews_mut() else { return };
                reviews.requests_state = state;
                reviews.requests.got = None;
                self.ask_requests(ctx, false);
            }
            ReviewMsg::Request(msg) => self.request(ctx, msg),
            ReviewMsg::MoreRequests => self.ask_requests(ctx, true),
            ReviewMsg::Requested(number, answer, more) => {
                self.got(answer, |reviews, mut answer| {
                    if let (true, Ok(page), Some(before)) = (more, &mut answer, &reviews.requests.got) {
                        page.items.splice(0..0, before.items.iter().cloned());
                    }
                    reviews.requests.answer(number, answer)
                });
            }
            ReviewMsg::Person(email) => {
                let Some(reviews) = self.reviews_mut() else { return };
                let number = reviews.person.ask();
                reviews.person.got = None;
                reviews.erased = None;
                email.clone_into(&mut reviews.email);
                let link = ctx.link().clone();
                task::spawn(Box::pin(async move {
                    let answer = Box::new(api::person(&email).await);
                    link.send_message(Msg::Review(ReviewMsg::Known(number, answer)));
                }));
            }
            ReviewMsg::Known(number, answer) => {
                self.got(*answer, |reviews, answer| reviews.person.answer(number, answer));
            }
            ReviewMsg::AskErase => {
                self.ask(Dialog { id: String::new(), ask: Ask::Review(ReviewAsk::Erase) });
            }
            ReviewMsg::Erase => {
                self.close();
                let Some(reviews) = self.reviews_mut() else { return };
                let (email, link) = (reviews.email.clone(), ctx.link().clone());
                reviews.person.asking = true;
                task::spawn(Box::pin(async move {
                    let answer = api::erase(&email).await;
                    link.send_message(Msg::Review(ReviewMsg::Erased(answer)));
                }));
            }
            ReviewMsg::Erased(answer) => {
                let Some(reviews) = self.reviews_mut() else { return };
                reviews.person.asking = false;
                match answer {
                    Ok(done) => {
                        reviews.person.got = None;
                        reviews.erased = Some(done.reviews);
                        // What is shown may be theirs.
                        reviews.list.got = None;
                        reviews.look = None;
                    }
                    Err(Failure::SignedOut) => return self.expire(),
                    Err(failure) => reviews.person.failure = Some(failure),
                }
                self.focus = Some("rv-person".to_owned());
            }
            // The queue's own.
            _ => {}
        }
    }

    pub(super) fn ask_figures(&mut self, ctx: &Context<Self>, product: String, store: String) {
        let lang = self.texts.lang;
        let Some(reviews) = self.reviews_mut() else { return };
        let number = reviews.figures.ask();
        reviews.figures.got = None;
        reviews.figures_of = (product.clone(), store.clone());
        let link = ctx.link().clone();
        task::spawn(Box::pin(async move {
            let answer = api::figures(&product, &store, lang).await;
            link.send_message(Msg::Review(ReviewMsg::Figured(number, answer)));
        }));
    }

    pub(super) fn ask_requests(&mut self, ctx: &Context<Self>, more: bool) {
        let Some(reviews) = self.reviews_mut() else { return };
        let next = reviews.requests.got.as_ref().and_then(|page| page.next.clone()).filter(|_| more);
        let number = reviews.requests.ask();
        let (state, link) = (reviews.requests_state.clone(), ctx.link().clone());
        task::spawn(Box::pin(async move {
            let answer = api::requests(&state, next.as_deref().unwrap_or_default()).await;
            link.send_message(Msg::Review(ReviewMsg::Requested(number, answer, more)));
        }));
    }
}
