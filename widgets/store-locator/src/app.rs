//! The widget's component: messages in, one view out.

mod list;
mod search;
mod stores;

pub(crate) use search::LocalWords;

use devanture_api::store::Store;
use devanture_client::Api;
use devanture_host::preferred_store;
use devanture_ui::{clock, emit, format::Formats, js, mount::Settings, strings::Strings};
use gloo_timers::callback::Timeout;
use wasm_bindgen::JsValue;
use web_sys::HtmlElement;
use yew::{Component, Context, Html, NodeRef, Properties, html};

use crate::{
    components::{self, my_store},
    lazy::{LocalIndex, Part, Parts},
    opening::opening,
    props::Options,
    state::{Field, Filters, Listing, Msg, Notice, Place, View},
};

/// What the element hands down.
#[derive(Clone, PartialEq, Properties)]
pub(crate) struct AppProps {
    pub host: HtmlElement,
    pub settings: Settings,
}

pub(crate) struct App {
    pub(crate) api: Api,
    pub(crate) t: Strings,
    pub(crate) formats: Formats,
    pub(crate) options: Options,
    pub(crate) field: Field,
    pub(crate) place: Place,
    pub(crate) filters: Filters,
    pub(crate) listing: Listing,
    pub(crate) view: View,
    /// The store in details when it is not in the list.
    pub(crate) opened: Option<Store>,
    pub(crate) open_error: bool,
    pub(crate) notice: Option<Notice>,
    pub(crate) locating: bool,
    pub(crate) mine: Option<String>,
    pub(crate) mine_store: Option<Store>,
    pub(crate) map_shown: bool,
    pub(crate) parts: Parts,
    pub(crate) wanted: Option<Part>,
    pub(crate) part_failed: Option<Part>,
    pub(crate) local: Option<Box<dyn LocalIndex>>,
    pub(crate) input: NodeRef,
    pub(crate) heading: NodeRef,
    /// The store whose card takes the focus when the list comes back.
    pub(crate) returning: Option<String>,
    focus_heading: bool,
    ready: bool,
    debounce: Option<Timeout>,
    tick: Option<Timeout>,
    _watch: Option<preferred_store::Watch>,
}

impl Component for App {
    type Message = Msg;
    type Properties = AppProps;

    fn create(ctx: &Context<Self>) -> Self {
        let settings = &ctx.props().settings;
        let link = ctx.link().clone();
        let mut app = Self {
            api: Api::new(settings.api.clone(), settings.site_key.clone()),
            t: settings.strings.clone(),
            formats: Formats::new(&settings.lang),
            options: Options::read(&settings.attrs),
            field: Field::default(),
            place: Place::Start,
            filters: Filters::default(),
            listing: Listing::default(),
            view: View::List,
            opened: None,
            open_error: false,
            notice: None,
            locating: false,
            mine: preferred_store::get(&settings.site_key),
            mine_store: None,
            map_shown: false,
            parts: Parts::default(),
            wanted: None,
            part_failed: None,
            local: None,
            input: NodeRef::default(),
            heading: NodeRef::default(),
            returning: None,
            focus_heading: false,
            ready: false,
            debounce: None,
            tick: None,
            _watch: preferred_store::Watch::new(move || link.send_message(Msg::MineChanged)),
        };
        app.load_first(ctx);
        app
    }

    fn changed(&mut self, ctx: &Context<Self>, _old: &Self::Properties) -> bool {
        let options = Options::read(&ctx.props().settings.attrs);
        if options != self.options {
            self.options = options;
            self.load(ctx, false);
        }
        true
    }

