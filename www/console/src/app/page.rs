//! What belongs to the page around the room: its title and language, its clock, the keyboard's place, and what the
//! browser tells of network and screen.

use devanture_ui::{clock, js, task};
use gloo_timers::callback::Timeout;
use js_sys::{Array, Reflect};
use wasm_bindgen::{JsCast as _, JsValue, closure::Closure};
use web_sys::{Event, EventTarget, VisibilityState};
use yew::{Context, html::Scope};

use super::{App, ChartMsg};
use crate::{
    alarm,
    countdown::changes_in,
    focus,
    model::{Ask, Msg, Notice},
    scan::Scan,
    texts::Texts,
    view,
};

/// Listens for as long as the page lives.
pub(super) fn listen(ctx: &Context<App>) {
    let Some(window) = web_sys::window() else { return };
    let page: Option<EventTarget> = window.document().map(Into::into);
    let on = |target: &EventTarget, name: &str, msg: fn() -> Msg| {
        let link = ctx.link().clone();
        let listener = Closure::<dyn Fn()>::new(move || link.send_message(msg())).into_js_value();
        let _ = target.add_event_listener_with_callback(name, listener.unchecked_ref());
    };
    for name in ["online", "offline", "focus", "pageshow"] {
        on(&window, name, || Msg::Page);
    }
    on(&window, "hashchange", || Msg::Moved);
    let before = Closure::<dyn Fn(Event)>::new(|event: Event| {
        let form = web_sys::window().and_then(|window| window.document()?.query_selector(".unsaved").ok()?);
        if form.is_some() {
            event.prevent_default();
        }
    });
    let _ = window.add_event_listener_with_callback("beforeunload", before.into_js_value().unchecked_ref());
    if let Some(page) = page {
        let link = ctx.link().clone();
        let pasted = Closure::<dyn Fn(Event)>::new(move |event| paste(&event, &link)).into_js_value();
        let _ = page.add_event_listener_with_callback("paste", pasted.unchecked_ref());
        on(&page, "visibilitychange", || Msg::Page);
        for name in ["pointerdown", "keydown"] {
            on(&page, name, || Msg::Touched);
        }
    }
}

/// What comes from a spreadsheet is spread over the table that it is pasted into.
fn paste(event: &Event, link: &Scope<App>) {
    let read = |object: &JsValue, key: &str| js::get(object, key).as_string().unwrap_or_default();
    let name = event.target().map(|field| read(&field, "name")).unwrap_or_default();
    if !name.starts_with("r.") {
        return;
    }
    let data = js::get(event, "clipboardData");
    let text = js::call(&data, "getData", &Array::of1(&"text".into()));
    let text = text.ok().and_then(|text| text.as_string()).unwrap_or_default();
    if text.trim_end().contains(['\t', '\n']) {
        event.prevent_default();
        link.send_message(Msg::Chart(ChartMsg::Pasted(name, text)));
    }
}

pub(super) fn is_online() -> bool {
    web_sys::window().is_none_or(|window| window.navigator().on_line())
}

pub(super) fn is_hidden() -> bool {
    let page = web_sys::window().and_then(|window| window.document());
    page.is_some_and(|page| page.visibility_state() == VisibilityState::Hidden)
}

/// What the page's address says after its `#`.
pub(super) fn address() -> String {
    let hash = web_sys::window().and_then(|window| window.location().hash().ok()).unwrap_or_default();
    hash.trim_start_matches('#').to_owned()
}

/// Puts a text into a field. Drawing does not: it would take away what is being typed.
pub(super) fn set_value(id: &str, text: &str) {
    let page = web_sys::window().and_then(|window| window.document());
    if let Some(field) = page.and_then(|page| page.get_element_by_id(id)) {
        let _ = Reflect::set(&field, &"value".into(), &text.into());
    }
}

pub(super) fn set_language(texts: &Texts) {
    let page = web_sys::window().and_then(|window| window.document());
    if let Some(root) = page.and_then(|page| page.document_element()) {
        let _ = root.set_attribute("lang", texts.lang);
    }
}

pub(super) fn ask_to_notify(ctx: &Context<App>) {
    let link = ctx.link().clone();
    task::spawn(Box::pin(async move {
        link.send_message(Msg::NotifyAllowed(alarm::ask_to_notify().await));
    }));
}

