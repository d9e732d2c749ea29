//! Lazy parts.

use devanture_host::shop::Key;
use devanture_ui::task::spawn;
use yew::Context;

use super::App;
use crate::{
    lazy::{self, Loaded, Part},
    state::{ChartState, Msg, Shows},
};

impl App {
    /// Loads a part unless it is there.
    pub(super) fn want(&mut self, ctx: &Context<Self>, part: Part) {
        self.part_failed = None;
        let is_here = match part {
            Part::Shop => self.shop.is_some(),
            Part::Panel => self.panel.is_some(),
        };
        if is_here || self.loading_part == Some(part) {
            return;
        }
        self.loading_part = Some(part);
        let (loading, link) = (lazy::load(part), ctx.link().clone());
        spawn(Box::pin(async move {
            link.send_message(Msg::Part(part, loading.await));
        }));
    }

    pub(super) fn part_arrived(&mut self, ctx: &Context<Self>, part: Part, loaded: Option<&Loaded>) {
        if self.loading_part == Some(part) {
            self.loading_part = None;
        }
        match loaded {
            Some(Loaded::Shop(follow)) => {
                let link = ctx.link().clone();
                let custom = self.options.custom.clone();
                self.shop = follow(custom, Box::new(move |change| link.send_message(Msg::Shop(change))));
                self.look(ctx);
            }
            Some(Loaded::View(view)) => {
                self.panel = Some(*view);
                self.focus_heading = self.shows == Shows::Panel;
            }
            None => self.part_failed = Some(part),
        }
    }

    /// Asks for the size chart of the page's product.
    pub(super) fn want_chart(&mut self, ctx: &Context<Self>) {
        let Some(key) = self.product_key().filter(|_| self.chart == ChartState::Unasked) else { return };
        self.chart = ChartState::Loading;
        let link = ctx.link().clone();
        let answer = match &key {
            Key::Id(id) => self.api.size_chart(Some(id), None),
            Key::Sku(sku) => self.api.size_chart(None, Some(sku)),
        };
        answer.then(move |chart| link.send_message(Msg::Chart(chart)));
    }
}
