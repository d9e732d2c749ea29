//! The widget's component: messages in, one view out.

mod part;
mod place;
mod stores;
mod subject;

use core::any::Any;
use std::rc::Rc;

use devanture_api::{availability::StoreAvailability, store::Store};
use devanture_client::Api;
use devanture_host::{hear::Hear, page_size, preferred_store, product::page};
use devanture_ui::{
    clock,
    dom::{HtmlElement, list, none},
    emit,
    format::Formats,
    mount::Settings,
    search::Field,
    strings::Strings,
};
use gloo_timers::callback::Timeout;
use wasm_bindgen::{JsCast as _, JsValue};
use yew::{Component, Context, Html, NodeRef, Properties};

use crate::{
    components,
    lazy::{Part, PartView},
    props::{Mode, Options, Wanted},
    state::{Action, Listing, Lookup, Msg, Place, View},
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
    /// What stores are asked for; empty until a size is chosen.
    pub(crate) wanted: Vec<Wanted>,
    /// Names of several items, by their SKUs.
    pub(crate) names: Vec<(String, String)>,
    pub(crate) lookup: Lookup,
    /// The colour whose sizes are shown.
    pub(crate) colour: Option<String>,
    pub(crate) field: Field,
    pub(crate) place: Place,
    pub(crate) listing: Listing,
    pub(crate) instead: Option<PartView>,
    /// Whether a letter when it is back was asked for, of the size below.
    pub(crate) alerts: bool,
    /// Asked for by a method.
    pub(crate) checking_size: Option<String>,
    pub(crate) mine: Option<String>,
    /// The store that an ad has sent the shopper to.
    pub(crate) ad: Option<String>,
    pub(crate) view: View,
    /// Whether what compact and button modes hide is shown.
    pub(crate) open: bool,
    /// Key of a text on top of the list: what has just happened.
    pub(crate) said: Option<&'static str>,
    /// The private link of a reservation.
    pub(crate) token: Option<String>,
    pub(crate) reserve: Option<PartView>,
    pub(crate) part_failed: Option<Part>,
    pub(crate) heading: NodeRef,
    /// The host page's own items, unless a method has asked for others.
    checking: Option<String>,
    follow: Option<Box<dyn Any>>,
    loading_part: Option<Part>,
    focus_heading: bool,
    /// Id of the button that takes the focus when the list comes back.
    returning: Option<String>,
    tick: Option<Timeout>,
    _watch: Option<preferred_store::Watch>,
    _size: Option<Hear>,
}

impl Component for App {
    type Message = Msg;
    type Properties = AppProps;

    fn create(ctx: &Context<Self>) -> Self {
        let settings = &ctx.props().settings;
        let (link, sizing) = (ctx.link().clone(), ctx.link().clone());
        let options = Options::read(settings);
        let mut app = Self {
            api: Api::new(settings.api.clone(), settings.site_key.clone()),
            t: settings.strings.clone(),
            formats: Formats::new(&settings.lang),
            wanted: vec![],
            names: vec![],
            lookup: Lookup::default(),
            colour: None,
            field: Field::default(),
            place: Place::Start,
            listing: Listing { limit: options.limit, ..Listing::default() },
            instead: None,
            alerts: false,
            mine: preferred_store::get(&settings.site_key),
            ad: page::store_code(),
            view: View::List,
            open: options.mode == Mode::Full,
            said: None,
            token: None,
            reserve: None,
            part_failed: None,
            heading: NodeRef::default(),
            checking: None,
            checking_size: None,
            follow: None,
            loading_part: None,
            focus_heading: false,
            returning: None,
            tick: None,
            _watch: preferred_store::Watch::new(Box::new(move || link.send_message(Msg::MineChanged))),
            _size: page_size::watch(Box::new(move || sizing.send_message(Msg::Sized))),
            options,
        };
        app.remember(ctx);
        if app.shows_something() {
            app.resolve(ctx);
        }
        app
    }

