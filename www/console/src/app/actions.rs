//! What is done with reservations: asked about, kept, sent, answered.

use devanture_api::{
    admin::{Proposing, StaffAction, StaffReservation},
    problem::code,
};
use devanture_domain::reservation::{Action, Refusal, State};
use devanture_ui::task;
use gloo_timers::callback::Timeout;
use yew::Context;

use super::{App, Polling};
use crate::{
    api::{self, Failure, Listed},
    charts::ChartAsk,
    focus,
    model::{Ask, Dialog, Done, Msg, Notice, WrongCode, plain, plain_code},
    queue::{Deed, Entry, Queue},
    storage, view,
};

const RETRY_MS: u32 = 2_000;
const LONGEST_RETRY_MS: u32 = 30_000;

/// What was not sent when the page was last closed.
pub(super) fn kept() -> Queue {
    let kept = storage::kept(storage::QUEUE);
    kept.and_then(|kept| serde_json::from_str(&kept).ok()).unwrap_or_default()
}

/// Keeps what is not sent, for as long as the tab lives.
pub(super) fn keep(queue: &Queue) {
    let text = (!queue.is_empty()).then(|| serde_json::to_string(queue).ok()).flatten();
    storage::keep(storage::QUEUE, text.as_deref());
}

impl App {
    pub(super) fn ask(&mut self, dialog: Dialog) {
        if let Some(room) = self.room_mut() {
            room.dialog = Some(dialog);
            room.menu = false;
        }
    }

    /// Puts the dialog away, and the focus back to what opened it.
    pub(super) fn close(&mut self) {
        self.scan = None;
        let Some(dialog) = self.room_mut().and_then(|room| room.dialog.take()) else { return };
        self.focus = Some(match dialog.ask {
            Ask::Refuse(_) => focus::button("refuse", &dialog.id),
            Ask::Collect { .. } => focus::button("collect", &dialog.id),
            Ask::NoShow => focus::button("no-show", &dialog.id),
            Ask::Find(_) => "scan".to_owned(),
            Ask::Order(ordering) => focus::button("order", &ordering.from),
            Ask::GiveBack(own) => format!("back-{}", own.as_str()),
            Ask::Review(ask) => ask.opener(self.room()),
            Ask::Chart(ChartAsk::Remove) => "sc-remove".to_owned(),
            Ask::Chart(ChartAsk::Leave) => "sc-back".to_owned(),
            Ask::Chart(ChartAsk::SignOut) | Ask::SignOut(_) => "menu".to_owned(),
        });
    }

    pub(super) fn act(&mut self, ctx: &Context<Self>, id: String, act: StaffAction) {
        self.focus = Some(focus::heading(&id));
        self.enqueue(ctx, Entry { id, deed: Deed::Act(act) });
    }

    pub(super) fn enqueue(&mut self, ctx: &Context<Self>, entry: Entry) {
        self.queue.push(entry);
        keep(&self.queue);
        self.send(ctx);
    }

    pub(super) fn refuse(&mut self, ctx: &Context<Self>, reason: Option<Refusal>, instead: &str) {
        let Some(dialog) = self.room_mut().and_then(|room| room.dialog.as_mut()) else { return };
        if reason.is_none() {
            dialog.ask = Ask::Refuse(true);
            self.focus = Some("reason-not_found".to_owned());
            return;
        }
        let id = dialog.id.clone();
        self.close();
        let instead = instead.trim();
        let propose = (!instead.is_empty()).then(|| Proposing { sku: instead.to_owned(), quantity: None });
        self.act(
            ctx,
            id,
            StaffAction { action: Action::Refuse, refusal: reason, pickup_code: None, propose },
        );
    }

    pub(super) fn no_show(&mut self, ctx: &Context<Self>) {
        let Some(id) = self.asked_about() else { return };
        self.close();
        self.act(ctx, id, plain(Action::NoShow));
    }

    fn asked_about(&self) -> Option<String> {
        Some(self.room()?.dialog.as_ref()?.id.clone())
    }

    /// The dialog stays until the server has looked at the code: the shopper is standing there.
    pub(super) fn collect(&mut self, ctx: &Context<Self>, typed: &str) {
        let Some(id) = self.asked_about() else { return };
        let pickup_code = plain_code(typed);
        if pickup_code.is_empty() {
            return self.code_is(WrongCode::Missing);
        }
        self.scan = None;
        let act = StaffAction {
            action: Action::Collect,
            refusal: None,
            pickup_code: Some(pickup_code),
            propose: None,
        };
        if self.online && self.send_failures == 0 {
            self.set_ask(Ask::Collect { checking: true, scanning: false, wrong: None });
            self.act(ctx, id, act);
            self.focus = None;
        } else {
            self.close();
            self.act(ctx, id, act);
        }
    }

    fn code_is(&mut self, wrong: WrongCode) {
        self.scan = None;
        self.set_ask(Ask::Collect { checking: false, scanning: false, wrong: Some(wrong) });
        self.focus = Some("code".to_owned());
    }

    fn set_ask(&mut self, ask: Ask) {
        if let Some(dialog) = self.room_mut().and_then(|room| room.dialog.as_mut()) {
            dialog.ask = ask;
        }
    }

    /// The camera is turned on once its picture has a place on the page.
    pub(super) fn scan(&mut self) {
        self.set_ask(Ask::Collect { checking: false, scanning: true, wrong: None });
    }

