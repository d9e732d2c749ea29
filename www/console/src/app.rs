//! The console's one component: what happens goes in, a page comes out.

mod actions;
mod charts;
mod live;
mod order;
mod page;
mod polling;
mod reviews;
mod session;
mod shop;
mod stock;

pub(crate) use charts::ChartMsg;
pub(crate) use live::Word;
pub(crate) use reviews::{RequestMsg, ReviewAsk, ReviewMsg, TalkMsg};
pub(crate) use shop::ShopMsg;

use gloo_timers::callback::Timeout;
use yew::{Component, Context, Html};

use crate::{
    alarm::Sound,
    model::{Msg, Notice, Room, Stage},
    queue::Queue,
    scan::Scan,
    texts::Texts,
    view,
};

/// Whether the lists are being asked for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Polling {
    Idle,
    Asking,
    /// And have to be asked for again after it.
    Again,
}

pub(crate) struct App {
    pub texts: Texts,
    pub stage: Stage,
    pub queue: Queue,
    pub sound: Sound,
    /// What screen readers are told.
    pub said: String,
    pub online: bool,
    /// Whether an action is being sent.
    pub sending: bool,
    send_failures: u32,
    send_timer: Option<Timeout>,
    /// Counts what makes answers that are on their way untrue.
    epoch: u32,
    /// Counts the times that somebody came in or went out.
    visit: u32,
    polling: Polling,
    poll_timer: Option<Timeout>,
    tick: Option<Timeout>,
    start_timer: Option<Timeout>,
    /// Whether the server tells by itself what has changed.
    pub live: bool,
    stream: Option<live::Stream>,
    stream_number: u32,
    stream_failures: u32,
    stream_timer: Option<Timeout>,
    scan: Option<Scan>,
    /// The id of what gets the focus once it is drawn.
    focus: Option<String>,
    /// The place in the list of the card that has the focus, and may go.
    focused_card: Option<usize>,
}

impl Component for App {
    type Message = Msg;
    type Properties = ();

    fn create(ctx: &Context<Self>) -> Self {
        page::listen(ctx);
        ctx.link().send_message(Msg::Start);
        let app = Self {
            texts: Texts::first(),
            stage: Stage::Starting(false),
            queue: actions::kept(),
            sound: Sound::as_left(),
            said: String::new(),
            online: page::is_online(),
            sending: false,
            send_failures: 0,
            send_timer: None,
            epoch: 0,
            visit: 0,
            polling: Polling::Idle,
            poll_timer: None,
            tick: None,
            start_timer: None,
            live: false,
            stream: None,
            stream_number: 0,
            stream_failures: 0,
            stream_timer: None,
            scan: None,
            focus: None,
            focused_card: None,
        };
        page::set_language(&app.texts);
        app
    }

