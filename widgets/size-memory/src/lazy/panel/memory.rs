//! What is remembered, changed by the shopper.

use devanture_domain::size::{Dimension, parse_range};
use yew::Context;

use super::People;
use crate::{app::App, state::Edit};

impl People {
    pub(super) fn change(&mut self, app: &mut App, ctx: &Context<App>, edit: Edit) {
        match edit {
            Edit::Person(at) => app.keep(ctx, &mut |home| home.choose(at)),
            Edit::Name(name) => self.name = name,
            Edit::AddPerson => self.add_person(app, ctx),
            Edit::RemovePerson(at) => app.keep(ctx, &mut |home| home.remove(at)),
            Edit::Forget(at) => app.keep(ctx, &mut |home| {
                let sizes = &mut home.person_mut().sizes;
                if at < sizes.len() {
                    sizes.remove(at);
                }
            }),
            Edit::Measured(of, typed) => self.measured(app, ctx, of, &typed),
        }
    }

    fn add_person(&mut self, app: &mut App, ctx: &Context<App>) {
        let name = core::mem::take(&mut self.name);
        let mut added = None;
        app.keep(ctx, &mut |home| added = home.add(&name));
        if added.is_none() {
            app.said = Some(if name.trim().is_empty() { "name_needed" } else { "too_many" });
        }
    }

    fn measured(&mut self, app: &mut App, ctx: &Context<App>, of: Dimension, typed: &str) {
        let mm = parse_range(typed).filter(|(from, to)| from == to).map(|(mm, _)| mm);
        let mm = mm.filter(|mm| of.allows(*mm));
        self.wrong = (mm.is_none() && !typed.trim().is_empty()).then_some(of);
        if self.wrong.is_none() {
            app.keep(ctx, &mut |home| home.person_mut().body.set(of, mm));
        }
    }
}
