//! The widget's component: messages in, one view out. What finds a size, and the panel, are parts with a state of their own.

mod part;

use std::rc::Rc;

use devanture_client::Api;
use devanture_domain::size::Household;
use devanture_host::{
    hear::Hear,
    shop::{Change, Key},
    sizes,
};
use devanture_ui::{
    dom::HtmlElement,
    emit,
    format::Formats,
    js::{Array, Object, call, get, global, object},
    mount::Settings,
    strings::Strings,
};
use wasm_bindgen::{JsCast as _, JsValue};
use yew::{Component, Context, Html, NodeRef, Properties};

use crate::{
    components,
    lazy::{HostShop, Matching, Panel, Part, Sync},
    props::Options,
    state::{Action, Event, Msg, Shows},
};

/// What the element hands down.
#[derive(Clone, PartialEq, Properties)]
pub(crate) struct AppProps {
    pub host: HtmlElement,
    pub settings: Rc<Settings>,
}

#[expect(clippy::struct_excessive_bools, reason = "each says a thing of its own")]
pub(crate) struct App {
    pub(crate) api: Api,
    pub(crate) t: Strings,
    pub(crate) formats: Formats,
    pub(crate) options: Options,
    pub(crate) home: Household,
    pub(crate) shop: Option<Box<dyn HostShop>>,
    pub(crate) matching: Option<Box<dyn Matching>>,
    pub(crate) panel: Option<Box<dyn Panel>>,
    pub(crate) sync: Option<Box<dyn Sync>>,
    pub(crate) shows: Shows,
    /// Whether the panel says something of other devices.
    pub(crate) devices: bool,
    /// Key of a text: what has just happened.
    pub(crate) said: Option<&'static str>,
    pub(crate) heading: NodeRef,
    pub(crate) failed: Option<Part>,
    /// Whether the page lists products.
    pub(crate) is_listing: bool,
    /// By part.
    loading: [bool; 4],
    focus_heading: bool,
    /// Whether the focus was in here before what is drawn now.
    focused: bool,
    _memory: Option<Hear>,
    /// A link to the sizes of another device may be opened on the page that it is of.
    _address: Option<Hear>,
}

impl Component for App {
    type Message = Msg;
    type Properties = AppProps;

    fn create(ctx: &Context<Self>) -> Self {
        let settings = &ctx.props().settings;
        let options = Options::read(settings);
        let (link, moved) = (ctx.link().clone(), ctx.link().clone());
        let mut app = Self {
            api: Api::new(settings.api.clone(), settings.site_key.clone()),
            t: settings.strings.clone(),
            formats: Formats::new(&settings.lang),
            home: sizes::get(&settings.site_key),
            shop: None,
            matching: None,
            panel: None,
            sync: None,
            shows: Shows::default(),
            devices: false,
            said: None,
            heading: NodeRef::default(),
            failed: None,
            is_listing: false,
            loading: [false; 4],
            focus_heading: false,
            focused: false,
            _memory: sizes::watch(Box::new(move || link.send_message(Msg::Memory))),
            _address: Hear::new(
                &["hashchange"],
                Box::new(move || moved.send_message(Msg::Event(Event::Drawn))),
            ),
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
            self.options = options;
            self.shop = None;
            self.want(ctx, Part::Shop);
        }
        true
    }

    fn update(&mut self, ctx: &Context<Self>, msg: Msg) -> bool {
        self.focused |= has_focus(ctx);
        match msg {
            Msg::Act(action) => self.act(ctx, action),
            Msg::Part(part, loaded) => self.part_arrived(ctx, part, loaded.as_ref()),
            Msg::Shop(change) => self.tell_parts(
                ctx,
                match change {
                    Change::Used => Event::Used,
                    Change::Chosen => Event::Chosen,
                    Change::Drawn => Event::Drawn,
                    Change::Added => Event::Added,
                },
            ),
            Msg::Event(event) => self.tell_parts(ctx, event),
            Msg::Memory | Msg::Consent => {
                let key = &ctx.props().settings.site_key;
                if matches!(msg, Msg::Consent) {
                    sizes::consent_changed(key);
                }
                self.home = sizes::get(key);
                self.tell_parts(ctx, Event::Memory);
            }
            Msg::Draw => {}
            Msg::Synced => self.with_sync(&mut |sync, app| sync.answered(app, ctx)),
            Msg::Strings(strings) => self.t = strings,
        }
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        components::line::view(self, ctx)
    }