    fn update(&mut self, ctx: &Context<Self>, msg: Msg) -> bool {
        match msg {
            Msg::Typed(_)
            | Msg::Suggested(..)
            | Msg::Highlight(_)
            | Msg::CloseSuggestions
            | Msg::Choose(_)
            | Msg::Submit
            | Msg::Clear
            | Msg::SearchText(_)
            | Msg::FieldFocused
            | Msg::Locate
            | Msg::Located(_) => self.update_search(ctx, msg),
            Msg::ToggleOpenNow
            | Msg::ToggleService(_)
            | Msg::SetBrand(_)
            | Msg::ClearFilters
            | Msg::Loaded(..)
            | Msg::More
            | Msg::Reload => self.update_list(ctx, msg),
            Msg::Open(_)
            | Msg::Opened(_)
            | Msg::Book(_)
            | Msg::Booked(_)
            | Msg::Back
            | Msg::SetMine(_)
            | Msg::MineChanged
            | Msg::MineLoaded(_) => self.update_store(ctx, msg),
            Msg::ToggleMap => {
                self.map_shown = !self.map_shown;
                if self.map_shown {
                    self.want(ctx, Part::Map);
                }
                true
            }
            Msg::Retry(part) => {
                self.want(ctx, part);
                true
            }
            Msg::Part(part, loaded) => self.part_arrived(ctx, part, loaded),
            Msg::Tick => true,
        }
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let now = clock::now();
        match &self.view {
            View::List => html! {
                <>
                    { components::search::view(self, ctx) }
                    { my_store::view(self, ctx, now) }
                    { components::filters::view(self, ctx) }
                    { components::list::view(self, ctx, now) }
                </>
            },
            View::Details(code) => components::details::view(self, ctx, code, now),
            View::Appointment(code) => components::appointment::view(self, ctx, code),
        }
    }

    fn rendered(&mut self, ctx: &Context<Self>, _first: bool) {
        if std::mem::take(&mut self.focus_heading) {
            if let Some(heading) = self.heading.cast::<HtmlElement>() {
                let _ = heading.focus();
            }
        }
        if let Some(code) = self.returning.take() {
            components::list::focus_card(ctx.props(), &code);
        }
        if !self.ready && self.listing.page.is_some() {
            self.ready = true;
            self.emit(ctx, "devanture-ready", &JsValue::NULL);
        }
        self.schedule_tick(ctx);
    }
}

impl App {
    /// Tells the host page.
    pub(crate) fn emit(&self, ctx: &Context<Self>, name: &str, detail: &JsValue) {
        emit::emit(&ctx.props().host, name, detail);
    }

    /// `{code, name}` for events.
    pub(crate) fn store_detail(&self, code: &str) -> JsValue {
        let name = self.find(code).map(|store| store.name.as_str()).unwrap_or_default();
        js::object(&[("code", code.into()), ("name", name.into())]).into()
    }

    /// A store that is loaded, wherever.
    pub(crate) fn find(&self, code: &str) -> Option<&Store> {
        let listed = self.listing.page.iter().flat_map(|page| &page.items);
        listed.chain(&self.opened).chain(&self.mine_store).find(|store| store.code == code)
    }

    /// Shows another view, its heading focused.
    pub(crate) fn show(&mut self, view: View) {
        self.focus_heading = view != View::List;
        self.view = view;
    }

    /// Runs `msg` after `ms`, instead of what was to run before.
    pub(crate) fn debounce(&mut self, ctx: &Context<Self>, ms: u32, msg: impl FnOnce() -> Msg + 'static) {
        let link = ctx.link().clone();
        self.debounce = Some(Timeout::new(ms, move || link.send_message(msg())));
    }

    /// Forgets what was to run.
    pub(crate) fn cancel_debounce(&mut self) {
        self.debounce = None;
    }

    /// Draws again when the first of the shown stores opens or closes; no timer runs otherwise.
    fn schedule_tick(&mut self, ctx: &Context<Self>) {
        let now = clock::now();
        let shown = self.listing.page.iter().flat_map(|page| &page.items).chain(&self.mine_store);
        let next = shown
            .filter_map(|store| opening(store, now, &self.t, &self.formats)?.changes_at)
            .filter(|at| *at > now)
            .min();
        self.tick = next.map(|at| {
            let link = ctx.link().clone();
            // Half a second late rather than early; at most a day, after which it is asked again.
            let wait = u32::try_from((at - now).min(86_400_000)).unwrap_or_default() + 500;
            Timeout::new(wait, move || link.send_message(Msg::Tick))
        });
    }
}
