//! What is said with a review's author in private. A message has a key of its own, so that one whose answer was lost is sent again
//! without a second letter.

use devanture_ui::{js, task};
use yew::Context;

use super::ReviewMsg;
use crate::{
    api::{Failure, reviews as api},
    app::App,
    model::Msg,
};

/// What can happen with it.
pub(crate) enum TalkMsg {
    /// Says this; or what the author said needs no answer.
    Say(Option<String>),
    /// What came of it, and whether something was said.
    Done(String, Result<(), Failure>, bool),
}

impl App {
    pub(super) fn talk(&mut self, ctx: &Context<Self>, msg: TalkMsg) {
        match msg {
            TalkMsg::Say(words) => self.say_in_private(ctx, words),
            TalkMsg::Done(id, answer, said) => self.said_in_private(ctx, &id, answer, said),
        }
    }

    fn say_in_private(&mut self, ctx: &Context<Self>, words: Option<String>) {
        let Some(look) = self.look_mut().filter(|look| !look.talk.sending) else { return };
        let says = words.map(|words| {
            let again = look.talk.attempt.take().filter(|(_, sent)| *sent == words);
            again.unwrap_or_else(|| (js::random_id(), words))
        });
        look.talk.attempt.clone_from(&says);
        look.talk.sending = true;
        look.talk.refused = None;
        look.talk.done = None;
        let (id, link, said) = (look.id.clone(), ctx.link().clone(), says.is_some());
        task::spawn(Box::pin(async move {
            let answer = api::talk(&id, says).await;
            link.send_message(Msg::Review(ReviewMsg::Talk(TalkMsg::Done(id, answer, said))));
        }));
    }

    fn said_in_private(&mut self, ctx: &Context<Self>, id: &str, answer: Result<(), Failure>, said: bool) {
        let words = self.texts.text(if said { "rv.talk.sent" } else { "shop.saved" });
        let Some(reviews) = self.reviews_mut() else { return };
        let Some(look) = reviews.look.as_mut().filter(|look| look.id == id) else { return };
        look.talk.sending = false;
        if !matches!(answer, Err(Failure::Unreachable)) {
            // It was taken or refused, so the next is another.
            look.talk.attempt = None;
        }
        match answer {
            Ok(()) => {
                let waited =
                    look.details.got.as_ref().is_some_and(|got| got.conversation.waits_since.is_some());
                look.talk.done = Some(said);
                let number = look.details.ask();
                if let Some(page) = reviews.list.got.as_mut().filter(|_| waited) {
                    page.unanswered = page.unanswered.saturating_sub(1);
                }
                self.said = words;
                self.ask_details(ctx, number, id.to_owned());
            }
            Err(Failure::SignedOut) => return self.expire(),
            Err(failure) => look.talk.refused = Some(failure),
        }
        self.focus = Some("rv-talk-told".to_owned());
    }
}
