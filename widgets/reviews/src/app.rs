//! The widget's component: messages in, one view out.

mod list;
mod writing;

use std::rc::Rc;

use devanture_api::review::{Review, ReviewSummary, ReviewVotes};
use devanture_client::{Api, ClientError};
use devanture_host::{hear::Hear, page_size};
use devanture_ui::{dom::HtmlElement, emit, format::Formats, mount::Settings, strings::Strings};
use gloo_timers::callback::Timeout;
use wasm_bindgen::JsValue;
use yew::{Component, Context, Html, NodeRef, Properties};

use crate::{
    components::{self, draw::drawn},
    filter::Narrow,
    lazy::{self, Opinion, PartView},
    props::Options,
    state::{Action, Msg, Reporting, View},
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
    pub(crate) summary: Option<ReviewSummary>,
    /// Whether anybody may write.
    pub(crate) open: bool,
    pub(crate) narrow: Narrow,
    pub(crate) shown: Vec<Rc<Review>>,
    /// For the next page.
    pub(crate) next: Option<String>,
    pub(crate) loading: bool,
    pub(crate) error: Option<ClientError>,
    /// How the shopper has voted on this page, by review.
    pub(crate) voted: Vec<(String, bool, ReviewVotes)>,
    pub(crate) reporting: Option<Reporting>,
    pub(crate) view: View,
    pub(crate) write: Option<PartView>,
    pub(crate) opinion: Option<Opinion>,
    pub(crate) part_failed: bool,
    /// The private link of a review that was written in this browser.
    pub(crate) own: Option<String>,
    pub(crate) heading: NodeRef,
    /// All that ever came of this subject, and whether that is all there is.
    known: Vec<Rc<Review>>,
    whole: bool,
    /// Number of the newest request; answers to older ones are dropped.
    asked: u32,
    loading_part: bool,
    /// What is done when [`Self::opinion`] has come.
    waiting: Vec<Action>,
    focus_heading: bool,
    /// Id of what takes the focus next.
    pub(crate) returning: Option<String>,
    typing: Option<Timeout>,
    /// The shopper's own, where the size memory has found it.
    pub(crate) size: Option<String>,
    _size: Option<Hear>,
}

impl Component for App {
    type Message = Msg;
    type Properties = AppProps;

    fn create(ctx: &Context<Self>) -> Self {
        let (settings, link) = (&ctx.props().settings, ctx.link().clone());
        let mut app = Self {
            api: Api::new(settings.api.clone(), settings.site_key.clone()),
            t: settings.strings.clone(),
            formats: Formats::new(&settings.lang),
            options: Options::read(settings),
            summary: None,
            open: false,
            narrow: Narrow::default(),
            shown: vec![],
            next: None,
            loading: false,
            error: None,
            voted: vec![],
            reporting: None,
            view: View::List,
            write: None,
            opinion: None,
            waiting: vec![],
            part_failed: false,
            own: None,
            heading: NodeRef::default(),
            known: vec![],
            whole: false,
            asked: 0,
            loading_part: false,
            focus_heading: false,
            returning: None,
            typing: None,
            size: page_size::get(),
            _size: page_size::watch(Box::new(move || link.send_message(Msg::Sized))),
        };
        app.begin(ctx, true);
        app
    }

    fn changed(&mut self, ctx: &Context<Self>, _old: &Self::Properties) -> bool {
        let settings = &ctx.props().settings;
        self.formats = Formats::new(&settings.lang);
        let options = Options::read(settings);
        if options != self.options {
            self.options = options;
            self.begin(ctx, false);
        }
        true
    }

    fn update(&mut self, ctx: &Context<Self>, msg: Msg) -> bool {
        match msg {
            Msg::Act(action) => self.act(ctx, action),
            Msg::Typed => self.load(ctx, false),
            Msg::Loaded(asked, more, answer) => return self.loaded(ctx, asked, more, answer),
            Msg::Run(run) => run(self),
            Msg::Part(part) => self.part_arrived(ctx, part),
            Msg::Told(told) => self.told(ctx, told),
            Msg::Sized => self.size = page_size::get(),
            Msg::Strings(strings) => self.t = strings,
        }
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        match self.view {
            View::List => drawn(self, ctx, components::list::view),
            View::Write(_) | View::Own(_) => drawn(self, ctx, components::panel::view),
        }
    }

    fn rendered(&mut self, ctx: &Context<Self>, _first: bool) {
        if core::mem::take(&mut self.focus_heading)
            && let Some(heading) = self.heading.cast::<HtmlElement>()
        {
            let _ = heading.focus();
        }
        if let Some(id) = self.returning.take() {
            Self::focus(ctx, &id);
        }
    }
}

impl App {
    /// Does what the shopper asked for.
    fn act(&mut self, ctx: &Context<Self>, action: Action) {
        match action {
            Action::Stars(at) => {
                if let Some(on) = self.narrow.stars.get_mut(at) {
                    *on = !*on;
                }
                self.narrowed(ctx);
            }
            Action::Size(size) => {
                self.narrow.size = size;
                self.narrowed(ctx);
            }
            Action::Language(language) => {
                self.narrow.language = language;
                self.narrowed(ctx);
            }
            Action::Photos => {
                self.narrow.photos = !self.narrow.photos;
                self.narrowed(ctx);
            }
            Action::Sort(sort) => {
                self.narrow.sort = sort;
                self.narrowed(ctx);
            }
            Action::Words(words) => self.typed(ctx, &words),
            Action::Clear => {
                self.narrow = Narrow { sort: self.narrow.sort, ..Narrow::default() };
                self.returning = Some("sort".into());
                self.narrowed(ctx);
            }
            Action::More => self.load(ctx, true),
            Action::Reload => self.load(ctx, false),
            Action::Vote(..) | Action::Report(_) | Action::ReportFor(_) | Action::SendReport => {
                self.think(ctx, action);
            }
            Action::Write => self.show(ctx, View::Write(None)),
            Action::ShowOwn => {
                if let Some(token) = self.own.clone() {
                    self.show(ctx, View::Own(token));
                }
            }
            Action::Back => self.back(),
            Action::Retry => self.want(ctx),
        }
    }

    /// Has the part for it do it, which may have to come first.
    pub(crate) fn think(&mut self, ctx: &Context<Self>, action: Action) {
        if let Some(part) = self.opinion {
            return (part.act)(self, ctx, action);
        }
        self.waiting.push(action);
        if self.waiting.len() == 1 {
            Self::fetch(ctx, lazy::opinion());
        }
    }

    /// How the shopper has voted on a review, and how all have since.
    pub(crate) fn vote_of(&self, id: &str) -> Option<(bool, ReviewVotes)> {
        self.voted.iter().find(|(voted, ..)| voted == id).map(|(_, helpful, votes)| (*helpful, *votes))
    }

    /// Tells the host page.
    pub(crate) fn emit(ctx: &Context<Self>, name: &str, detail: &JsValue) {
        emit::emit(&ctx.props().host, name, detail);
    }
}
