//! One store: its details, "my store", and the parts that load when they are wanted.

use devanture_host::preferred_store;
use devanture_ui::js;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::spawn_local;
use yew::Context;

use super::App;
use crate::{
    lazy::{self, Loaded, Part},
    state::{Msg, View},
};

impl App {
    pub(super) fn update_store(&mut self, ctx: &Context<Self>, msg: Msg) -> bool {
        match msg {
            Msg::Open(code) => self.open_store(ctx, code),
            Msg::Opened(answer) => match answer {
                Ok(store) => self.opened = Some(store),
                Err(_) => self.open_error = true,
            },
            Msg::Book(code) => {
                self.want(ctx, Part::Appointment);
                self.show(View::Appointment(code));
            }
            Msg::Booked(appointment) => {
                let detail = js::object(&[
                    ("store_code", appointment.store_code.into()),
                    #[expect(clippy::cast_precision_loss, reason = "an instant is far below 2^53")]
                    ("starts_at", (appointment.starts_at as f64).into()),
                ]);
                self.emit(ctx, "devanture-appointment-booked", &detail);
                return false;
            }
            Msg::Back => {
                let from = std::mem::replace(&mut self.view, View::List);
                match from {
                    View::Appointment(code) => self.show(View::Details(code)),
                    View::Details(code) => self.returning = Some(code),
                    View::List => {}
                }
            }
            Msg::SetMine(code) => {
                let key = &ctx.props().settings.site_key;
                if let Some(code) = &code {
                    self.mine_store = self.find(code).cloned();
                }
                let detail = code.as_deref().map_or(JsValue::NULL, |code| self.store_detail(code));
                self.mine = code;
                preferred_store::set(key, self.mine.as_deref());
                self.emit(ctx, "devanture-my-store", &detail);
            }
            Msg::MineChanged => {
                let mine = preferred_store::get(&ctx.props().settings.site_key);
                if mine == self.mine {
                    return false;
                }
                self.mine = mine;
                self.mine_store = None;
                self.load_mine(ctx);
            }
            Msg::MineLoaded(answer) => match answer {
                Ok(store) => self.mine_store = Some(store),
                // A store that has closed down for good is not kept as "mine".
                Err(error) if error.code() == devanture_api::problem::code::STORE_NOT_FOUND => {
                    preferred_store::set(&ctx.props().settings.site_key, None);
                    self.mine = None;
                }
                Err(_) => return false,
            },
            _ => return false,
        }
        true
    }

    /// Shows a store's details, asking for it first if it is not in the list.
    pub(super) fn open_store(&mut self, ctx: &Context<Self>, code: String) {
        self.open_error = false;
        if self.find(&code).is_none() {
            let (api, link, code) = (self.api.clone(), ctx.link().clone(), code.clone());
            spawn_local(async move {
                link.send_message(Msg::Opened(api.store(&code).await));
            });
        }
        self.emit(ctx, "devanture-store-selected", &self.store_detail(&code));
        self.show(View::Details(code));
    }

    pub(super) fn load_mine(&mut self, ctx: &Context<Self>) {
        let Some(code) = self.mine.clone() else { return };
        if let Some(store) = self.find(&code) {
            self.mine_store = Some(store.clone());
            return;
        }
        let (api, link) = (self.api.clone(), ctx.link().clone());
        spawn_local(async move {
            link.send_message(Msg::MineLoaded(api.store(&code).await));
        });
    }

    /// Loads a lazy part unless it is there.
    pub(crate) fn want(&mut self, ctx: &Context<Self>, part: Part) {
        self.part_failed = None;
        if self.parts.has(part) || self.wanted == Some(part) {
            return;
        }
        self.wanted = Some(part);
        let (api, link) = (self.api.clone(), ctx.link().clone());
        spawn_local(async move {
            link.send_message(Msg::Part(part, lazy::load(part, &api).await));
        });
    }

    pub(super) fn part_arrived(&mut self, ctx: &Context<Self>, part: Part, loaded: Option<Loaded>) -> bool {
        if self.wanted == Some(part) {
            self.wanted = None;
        }
        match loaded {
            Some(Loaded::Appointment(view)) => self.parts.appointment = Some(view),
            Some(Loaded::Map(view)) => self.parts.map = Some(view),
            Some(Loaded::Search(index)) => {
                self.local = Some(index);
                // What was typed meanwhile is answered now.
                if !self.field.text.is_empty() {
                    let text = self.field.text.clone();
                    return self.update_search(ctx, Msg::Typed(text));
                }
            }
            // Searching goes on by request; only what was asked for by name is reported.
            None if part == Part::Search => {}
            None => self.part_failed = Some(part),
        }
        true
    }
}
