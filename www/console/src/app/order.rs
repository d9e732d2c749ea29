//! Ordering a piece for a shopper from where it is. The shopper waits for the answer, so it is not put into the queue.

use devanture_api::{
    problem::code,
    staff_order::{StaffOrder, StaffOrderRequest},
};
use devanture_ui::{js, task};
use yew::Context;

use super::App;
use crate::{
    api::{self, Failure},
    model::{Ask, Dialog, Msg},
    order::{Ordering, Typed},
};

impl App {
    /// Opens the form for a place that has the variant that is looked at.
    pub(super) fn ask_to_order(&mut self, from: &str) {
        let Some(look) = self.room().and_then(|room| room.shelf.look.as_ref()) else { return };
        let places = look.seen.iter().flat_map(|seen| &seen.elsewhere);
        let Some(place) = places.into_iter().find(|place| place.code == from) else { return };
        let ordering = Ordering {
            sku: look.sku.clone(),
            from: place.code.clone(),
            from_name: place.name.clone(),
            warehouse: place.warehouse,
            available: place.figures.available,
            key: js::random_id(),
            ..Ordering::default()
        };
        self.ask(Dialog { id: String::new(), ask: Ask::Order(Box::new(ordering)) });
    }

    pub(super) fn order(&mut self, ctx: &Context<Self>, typed: Typed) {
        let locale = self.texts.lang.to_owned();
        let Some(room) = self.room_mut() else { return };
        let Some(store_code) = room.store().map(|store| store.code.clone()) else { return };
        let Some(Dialog { ask: Ask::Order(ordering), .. }) = &mut room.dialog else { return };
        if ordering.sending {
            return;
        }
        ordering.failure = None;
        ordering.wrong = typed.wrong();
        if let Some((field, _)) = ordering.wrong {
            self.focus = Some(field.to_owned());
            return;
        }
        let text = |text: String| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
        let request = StaffOrderRequest {
            store_code,
            from: ordering.from.clone(),
            sku: ordering.sku.clone(),
            quantity: typed.quantity.parse().unwrap_or(1),
            name: typed.name.trim().to_owned(),
            email: text(typed.email),
            phone: text(typed.phone),
            locale,
            consent: typed.consent,
        };
        if ordering.sent.as_ref().is_some_and(|sent| *sent != request) {
            // The key stands for what was sent with it.
            ordering.key = js::random_id();
        }
        ordering.sent = Some(request.clone());
        ordering.sending = true;
        let (key, link) = (ordering.key.clone(), ctx.link().clone());
        task::spawn(Box::pin(async move {
            let answer = api::order(&key, &request).await;
            link.send_message(Msg::Ordered(key, Box::new(answer)));
        }));
    }

    pub(super) fn ordered(&mut self, ctx: &Context<Self>, key: &str, answer: Result<StaffOrder, Failure>) {
        let Some(room) = self.room_mut() else { return };
        let Some(Dialog { ask: Ask::Order(ordering), .. }) = &mut room.dialog else { return };
        if ordering.key != key {
            return;
        }
        ordering.sending = false;
        match answer {
            Ok(done) => {
                ordering.done = Some(done);
                self.focus = Some("ordered".to_owned());
                self.load_place(ctx);
            }
            Err(Failure::SignedOut) => self.expire(),
            Err(failure) => {
                let is_gone = matches!(&failure, Failure::Refused { code, .. } if code == code::NOT_ENOUGH);
                ordering.failure = Some(failure);
                self.focus = Some("order-failure".to_owned());
                if is_gone {
                    self.load_place(ctx);
                }
            }
        }
    }
}
