//! The stream by which the server says that something has changed. Where it cannot be had, or says nothing any more, the list
//! is polled as often as without it, and the stream is tried again, less and less often.

use devanture_api::routes::admin;
use devanture_ui::js::{self, encode};
use gloo_timers::callback::Timeout;
use js_sys::{Array, Function, Reflect};
use wasm_bindgen::{JsCast as _, JsValue, closure::Closure};
use yew::Context;

use super::App;
use crate::model::Msg;

/// So long may the first word take: something between us and the server may keep it back for ever.
const FIRST_MS: u32 = 10_000;
/// So long may it be silent; it beats three times in this time.
const SILENCE_MS: u32 = 50_000;
const RETRY_MS: u32 = 5_000;
const LONGEST_RETRY_MS: u32 = 120_000;

/// What the stream says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Word {
    Hello,
    Changed,
    Beat,
    /// Nothing, or that it has ended.
    Gone,
}

/// A stream that is listened to. Dropping it ends it.
pub(super) struct Stream {
    source: JsValue,
    _heard: Vec<Closure<dyn Fn()>>,
    silence: Timeout,
}

impl Drop for Stream {
    fn drop(&mut self) {
        let _ = js::call(&self.source, "close", &Array::new());
    }
}

impl App {
    /// Listens to the store that is looked at, and to no other any more.
    pub(super) fn listen(&mut self, ctx: &Context<Self>) {
        self.stop_listening();
        self.stream_number += 1;
        let Some(code) = self.room().and_then(|room| Some(room.store()?.code.clone())) else { return };
        let class = js::get(&js_sys::global(), "EventSource").dyn_into::<Function>();
        let Ok(class) = class else { return };
        let path = format!("{}?store={}", admin::EVENTS, encode(&code));
        let Ok(source) = Reflect::construct(&class, &Array::of1(&path.into())) else { return };
        let words =
            [("hello", Word::Hello), ("changed", Word::Changed), ("beat", Word::Beat), ("error", Word::Gone)];
        let heard = words.map(|(name, word)| {
            let (link, number) = (ctx.link().clone(), self.stream_number);
            let heard = Closure::<dyn Fn()>::new(move || link.send_message(Msg::Heard(number, word)));
            let _ = js::call(&source, "addEventListener", &Array::of2(&name.into(), heard.as_ref()));
            heard
        });
        let silence = self.silence(ctx, FIRST_MS);
        self.stream = Some(Stream { source, _heard: heard.into(), silence });
    }

    pub(super) fn stop_listening(&mut self) {
        self.stream = None;
        self.stream_timer = None;
        self.live = false;
    }

    /// Tries again at once, if nothing is listened to.
    pub(super) fn listen_again(&mut self, ctx: &Context<Self>) {
        if self.stream.is_none() {
            self.stream_failures = 0;
            self.listen(ctx);
        }
    }

    pub(super) fn heard(&mut self, ctx: &Context<Self>, number: u32, word: Word) {
        if number != self.stream_number || self.stream.is_none() {
            return;
        }
        let was_live = self.live;
        if word == Word::Gone {
            self.stop_listening();
            self.stream_failures += 1;
            let pause = (RETRY_MS << (self.stream_failures - 1).min(5)).min(LONGEST_RETRY_MS);
            let link = ctx.link().clone();
            self.stream_timer = Some(Timeout::new(pause, move || link.send_message(Msg::Listen)));
        } else {
            let silence = self.silence(ctx, SILENCE_MS);
            if let Some(stream) = &mut self.stream {
                stream.silence = silence;
            }
            self.stream_failures = 0;
            self.live = true;
        }
        // What has changed while nothing was heard is seen now, and so is a session that has ended. Where nothing ever was
        // heard, the list is polled anyway.
        if word == Word::Changed || was_live != self.live {
            self.poll(ctx);
        }
        if word == Word::Changed {
            self.load_place(ctx);
        }
    }

    fn silence(&self, ctx: &Context<Self>, ms: u32) -> Timeout {
        let (link, number) = (ctx.link().clone(), self.stream_number);
        Timeout::new(ms, move || link.send_message(Msg::Heard(number, Word::Gone)))
    }
}
