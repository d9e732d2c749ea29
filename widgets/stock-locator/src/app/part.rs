//! Lazy parts, and what the reservation tells.

use core::any::Any;

use devanture_host::kept;
use devanture_ui::{dom::join, task::spawn};
use yew::Context;

use super::App;
use crate::{
    lazy::{self, Loaded, Part},
    state::{Msg, Told, View},
};

impl App {
    /// Loads a lazy part unless it is there.
    pub(super) fn want(&mut self, ctx: &Context<Self>, part: Part) {
        self.part_failed = None;
        let is_here = match part {
            Part::Page => false,
            Part::Instead => self.instead.is_some(),
            Part::Reserve => self.reserve.is_some(),
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
            Some(Loaded::Page(follow)) => {
                let link = ctx.link().clone();
                let (found, guard): (_, Box<dyn Any>) =
                    follow(Box::new(move |found| link.send_message(Msg::Page(found))));
                self.follow = Some(guard);
                self.page_says(ctx, found);
            }
            Some(Loaded::View(view)) if part == Part::Instead => self.instead = Some(*view),
            Some(Loaded::View(view)) => {
                self.reserve = Some(*view);
                self.focus_heading = self.view != View::List;
            }
            // There are still the stores that are far, and their telephones.
            None if part == Part::Instead => {}
            None => self.part_failed = Some(part),
        }
    }

    /// Where a reservation's private link is kept.
    pub(crate) fn kept_name(ctx: &Context<Self>) -> String {
        join(&["devanture:reservation:", &ctx.props().settings.site_key])
    }

    /// A reservation made before is shown again on the page that it was made on, and can be found on others.
    pub(super) fn remember(&mut self, ctx: &Context<Self>) {
        let Some(kept) = kept::get(&Self::kept_name(ctx)) else { return };
        let (token, path) = kept.split_once('\n').unwrap_or((&kept, ""));
        self.token = Some(token.into());
        if path == kept::here() {
            self.view = View::Ticket;
            self.open = true;
            self.want(ctx, Part::Reserve);
        }
    }

    pub(super) fn told(&mut self, ctx: &Context<Self>, told: Told) -> bool {
        match told {
            Told::Held(token) => {
                self.token = token;
                if let View::Reserve(_) = self.view {
                    // It is the form that has become the ticket: it stays, and the way back leads to the list as it is now.
                    self.view = View::Ticket;
                }
            }
            Told::NotEnough => {
                self.view = View::List;
                self.said = Some("just_gone");
                self.load(ctx);
            }
            Told::Gone => {
                self.token = None;
                self.view = View::List;
            }
        }
        true
    }

    pub(super) fn back(&mut self, ctx: &Context<Self>) {
        match core::mem::replace(&mut self.view, View::List) {
            View::Reserve(code) => self.returning = Some(join(&["r-", &code])),
            // What was reserved is not there any more.
            View::Ticket => {
                self.returning = Some("ticket".into());
                self.load(ctx);
            }
            View::List => {}
        }
    }
}
