//! Which reviews are listed.

use std::rc::Rc;

use devanture_api::review::{Review, ReviewPage};
use devanture_client::{ClientError, decode::FromJs as _};
use devanture_ui::js;
use gloo_timers::callback::Timeout;
use wasm_bindgen::JsValue;
use yew::Context;

use super::App;
use crate::{
    filter::Narrow,
    state::{Msg, View},
};

/// How long nothing is typed before it is searched for.
const PAUSE_MS: u32 = 300;

impl App {
    /// Begins with what the element is about now: with what the server has put into the page, unless the page asks for something else.
    pub(super) fn begin(&mut self, ctx: &Context<Self>, first: bool) {
        let (size, sort) = (self.options.size.clone(), self.options.sort);
        self.narrow = Narrow { size, sort, ..Narrow::default() };
        self.known.clear();
        self.shown.clear();
        self.voted.clear();
        self.summary = None;
        self.whole = false;
        self.view = View::List;
        self.asked += 1;
        self.remember(ctx);
        let there = first.then(|| in_page(ctx)).flatten();
        if let Some(page) = there.filter(|page| page.sort == sort && !self.narrow.is_on()) {
            self.take(ctx, page, false);
        } else {
            self.load(ctx, false);
        }
    }

    /// Asks for the list as it is narrowed, or for more of it.
    pub(super) fn load(&mut self, ctx: &Context<Self>, more: bool) {
        if self.options.product.is_none() && self.options.store.is_none() {
            return;
        }
        self.typing = None;
        self.loading = true;
        self.error = None;
        self.asked += 1;
        let mut params = self.narrow.ask(self.options.params());
        params.lang = Some(ctx.props().settings.lang.clone());
        params.cursor = self.next.clone().filter(|_| more);
        let (link, asked) = (ctx.link().clone(), self.asked);
        self.api.reviews(&params).then(move |page| link.send_message(Msg::Loaded(asked, more, page)));
    }

    pub(super) fn loaded(
        &mut self,
        ctx: &Context<Self>,
        asked: u32,
        more: bool,
        answer: Result<ReviewPage, ClientError>,
    ) -> bool {
        if asked != self.asked {
            return false;
        }
        self.loading = false;
        match answer {
            Ok(page) => self.take(ctx, page, more),
            Err(error) => self.error = Some(error),
        }
        true
    }

    fn take(&mut self, ctx: &Context<Self>, page: ReviewPage, more: bool) {
        let first = self.summary.is_none();
        if page.summary.is_some() {
            self.summary = page.summary;
        }
        self.open = page.open;
        self.next = page.next;
        if more {
            // The button goes when there is no more, and its focus would with it.
            self.returning =
                page.items.first().map(|review| devanture_ui::dom::join(&["review-", &review.id]));
        } else {
            self.shown.clear();
        }
        for review in page.items {
            let review = Rc::new(review);
            self.know(&review);
            self.shown.push(review);
        }
        self.whole |= self.next.is_none() && !self.narrow.is_on();
        if first && let Some(summary) = &self.summary {
            let average = summary.average_hundredths.map_or(JsValue::NULL, JsValue::from);
            let detail = js::object(&[("count", summary.count.into()), ("average_hundredths", average)]);
            Self::emit(ctx, "devanture-reviews", &detail);
        }
    }

    /// Keeps a review, in the place of an older copy.
    fn know(&mut self, review: &Rc<Review>) {
        match self.known.iter_mut().find(|known| known.id == review.id) {
            Some(known) => *known = review.clone(),
            None => self.known.push(review.clone()),
        }
    }

    /// Shows at once what is known of it, and asks for the rest.
    pub(super) fn narrowed(&mut self, ctx: &Context<Self>) {
        self.shown = self.narrow.select(&self.known);
        self.next = None;
        self.reporting = None;
        if self.whole && self.narrow.words.is_empty() {
            // Answers that are under way are of another list.
            self.asked += 1;
            self.loading = false;
            self.error = None;
        } else {
            self.load(ctx, false);
        }
    }

    pub(super) fn typed(&mut self, ctx: &Context<Self>, words: &str) {
        let words = words.trim();
        if words == self.narrow.words {
            return;
        }
        self.narrow.words = words.into();
        let link = ctx.link().clone();
        self.typing = Some(Timeout::new(PAUSE_MS, move || link.send_message(Msg::Typed)));
    }
}

/// The first page as the server has put it into the element.
fn in_page(ctx: &Context<App>) -> Option<ReviewPage> {
    let wanted = js::Array::of1(&"script[data-devanture=reviews]".into());
    // What finds nothing is null, which has no text.
    let script = js::call(&ctx.props().host, "querySelector", &wanted).ok()?;
    ReviewPage::from_js(&js::parse(&js::text(&script, "textContent")?)?)
}
