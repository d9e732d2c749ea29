//! Which size, which colour.

use devanture_ui::{
    attrs,
    dom::{aria, el, leaf, none, text},
};
use yew::{Context, Html};

use super::button::button;
use crate::{app::App, state::Action};

/// The choosers, where there is something to choose.
pub(crate) fn choosers(app: &App, ctx: &Context<App>) -> Html {
    if app.variants().len() < 2 {
        return none();
    }
    let shown = shown_colour(app);
    let chosen = app.chosen().map(|variant| &variant.sku);
    let (mut names, mut colours, mut sizes) = (Vec::new(), Vec::new(), Vec::new());
    for variant in app.variants() {
        if let Some(name) = &variant.colour
            && !names.contains(&name)
        {
            names.push(name);
            let on = app.colour.as_ref() == Some(name);
            colours.push(chip(ctx, name, on, Action::Colour(name.clone())));
        }
        if let Some(size) = variant.size.as_ref().filter(|_| variant.colour.as_ref() == shown) {
            sizes.push(chip(ctx, size, chosen == Some(&variant.sku), Action::Choose(variant.sku.clone())));
        }
    }
    let groups = vec![group(app, "colour", colours), group(app, "size", sizes)];
    el("div", attrs!["class": "choosers"], groups)
}

/// Whether a size or colour has to be chosen before stores can be asked.
pub(crate) fn is_open(app: &App) -> bool {
    app.wanted.is_empty() && !app.variants().is_empty()
}

/// The colour whose sizes are shown: the chosen one, or the first.
fn shown_colour(app: &App) -> Option<&String> {
    let mut first = None;
    for variant in app.variants() {
        if variant.colour == app.colour {
            return app.colour.as_ref();
        }
        first = first.or(variant.colour.as_ref());
    }
    first
}

fn group(app: &App, key: &str, chips: Vec<Html>) -> Html {
    if chips.len() < 2 {
        return none();
    }
    let label = app.t.text(key);
    let attrs = attrs!["class": "group", "role": "group", "aria-label": &label];
    let shown = leaf("span", attrs!["class": "label", "aria-hidden": "true"], &label);
    el("div", attrs, vec![shown, el("div", attrs!["class": "chips"], chips)])
}

fn chip(ctx: &Context<App>, name: &str, on: bool, action: Action) -> Html {
    let attrs = attrs!["type": "button", "class": "chip", "part": "chip", "aria-pressed": aria(on)];
    button(ctx, attrs, action, vec![text(name)])
}