    fn rendered(&mut self, ctx: &Context<Self>, _first: bool) {
        let focused = core::mem::take(&mut self.focused);
        if core::mem::take(&mut self.focus_heading)
            && let Some(heading) = self.heading.cast::<HtmlElement>()
        {
            let _ = heading.focus();
        } else if focused && is_nowhere() {
            // What was pressed has gone with what it stood for, and the shopper has not moved on meanwhile.
            let root = ctx.props().host.shadow_root();
            let button = root.and_then(|root| root.query_selector("button").ok()?);
            if let Some(button) = button.and_then(|button| button.dyn_into::<HtmlElement>().ok()) {
                let _ = button.focus();
            }
        }
    }
}

fn has_focus(ctx: &Context<App>) -> bool {
    let root = ctx.props().host.shadow_root();
    root.is_some_and(|root| get(&root, "activeElement").is_truthy())
}

/// Whether nothing on the page has the focus.
fn is_nowhere() -> bool {
    let document = get(&global(), "document");
    get(&document, "activeElement") == get(&document, "body")
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
                self.look(ctx);
            }
            Action::Choose(label) => self.tell_parts(ctx, Event::Choose(label)),
            Action::Near(size, alert) => near(&size, alert),
            Action::OnlyLeft => self.tell_parts(ctx, Event::OnlyLeft),
            Action::Keep => self.tell_parts(ctx, Event::Keep),
            Action::Retry(part) => self.want(ctx, part),
            Action::Erase => {
                self.keep(ctx, &mut |home| *home = Household::default());
                self.said = Some("erased");
            }
            Action::Devices => {
                self.devices = !self.devices;
                self.with_sync(&mut |sync, app| sync.opened(app, ctx));
                self.look(ctx);
            }
            Action::Sync(what) => self.with_sync(&mut |sync, app| sync.act(app, ctx, what)),
            Action::Edit(edit) => {
                if let Some(mut panel) = self.panel.take() {
                    panel.edit(self, ctx, edit);
                    self.panel = Some(panel);
                }
            }
        }
    }

    /// Runs something on the part about other devices, if it is there.
    fn with_sync(&mut self, run: &mut dyn FnMut(&mut dyn Sync, &mut Self)) {
        if let Some(mut sync) = self.sync.take() {
            run(&mut *sync, self);
            self.sync = Some(sync);
        }
    }

    /// Tells the parts that are there, and wants those that are missing.
    fn tell_parts(&mut self, ctx: &Context<Self>, event: Event) {
        if let Some(mut matching) = self.matching.take() {
            matching.happens(self, ctx, event);
            self.matching = Some(matching);
        }
        self.look(ctx);
    }

    /// Changes what is remembered, and keeps it as far as that is allowed; every widget of the page is told.
    pub(crate) fn keep(&mut self, ctx: &Context<Self>, change: &mut dyn FnMut(&mut Household)) {
        let key = &ctx.props().settings.site_key;
        // Another tab may have changed it meanwhile.
        self.home = sizes::get(key);
        change(&mut self.home);
        sizes::set(key, &self.home);
    }

    /// What the page's product is known by.
    pub(crate) fn product_key(&self, seen: Option<&Key>) -> Option<Key> {
        self.options.key.as_ref().or(seen).cloned()
    }

    /// Tells the host page.
    pub(crate) fn tell(ctx: &Context<Self>, size: &str, how: &str) {
        let detail = object(&[("size", JsValue::from_str(size)), ("how", JsValue::from_str(how))]);
        emit::emit(&ctx.props().host, "devanture-size", &detail);
    }
}

/// Has the page's own stock locator look for stores.
fn near(size: &str, alert: bool) {
    if let Some(found) = stock_locator() {
        let _ = call(&found, "checkSize", &Array::of2(&size.into(), &alert.into()));
        let _ = call(&found, "scrollIntoView", &Array::new());
    }
}

/// The first one of the page.
pub(crate) fn stock_locator() -> Option<JsValue> {
    let selector = Array::of1(&"devanture-stock-locator".into());
    let found = call(&get(&global(), "document"), "querySelector", &selector).ok()?;
    found.is_instance_of::<Object>().then_some(found)
}
