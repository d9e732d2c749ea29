//! Coming in and going out, and which store is looked at.

use devanture_api::{
    admin::StaffStores,
    staff::{Session, SignIn},
};
use devanture_ui::task;
use gloo_timers::callback::Timeout;
use yew::Context;

use super::{App, Polling, actions, page};
use crate::{
    api::{self, Failure},
    charts::ChartAsk,
    model::{Ask, Dialog, Listing, Msg, Notice, Room, SignInPage, Stage},
    queue::Queue,
    storage,
    texts::Texts,
};

/// Before the first page is asked for again, in milliseconds.
const RETRY_MS: u32 = 3_000;

impl App {
    pub(super) fn start(ctx: &Context<Self>) {
        let link = ctx.link().clone();
        task::spawn(Box::pin(async move { link.send_message(Msg::Started(api::session().await)) }));
    }

    pub(super) fn started(&mut self, ctx: &Context<Self>, answer: Result<Session, Failure>) {
        match answer {
            Ok(session) => self.enter(ctx, session),
            Err(Failure::SignedOut) => self.stage = Stage::SignIn(SignInPage::default()),
            Err(_) => {
                self.stage = Stage::Starting(true);
                let link = ctx.link().clone();
                self.start_timer = Some(Timeout::new(RETRY_MS, move || link.send_message(Msg::Start)));
            }
        }
    }

    pub(super) fn sign_in(&mut self, ctx: &Context<Self>, body: SignIn) {
        let Stage::SignIn(page) = &mut self.stage else { return };
        if page.sending {
            return;
        }
        page.error = None;
        page.sending = true;
        let link = ctx.link().clone();
        task::spawn(Box::pin(async move { link.send_message(Msg::SignedIn(api::sign_in(&body).await)) }));
    }

    pub(super) fn signed_in(&mut self, ctx: &Context<Self>, answer: Result<Session, Failure>) {
        let Stage::SignIn(page) = &mut self.stage else { return };
        page.sending = false;
        match answer {
            Ok(session) => self.enter(ctx, session),
            Err(failure) => {
                page.error = Some(failure);
                self.focus = Some("password".to_owned());
            }
        }
    }

    fn enter(&mut self, ctx: &Context<Self>, session: Session) {
        let staff = session.staff.id.clone();
        self.stage = Stage::Room(Box::new(Room::new(session)));
        self.enter_place();
        self.epoch += 1;
        self.visit += 1;
        self.focus = Some(crate::view::LIST_HEADING.to_owned());
        if self.queue.owner != staff {
            // What somebody else has done is not sent in this one's name.
            let left = self.queue.len();
            self.queue = Queue::of(staff);
            actions::keep(&self.queue);
            if left > 0 {
                self.note(Notice::NotTheirs(left));
            }
        }
        self.send(ctx);
        Self::load_stores(ctx);
    }

    /// The session is over: the page to sign in again, with nothing shown of the room. What was not sent is kept.
    pub(super) fn expire(&mut self) {
        self.leave();
        self.stage = Stage::SignIn(SignInPage { expired: true, ..SignInPage::default() });
        self.focus = Some("login".to_owned());
    }

    fn leave(&mut self) {
        self.epoch += 1;
        self.visit += 1;
        self.polling = Polling::Idle;
        self.poll_timer = None;
        self.send_timer = None;
        self.sending = false;
        self.scan = None;
        self.stop_listening();
        self.said.clear();
    }

    pub(super) fn sign_out(&mut self, ctx: &Context<Self>, anyway: bool) {
        if !anyway && !self.queue.is_empty() {
            let ask = Ask::SignOut(self.queue.len());
            return self.ask(Dialog { id: String::new(), ask });
        }
        if !anyway && self.room().is_some_and(|room| room.charts.is_unsaved()) {
            return self.ask_chart(ChartAsk::SignOut);
        }
        self.close();
        let link = ctx.link().clone();
        task::spawn(Box::pin(async move { link.send_message(Msg::SignedOut(api::sign_out().await)) }));
    }

    pub(super) fn signed_out(&mut self, answer: &Result<(), Failure>) {
        if !matches!(answer, Ok(()) | Err(Failure::SignedOut)) {
            return self.note(Notice::StillSignedIn);
        }
        self.leave();
        self.queue = Queue::default();
        actions::keep(&self.queue);
        self.stage = Stage::SignIn(SignInPage::default());
        self.focus = Some("login".to_owned());
    }

    pub(super) fn load_stores(ctx: &Context<Self>) {
        let link = ctx.link().clone();
        task::spawn(Box::pin(async move { link.send_message(Msg::Stores(api::stores().await)) }));
    }

    pub(super) fn stores(&mut self, ctx: &Context<Self>, answer: Result<StaffStores, Failure>) {
        let Some(room) = self.room_mut() else { return };
        match answer {
            Ok(StaffStores { items }) => {
                room.failures = 0;
                let last = storage::remembered(storage::STORE);
                let known = items.iter().position(|store| Some(&store.code) == last.as_ref());
                room.store = known.or((!items.is_empty()).then_some(0));
                room.stores = items;
                room.loaded = true;
                let waiting = room.shelf.asking.then(|| room.shelf.typed.clone());
                self.poll(ctx);
                self.load_place(ctx);
                if let Some(typed) = waiting {
                    self.search(ctx, &typed);
                }
                self.listen(ctx);
            }
            Err(Failure::SignedOut) => self.expire(),
            Err(_) => {
                room.failures += 1;
                self.later(ctx, Msg::LoadStores);
            }
        }
    }

    pub(super) fn choose_store(&mut self, ctx: &Context<Self>, code: &str) {
        self.epoch += 1;
        self.polling = Polling::Idle;
        let Some(room) = self.room_mut() else { return };
        room.store = room.stores.iter().position(|store| store.code == code);
        room.open = Listing::default();
        room.ended = Listing::default();
        room.seen = None;
        room.as_of = None;
        storage::remember(storage::STORE, code);
        self.poll(ctx);
        self.other_store(ctx);
        self.listen(ctx);
    }

    pub(super) fn choose_language(&mut self, lang: &'static str) {
        self.texts = Texts::of(lang);
        storage::remember(storage::LANGUAGE, lang);
        page::set_language(&self.texts);
        self.said.clear();
    }
}
