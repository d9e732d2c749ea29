//! The widget's component: messages in, one view out.

mod list;
mod search;
mod stores;

pub(crate) use search::LocalWords;

use std::rc::Rc;

use devanture_api::store::Store;
use devanture_client::{Api, ClientError};
use devanture_host::preferred_store;
use devanture_ui::{
    clock,
    dom::{HtmlElement, list},
    emit,
    format::Formats,
    js,
    mount::Settings,
    opening::changes_at,
    search::{Field, Tell, form},
    strings::Strings,
};
use gloo_timers::callback::Timeout;
use wasm_bindgen::JsValue;
use yew::{Component, Context, Html, NodeRef, Properties};

use crate::{
    components::{self, my_store},
    lazy::{LocalIndex, Part, Parts},
    props::Options,
    state::{Action, Filters, Listing, Msg, Place, View},
};

/// What the element hands down.
#[derive(Clone, PartialEq, Properties)]
pub(crate) struct AppProps {
    pub host: HtmlElement,
    pub settings: Rc<Settings>,
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
    pub(crate) open_error: Option<ClientError>,
    pub(crate) mine: Option<String>,
    pub(crate) mine_store: Option<Store>,
    pub(crate) map_shown: bool,
    pub(crate) parts: Parts,
    pub(crate) wanted: Option<Part>,
    pub(crate) part_failed: Option<Part>,
    pub(crate) local: Option<Box<dyn LocalIndex>>,
    pub(crate) heading: NodeRef,
    /// The store whose card takes the focus when the list comes back.
    pub(crate) returning: Option<String>,
    focus_heading: bool,
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
            options: Options::read(settings),
            field: Field::default(),
            place: Place::Start,
            filters: Filters::default(),
            listing: Listing::default(),
            view: View::List,
            opened: None,
            open_error: None,
            mine: preferred_store::get(&settings.site_key),
            mine_store: None,
            map_shown: false,
            parts: Parts::default(),
            wanted: None,
            part_failed: None,
            local: None,
            heading: NodeRef::default(),
            returning: None,
            focus_heading: false,
            tick: None,
            _watch: preferred_store::Watch::new(Box::new(move || link.send_message(Msg::MineChanged))),
        };
        app.load_first(ctx);
        // A page's first number format takes a browser 15 ms: while the list is awaited, not when it is drawn.
        app.formats.integer(0);
        app
    }

    fn changed(&mut self, ctx: &Context<Self>, _old: &Self::Properties) -> bool {
        let settings = &ctx.props().settings;
        self.formats = Formats::new(&settings.lang);
        let options = Options::read(settings);
        if options != self.options {
            self.options = options;
            self.load(ctx, false);
        }
        true
    }

    fn update(&mut self, ctx: &Context<Self>, msg: Msg) -> bool {
        match msg {
            Msg::Act(action) => return self.act(ctx, action),
            Msg::Ask(asked) => {
                self.ask(ctx, asked);
                return false;
            }
            Msg::SearchText(text) => {
                self.field.typed(&text);
                self.submit(ctx);
            }
            Msg::Suggested(asked, answer) => return self.suggested(asked, answer),
            Msg::Located(found) => self.located(ctx, found),
            Msg::Loaded(asked, more, answer) => return self.loaded(ctx, asked, more, answer),
            Msg::Opened(answer) => self.opened(ctx, answer),
            Msg::Booked(appointment) => {
                Self::emit_booked(ctx, &appointment);
                return false;
            }
            Msg::MineChanged => return self.mine_changed(ctx),
            Msg::MineLoaded(answer) => return self.mine_loaded(ctx, answer),
            Msg::Part(part, loaded) => return self.part_arrived(ctx, part, loaded),
            Msg::Strings(strings) => self.t = strings,
            Msg::Tick => {}
        }
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let now = clock::now();
        if self.view != View::List {
            return components::panel::view(self, ctx, now);
        }
        let link = ctx.link().clone();
        let tell: Tell = Rc::new(move |what| link.send_message(Msg::Act(Action::Search(what))));
        list(vec![
            form(&self.field, &self.t, &tell),
            my_store::view(self, ctx, now),
            components::filters::view(self, ctx),
            components::list::view(self, ctx, now),
        ])
    }

    fn rendered(&mut self, ctx: &Context<Self>, _first: bool) {
        if std::mem::take(&mut self.focus_heading)
            && let Some(heading) = self.heading.cast::<HtmlElement>()
        {
            let _ = heading.focus();
        }
        if let Some(code) = self.returning.take() {
            components::list::focus_card(ctx.props(), &code);
        }
        if !self.listing.loading || self.view != View::List {
            let _ = js::call(&ctx.props().settings.first, "drawn", &js::Array::new());
        }
        self.schedule_tick(ctx);
    }
}

impl App {
    /// Does what the shopper asked for.
    fn act(&mut self, ctx: &Context<Self>, action: Action) -> bool {
        match action {
            Action::Search(what) => return self.searching(ctx, what),
            Action::ToggleOpenNow | Action::ToggleService(_) | Action::SetBrand(_) | Action::ClearFilters => {
                self.filters.apply(action);
                self.load(ctx, false);
            }
            Action::More => self.load(ctx, true),
            Action::Reload => self.load(ctx, false),
            Action::ToggleMap => {
                self.map_shown = !self.map_shown;
                if self.map_shown {
                    self.want(ctx, Part::Map);
                }
            }
            Action::Open(code) => self.open_store(ctx, code),
            Action::Book(code) => {
                self.want(ctx, Part::Appointment);
                self.show(View::Appointment(code));
            }
            Action::Back => self.back(),
            Action::SetMine(code) => self.set_mine(ctx, code),
            Action::Retry(part) => self.want(ctx, part),
        }
        true
    }

    /// Tells the host page.
    pub(crate) fn emit(ctx: &Context<Self>, name: &str, detail: &JsValue) {
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

    /// The panel's heading was drawn anew: it keeps the focus.
    pub(crate) fn focus_panel(&mut self) {
        self.focus_heading = self.view != View::List;
    }

    /// Draws again when the first of the shown stores opens or closes; no timer runs otherwise.
    fn schedule_tick(&mut self, ctx: &Context<Self>) {
        let now = clock::now();
        // At most a day, after which it is asked again.
        let mut wait = 86_400_000;
        for store in self.listing.page.iter().flat_map(|page| &page.items).chain(&self.mine_store) {
            if let Some(at) = changes_at(&store.hours, &store.time_zone, now) {
                wait = wait.min(at - now);
            }
        }
        let link = ctx.link().clone();
        // Half a second late rather than early.
        let wait = u32::try_from(wait).unwrap_or_default() + 500;
        self.tick = Some(clock::after(wait, Box::new(move || link.send_message(Msg::Tick))));
    }
}
