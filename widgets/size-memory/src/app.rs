//! The widget's component: messages in, one view out.

mod listing;
mod memory;
mod part;
mod product;

use std::rc::Rc;

use devanture_api::size::SizeCounts;
use devanture_client::Api;
use devanture_domain::size::{Household, System};
use devanture_host::{
    consent,
    hear::Hear,
    shop::{Change, Key},
    sizes,
};
use devanture_ui::{
    dom::HtmlElement,
    emit,
    format::Formats,
    js::{object, text},
    mount::Settings,
    strings::Strings,
};
use wasm_bindgen::JsValue;
use yew::{Component, Context, Html, NodeRef, Properties};

use crate::{
    components,
    lazy::{HostShop, Part, PartView},
    props::Options,
    state::{Action, ChartState, Known, Msg, Product, Shows},
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
    pub(crate) home: Household,
    /// What sizes without a country mean on this site.
    pub(crate) system: System,
    pub(crate) shop: Option<Box<dyn HostShop>>,
    pub(crate) product: Product,
    /// What the API said, sorted by key; nothing of those that it does not know.
    pub(crate) known: Vec<(Key, Option<Known>)>,
    /// How many cards there are, and how many of them are left in the shopper's size, if that is known of any.
    pub(crate) listed: usize,
    pub(crate) left: Option<u32>,
    pub(crate) only_left: bool,
    pub(crate) shows: Shows,
    pub(crate) panel: Option<PartView>,
    pub(crate) chart: ChartState,
    /// What was typed as a new name.
    pub(crate) name: String,
    /// Key of a text: what has just happened.
    pub(crate) said: Option<&'static str>,
    /// A measurement that makes no sense.
    pub(crate) wrong: Option<devanture_domain::size::Dimension>,
    pub(crate) heading: NodeRef,
    pub(crate) part_failed: Option<Part>,
    loading_part: Option<Part>,
    focus_heading: bool,
    asking: Vec<Key>,
    _memory: Option<Hear>,
    _consent: Option<consent::Watch>,
}

impl Component for App {
    type Message = Msg;
    type Properties = AppProps;

    fn create(ctx: &Context<Self>) -> Self {
        let settings = &ctx.props().settings;
        let options = Options::read(settings);
        if options.granted {
            consent::say(true);
        }
        let (remembering, consenting) = (ctx.link().clone(), ctx.link().clone());
        let mut app = Self {
            api: Api::new(settings.api.clone(), settings.site_key.clone()),
            t: settings.strings.clone(),
            formats: Formats::new(&settings.lang),
            home: sizes::get(&settings.site_key),
            system: System::Fr,
            shop: None,
            product: Product::default(),
            known: vec![],
            listed: 0,
            left: None,
            only_left: false,
            shows: Shows::default(),
            panel: None,
            chart: ChartState::default(),
            name: String::new(),
            said: None,
            wrong: None,
            heading: NodeRef::default(),
            part_failed: None,
            loading_part: None,
            focus_heading: false,
            asking: vec![],
            _memory: sizes::watch(Box::new(move || remembering.send_message(Msg::Memory))),
            _consent: consent::Watch::new(Box::new(move || consenting.send_message(Msg::Consent))),
            options,
        };
        app.want(ctx, Part::Shop);
        app
    }

    fn changed(&mut self, ctx: &Context<Self>, _old: &Self::Properties) -> bool {
        let settings = &ctx.props().settings;
        self.formats = Formats::new(&settings.lang);
        let options = Options::read(settings);
        if options != self.options {
            let before = core::mem::replace(&mut self.options, options);
            if before.custom != self.options.custom {
                self.shop = None;
                self.want(ctx, Part::Shop);
            }
            self.look(ctx);
        }
        true
    }

    fn update(&mut self, ctx: &Context<Self>, msg: Msg) -> bool {
        match msg {
            Msg::Act(action) => self.act(ctx, action),
            Msg::Part(part, loaded) => self.part_arrived(ctx, part, loaded.as_ref()),
            Msg::Shop(Change::Used) => self.product.is_chosen = true,
            Msg::Shop(Change::Chosen) => self.shopper_chose(ctx),
            Msg::Shop(Change::Drawn) => return self.look(ctx),
            Msg::Shop(Change::Added) => self.added(),
            Msg::Sizes(asked, answer) => self.told(ctx, asked, answer.ok()),
            Msg::Chart(answer) => self.chart = answer.map_or(ChartState::None, ChartState::Here),
            Msg::Memory => {
                self.home = sizes::get(&ctx.props().settings.site_key);
                self.consider(ctx);
            }
            Msg::Consent => {
                sizes::consent_changed(&ctx.props().settings.site_key);
                self.home = sizes::get(&ctx.props().settings.site_key);
                self.consider(ctx);
            }
            Msg::Refresh => {
                self.known.clear();
                self.product = Product::default();
                self.look(ctx);
            }
            Msg::Strings(strings) => self.t = strings,
        }
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        components::chip::view(self, ctx)
    }

    fn rendered(&mut self, _ctx: &Context<Self>, _first: bool) {
        if core::mem::take(&mut self.focus_heading)
            && let Some(heading) = self.heading.cast::<HtmlElement>()
        {
            let _ = heading.focus();
        }
    }
}

impl App {
    /// Does what the shopper asked for.
    fn act(&mut self, ctx: &Context<Self>, action: Action) {
        self.said = None;
        match action {
            Action::Why => {
                self.shows = if self.shows == Shows::Why { Shows::Line } else { Shows::Why };
            }
            Action::Panel => {
                self.shows = if self.shows == Shows::Panel { Shows::Line } else { Shows::Panel };
                self.focus_heading = self.shows == Shows::Panel;
                if self.focus_heading {
                    self.want(ctx, Part::Panel);
                    self.want_chart(ctx);
                }
            }
            Action::Choose(label) => self.choose(ctx, &label),
            Action::Near => Self::near(),
            Action::OnlyLeft => {
                self.only_left = !self.only_left;
                if let Some(shop) = &self.shop {
                    shop.show(!self.only_left);
                }
            }
            Action::Keep => consent::say(true),
            Action::Retry(part) => self.want(ctx, part),
            Action::Person(_)
            | Action::Name(_)
            | Action::AddPerson
            | Action::RemovePerson(_)
            | Action::Forget(_)
            | Action::Measured(..)
            | Action::Erase => self.remembering(ctx, action),
        }
    }

    /// Tells the host page.
    pub(crate) fn tell(ctx: &Context<Self>, size: &str, how: &str) {
        let detail = object(&[("size", JsValue::from_str(size)), ("how", JsValue::from_str(how))]);
        emit::emit(&ctx.props().host, "devanture-size", &detail);
    }

    /// Has the page's own stock locator look for stores.
    fn near() {
        let found = stock_locator();
        if text(&found, "localName").is_some() {
            let _ = devanture_ui::js::call(&found, "check", &devanture_ui::js::Array::new());
            let _ = devanture_ui::js::call(&found, "scrollIntoView", &devanture_ui::js::Array::new());
        }
    }

    /// Adds to the site's sums, which say nothing about who it was.
    fn count(&self, counts: SizeCounts) {
        self.api.count_sizes(counts);
    }
}

/// The first one of the page; `null` where there is none.
pub(crate) fn stock_locator() -> JsValue {
    let document = devanture_ui::js::get(&devanture_ui::js::global(), "document");
    let selector = devanture_ui::js::Array::of1(&"devanture-stock-locator".into());
    devanture_ui::js::call(&document, "querySelector", &selector).unwrap_or(JsValue::NULL)
}
