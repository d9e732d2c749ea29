//! What is done in the room of the stock: searched, looked at, counted.

use devanture_api::staff_stock::{
    CountReason, CountedStock, SeenStock, StaffStock, StaffVariant, StockCount,
};
use devanture_ui::{js, task};
use yew::Context;

use super::{App, page};
use crate::{
    api::{self, Failure},
    model::{Msg, Notice, Place},
    queue::{Deed, Entry},
    stock::{Look, Shelf, Wrong, pieces},
    view,
};

impl App {
    /// Goes where the page's address says.
    pub(super) fn moved(&mut self, ctx: &Context<Self>) {
        let before = self.room().map(|room| room.place);
        self.enter_place();
        if self.room().map(|room| room.place) == before {
            return;
        }
        self.focus = Some(view::LIST_HEADING.to_owned());
        self.load_place(ctx);
        self.poll(ctx);
    }

    /// Asks for what the room shows.
    pub(super) fn load_place(&mut self, ctx: &Context<Self>) {
        match self.room().map(|room| room.place) {
            Some(Place::Stock) => self.look_again(ctx),
            Some(Place::Shop) => self.load_shop(ctx),
            Some(Place::Reviews) => self.load_reviews(ctx),
            Some(Place::Charts) => self.load_charts(ctx),
            _ => {}
        }
    }

    pub(super) fn enter_place(&mut self) {
        let wanted = page::address();
        let Some(room) = self.room_mut() else { return };
        let place = Place::ALL.into_iter().find(|place| place.as_str() == wanted && room.may_enter(*place));
        room.place = place.unwrap_or(Place::Reservations);
        room.menu = false;
    }

    /// What is shown is of another store: it is looked for again in this one.
    pub(super) fn other_store(&mut self, ctx: &Context<Self>) {
        let moderates = self.moderates();
        let Some(room) = self.room_mut() else { return };
        let known = std::mem::take(&mut room.shelf);
        room.shelf.number = known.number + 1;
        room.shop = crate::shop::Shop { number: room.shop.number + 1, ..Default::default() };
        if !moderates {
            // Head office looks at all stores at once.
            room.reviews = crate::reviews::Reviews::default();
        }
        if room.place == Place::Stock && !known.typed.is_empty() {
            self.search(ctx, &known.typed);
            self.focus = None;
        }
        self.load_place(ctx);
    }

    pub(super) fn search(&mut self, ctx: &Context<Self>, typed: &str) {
        let typed = typed.trim().to_owned();
        self.focus = Some("search".to_owned());
        page::set_value("search", &typed);
        let Some(room) = self.room_mut() else { return };
        let code = room.store().map(|store| store.code.clone()).filter(|_| !typed.is_empty());
        // Where the stores are still to come it is looked for then.
        let waits = !room.loaded && !typed.is_empty();
        let known = &mut room.shelf;
        known.number += 1;
        known.typed.clone_from(&typed);
        known.look = None;
        known.found = None;
        known.failure = None;
        known.asking = waits || code.is_some();
        let Some(code) = code else { return };
        let (number, link) = (known.number, ctx.link().clone());
        task::spawn(Box::pin(async move {
            link.send_message(Msg::Found(number, api::stock(&code, &typed).await));
        }));
    }

    pub(super) fn found(&mut self, ctx: &Context<Self>, number: u32, answer: Result<StaffStock, Failure>) {
        let Some(known) = self.shelf(number) else { return };
        known.asking = false;
        match answer {
            Ok(found) => {
                // What was scanned is meant, and no other size of it.
                let variants = || found.items.iter().flat_map(|item| &item.variants);
                let exact = variants().find(|variant| variant.exact).map(|variant| variant.sku.clone());
                let count = found.items.len();
                known.found = Some(found);
                self.said = self.texts.count("stock.found", count);
                if exact.is_some() {
                    self.look(ctx, exact);
                }
            }
            Err(Failure::SignedOut) => self.expire(),
            Err(failure) => known.failure = Some(failure),
        }
    }