    fn changed(&mut self, ctx: &Context<Self>, _old: &Self::Properties) -> bool {
        let settings = &ctx.props().settings;
        self.formats = Formats::new(&settings.lang);
        let options = Options::read(settings);
        if options != self.options {
            self.open |= options.mode == Mode::Full;
            self.listing.limit = options.limit;
            let before = core::mem::replace(&mut self.options, options);
            if self.shows_something() {
                self.resolve_again(ctx, before);
            }
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
            Msg::Suggested(asked, answer) => return self.suggested(asked, answer),
            Msg::Located(found) => self.located(ctx, found),
            Msg::Check(items, size, alerts) => {
                self.checking = items;
                self.checking_size = size;
                self.alerts = alerts;
                self.open = true;
                self.resolve(ctx);
            }
            Msg::Page(found) => self.page_says(ctx, found),
            Msg::Product(asked, key, answer) => return self.looked_up(ctx, asked, key, answer),
            Msg::Loaded(asked, answer) => return self.loaded(ctx, asked, answer),
            Msg::Sized => self.size_found(ctx),
            Msg::MineChanged => return self.mine_changed(ctx),
            Msg::Part(part, loaded) => self.part_arrived(ctx, part, loaded.as_ref()),
            Msg::Told(told) => return self.told(ctx, told),
            Msg::Strings(strings) => self.t = strings,
            Msg::Tick => self.look_again(ctx),
        }
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let now = clock::now();
        let body = match self.view {
            _ if !self.open => none(),
            View::List => components::list::view(self, ctx, now),
            View::Reserve(_) | View::Ticket => components::panel::view(self, ctx),
        };
        list(vec![components::head::view(self, ctx, now), body])
    }

    fn rendered(&mut self, ctx: &Context<Self>, _first: bool) {
        if core::mem::take(&mut self.focus_heading)
            && let Some(heading) = self.heading.cast::<HtmlElement>()
        {
            let _ = heading.focus();
        }
        if let Some(id) = self.returning.take() {
            let root = ctx.props().host.shadow_root();
            let button = root.and_then(|root| root.get_element_by_id(&id));
            if let Some(button) = button.and_then(|button| button.dyn_into::<HtmlElement>().ok()) {
                let _ = button.focus();
            }
        }
        self.schedule_tick(ctx);
    }
}

impl App {
    /// Does what the shopper asked for.
    fn act(&mut self, ctx: &Context<Self>, action: Action) -> bool {
        match action {
            Action::Search(what) => return self.searching(ctx, what),
            Action::Toggle => {
                self.open = !self.open;
                if self.open && self.wanted.is_empty() && !self.lookup.loading {
                    self.resolve(ctx);
                }
            }
            Action::Choose(sku) => self.choose_variant(ctx, &sku),
            Action::Colour(name) => self.choose_colour(ctx, name),
            Action::More => {
                self.listing.limit = (self.listing.limit + 10).min(50);
                self.load(ctx);
            }
            Action::Reload => self.reload(ctx),
            Action::SetMine(code) => self.set_mine(ctx, code),
            Action::Reserve(code) => {
                self.show(View::Reserve(code));
                self.want(ctx, Part::Reserve);
            }
            Action::ShowTicket => {
                self.show(View::Ticket);
                self.want(ctx, Part::Reserve);
            }
            Action::Back => self.back(ctx),
            Action::Retry(part) => self.want(ctx, part),
        }
        true
    }

    /// Whether anything of what stores hold is on show; in button mode not before it is opened.
    fn shows_something(&self) -> bool {
        self.open || self.options.mode != Mode::Button
    }

    /// Tells the host page.
    pub(crate) fn emit(ctx: &Context<Self>, name: &str, detail: &JsValue) {
        emit::emit(&ctx.props().host, name, detail);
    }

    /// A store of the list.
    pub(crate) fn find(&self, code: &str) -> Option<&Store> {
        self.stores().iter().map(|one| &one.store).find(|store| store.code == code)
    }

    /// What is listed.
    pub(crate) fn stores(&self) -> &[StoreAvailability] {
        self.listing.page.as_ref().map_or(&[], |page| &page.items)
    }

    /// Shows another view, its heading focused.
    fn show(&mut self, view: View) {
        self.open = true;
        self.said = None;
        self.focus_heading = view != View::List;
        self.view = view;
    }

    /// Every minute while there is something to grow old: figures, and whether a store is open.
    fn schedule_tick(&mut self, ctx: &Context<Self>) {
        let link = ctx.link().clone();
        let tick = || clock::after(60_000, Box::new(move || link.send_message(Msg::Tick)));
        self.tick = (!self.stores().is_empty()).then(tick);
    }
}
