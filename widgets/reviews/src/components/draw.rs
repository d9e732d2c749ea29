//! What is drawn, one call after the other: an element is opened, its children are drawn, it is closed. With functions that
//! return nodes each caller would move them into a list, which cost the download a kilobyte.

use std::mem;

use devanture_ui::{
    attrs,
    dom::{Attrs, El, join, text},
    icon::icon,
};
use yew::{Context, Html};

use super::press::press;
use crate::{app::App, state::Action};

pub(crate) struct Draw<'a> {
    pub app: &'a App,
    pub ctx: &'a Context<App>,
    /// Elements that are open, each with what was drawn before it in the one around it.
    open: Vec<(El, Vec<Html>)>,
    nodes: Vec<Html>,
}

/// The one element that `draw` draws.
pub(crate) fn drawn(app: &App, ctx: &Context<App>, draw: fn(&mut Draw<'_>)) -> Html {
    let mut d = Draw { app, ctx, open: vec![], nodes: vec![] };
    draw(&mut d);
    d.nodes.pop().unwrap_or_default()
}

impl Draw<'_> {
    pub(crate) fn open(&mut self, tag: &'static str, attrs: Attrs<'_>) {
        self.begin(El::new(tag, attrs));
    }

    /// Opens an element of which more was said than attributes.
    pub(crate) fn begin(&mut self, element: El) {
        let before = mem::take(&mut self.nodes);
        self.open.push((element, before));
    }

    /// Opens an element that has a class.
    pub(crate) fn group(&mut self, tag: &'static str, class: &str) {
        self.open(tag, attrs!["class": class]);
    }

    /// Opens an element that the page can style by the name of its class.
    pub(crate) fn part(&mut self, tag: &'static str, name: &str) {
        self.open(tag, attrs!["class": name, "part": name]);
    }

    /// Opens a `<button>` that runs an action.
    pub(crate) fn button(&mut self, attrs: Attrs<'_>, action: Action) {
        self.begin(El::new("button", attrs).on(press(self.ctx, action)));
    }

    /// Ends what was opened last.
    pub(crate) fn close(&mut self) {
        if let Some((element, before)) = self.open.pop() {
            let children = mem::replace(&mut self.nodes, before);
            self.add(element.children(children));
        }
    }

    pub(crate) fn add(&mut self, node: Html) {
        self.nodes.push(node);
    }

    /// Keeps the place of what is not there, so that its siblings stay what they are.
    pub(crate) fn nothing(&mut self) {
        self.add(Html::default());
    }

    pub(crate) fn icon(&mut self, path: &'static str) {
        self.add(icon(path));
    }

    pub(crate) fn text(&mut self, content: &str) {
        self.add(text(content));
    }

    /// The text of a key.
    pub(crate) fn word(&mut self, key: &str) {
        self.text(&self.app.t.text(key));
    }

    /// A text in an element.
    pub(crate) fn leaf(&mut self, tag: &'static str, attrs: Attrs<'_>, content: &str) {
        self.open(tag, attrs);
        self.text(content);
        self.close();
    }

    /// A text in an element that has a class.
    pub(crate) fn plain(&mut self, tag: &'static str, class: &str, content: &str) {
        self.leaf(tag, attrs!["class": class], content);
    }

    /// What one of several is called: `fit.small`.
    pub(crate) fn named(&self, kind: &str, name: &str) -> String {
        self.app.t.text(&join(&[kind, name]))
    }
}
