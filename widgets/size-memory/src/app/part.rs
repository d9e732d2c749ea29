//! Lazy parts.

use devanture_ui::task::spawn;
use yew::Context;

use super::App;
use crate::{
    lazy::{self, Loaded, Part},
    state::{Event, Msg, Shows},
};

impl App {
    /// Wants what the page and the shopper need.
    pub(super) fn look(&mut self, ctx: &Context<Self>) {
        let Some(shop) = &self.shop else { return };
        if self.matching.is_none() {
            // Of who has nothing remembered, products of a listing need not be asked for.
            let is_product = self.options.key.is_some() || !shop.product().choices.is_empty();
            self.is_listing = !is_product && !shop.cards().is_empty();
            if is_product || !self.home.is_empty() {
                self.want(ctx, Part::Matching);
            }
        }
        if self.shows == Shows::Panel {
            match self.panel.take() {
                None => self.want(ctx, Part::Panel),
                Some(mut panel) => {
                    panel.look(self, ctx);
                    self.panel = Some(panel);
                }
            }
        }
    }

    /// Loads a part unless it is on its way.
    pub(super) fn want(&mut self, ctx: &Context<Self>, part: Part) {
        self.failed = None;
        if core::mem::replace(&mut self.loading[part as usize], true) {
            return;
        }
        let link = ctx.link().clone();
        spawn(Box::pin(async move {
            link.send_message(Msg::Part(part, lazy::load(part).await));
        }));
    }

    pub(super) fn part_arrived(&mut self, ctx: &Context<Self>, part: Part, loaded: Option<&Loaded>) {
        self.loading[part as usize] = false;
        match loaded {
            Some(Loaded::Shop(follow)) => {
                let link = ctx.link().clone();
                let custom = self.options.custom.clone();
                self.shop = follow(custom, Box::new(move |change| link.send_message(Msg::Shop(change))));
            }
            Some(Loaded::Matching(new)) => self.matching = Some(new(ctx)),
            Some(Loaded::Panel(new)) => {
                self.panel = Some(new());
                self.focus_heading = self.shows == Shows::Panel;
            }
            None => self.failed = Some(part),
        }
        if loaded.is_some() {
            self.tell_parts(ctx, Event::Drawn);
        }
    }

    /// Whether what is to be said is not known yet.
    pub(crate) fn is_waiting(&self) -> bool {
        self.shop.is_none() || self.loading[Part::Matching as usize]
    }
}
