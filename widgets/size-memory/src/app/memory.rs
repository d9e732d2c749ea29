//! What is remembered, changed by the shopper.

use devanture_domain::size::{Dimension, Household, parse_range};
use devanture_host::sizes;
use yew::Context;

use super::App;
use crate::state::Action;

impl App {
    /// Changes what is remembered, and keeps it as far as that is allowed.
    pub(super) fn keep(&mut self, ctx: &Context<Self>, change: impl FnOnce(&mut Household)) {
        let key = &ctx.props().settings.site_key;
        // Another tab may have changed it meanwhile.
        self.home = sizes::get(key);
        change(&mut self.home);
        sizes::set(key, &self.home);
    }

    pub(super) fn remembering(&mut self, ctx: &Context<Self>, action: Action) {
        match action {
            Action::Person(at) => self.keep(ctx, |home| home.choose(at)),
            Action::Name(name) => self.name = name,
            Action::AddPerson => self.add_person(ctx),
            Action::RemovePerson(at) => self.keep(ctx, |home| home.remove(at)),
            Action::Forget(at) => self.keep(ctx, |home| {
                let sizes = &mut home.person_mut().sizes;
                if at < sizes.len() {
                    sizes.remove(at);
                }
            }),
            Action::Measured(of, typed) => self.measured(ctx, of, &typed),
            Action::Erase => {
                self.keep(ctx, |home| *home = Household::default());
                self.said = Some("erased");
            }
            _ => {}
        }
        // For somebody else, or without what was remembered, another size is to be proposed.
        self.product.tries = 0;
        self.consider(ctx);
    }

    fn add_person(&mut self, ctx: &Context<Self>) {
        let name = core::mem::take(&mut self.name);
        let before = self.home.people().len();
        self.keep(ctx, |home| {
            let _ = home.add(&name);
        });
        if self.home.people().len() == before {
            self.said = Some(if name.trim().is_empty() { "name_needed" } else { "too_many" });
        }
    }

    fn measured(&mut self, ctx: &Context<Self>, of: Dimension, typed: &str) {
        let mm = parse_range(typed).filter(|(from, to)| from == to).map(|(mm, _)| mm);
        let mm = mm.filter(|mm| of.allows(*mm));
        self.wrong = (mm.is_none() && !typed.trim().is_empty()).then_some(of);
        if self.wrong.is_none() {
            self.keep(ctx, |home| home.person_mut().body.set(of, mm));
        }
    }
}