    pub(super) fn scanned(&mut self, ctx: &Context<Self>, code: Option<String>) {
        let dialog = self.room().and_then(|room| room.dialog.as_ref());
        match (dialog.is_some_and(|dialog| matches!(dialog.ask, Ask::Find(_))), code) {
            (true, Some(code)) => {
                self.close();
                self.search(ctx, &code);
            }
            (true, None) => {
                self.scan = None;
                self.set_ask(Ask::Find(true));
            }
            (false, Some(code)) => self.collect(ctx, &code),
            (false, None) => self.code_is(WrongCode::NoCamera),
        }
    }

    /// Sends what is next, unless something is being sent.
    pub(super) fn send(&mut self, ctx: &Context<Self>) {
        self.send_timer = None;
        if self.sending || self.room().is_none() {
            return;
        }
        let Some(entry) = self.queue.next().cloned() else { return };
        self.sending = true;
        let (link, visit) = (ctx.link().clone(), self.visit);
        task::spawn(Box::pin(async move {
            let answer = match &entry.deed {
                Deed::Act(act) => api::act(&entry.id, act).await.map(Done::Acted),
                Deed::Count(count) => api::count(count).await.map(Done::Counted),
            };
            link.send_message(Msg::Sent(visit, entry, Box::new(answer)));
        }));
    }

    pub(super) fn sent(
        &mut self,
        ctx: &Context<Self>,
        visit: u32,
        entry: &Entry,
        answer: Result<Done, Failure>,
    ) {
        if visit != self.visit {
            // The answer to what was sent before the session ended; if it was none, it is sent again in the next.
            if answer.is_ok() {
                self.queue.done(entry);
                keep(&self.queue);
            }
            return;
        }
        self.sending = false;
        match answer {
            Ok(item) => {
                self.send_failures = 0;
                self.queue.done(entry);
                match item {
                    Done::Counted(counted) => self.counted(&counted),
                    Done::Acted(item) => {
                        self.said = self.outcome(&item);
                        self.dialog_done(&entry.id, true);
                        if let Some(room) = self.room_mut() {
                            room.replace(item);
                        }
                    }
                }
            }
            Err(Failure::SignedOut) => return self.expire(),
            Err(Failure::Refused { code, retry_after: None }) => {
                self.send_failures = 0;
                self.queue.refused(entry);
                self.refused(ctx, entry, code);
            }
            Err(failure) => {
                self.send_failures += 1;
                if failure != Failure::Unreachable {
                    self.queue.postpone(&entry.id);
                }
                if let Some(id) = self.asked_about() {
                    self.dialog_done(&id, false);
                }
                let pause = (RETRY_MS << (self.send_failures - 1).min(4)).min(LONGEST_RETRY_MS);
                let link = ctx.link().clone();
                self.send_timer = Some(Timeout::new(pause, move || link.send_message(Msg::Send)));
                return;
            }
        }
        keep(&self.queue);
        // Lists that were asked for before this was done do not know of it.
        self.epoch += 1;
        self.polling = Polling::Idle;
        self.send(ctx);
        self.poll(ctx);
    }

    /// The dialog in which a code is checked has served, as far as it goes.
    fn dialog_done(&mut self, id: &str, answered: bool) {
        let Some(dialog) = self.room().and_then(|room| room.dialog.as_ref()) else { return };
        if dialog.id == id && matches!(dialog.ask, Ask::Collect { checking: true, .. }) {
            self.close();
            self.focus = Some(if answered { view::LIST_HEADING.to_owned() } else { focus::heading(id) });
        }
    }

    fn refused(&mut self, ctx: &Context<Self>, entry: &Entry, code: String) {
        let act = match &entry.deed {
            Deed::Act(act) => act,
            Deed::Count(count) => return self.not_counted(ctx, &count.sku, code),
        };
        let dialog = self.room().and_then(|room| room.dialog.as_ref());
        let checking = dialog.is_some_and(|dialog| {
            dialog.id == entry.id && matches!(dialog.ask, Ask::Collect { checking: true, .. })
        });
        if checking && code == code::WRONG_PICKUP_CODE {
            return self.code_is(WrongCode::Refused);
        }
        self.dialog_done(&entry.id, false);
        let about = self.room().and_then(|room| room.find(&entry.id)).map(view::summary);
        let lookup = self.room().and_then(|room| Some(room.store()?.code.clone()));
        self.note(Notice::Refused {
            id: entry.id.clone(),
            about: about.unwrap_or_default(),
            action: act.action,
            code,
            state: None,
        });
        if let Some(store) = lookup {
            let (link, id) = (ctx.link().clone(), entry.id.clone());
            task::spawn(Box::pin(async move {
                for ended in [false, true] {
                    let Ok(Listed::New { list, .. }) = api::reservations(&store, ended, None).await else {
                        return;
                    };
                    if ended || list.items.iter().any(|item| item.id == id) {
                        return link.send_message(Msg::LookedUp(id, list));
                    }
                }
            }));
        }
    }

    /// Where a reservation stands that could not be acted upon.
    pub(super) fn note_state(&mut self, of: &str, found: Option<State>) {
        let Some(room) = self.room_mut() else { return };
        for notice in &mut room.notices {
            if let Notice::Refused { id, state, .. } = notice
                && id == of
            {
                *state = found;
            }
        }
    }

    fn outcome(&self, item: &StaffReservation) -> String {
        let state = self.texts.text(&format!("state.{}", item.state.as_str()));
        self.texts.fill("outcome", &[("state", &state), ("about", &view::summary(item))])
    }
}
