//! The list is asked for again and again where the server does not tell by itself what has changed: often while it is looked
//! at, seldom while it is not, and less often the longer there is no answer.

use std::collections::HashSet;

use devanture_api::admin::StaffReservations;
use devanture_domain::reservation::State;
use devanture_ui::{clock, task};
use gloo_timers::callback::Timeout;
use yew::Context;

use super::{App, Polling, page};
use crate::{
    alarm,
    api::{self, Failure, Listed},
    model::{Listing, Msg, Polled, Tab},
};

const VISIBLE_MS: u32 = 5_000;
const HIDDEN_MS: u32 = 30_000;
/// While the server tells by itself: for what it may have told in vain, and so that the session is in use.
const LIVE_MS: u32 = 60_000;
/// The longest pause after failures.
const LONGEST_MS: u32 = 60_000;

impl App {
    /// Asks for the lists, unless they are being asked for.
    pub(super) fn poll(&mut self, ctx: &Context<Self>) {
        self.poll_timer = None;
        if self.polling != Polling::Idle {
            self.polling = Polling::Again;
            return;
        }
        let Some(room) = self.room() else { return };
        let Some(store) = room.store() else {
            if room.failures > 0 {
                Self::load_stores(ctx);
            }
            return;
        };
        let (code, epoch, link) = (store.code.clone(), self.epoch, ctx.link().clone());
        let open_tag = room.open.etag.clone();
        let ended_tag = (room.tab == Tab::Ended).then(|| room.ended.etag.clone());
        self.polling = Polling::Asking;
        task::spawn(Box::pin(async move {
            let open = api::reservations(&code, false, open_tag).await;
            let ended = match (ended_tag, &open) {
                (Some(tag), Ok(_)) => Some(api::reservations(&code, true, tag).await),
                _ => None,
            };
            link.send_message(Msg::Polled(Box::new(Polled { epoch, open, ended })));
        }));
    }

    pub(super) fn polled(&mut self, ctx: &Context<Self>, polled: Polled) {
        let Polled { epoch, open, ended } = polled;
        if epoch != self.epoch {
            // Whoever changed the epoch has asked anew, or does so when they are done.
            return;
        }
        let before = std::mem::replace(&mut self.polling, Polling::Idle);
        if [Some(&open), ended.as_ref()]
            .into_iter()
            .flatten()
            .any(|answer| matches!(answer, Err(Failure::SignedOut)))
        {
            return self.expire();
        }
        let failed = open.is_err() || matches!(ended, Some(Err(_)));
        if let Err(Failure::Refused { .. }) = open {
            // The store is not theirs any more.
            Self::load_stores(ctx);
        }
        let Some(room) = self.room_mut() else { return };
        room.failures = if failed { room.failures + 1 } else { 0 };
        let ahead = match &open {
            Ok(Listed::New { list, .. }) => list.now - clock::now(),
            _ => room.ahead,
        };
        room.ahead = ahead;
        if open.is_ok() {
            room.as_of = Some(room.now());
        }
        take(&mut room.open, open);
        if let Some(ended) = ended {
            take(&mut room.ended, ended);
        }
        let new = self.new_requests();
        if new > 0 {
            self.tell(new);
        }
        if before == Polling::Again {
            self.poll(ctx);
        } else {
            self.later(ctx, Msg::Poll);
        }
    }

    /// How many requests have come since the last look.
    fn new_requests(&mut self) -> usize {
        let Some(room) = self.room_mut() else { return 0 };
        let Some(items) = &room.open.items else { return 0 };
        let asked = items.iter().filter(|item| item.state == State::Requested);
        let asked: HashSet<String> = asked.map(|item| item.id.clone()).collect();
        // Those that were there when the store was first looked at are seen, not heard.
        let new = room.seen.as_ref().map_or(0, |seen| asked.difference(seen).count());
        room.seen = Some(asked);
        new
    }

    fn tell(&mut self, new: usize) {
        self.sound.ring();
        let text = self.texts.count("new_requests", new);
        if page::is_hidden() {
            let store = self.room().and_then(|room| Some(room.store()?.name.clone()));
            alarm::notify(&text, &store.unwrap_or_default());
        }
        self.said = text;
    }

    /// Does something once the pause is over that suits the moment.
    pub(super) fn later(&mut self, ctx: &Context<Self>, msg: Msg) {
        let failures = self.room().map_or(0, |room| room.failures);
        let usual = match (self.live, page::is_hidden()) {
            (true, _) => LIVE_MS,
            (false, true) => HIDDEN_MS,
            (false, false) => VISIBLE_MS,
        };
        let pause = usual.saturating_mul(1 << failures.min(5)).min(LONGEST_MS);
        let link = ctx.link().clone();
        self.poll_timer = Some(Timeout::new(pause, move || link.send_message(msg)));
    }

    pub(super) fn choose_tab(&mut self, ctx: &Context<Self>, tab: Tab) {
        if let Some(room) = self.room_mut() {
            room.tab = tab;
        }
        self.focus = Some(crate::view::tab_id(tab).to_owned());
        self.poll(ctx);
    }

    /// Says in the notices about a reservation where it stands.
    pub(super) fn looked_up(&mut self, id: &str, list: &StaffReservations) {
        let found = list.items.iter().find(|item| item.id == id).map(|item| item.state);
        if found.is_some() {
            self.note_state(id, found);
        }
    }
}

fn take(listing: &mut Listing, answer: Result<Listed, Failure>) {
    if let Ok(Listed::New { list, etag }) = answer {
        listing.items = Some(list.items);
        listing.etag = etag;
    }
}