    pub(super) fn look(&mut self, ctx: &Context<Self>, sku: Option<String>) {
        let Some(room) = self.room_mut() else { return };
        let before = room.shelf.look.take();
        match sku {
            Some(sku) => {
                room.shelf.look = Some(Look { sku, seen: None, failure: None, counting: None });
                self.focus = Some("look".to_owned());
                self.look_again(ctx);
            }
            None => {
                self.focus = before.map(|look| view::variant_id(&look.sku));
            }
        }
    }

    /// Asks how the variant stands that is looked at; what is shown stays until there is an answer.
    pub(super) fn look_again(&mut self, ctx: &Context<Self>) {
        let Some(room) = self.room_mut() else { return };
        let Some(code) = room.store().map(|store| store.code.clone()) else { return };
        let known = &mut room.shelf;
        let Some(sku) = known.look.as_ref().map(|look| look.sku.clone()) else { return };
        known.number += 1;
        let (number, link) = (known.number, ctx.link().clone());
        task::spawn(Box::pin(async move {
            link.send_message(Msg::Seen(number, Box::new(api::variant(&code, &sku).await)));
        }));
    }

    pub(super) fn seen(&mut self, number: u32, answer: Result<StaffVariant, Failure>) {
        let Some(known) = self.shelf(number) else { return };
        let Some(look) = &mut known.look else { return };
        match answer {
            Ok(seen) => {
                look.failure = None;
                look.seen = Some(seen);
            }
            Err(Failure::SignedOut) => self.expire(),
            Err(failure) => look.failure = Some(failure),
        }
    }

    pub(super) fn counting(&mut self, open: bool) {
        let Some(look) = self.room_mut().and_then(|room| room.shelf.look.as_mut()) else { return };
        look.counting = open.then(Wrong::default);
        self.focus = Some(if open { "count" } else { "correct" }.to_owned());
    }

    pub(super) fn count(&mut self, ctx: &Context<Self>, typed: &str, reason: Option<CountReason>) {
        let Some(room) = self.room_mut() else { return };
        let now = room.now();
        let Some(store_code) = room.store().map(|store| store.code.clone()) else { return };
        let Some(look) = &mut room.shelf.look else { return };
        let (Some(on_hand), Some(reason)) = (pieces(typed), reason) else {
            let wrong = Wrong { number: pieces(typed).is_none(), reason: reason.is_none() };
            look.counting = Some(wrong);
            self.focus = Some(if wrong.number { "count" } else { "why-counted" }.to_owned());
            return;
        };
        look.counting = None;
        let seen = look.seen.as_ref().and_then(|seen| seen.variant.here.as_ref());
        let count = StockCount {
            id: js::random_id(),
            store_code,
            sku: look.sku.clone(),
            on_hand,
            reason,
            seen: seen.map(|here| SeenStock { on_hand: here.on_hand, based_at: here.based_at }),
            counted_at: now,
        };
        self.focus = Some("correct".to_owned());
        self.enqueue(ctx, Entry { id: count.id.clone(), deed: Deed::Count(count) });
    }

    pub(super) fn counted(&mut self, counted: &CountedStock) {
        self.said = self.texts.fill("stock.counted", &[("count", &counted.figures.on_hand.to_string())]);
        let Some(room) = self.room_mut() else { return };
        if room.store().is_some_and(|store| store.code == counted.store_code) {
            room.shelf.correct(counted);
        }
    }

    pub(super) fn not_counted(&mut self, ctx: &Context<Self>, sku: &str, code: String) {
        self.note(Notice::NotCounted(sku.to_owned(), code));
        self.look_again(ctx);
    }

    /// The shelf, if nothing else was asked since.
    fn shelf(&mut self, number: u32) -> Option<&mut Shelf> {
        self.room_mut().map(|room| &mut room.shelf).filter(|known| known.number == number)
    }
}