    fn update(&mut self, ctx: &Context<Self>, msg: Msg) -> bool {
        self.focused_card = self.place_of_focus();
        match msg {
            Msg::Start => Self::start(ctx),
            Msg::Started(answer) => self.started(ctx, answer),
            Msg::SignIn(body) => self.sign_in(ctx, body),
            Msg::SignedIn(answer) => self.signed_in(ctx, answer),
            Msg::SignOut => self.sign_out(ctx, false),
            Msg::SignOutAnyway => self.sign_out(ctx, true),
            Msg::SignedOut(answer) => self.signed_out(&answer),
            Msg::LoadStores => Self::load_stores(ctx),
            Msg::Stores(answer) => self.stores(ctx, answer),
            Msg::Store(code) => self.choose_store(ctx, &code),
            Msg::Tab(tab) => self.choose_tab(ctx, tab),
            Msg::Poll => self.poll(ctx),
            Msg::Polled(polled) => self.polled(ctx, *polled),
            Msg::LookedUp(id, list) => self.looked_up(&id, &list),
            Msg::Act(id, action) => self.act(ctx, id, crate::model::plain(action)),
            Msg::Ask(dialog) => self.ask(dialog),
            Msg::Close => self.close(),
            Msg::Refuse(reason, instead) => self.refuse(ctx, reason, &instead),
            Msg::Collect(code) => self.collect(ctx, &code),
            Msg::NoShow => self.no_show(ctx),
            Msg::Scan => self.scan(),
            Msg::Scanned(code) => self.scanned(ctx, code),
            Msg::Send => self.send(ctx),
            Msg::Sent(visit, entry, answer) => self.sent(ctx, visit, &entry, *answer),
            Msg::Moved => self.moved(ctx),
            Msg::Search(typed) => self.search(ctx, &typed),
            Msg::Found(number, answer) => self.found(ctx, number, answer),
            Msg::Look(sku) => self.look(ctx, sku),
            Msg::Seen(number, answer) => self.seen(number, *answer),
            Msg::Counting(open) => self.counting(open),
            Msg::Count(typed, reason) => self.count(ctx, &typed, reason),
            Msg::Listen => self.listen(ctx),
            Msg::Heard(number, word) => self.heard(ctx, number, word),
            Msg::AskToOrder(from) => self.ask_to_order(&from),
            Msg::Order(typed) => self.order(ctx, typed),
            Msg::Ordered(key, answer) => self.ordered(ctx, &key, *answer),
            Msg::Shop(msg) => self.shop(ctx, msg),
            Msg::Review(msg) => self.review(ctx, msg),
            Msg::Chart(msg) => self.chart(ctx, msg),
            Msg::Page => self.page_changed(ctx),
            Msg::Notify => page::ask_to_notify(ctx),
            Msg::NotifyAllowed(allowed) => self.notify_allowed(allowed),
            Msg::Sound => {
                self.sound.allow();
                self.sound.toggle();
            }
            Msg::Touched => {
                let before = self.sound.is_allowed();
                self.sound.allow();
                return before != self.sound.is_allowed();
            }
            Msg::Language(lang) => self.choose_language(lang),
            Msg::Menu(open) => {
                if let Some(room) = self.room_mut() {
                    room.menu = open;
                }
                self.focus = (!open).then(|| "menu".to_owned());
            }
            Msg::Dismiss(index) => self.dismiss(index),
            Msg::Tick => {}
        }
        self.schedule_tick(ctx);
        self.set_title();
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        view::page(self, ctx.link())
    }

    fn rendered(&mut self, ctx: &Context<Self>, _: bool) {
        self.settle(ctx);
    }
}

impl App {
    pub(crate) fn room(&self) -> Option<&Room> {
        match &self.stage {
            Stage::Room(room) => Some(room),
            _ => None,
        }
    }

    fn room_mut(&mut self) -> Option<&mut Room> {
        match &mut self.stage {
            Stage::Room(room) => Some(room),
            _ => None,
        }
    }

    /// Shows something until it is put away.
    fn note(&mut self, notice: Notice) {
        if let Some(room) = self.room_mut() {
            room.notices.push(notice);
        }
    }

    fn dismiss(&mut self, index: usize) {
        let Some(room) = self.room_mut() else { return };
        if index < room.notices.len() {
            room.notices.remove(index);
        }
        self.focus = Some(view::LIST_HEADING.to_owned());
    }
}

/// What the views ask.
impl App {
    /// Whether what is done is sent at once, as far as is known.
    pub(crate) fn is_sending_well(&self) -> bool {
        self.online && self.send_failures == 0
    }

    /// Whether something waits for the network.
    pub(crate) fn is_waiting_to_send(&self) -> bool {
        !self.queue.is_empty() && !self.is_sending_well()
    }

    /// Whether the answer was that there is no store to act for.
    pub(crate) fn is_without_stores(&self) -> bool {
        self.room().is_some_and(|room| room.loaded && room.stores.is_empty())
    }
}