impl App {
    /// The list may be old by now, and what waits may go.
    pub(super) fn page_changed(&mut self, ctx: &Context<Self>) {
        self.online = is_online();
        if self.online && !is_hidden() {
            self.send_failures = 0;
            self.send(ctx);
            self.poll(ctx);
            self.load_place(ctx);
            self.listen_again(ctx);
            if matches!(self.stage, crate::model::Stage::Starting(true)) {
                Self::start(ctx);
            }
        } else if self.poll_timer.is_some() {
            self.later(ctx, Msg::Poll);
        }
    }

    pub(super) fn notify_allowed(&mut self, allowed: bool) {
        // What was tapped is not offered any more.
        self.focus = Some("menu".to_owned());
        let title = self.texts.text("notify.on");
        if allowed && !alarm::notify(&title, "") {
            self.note(Notice::NoNotifications);
        }
    }

    pub(super) fn set_title(&self) {
        let title = match self.room() {
            None => self.texts.text("title.sign_in"),
            Some(room) => {
                let store = room.store().map_or(room.session.tenant.name.as_str(), |store| &store.name);
                let place = self.texts.text(room.place.as_str());
                let title = self.texts.fill("title.room", &[("room", &place), ("store", store)]);
                match room.to_answer() {
                    0 => title,
                    count => format!("({count}) {title}"),
                }
            }
        };
        if let Some(page) = web_sys::window().and_then(|window| window.document())
            && page.title() != title
        {
            page.set_title(&title);
        }
    }

    /// Draws anew when the text of a countdown changes, and not before.
    pub(super) fn schedule_tick(&mut self, ctx: &Context<Self>) {
        let soonest = self.room().filter(|_| !is_hidden()).and_then(|room| {
            let now = clock::now() + room.ahead;
            room.open.items.iter().flatten().filter_map(|item| changes_in(item.due_at? - now)).min()
        });
        self.tick = soonest.map(|ms| {
            let link = ctx.link().clone();
            Timeout::new(u32::try_from(ms).unwrap_or(60_000), move || link.send_message(Msg::Tick))
        });
    }

    /// The place in the shown list of the card that has the focus.
    pub(super) fn place_of_focus(&self) -> Option<usize> {
        let id = focus::card()?;
        self.room()?.shown().items.iter().flatten().position(|item| item.id == id)
    }

    /// After drawing: the dialog goes on top, and the focus to where it is wanted, or next to what had it and is gone.
    pub(super) fn settle(&mut self, ctx: &Context<Self>) {
        self.open_dialog(ctx);
        if let Some(id) = self.focus.take() {
            if !focus::to(&id) {
                self.focus_near();
            }
        } else if self.focused_card.is_some() && focus::is_lost() {
            self.focus_near();
        }
    }

    fn focus_near(&self) {
        let Some(room) = self.room() else { return };
        let items = room.shown().items.as_deref().unwrap_or_default();
        let near = self.focused_card.and_then(|place| items.get(place).or(items.last()));
        if near.is_none_or(|item| !focus::to(&focus::heading(&item.id))) {
            focus::to(view::LIST_HEADING);
        }
    }

    fn open_dialog(&mut self, ctx: &Context<Self>) {
        let page = web_sys::window().and_then(|window| window.document());
        let Some(dialog) = page.and_then(|page| page.get_element_by_id("dialog")) else { return };
        if !dialog.has_attribute("open") {
            // Escape, or the back gesture. The browser would tell of a close only after it has given the focus back, and a key pressed
            // in between opens it anew; where it insists on closing it, it does tell.
            let (link, again) = (ctx.link().clone(), ctx.link().clone());
            let cancelled = Closure::<dyn Fn(Event)>::new(move |event: Event| {
                event.prevent_default();
                link.send_message(Msg::Close);
            });
            let closed = Closure::<dyn Fn()>::new(move || again.send_message(Msg::Close));
            let _ = Reflect::set(&dialog, &"oncancel".into(), &cancelled.into_js_value());
            let _ = Reflect::set(&dialog, &"onclose".into(), &closed.into_js_value());
            let _ = js::call(&dialog, "showModal", &Array::new());
        }
        let wanted = self.room().and_then(|room| room.dialog.as_ref());
        let scanning = wanted
            .is_some_and(|asked| matches!(asked.ask, Ask::Collect { scanning: true, .. } | Ask::Find(false)));
        if scanning
            && self.scan.is_none()
            && let Ok(Some(video)) = dialog.query_selector("video")
        {
            self.scan = Some(Scan::start(video.into(), ctx.link().callback(Msg::Scanned)));
        }
    }
}
