//! One store: its details, "my store", and the parts that load when they are wanted.

use devanture_api::{appointment::Appointment, problem::code::STORE_NOT_FOUND, store::Store};
use devanture_client::ClientError;
use devanture_host::preferred_store;
use devanture_ui::js;
use devanture_ui::task::spawn;
use wasm_bindgen::JsValue;
use yew::Context;

use super::App;
use crate::{
    lazy::{self, Loaded, Part},
    state::{Msg, View},
};

impl App {
    pub(super) fn back(&mut self) {
        match std::mem::replace(&mut self.view, View::List) {
            View::Appointment(code) => self.show(View::Details(code)),
            View::Details(code) => self.returning = Some(code),
            View::List => {}
        }
    }

    pub(super) fn set_mine(&mut self, ctx: &Context<Self>, code: Option<String>) {
        if let Some(code) = &code {
            self.mine_store = self.find(code).cloned();
        }
        let detail = code.as_deref().map_or(JsValue::NULL, |code| self.store_detail(code));
        self.mine = code;
        preferred_store::set(&ctx.props().settings.site_key, self.mine.as_deref());
        Self::emit(ctx, "devanture-my-store", &detail);
    }

    pub(super) fn mine_changed(&mut self, ctx: &Context<Self>) -> bool {
        let mine = preferred_store::get(&ctx.props().settings.site_key);
        if mine == self.mine {
            return false;
        }
        self.mine = mine;
        self.mine_store = None;
        self.load_mine(ctx);
        true
    }

    pub(super) fn mine_loaded(&mut self, ctx: &Context<Self>, answer: Result<Store, ClientError>) -> bool {
        match answer {
            Ok(store) => self.mine_store = Some(store),
            // A store that has closed down for good is not kept as "mine".
            Err(error) if error.code() == STORE_NOT_FOUND => {
                preferred_store::set(&ctx.props().settings.site_key, None);
                self.mine = None;
            }
            Err(_) => return false,
        }
        true
    }

    pub(super) fn emit_booked(ctx: &Context<Self>, appointment: &Appointment) {
        #[expect(clippy::cast_precision_loss, reason = "an instant is far below 2^53")]
        let starts_at = JsValue::from_f64(appointment.starts_at as f64);
        let code = appointment.store_code.as_str().into();
        let detail = js::object(&[("code", code), ("starts_at", starts_at)]);
        Self::emit(ctx, "devanture-appointment-booked", &detail);
    }

    /// Shows a store's details, asking for it first if it is not in the list.
    pub(super) fn open_store(&mut self, ctx: &Context<Self>, code: String) {
        self.open_error = None;
        self.want(ctx, Part::Details);
        if self.find(&code).is_some() {
            self.emit_selected(ctx, &code);
        } else {
            self.fetch_store(ctx, &code, Msg::Opened);
        }
        self.show(View::Details(code));
    }

    /// A store that was not in the list has come, or has not.
    pub(super) fn opened(&mut self, ctx: &Context<Self>, answer: Result<Store, ClientError>) {
        match answer {
            Ok(store) => {
                let code = store.code.clone();
                self.opened = Some(store);
                self.emit_selected(ctx, &code);
            }
            Err(error) => self.open_error = Some(error),
        }
        self.focus_panel();
    }

    fn emit_selected(&self, ctx: &Context<Self>, code: &str) {
        Self::emit(ctx, "devanture-store-selected", &self.store_detail(code));
    }

    pub(super) fn load_mine(&mut self, ctx: &Context<Self>) {
        let Some(code) = self.mine.clone() else { return };
        match self.find(&code) {
            Some(store) => self.mine_store = Some(store.clone()),
            None => self.fetch_store(ctx, &code, Msg::MineLoaded),
        }
    }

    fn fetch_store(&self, ctx: &Context<Self>, code: &str, msg: fn(Result<Store, ClientError>) -> Msg) {
        let link = ctx.link().clone();
        self.api.store(code).then(move |store| link.send_message(msg(store)));
    }

    /// Loads a lazy part unless it is there.
    pub(crate) fn want(&mut self, ctx: &Context<Self>, part: Part) {
        self.part_failed = None;
        if self.parts.has(part) || self.wanted == Some(part) {
            return;
        }
        self.wanted = Some(part);
        let (loading, link) = (lazy::load(part, &self.api), ctx.link().clone());
        spawn(Box::pin(async move {
            link.send_message(Msg::Part(part, loading.await));
        }));
    }

    pub(super) fn part_arrived(&mut self, ctx: &Context<Self>, part: Part, loaded: Option<Loaded>) -> bool {
        if self.wanted == Some(part) {
            self.wanted = None;
        }
        match loaded {
            Some(Loaded::Panel(view)) => {
                self.parts.add(part, view);
                self.focus_panel();
            }
            Some(Loaded::Map(view)) => self.parts.map = Some(view),
            Some(Loaded::Search(index)) => {
                self.local = Some(index);
                // What was typed meanwhile is answered now.
                if self.field.read() {
                    self.typed(ctx, true);
                }
            }
            // Searching goes on by request; only what was asked for by name is reported.
            None if part == Part::Search => {}
            None => self.part_failed = Some(part),
        }
        true
    }
}
