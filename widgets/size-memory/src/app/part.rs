//! Lazy parts.

use devanture_host::{
    consent::{Consent, consent},
    kept, sizes,
};
use devanture_ui::task::spawn;
use yew::Context;

use super::App;
use crate::{
    address,
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
        if self.sync.is_some() {
            self.with_sync(&mut |sync, app| sync.look(app, ctx));
        } else if self.devices || self.is_synced(&ctx.props().settings.site_key) {
            self.want(ctx, Part::Sync);
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
            Some(Loaded::Sync(new)) => self.sync = Some(new(ctx)),
            None => self.failed = Some(part),
        }
        if loaded.is_some() {
            self.tell_parts(ctx, Event::Drawn);
        }
    }

    /// Whether other devices may have to do with this page: it was linked, is about to be, or the shop says who has signed in.
    fn is_synced(&self, key: &str) -> bool {
        kept::get(&sizes::link_name(key)).is_some()
            || address::opened().is_some()
            || (self.options.customer.is_some() && consent() != Consent::Refused)
    }

    /// Whether what is to be said is not known yet.
    pub(crate) fn is_waiting(&self) -> bool {
        self.shop.is_none() || self.loading[Part::Matching as usize]
    }
}
