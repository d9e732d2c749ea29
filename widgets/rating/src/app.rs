//! The component: one line, or nothing where nobody has written.

use std::rc::Rc;

use devanture_domain::review::About;
use devanture_ui::{
    attrs,
    dom::{HtmlElement, OFF, el, leaf, none},
    format::Formats,
    mount::Settings,
    stars::stars,
    strings::Strings,
};
use yew::{Component, Context, Html, Properties};

use crate::batch::{self, Figures, Subject};

/// What the element hands down.
#[derive(Clone, PartialEq, Properties)]
pub(crate) struct AppProps {
    pub host: HtmlElement,
    pub settings: Rc<Settings>,
}

pub(crate) enum Msg {
    /// What was found of a subject.
    Found(Subject, Option<Figures>),
    Strings(Strings),
}

pub(crate) struct App {
    t: Strings,
    formats: Formats,
    subject: Option<Subject>,
    figures: Option<Figures>,
}

impl Component for App {
    type Message = Msg;
    type Properties = AppProps;

    fn create(ctx: &Context<Self>) -> Self {
        let settings = &ctx.props().settings;
        let mut app = Self {
            t: settings.strings.clone(),
            formats: Formats::new(&settings.lang),
            subject: None,
            figures: None,
        };
        app.ask(ctx);
        app
    }

    fn changed(&mut self, ctx: &Context<Self>, _: &Self::Properties) -> bool {
        self.formats = Formats::new(&ctx.props().settings.lang);
        self.ask(ctx);
        true
    }

    fn update(&mut self, _: &Context<Self>, msg: Msg) -> bool {
        match msg {
            Msg::Found(subject, figures) if self.subject.as_ref() == Some(&subject) => self.figures = figures,
            Msg::Found(..) => return false,
            Msg::Strings(strings) => self.t = strings,
        }
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let Some(Figures { count, average }) = self.figures else { return none() };
        let value = self.formats.number(f64::from(average) / 100.0);
        let reviews = self.t.plural("reviews", count, &self.formats, &[]);
        let label = self.t.fill("of_five", &[("value", &value)]);
        let href = ctx.props().settings.attribute("href");
        let children =
            vec![stars(average, &label), leaf("span", attrs!["class": "count", "part": "count"], &reviews)];
        let tag = if href.is_some() { "a" } else { "span" };
        el(tag, attrs!["class": "rating", "part": "rating", "href": href.as_deref().unwrap_or(OFF)], children)
    }
}

impl App {
    /// Asks for the figures of what the element is about now.
    fn ask(&mut self, ctx: &Context<Self>) {
        let settings = &ctx.props().settings;
        let product = settings.attribute("product").map(|id| (About::Product, id));
        let subject = product.or_else(|| settings.attribute("store").map(|id| (About::Store, id)));
        if subject == self.subject {
            return;
        }
        self.figures = None;
        self.subject.clone_from(&subject);
        let Some(subject) = subject else { return };
        let link = ctx.link().clone();
        let of = subject.clone();
        let tell = Box::new(move |figures| link.send_message(Msg::Found(of, figures)));
        batch::ask(&ctx.props().host, settings, subject, tell);
    }
}
