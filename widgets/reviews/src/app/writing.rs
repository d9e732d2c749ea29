//! The way to the form and to one's own review, and back.

use devanture_api::review::OwnReview;
use devanture_client::ClientError;
use devanture_domain::review::State;
use devanture_host::kept;
use devanture_ui::{
    dom::{HtmlElement, join},
    js::{self, Array},
    task::spawn,
};
use wasm_bindgen::JsCast as _;
use yew::Context;

use super::App;
use crate::{
    lazy::{self, Loading, Part},
    state::{Msg, Told, View},
};

/// What stands behind `#` in the address that a letter leads to.
const WRITE: &str = "#devanture-review=";
const OWN: &str = "#devanture-own-review=";

impl App {
    /// Where the private link of one's own review is kept: one for each product and store.
    pub(crate) fn kept_name(&self, ctx: &Context<Self>, what: &str) -> String {
        let (about, subject) = match (&self.options.product, &self.options.store) {
            (Some(product), _) => ("product", product.as_str()),
            (None, store) => ("store", store.as_deref().unwrap_or_default()),
        };
        join(&["devanture:", what, ":", &ctx.props().settings.site_key, ":", about, ":", subject])
    }

    /// A link of a letter opens what it is for.
    pub(super) fn remember(&mut self, ctx: &Context<Self>) {
        self.own = kept::get(&self.kept_name(ctx, "own-review"));
        let location = js::get(&js::global(), "location");
        let Some(hash) = js::text(&location, "hash") else { return };
        if let Some(token) = hash.strip_prefix(WRITE) {
            self.show(ctx, View::Write(Some(token.into())));
        } else if let Some(token) = hash.strip_prefix(OWN) {
            self.show(ctx, View::Own(token.into()));
        }
    }

    pub(super) fn show(&mut self, ctx: &Context<Self>, view: View) {
        self.view = view;
        self.focus_heading = true;
        self.want(ctx);
    }

    /// Loads the writing part unless it is there.
    pub(super) fn want(&mut self, ctx: &Context<Self>) {
        self.part_failed = false;
        if self.write.is_some() || core::mem::replace(&mut self.loading_part, true) {
            return;
        }
        Self::fetch(ctx, lazy::write());
    }

    /// Waits for a part.
    pub(super) fn fetch(ctx: &Context<Self>, loading: Loading) {
        let link = ctx.link().clone();
        spawn(Box::pin(async move { link.send_message(Msg::Part(loading.await)) }));
    }

    pub(super) fn part_arrived(&mut self, ctx: &Context<Self>, part: Part) {
        match part {
            Part::Write(part) => {
                self.loading_part = false;
                self.part_failed = part.is_none();
                self.write = part;
                self.focus_heading = self.view != View::List;
            }
            Part::Opinion(part) => {
                self.opinion = part;
                let waiting = core::mem::take(&mut self.waiting);
                let Some(part) = part else {
                    self.error = Some(ClientError::Network);
                    return;
                };
                for action in waiting {
                    (part.act)(self, ctx, action);
                }
            }
        }
    }

    pub(super) fn back(&mut self) {
        let own = matches!(core::mem::replace(&mut self.view, View::List), View::Own(_));
        self.returning = Some(if own && self.own.is_some() { "own" } else { "write" }.into());
    }

    pub(super) fn told(&mut self, ctx: &Context<Self>, told: Told) {
        match told {
            Told::Own(own) => self.own_is(ctx, &own),
            Told::Gone => self.keep(ctx, None),
        }
    }

    /// One's own review as it stands now.
    fn own_is(&mut self, ctx: &Context<Self>, own: &OwnReview) {
        let lives = own.state != State::Deleted;
        self.keep(ctx, lives.then_some(&own.token));
        if matches!(self.view, View::Write(_)) {
            // It is the form that has become the review: it stays.
            self.view = View::Own(own.token.clone());
        }
        let detail = js::object(&[
            ("about", own.about.as_str().into()),
            ("id", own.subject.as_str().into()),
            ("rating", own.review.rating.stars().into()),
            ("state", own.state.as_str().into()),
        ]);
        Self::emit(ctx, "devanture-review", &detail);
    }

    fn keep(&mut self, ctx: &Context<Self>, token: Option<&String>) {
        self.own = token.cloned();
        let _ = kept::set(&self.kept_name(ctx, "own-review"), token.map(String::as_str));
    }

    /// Gives the focus to what has this id.
    pub(super) fn focus(ctx: &Context<Self>, id: &str) {
        let root = js::get(&ctx.props().host, "shadowRoot");
        let found = js::call(&root, "getElementById", &Array::of1(&id.into()));
        if let Some(found) = found.ok().and_then(|found| found.dyn_into::<HtmlElement>().ok()) {
            let _ = found.focus();
        }
    }
}
