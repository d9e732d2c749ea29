//! Which size, which colour.

use devanture_api::product::{Product, Variant};
use devanture_ui::{
    attrs,
    dom::{aria, el, leaf, none, text},
};
use yew::{Context, Html};

use super::button::button;
use crate::{app::App, state::Action};

/// The choosers, where there is something to choose.
pub(crate) fn choosers(app: &App, ctx: &Context<App>) -> Html {
    let Some(product) = app.lookup.product.as_ref().filter(|product| product.variants.len() > 1) else {
        return none();
    };
    let colour = shown_colour(app, product);
    let mut colours: Vec<&String> = Vec::new();
    for name in product.variants.iter().filter_map(|variant| variant.colour.as_ref()) {
        if !colours.contains(&name) {
            colours.push(name);
        }
    }
    let of_colour = |variant: &&Variant| colours.len() < 2 || variant.colour.as_ref() == colour;
    let sizes: Vec<&Variant> =
        product.variants.iter().filter(of_colour).filter(|variant| variant.size.is_some()).collect();
    let chosen = app.chosen();
    let mut out = Vec::new();
    if colours.len() > 1 {
        let chips = colours.iter().map(|name| {
            let on = colour == Some(*name) && app.colour.is_some();
            chip(ctx, name, on, Action::Colour((*name).clone()))
        });
        out.push(group(app, "colour", chips.collect()));
    }
    if sizes.len() > 1 {
        let chips = sizes.iter().map(|variant| {
            let on = chosen.is_some_and(|chosen| chosen.sku == variant.sku);
            chip(ctx, variant.size.as_deref().unwrap_or_default(), on, Action::Choose(variant.sku.clone()))
        });
        out.push(group(app, "size", chips.collect()));
    }
    el("div", attrs!["class": "choosers"], out)
}

/// Whether a size or colour has to be chosen before stores can be asked.
pub(crate) fn is_open(app: &App) -> bool {
    app.wanted.is_empty() && app.lookup.product.as_ref().is_some_and(|product| !product.variants.is_empty())
}

/// The colour whose sizes are shown: the chosen one, or the first.
fn shown_colour<'a>(app: &'a App, product: &'a Product) -> Option<&'a String> {
    let has = |name: &&String| product.variants.iter().any(|variant| variant.colour.as_ref() == Some(*name));
    app.colour
        .as_ref()
        .filter(has)
        .or_else(|| product.variants.iter().find_map(|variant| variant.colour.as_ref()))
}

fn group(app: &App, key: &str, chips: Vec<Html>) -> Html {
    let label = app.t.text(key);
    el(
        "div",
        attrs!["class": "group", "role": "group", "aria-label": &label],
        vec![
            leaf("span", attrs!["class": "label", "aria-hidden": "true"], &label),
            el("div", attrs!["class": "chips"], chips),
        ],
    )
}

fn chip(ctx: &Context<App>, name: &str, on: bool, action: Action) -> Html {
    let attrs = attrs!["type": "button", "class": "chip", "part": "chip", "aria-pressed": aria(on)];
    button(ctx, attrs, action, vec![text(name)])
}
