//! What is done in the room of the store itself. Forms are kept as they are filled in until the server has taken them.

use devanture_api::staff_store::{OwnField, StaffStoreDetails};
use devanture_ui::{js, task};
use yew::Context;

use super::App;
use crate::{
    api::{self, Failure},
    model::{Ask, Dialog, Msg},
    shop::{Draft, Kind, Shop},
    view,
};

/// What can happen in this room.
pub(crate) enum ShopMsg {
    Load,
    /// What the server says of the store, by the number of the request; what was saved, if it is the answer to that.
    Loaded(u32, Box<Result<StaffStoreDetails, Failure>>, Option<OwnField>),
    Edit(Kind, Option<usize>),
    Typed(String, String),
    Openings(usize, crate::shop::Openings),
    Save,
    Remove,
    Cancel,
    AskBack(OwnField),
    GiveBack(OwnField),
}

impl App {
    pub(super) fn shop(&mut self, ctx: &Context<Self>, msg: ShopMsg) {
        match msg {
            ShopMsg::Load => self.load_shop(ctx),
            ShopMsg::Loaded(number, answer, saved) => self.loaded(number, *answer, saved),
            ShopMsg::Edit(kind, index) => self.edit(kind, index),
            ShopMsg::Save => self.save(ctx, false),
            ShopMsg::Remove => self.save(ctx, true),
            ShopMsg::Cancel => {
                let draft = self.shop_mut().and_then(|shop| shop.draft.take());
                self.focus = draft.map(|draft| view::edit_id(draft.kind, draft.index));
            }
            ShopMsg::AskBack(own) => {
                self.ask(Dialog { id: String::new(), ask: Ask::GiveBack(own) });
            }
            ShopMsg::GiveBack(own) => {
                self.close();
                let Some((number, code)) = self.next_request() else { return };
                let link = ctx.link().clone();
                task::spawn(Box::pin(async move {
                    let answer = Box::new(api::give_back(&code, own).await);
                    link.send_message(Msg::Shop(ShopMsg::Loaded(number, answer, Some(own))));
                }));
            }
            ShopMsg::Typed(name, value) => {
                if let Some(draft) = self.draft_mut() {
                    draft.typed(&name, value);
                }
            }
            ShopMsg::Openings(day, change) => {
                if let Some(draft) = self.draft_mut() {
                    draft.openings(day, change);
                    let last = draft.days.get(day).map_or(0, Vec::len);
                    // To the new opening, or to what is left of the day.
                    let id = last.checked_sub(1).map(|span| format!("d-{day}-{span}-0"));
                    self.focus = Some(id.unwrap_or_else(|| format!("add-{day}")));
                }
            }
        }
    }

    /// Asks for the store, unless a form is open: what is typed is about what was there.
    pub(super) fn load_shop(&mut self, ctx: &Context<Self>) {
        if self.draft_mut().is_some() {
            return;
        }
        let Some((number, code)) = self.next_request() else { return };
        let link = ctx.link().clone();
        task::spawn(Box::pin(async move {
            let answer = Box::new(api::store(&code).await);
            link.send_message(Msg::Shop(ShopMsg::Loaded(number, answer, None)));
        }));
    }

    fn loaded(&mut self, number: u32, answer: Result<StaffStoreDetails, Failure>, saved: Option<OwnField>) {
        let Some(shop) = self.shop_mut().filter(|shop| shop.number == number) else { return };
        match answer {
            Ok(details) => {
                shop.details = Some(details);
                shop.failure = None;
                shop.saved = saved;
                let draft = shop.draft.take();
                if saved.is_some() {
                    self.said = self.texts.text("shop.saved");
                    let id = draft.map(|draft| view::edit_id(draft.kind, draft.index));
                    self.focus = Some(id.unwrap_or_else(|| view::LIST_HEADING.to_owned()));
                }
            }
            Err(Failure::SignedOut) => self.expire(),
            Err(failure) => match &mut shop.draft {
                Some(draft) => {
                    draft.saving = false;
                    draft.failure = Some(failure);
                    self.focus = Some("form".to_owned());
                }
                None => shop.failure = Some(failure),
            },
        }
    }

    fn edit(&mut self, kind: Kind, index: Option<usize>) {
        let Some(shop) = self.shop_mut() else { return };
        let Some(details) = &shop.details else { return };
        shop.draft = Some(Draft::of(details, kind, index));
        shop.saved = None;
        self.focus = Some("form-title".to_owned());
    }

    fn save(&mut self, ctx: &Context<Self>, remove: bool) {
        let Some(shop) = self.shop_mut() else { return };
        let (Some(details), Some(draft)) = (&shop.details, &mut shop.draft) else { return };
        if draft.saving {
            return;
        }
        draft.failure = None;
        let field = draft.kind.field();
        match draft.edit(details, (remove, js::random_id())) {
            Ok(edit) => {
                draft.wrong.clear();
                draft.saving = true;
                let Some((number, code)) = self.next_request() else { return };
                let link = ctx.link().clone();
                task::spawn(Box::pin(async move {
                    let answer = Box::new(api::edit_store(&code, &edit).await);
                    link.send_message(Msg::Shop(ShopMsg::Loaded(number, answer, Some(field))));
                }));
            }
            Err(wrong) => {
                let first = wrong.first().map(|(field, _)| field.clone());
                draft.wrong = wrong;
                self.focus = first;
            }
        }
    }

    /// The number of the next request, and the store that it is about.
    fn next_request(&mut self) -> Option<(u32, String)> {
        let room = self.room_mut()?;
        let code = room.store()?.code.clone();
        room.shop.number += 1;
        Some((room.shop.number, code))
    }

    fn shop_mut(&mut self) -> Option<&mut Shop> {
        self.room_mut().map(|room| &mut room.shop)
    }

    fn draft_mut(&mut self) -> Option<&mut Draft> {
        self.shop_mut()?.draft.as_mut()
    }
}
